"""Rules of what a cell shows, through files as spreadsheet programs write them (V07, S06)."""

import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from tests.support.forms import Answers, written
from tests.support.saved_as import ABSENT, convert
from tests.support.small_plan import INVESTMENT, NEW_TOWN, PERIOD, PLACES, PLAN, answers, at, good
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.findings import Finding, Severity
from wyexcel.forms.filled import read_form
from wyexcel.forms.layout import layout
from wyexcel.rules import all_rules

PARK = PLACES[0]
OUTPUT = at("OUT", PARK)
"""A number cell in 万元."""
FIRMS = at("FIRMS", PARK)
LIST_AMOUNT = "F4"
YUAN = replace(
    PLAN, elements=tuple(replace(e, measure="元") if e.code == "OUT" else e for e in PLAN.elements)
)
HUNDRED_MILLIONS = replace(
    PLAN,
    elements=tuple(replace(e, measure="亿元") if e.code == "OUT" else e for e in PLAN.elements),
)
DOLLARS = replace(
    PLAN,
    elements=tuple(replace(e, measure="万美元") if e.code == "OUT" else e for e in PLAN.elements),
)
BY_MEASURE = {"万元": PLAN, "元": YUAN, "亿元": HUNDRED_MILLIONS, "万美元": DOLLARS}


def checked(path: Path, form: Answers) -> list[Finding]:
    """What is found in the file at *path*, the form *form*."""
    read = read_workbook.read(path, skip=("说明",), need="填报")
    assert isinstance(read, Book), read
    return all_rules.validate(read_form.read_form(read, form.plan, form.unit, form.period))


def changed(form: Answers, home: Path, change: Callable[[Any], object]) -> list[Finding]:
    """What is found in *form* after somebody *change*d it in a spreadsheet program."""
    path = written(form, home / "a.xlsx")
    there = load_workbook(path)
    change(there)
    there.save(path)
    return checked(path, form)


def formatted(home: Path, code: str, value: float, measure: str) -> list[Finding]:
    """What is said of one cell for being formatted as *code* and holding *value*."""

    def change(there: Any) -> None:
        there["填报"][OUTPUT] = value
        there["填报"][OUTPUT].number_format = code

    found = changed(replace(answers(NEW_TOWN), plan=BY_MEASURE[measure]), home, change)
    return [one for one in found if one.rule in {"V07", "S06", "V12"}]


@pytest.mark.parametrize(
    ("code", "value", "measure", "shown"),
    [
        ("0!.0000", 176000, "万元", "17.6000"),
        ("#,##0,", 176000000, "万元", "176,000"),
        (r"0\.0,", 176000, "万元", "17.6"),
        ('0!.00,,"亿元"', 1760000000, "万元", "17.60亿元"),
        ('0"."0,"万元"', 176000, "万元", "17.6万元"),
        ("0,.00", 176000, "万元", "176.00"),
        ("0.00,,\n%", 17600000, "万元", "1760.00"),
        ('[>=10000]0!.0,"万元";0.00', 176000, "万元", "17.6万元"),
        ('0"000"', 176, "万元", "176000"),
        ("0.00;0.00", -5.5, "万元", "5.50"),
        ("-0.00", 5.5, "万元", "-5.50"),
        ('"176000"', 88000, "万元", "176000"),
        ('0.00"%"', 17.6, "万元", "17.60%"),
        ('0"万元"', 18, "亿元", "18万元"),
        ('0.00"亿元"', 17.6, "万元", "17.60亿元"),
        ("[$亿元-804]0.00", 17.6, "万元", "亿元17.60"),
        ('0.00"元"', 176000, "万元", "176000.00元"),
        ('0.00"万美元"', 176, "万元", "176.00万美元"),
        ('0.00"万元"', 176, "万美元", "176.00万元"),
        ('0.00"户"', 176, "万元", "176.00户"),
        ('#,##0,"K"', 176000, "万元", "176K"),
        ("[DBNum1]0!.0000", 176000, "万元", "17.6000"),
    ],
)
def test_a_cell_that_shows_another_number_or_measure_goes_back(
    code: str, value: float, measure: str, shown: str, tmp_path: Path
) -> None:
    [finding] = formatted(tmp_path, code, value, measure)

    assert (finding.rule, finding.severity, finding.cell) == ("V07", Severity.ERROR, OUTPUT)
    assert f"显示为“{shown}”" in finding.message or f"显示为 {shown}" in finding.message
    assert f"存的是 {value}" in finding.message
    assert f"“{measure}”" in finding.message


