"""Whole seasons of made-up numbers, judged once more by other means.

The second judge knows nothing of the program: it holds what the units typed against the official
table and the definitions of domain.md B2 and B3, written here as a person would reckon them.
"""

from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.answers import ask
from tests.support.forms import (
    COMMITTEE,
    INDUSTRY,
    INVESTMENT,
    PARKS,
    SCIENCE,
    TRADE,
    WHOLE,
    Answers,
    written,
)
from tests.support.ledgers import knowing
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.stages import new_workspace, read_plan

TABLE = {
    1: (14, 17, 20),
    2: (24, 31, 37),
    3: (85, 85, 85),
    4: (42, 71, 100),
    5: (0, 0, 1),
    6: (0, 0, 1),
    7: (Fraction("0.22"), Fraction("0.23"), Fraction("0.24")),
    8: (8, 8, 8),
    9: (1, 2, 2),
    10: ("/", "/", "/"),
    11: (0, Fraction("0.001"), Fraction("0.002")),
}
"""The official table; 亿元, 户, 个, %, 万美元."""

UNITS = {
    **dict.fromkeys((1, 2, 4, 5, 8), (INDUSTRY, COMMITTEE)),
    3: (COMMITTEE,),
    6: (SCIENCE, INDUSTRY),
    7: (SCIENCE, COMMITTEE),
    9: (INVESTMENT, INDUSTRY),
    10: (INVESTMENT,),
    11: (TRADE, COMMITTEE),
}
"""Who answers for what; the first reports."""

TOLERANCE = {3: Fraction(1), 7: Fraction("0.005")}
MILLION = 10_000
"""万元 in a 亿元."""

LISTS = {5: "C11", 6: "C12", 8: "C09", 9: "C10"}
REPORTING = (INDUSTRY, COMMITTEE, SCIENCE, TRADE, INVESTMENT)

whole_numbers = st.integers(0, 4)
hundredths = st.integers(0, 12_000_000).map(lambda n: n / 100)


class Made(NamedTuple):
    """What was made up: the numbers of the zone by park, of the others, and who reports."""

    period: Period
    baseline: int | None
    parks: dict[str, list[Any]]
    other: dict[tuple[str, str], Any]
    listed: dict[str, int]
    silent: set[str]


@st.composite
def seasons(draw: st.DrawFn) -> Made:
    """A quarter's end of the plan, with numbers that no rule sends back."""
    industries = [[draw(st.integers(0, 3_000_000)) / 100 for _ in PARKS] for _ in range(3)]
    beside = [draw(st.integers(0, 2_000_000)) / 100 for _ in PARKS]
    rest = [draw(st.integers(1, 500_000)) / 100 for _ in PARKS]
    whole = [round(sum(some), 2) for some in zip(*industries, beside, rest, strict=True)]
    parks = {
        "C02": [draw(st.integers(0, int(most * 100))) / 100 for most in whole],
        "C05": draw(st.lists(hundredths, min_size=5, max_size=5)),
        "C01": draw(st.lists(whole_numbers, min_size=5, max_size=5)),
        **dict(zip(("C03a", "C03b", "C03c"), industries, strict=True)),
        "C03d": beside,
        "C04": whole,
        "C06": [draw(st.integers(1_000_000, 9_000_000)) / 100 for _ in PARKS],
        "C07": [draw(st.integers(1_000, 10_000)) / 100 for _ in PARKS],
    }
    apart = {
        (SCIENCE, "C06"): draw(st.integers(10_000_000, 30_000_000)) / 100,
        (SCIENCE, "C07"): draw(st.integers(10_000, 90_000)) / 100,
        (TRADE, "C14"): draw(st.integers(0, 5_000)) / 100,
        (COMMITTEE, "C14"): draw(st.integers(0, 5_000)) / 100,
        (INVESTMENT, "C13"): draw(st.integers(0, 100_000)) / 100,
        (INDUSTRY, "C01"): draw(st.integers(0, 22)),
        (INDUSTRY, "C02"): draw(st.integers(0, 45_000_000)) / 100,
        (INDUSTRY, "C05"): draw(st.integers(0, 99_000_000)) / 100,
    }
    return Made(
        Period(draw(st.sampled_from((2025, 2026, 2027))), draw(st.sampled_from((3, 6, 9, 12)))),
        draw(st.one_of(st.none(), st.integers(0, 13))),
        parks,
        apart,
        {code: draw(st.integers(0, 5)) for code in LISTS.values()},
        draw(st.sets(st.sampled_from(REPORTING), max_size=2)),
    )


def said(made: Made, unit: str, code: str) -> Fraction | None:
    """What *unit* says of *code* for the zone, if it reports."""
    if unit in made.silent:
        return None
    if unit == COMMITTEE and code in made.parks:
        return sum((Fraction(str(value)) for value in made.parks[code]), Fraction(0))
    if code in made.listed:
        return Fraction(made.listed[code])
    return Fraction(str(made.other[unit, code]))


