"""Words and numbers of Wanyuan stand in plan.toml: no code but the practice seasons knows them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import wyexcel
from wyexcel.plan import official

PLAN = official.load()
HOME = Path(wyexcel.__file__).parent
CODE = [p for p in sorted(HOME.rglob("*.py")) if "practice" not in p.relative_to(HOME).parts]
TEXTS = [
    path
    for path in sorted(HOME.rglob("*"))
    if path.suffix in {".bat", ".txt", ".xml", ".conf", ".toml"} and path.name != "plan.toml"
]

NAMES = (
    *("万源", "园区高质量发展", "月调度、季通报、年考核"),
    *(unit.name for unit in PLAN.units),
    *PLAN.places,
    *(indicator.name for indicator in PLAN.indicators),
    *(element.name for element in PLAN.element.values()),
    *(element.sheet for element in PLAN.element.values() if element.sheet),
)
OWN = re.compile(rf"\bC\d\d(?:[a-d]\b|t0|list|\b)|{'|'.join(map(re.escape, NAMES))}")
"""Codes of elements, and names that only this plan has."""


def words(code: str) -> Iterator[tuple[int, str]]:
    """The strings of *code* that are no docstrings, each with its line."""
    tree = ast.parse(code)
    remarks = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in remarks:
            yield node.lineno, node.value


def numbers(code: str) -> Iterator[tuple[int, str]]:
    """Where *code* asks for an indicator by its number, each with its line.

    A table by number is one of indicators where the code knows a plan at all.
    """
    knows_plans = "wyexcel.plan" in code
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Compare(left=left, comparators=others):
                sides = [left, *others]
            case ast.Subscript(value=value, slice=index) if _is(value, "indicators"):
                sides = [value, index]
            case ast.Dict(keys=keys) if keys and knows_plans and all(map(_is_number, keys)):
                sides = [ast.Name("no"), *filter(None, keys)]
            case _:
                continue
        if any(_is(side, "no") or _is(side, "indicators") for side in sides):
            yield from ((node.lineno, ast.unparse(node)) for side in sides if _is_number(side))


def _is(node: ast.expr, name: str) -> bool:
    return name in {getattr(node, "attr", None), getattr(node, "id", None)}


def _is_number(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def test_no_name_and_no_code_of_the_plan_stands_in_the_program() -> None:
    assert [
        f"{path.relative_to(HOME)}:{line} {text[:60]}"
        for path in CODE
        for line, text in words(path.read_text("utf-8"))
        if OWN.search(text)
    ] == []


def test_no_indicator_is_asked_for_by_its_number() -> None:
    assert [
        f"{path.relative_to(HOME)}:{line} {text}"
        for path in CODE
        for line, text in numbers(path.read_text("utf-8"))
    ] == []


def test_no_text_beside_the_code_names_the_place() -> None:
    assert [path.name for path in TEXTS if OWN.search(path.read_text("utf-8", "ignore"))] == []


@pytest.mark.parametrize(
    "code",
    [
        'TITLE = f"万源市{what}"',
        'LEAST = {"C09": 2000}',
        'CODES = ("C01t0", "C03a")',
        'if park == "白沙": pass',
        'UNIT = "市工业园区管委会"',
    ],
)
def test_a_name_in_the_code_would_be_seen(code: str) -> None:
    assert [text for _, text in words(code) if OWN.search(text)]


def test_a_name_in_a_docstring_is_no_code() -> None:
    assert not [text for _, text in words('"""What C09 means."""') if OWN.search(text)]


@pytest.mark.parametrize(
    "code",
    [
        "if i.no == 7: pass",
        "if no in known and 7 == no: pass",
        "x = plan.indicators[6]",
        "from wyexcel.plan.plan import Indicator\nSENSIBLE = {7: (0, 5)}",
    ],
)
def test_a_number_in_the_code_would_be_seen(code: str) -> None:
    assert list(numbers(code))