def test_the_number_that_was_meant_is_suggested(tmp_path: Path) -> None:
    [finding] = formatted(tmp_path, '0"万元"', 176000, "亿元")

    assert finding.suggestion == 17.6
    assert finding.message == (
        f"“填报”{OUTPUT} 按单元格格式显示为“176000万元”，实际存的是 176000，本栏单位是“亿元”。"
        "请把单元格格式改为“常规”，看清后按“亿元”重填（是否为 17.6？）。"
    )


@pytest.mark.parametrize(
    ("code", "value", "measure", "shown"),
    [
        ('0!.0000"亿元"', 176000, "万元", "17.6000亿元"),
        ('0!.00,,"亿元"', 1760000000, "元", "17.60亿元"),
        ('0"."0,"万元"', 176000, "元", "17.6万元"),
        ('0!.0000"亿"', 176000, "万元", "17.6000亿"),
        ('[>=10000]0!.0000"亿元";0.00"万元"', 176000, "万元", "17.6000亿元"),
        ('#,##0,"K"', 176000, "元", "176K"),
    ],
)
def test_the_right_quantity_in_another_measure_is_only_noticed(
    code: str, value: float, measure: str, shown: str, tmp_path: Path
) -> None:
    [finding] = formatted(tmp_path, code, value, measure)

    assert (finding.rule, finding.severity, finding.cell) == ("V07", Severity.NOTICE, OUTPUT)
    assert f"显示为“{shown}”，存的是 {value}" in finding.message


@pytest.mark.parametrize(
    ("code", "value", "measure", "words"),
    [
        ("000-0000", 1760000, "万元", "“176-0000”，看不出是这个数"),
        ('"已完成"', 176000, "万元", "“已完成”，看不出是这个数"),
        ('0"万"0000"元"', 176000, "元", "“17万6000元”，看不出是这个数"),
        ("**;**;**;**", 176000, "万元", "“*”，看不出是这个数"),
        ("aaaa", 17600, "万元", "“日期”，看不出是这个数"),
        ('"US$"#,##0', 176000, "万元", "“US$176,000”，看着是另一种货币"),
        ('"RMB "#,##0', 176000, "万美元", "“RMB 176,000”，看着是另一种货币"),
    ],
)
def test_what_cannot_be_read_is_asked_about(
    code: str, value: float, measure: str, words: str, tmp_path: Path
) -> None:
    [finding] = formatted(tmp_path, code, value, measure)

    assert (finding.rule, finding.severity, finding.cell) == ("V07", Severity.REVIEW, OUTPUT)
    assert words in finding.message


@pytest.mark.parametrize("code", [";;;", "[White]0.00", "[白色]#,##0", '" "', '0;0;0;""'])
def test_a_number_that_a_format_hides_is_asked_about(code: str, tmp_path: Path) -> None:
    def change(there: Any) -> None:
        there["填报"][OUTPUT].number_format = code
        there["填报"][OUTPUT] = "10000" if code.endswith('""') else 10000

    found = changed(answers(NEW_TOWN), tmp_path, change)

    assert ("S06", Severity.REVIEW, OUTPUT) in [(f.rule, f.severity, f.cell) for f in found]
    assert not any(f.severity.rejects for f in found)


WHITE = Font(color="FFFFFFFF")


def paint(letters: Any, ground: str = "") -> Callable[[Any], None]:
    """Somebody gives the cell these *letters*, and a *ground* if it says one."""

    def change(there: Any) -> None:
        cell = there["填报"][OUTPUT]
        cell.font = Font(color=letters)
        if ground:
            cell.fill = PatternFill("solid", fgColor=ground) if ground != "none" else PatternFill()

    return change


@pytest.mark.parametrize(
    "change",
    [
        paint("FFFFFFFF"),
        paint("FFFFFFFF", "none"),
        paint(Color(theme=0), "none"),
        paint(Color(theme=0, tint=-0.04), "none"),
        paint(Color(indexed=9), "none"),
        paint("FFFFF9E5"),
        paint("FFFDFDFD", "FFFFFFFF"),
        paint("FF112233", "FF112233"),
        paint(Color(theme=4), Color(theme=4)),
    ],
)
def test_letters_in_the_colour_of_their_ground_are_asked_about(
    change: Callable[[Any], None], tmp_path: Path
) -> None:
    [finding] = changed(answers(NEW_TOWN), tmp_path, change)

    assert (finding.rule, finding.severity, finding.cell) == ("S06", Severity.REVIEW, OUTPUT)
    assert (
        finding.message == f"“填报”{OUTPUT} 填有内容，但字的颜色与底色相同，看不见，请改回后确认。"
    )