def actual(made: Made, no: int) -> Fraction | None:
    """What the zone comes to, by the first of its units that reports, in the printed measure."""
    for unit in UNITS[no]:
        if unit in made.silent:
            continue
        one = {1: "C01", 2: "C02", 4: "C05", 10: "C13", 11: "C14", **LISTS}.get(no)
        if no == 3:
            leading = sum(said(made, unit, code) or 0 for code in ("C03a", "C03b", "C03c"))
            return leading / (said(made, unit, "C04") or Fraction(1)) * 100
        if no == 7:
            spent, earned = said(made, unit, "C07"), said(made, unit, "C06")
            return (spent or Fraction(0)) / (earned or Fraction(1)) * 100
        number = said(made, unit, one or "")
        return None if number is None else number / (MILLION if no in {2, 4, 11} else 1)
    return None


def by_pace(attained: Fraction) -> str:
    """The word for how much of what was due is there."""
    for least, word in ((110, "超进度"), (100, "达进度"), (80, "欠进度")):
        if attained >= least:
            return word
    return "严重欠进度"


def judged(made: Made, no: int) -> str:
    """How it stands, in the order of domain.md B3."""
    target, number = TABLE[no][made.period.year - 2025], actual(made, no)
    if number is None:
        return "未报"
    if isinstance(target, str):
        return "不设目标"
    if target == 0:
        return "提前完成" if number > 0 else "无当年任务"
    return against(no, number, Fraction(target), made)


def against(no: int, number: Fraction, target: Fraction, made: Made) -> str:
    """*number* held against what the year asks for, or what is due of it by now."""
    gone = Fraction(made.period.month, 12)
    if no in TOLERANCE:
        short = target - number
        return "达标" if short <= 0 else "接近" if short <= TOLERANCE[no] else "未达标"
    if no == 1:
        return of_stock(number, target, made.baseline, gone)
    due = target * gone if no in {2, 4, 11} else Fraction(int(target * gone))
    if not due:
        return "未到节点"
    return "已完成" if number >= target else by_pace(number / due * 100)


def of_stock(number: Fraction, target: Fraction, start: int | None, gone: Fraction) -> str:
    """A level, by its growth since the year began; whole enterprises are due."""
    if number >= target:
        return "已达到·以期末为准"
    if start is None:
        return "缺基期，不评进度"
    exact = (target - start) * gone
    grown, due = number - start, Fraction(int(start + exact)) - start
    if not due and grown >= 0:
        return "未到节点" if not grown else by_pace(grown / exact * 100)
    return by_pace(grown / due * 100) if due else "严重欠进度"


def plan_of(made: Made) -> Plan:
    """The official plan, with the enterprises of the year before where the office knows them."""
    return (
        knowing()
        if made.baseline is None
        else knowing(f"1 {made.period.year} 基期 {made.baseline}")
    )


def answers(made: Made, unit: str, plan: Plan) -> Answers:
    """*unit*'s form: its numbers, and for each count as many names as it says."""
    owed = {element.code for element in plan.owed_by(unit)}
    typed: dict[tuple[str, str], Any] = {}
    if unit == COMMITTEE:
        for code, values in made.parks.items():
            typed |= {(code, park): v for park, v in zip(PARKS, values, strict=True)}
    typed |= {(code, WHOLE): v for (who, code), v in made.other.items() if who == unit}
    lists = {}
    for code, count in made.listed.items():
        if code in owed:
            typed[code, WHOLE] = count
            day = f"{made.period.year}-02-0"
            rows = [
                (f"项目{n}", f"{code}-{n}", "白沙", f"{day}{n + 1}", 200_000) for n in range(count)
            ]
            lists[code] = rows
    return Answers(unit=unit, typed=typed, lists=lists, plan=plan, period=made.period)


def program(made: Made, root: Path) -> dict[int, tuple[str, float | None]]:
    """How the program judges: from forms in the inbox to what `assess` says."""
    workspace = new_workspace.create(root / "季度", plan_of(made))
    plan = read_plan.plan_of(workspace)
    inbox = workspace.inbox(made.period)
    inbox.mkdir(parents=True)
    for unit in REPORTING:
        if unit not in made.silent:
            written(answers(made, unit, plan), inbox / f"{unit}.xlsx")
    merged = ask(workspace.root, "merge", str(made.period))
    assert merged.code == 0, (merged.error, merged.json)
    stand = ask(workspace.root, "assess", str(made.period)).json["indicators"]
    return {i["no"]: (i["status"], i["actual"]) for i in stand}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=seasons())
def test_whatever_is_reported_stands_as_a_person_would_reckon_it(made: Made) -> None:
    with TemporaryDirectory() as folder:
        stands = program(made, Path(folder))

    for no in TABLE:
        status, number = stands[no]
        reckoned = actual(made, no)
        assert status == judged(made, no), no
        assert number == (None if reckoned is None else pytest.approx(float(reckoned))), no