@pytest.mark.parametrize(
    "change",
    [
        paint("FFFF0000"),
        paint("FF0070C0"),
        paint("FFFFFF00", "FF000000"),
        paint("FFFFFFFF", "FF4472C4"),
        paint("FF808080", "FFD9D9D9"),
        paint(Color(theme=1)),
        paint(Color(theme=0, tint=-0.5), "none"),
        paint(Color(indexed=64)),
    ],
)
def test_letters_that_can_be_read_are_nobody_s_business(
    change: Callable[[Any], None], tmp_path: Path
) -> None:
    assert changed(answers(NEW_TOWN), tmp_path, change) == []


def test_unseen_cells_side_by_side_are_told_once_and_words_too(tmp_path: Path) -> None:
    def change(there: Any) -> None:
        for cell in [at("OUT", park) for park in PLACES]:
            there["填报"][cell].font = WHITE
        there["签约"]["B4"].font = WHITE
        there["签约"]["B9"].font = WHITE

    found = changed(answers(NEW_TOWN), tmp_path, change)

    assert [(f.rule, f.sheet, f.cell) for f in found] == [
        ("S06", "填报", f"{at('OUT', PLACES[0])}:{at('OUT', PLACES[-1])}"),
        ("S06", "签约", "B4"),
    ]


def test_amounts_of_lists_last_year_s_numbers_and_other_numbers_show_themselves_too(
    tmp_path: Path,
) -> None:
    form = layout(PLAN, NEW_TOWN, PERIOD)
    row = next(line.row for line in form.main.rows if line.element.code == "OUT") + 1
    year_ago = f"{chr(65 + form.main.year_ago_column)}{row}"
    exporters = at("EXPORTERS")

    def change(there: Any) -> None:
        there["填报"][year_ago] = 29000
        there["填报"][year_ago].number_format = "0!.0000"
        there["补充"][exporters] = 3
        there["补充"][exporters].number_format = '0"000"'
        there["签约"][LIST_AMOUNT].number_format = "#,##0.0,"

    found = changed(answers(NEW_TOWN), tmp_path, change)

    assert sorted((f.rule, f.sheet, f.cell, f.severity) for f in found) == sorted(
        [
            ("V07", "填报", year_ago, Severity.ERROR),
            ("V07", "补充", exporters, Severity.ERROR),
            ("V07", "签约", LIST_AMOUNT, Severity.ERROR),
        ]
    )


def test_a_number_stored_as_text_may_be_shown_with_another_measure(tmp_path: Path) -> None:
    def change(there: Any) -> None:
        there["填报"][OUTPUT] = "10000"
        there["填报"][OUTPUT].number_format = '@"亿元"'

    found = changed(answers(NEW_TOWN), tmp_path, change)

    assert ("V07", Severity.ERROR, OUTPUT) in [(f.rule, f.severity, f.cell) for f in found]


ASKED = {
    "scaled": ("0.0,", None),
    "other": ('0!.0000"亿元"', None),
    "hidden": (";;;", None),
    "white": ("General", WHITE),
    "plain": ('#,##0.00"万元"', None),
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """One form a mistake, each saved as .xls and .ods by LibreOffice."""
    home = tmp_path_factory.mktemp("saved")
    paths: list[Path] = []
    for name, (code, font) in ASKED.items():
        there = load_workbook(written(answers(NEW_TOWN), home / f"{name}.xlsx"))
        there["填报"][OUTPUT].number_format = code
        if font is not None:
            there["填报"][OUTPUT].font = font
        there.save(home / f"{name}.xlsx")
        paths.append(home / f"{name}.xlsx")
    kinds = {kind: convert(paths, kind, home) for kind in ("xls", "ods")}
    return {f"{stem}.{kind}": path for kind, by in kinds.items() for stem, path in by.items()}


@pytest.mark.slow
@pytest.mark.skipif(bool(ABSENT), reason=ABSENT)
@pytest.mark.parametrize("kind", ["xls", "ods"])
@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("scaled", ("V07", Severity.ERROR, OUTPUT)),
        ("other", ("V07", None, OUTPUT)),
        ("hidden", ("S06", Severity.REVIEW, OUTPUT)),
        ("white", ("S06", Severity.REVIEW, OUTPUT)),
        ("plain", None),
    ],
)
def test_other_kinds_of_files_are_asked_about_the_same(
    name: str, kind: str, wanted: Any, saved: Mapping[str, Path]
) -> None:
    found = [f for f in checked(saved[f"{name}.{kind}"], answers(NEW_TOWN)) if f.rule != "F08"]
    told = [(f.rule, f.severity, f.cell) for f in found if f.rule in {"V07", "S06"}]

    if name == "other":
        assert [(rule, cell) for rule, _, cell in told] == [("V07", OUTPUT)]
    else:
        assert told == ([wanted] if wanted else [])


PLAIN = (
    "General",
    "G/通用格式",
    "@",
    *("0", "0.0", "0.00", "0.000", "0.0000", "0.0#", "0.0?", "0.##", "00", "000000", "??0.00"),
    *("#,##0", "#,##0.0", "#,##0.00", "#,##0.0###", "#,##0.00_ ", "#,##0_ ", "0.00_ ", "0_);(0)"),
    *("#,##0.00_);(#,##0.00)", "#,##0.00_);[Red](#,##0.00)", "#,##0;-#,##0", "# ##0.00"),
    *("#,##0.00;[Red]-#,##0.00", "#,##0.00;[Red]#,##0.00", r"0.00_ ;[Red]\-0.00\ ", "[Red]0.00"),
    *("[红色]0.00", "[蓝色]0.00", "[Color10]0.00", "#,##0.00;[红色]-#,##0.00", "+0.00;-0.00;0.00"),
    '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ',
    '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
    *('"¥"#,##0.00', '"¥"#,##0.00;[Red]"¥"-#,##0.00', '"￥"#,##0.00', "¥#,##0.00_);(¥#,##0.00)"),
    *("[$¥-804]#,##0.00", "[$-804]#,##0.00", "[$￥-804]0.00", "[$-804]G/通用格式"),
    *("[>=10000]#,##0.00;0.00", "[<1]0.0000;0.00", "[>=100000000]#,##0;[>=10000]#,##0.0;0.00"),
    *("[=0]0;0.00", '[=0]"—";0.00', "[Red][>=50000]0.00;0.00", "[>50000][Red]0.00;[Blue]0.00"),
    *('0.00;-0.00;"-"', '0.00;-0.00;"—"', '0.00;-0.00;"无"', '0.00;-0.00;0.00;"（"@"）"'),
    *("0.00E+00", "# ?/?", "# ??/??", "[DBNum1]General", "[DBNum2][$-804]General", "[DBNum2]0.00"),
    *('0.00"（1—6月）"', '"2031年"0.00'),
    *('"约"0.00', '0.00"（预计）"', '"截至6月 "0.00', '0.00"余"', "0.00 ", " 0.00"),
)
"""What offices format numbers with; what is shown is what is stored, to some digits."""

WITH_MEASURE = {
    "万元": (
        *('0.00"万元"', '#,##0.00" 万元"', r"[$-804]0.00\ 万元", '0.00"（万元）"', '"万元 "0.00'),
        *(
            '0.00"万"',
            "[$万元-804]0.00",
            '"产值："0.00"万元"',
            "0!万!元",
            '0.00;-0.00;0.00;@"万元"',
        ),
    ),
    "户": ('0"户"', '#,##0"家"', '0"个"', '"共"0"户企业"', '0" 户"'),
    "个": ('0"个"', '0"项"', '"共"0"个项目"'),
    "万千瓦时": ('0.00"万千瓦时"', '0.00"万度"', '#,##0.00"万"'),
}
SEED = 20_000
ROWS = 120
"""Rows of the name list of one form, each with an amount."""


def codes() -> Iterator[Mapping[str, str]]:
    """For each form the format of each measure."""
    for n, code in enumerate(PLAIN):
        yield dict.fromkeys(WITH_MEASURE, code)
        yield {unit: given[n % len(given)] for unit, given in WITH_MEASURE.items()}


class Numbered(NamedTuple):
    """A number and where it stands, in which measure."""

    sheet: str
    cell: str
    measure: str
    value: float


@pytest.mark.slow
def test_twenty_thousand_good_numbers_in_the_formats_of_offices_raise_nothing(
    tmp_path: Path,
) -> None:
    chance = random.Random(SEED)  # noqa: S311  the same each time, and no secret
    count = 0
    for by_measure in codes():
        for unit in (NEW_TOWN, INVESTMENT):
            form = answers(unit, typed=many_numbers(unit, chance.randint(1, 40), chance))
            path = written(form, tmp_path / "a.xlsx")
            there = load_workbook(path)
            numbers = [*main_numbers(form), *listed_numbers(there["签约"], chance)]
            for number in numbers:
                cell = there[number.sheet][number.cell]
                cell.value, cell.number_format = number.value, by_measure[number.measure]
            there.save(path)
            count += len(numbers)
            found = checked(path, form)
            assert found == [], (by_measure, [finding.message for finding in found[:3]])
    assert count >= 20_000


def many_numbers(
    unit: str, times: int, chance: random.Random
) -> dict[tuple[str, str], float | None]:
    """The good numbers of *unit* so many *times*, amounts with two more digits."""
    numbers: dict[tuple[str, str], float | None] = {}
    for (element, park), value in good(unit).items():
        more = 0 if PLAN.element[element].is_count else chance.randint(0, 99) / 100
        numbers[element, park] = None if value is None else value * times + more
    return {**numbers, ("DEALS", "全区"): ROWS}


def main_numbers(form: Answers) -> Iterator[Numbered]:
    """The numbers that are typed into 填报."""
    for (element, park), value in form.typed.items():
        if value is not None:
            cell = at(element, park, form.unit)
            yield Numbered("填报", cell, PLAN.element[element].measure, value)


def listed_numbers(sheet: Any, chance: random.Random) -> Iterator[Numbered]:
    """The amounts of a long name list, which is written into *sheet*."""
    for row in range(4, 4 + ROWS):
        for cell, value in zip(
            "BCDE", (f"项目{row}", f"临-{row}", "江北", "2031-03-05"), strict=True
        ):
            sheet[f"{cell}{row}"] = value
        yield Numbered("签约", f"F{row}", "万元", 500 + chance.randint(0, 900_000) / 100)


def highlight(rule: Rule) -> Callable[[Any], None]:
    """Somebody gives the three amounts a conditional format."""
    first, last = at("OUT", PLACES[0]), at("OUT", PLACES[-1])

    def change(there: Any) -> None:
        there["填报"].conditional_formatting.add(f"{first}:{last}", rule)

    return change


def dxf(code: str = "", letters: str = "") -> DifferentialStyle:
    """What a condition makes of a cell."""
    return DifferentialStyle(
        numFmt=NumberFormat(numFmtId=190, formatCode=code) if code else None,
        font=Font(color=letters) if letters else None,
    )


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (Rule("cellIs", operator="greaterThan", formula=["0"], dxf=dxf("0!.0000")), "V07"),
        (Rule("cellIs", operator="between", formula=["1", "20000"], dxf=dxf("0,")), "V07"),
        (Rule("expression", formula=[f"{OUTPUT}>=10000"], dxf=dxf('0.0,"K"')), "V07"),
        (Rule("expression", formula=["TRUE"], dxf=dxf(";;;")), "S06"),
        (Rule("cellIs", operator="notEqual", formula=["0"], dxf=dxf("", "FFFFFFFF")), "S06"),
        (Rule("cellIs", operator="equal", formula=["0"], dxf=dxf("", "FFFFFFFF")), None),
        (Rule("cellIs", operator="lessThan", formula=["0"], dxf=dxf("0!.0000")), None),
        (Rule("cellIs", operator="greaterThan", formula=["0"], dxf=dxf("0.00")), None),
        (Rule("cellIs", operator="greaterThan", formula=["0"], dxf=dxf("", "FFFF0000")), None),
        (Rule("duplicateValues", dxf=dxf("", "FF9C0006")), None),
    ],
)
def test_a_conditional_format_that_applies_is_looked_at_like_any_other(
    rule: Rule, wanted: str | None, tmp_path: Path
) -> None:
    found = changed(answers(NEW_TOWN), tmp_path, highlight(rule))

    assert [finding.rule for finding in found] == ([wanted] if wanted else [])
