from datetime import date, datetime

import pytest

from tests.support.forms import COMMITTEE, INVESTMENT, SCIENCE, Answers, findings, found
from tests.support.places import at, span
from wyexcel.files.address import a1
from wyexcel.findings import Severity
from wyexcel.forms.asked import ListColumn
from wyexcel.forms.filled.name_rows import as_day, as_text

GOOD = ("富硒茶精深加工", "2403-511781-04-01-000001", "白沙", "2025-03-28", 6800, "")


def listed(*rows: tuple[object, ...], element: str = "C09") -> Answers:
    """A form with *rows* in the list of *element* (竣工项目) and its count left to them."""
    unit = {"C10": INVESTMENT, "C12": SCIENCE}.get(element, COMMITTEE)
    return Answers(unit=unit, typed={(element, "全区"): None}, lists={element: rows})


def cell(column: str, row: int = 1) -> str:
    """Where the *row*-th row of 竣工项目 has its *column*; every list has it there."""
    return at("C09", column, row=row)


def changed(**columns: object) -> tuple[object, ...]:
    names = ("name", "id", "park", "date", "amount", "note")
    return tuple({**dict(zip(names, GOOD, strict=True)), **columns}.values())


def test_a_listed_thing_says_what_where_and_when() -> None:
    assert found(listed(GOOD)) == []
    assert found(listed(changed(id=None, park=""))) == [("V01", cell("id")), ("V01", cell("park"))]


def test_what_stands_in_the_second_row_is_told_there() -> None:
    assert found(listed(GOOD, changed(name="", id="2"))) == [("V01", cell("name", 2))]


@pytest.mark.parametrize(
    "typed",
    [
        "2025-03-28",
        "2025/3/28",
        "2025.3.28",
        "2025年3月28日",
        "20250328",
        20250328.0,
        "２０２５-3-28",
    ],
)
def test_a_day_may_be_written_as_people_write_it(typed: object) -> None:
    assert as_day(typed) == date(2025, 3, 28)  # type: ignore[arg-type]
    assert found(listed(changed(date=typed))) == []


def test_a_day_may_be_a_date() -> None:
    moment = datetime(2025, 3, 28)  # noqa: DTZ001 - cells know no time zone

    assert found(listed(changed(date=moment))) == []


@pytest.mark.parametrize(
    "typed", ["2025年3月", "三月底", "2025-02-30", 45744.0, "25-3-28", "2025-111", "20253-28"]
)
def test_a_day_that_cannot_be_read_is_told(typed: object) -> None:
    assert found(listed(changed(date=typed))) == [("V12", cell("date"))]


def test_a_park_is_one_of_the_plan() -> None:
    assert found(listed(changed(park="白沙园区"))) == [("V14", cell("park"))]
    assert found(listed(changed(park="未分园区"))) == []


def test_an_amount_is_a_number_or_nothing() -> None:
    [finding] = findings(listed(changed(amount="6800万元")))

    assert (finding.rule, finding.cell, finding.suggestion) == ("V02", cell("amount"), 6800)
    assert found(listed(changed(amount=0, id="2"), element="C12")) == []
    assert found(listed(changed(amount=None), element="C12")) == []


def test_one_thing_is_not_in_two_parks() -> None:
    assert found(listed(GOOD, changed(park="官渡"))) == [("U03", cell("park", 2))]
    assert found(listed(GOOD, changed(name="另一个项目", id="2", park="官渡"))) == []


def test_a_code_that_became_a_number_keeps_its_digits() -> None:
    assert as_text(2403511781040001.0) == "2403511781040001"


@pytest.mark.parametrize(
    "code",
    [2.40351178104e20, datetime(2025, 3, 1)],  # noqa: DTZ001 - cells know no time zone
)
def test_a_code_of_which_a_spreadsheet_kept_only_a_part_is_told(code: object) -> None:
    rows = listed(changed(id=code), changed(id=code, name="另一个项目"))

    assert found(rows) == [("V12", cell("id")), ("V12", cell("id", 2))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("91350100M000100Y43", "91350100m000100y43"),
        ("2403-511781-04-01-000001", "2403—511781–04－01-000001"),
    ],
)
def test_a_code_in_small_letters_or_with_another_dash_is_the_same_code(
    one: str, other: str
) -> None:
    assert found(listed(changed(id=one), changed(id=other))) == [("B04", cell("id", 2))]


def test_a_thing_is_listed_once() -> None:
    twice = listed(GOOD, changed(id="2"), changed(name="富硒茶二期"))

    [finding] = findings(twice)

    assert (finding.rule, finding.cell, finding.value) == ("B04", cell("id", 3), GOOD[1])
    assert "第 4 行“富硒茶精深加工”和第 6 行“富硒茶二期”的项目代码都是" in finding.message


def test_rows_without_an_id_are_no_duplicates_of_each_other() -> None:
    rows = listed(changed(id=""), changed(id=""))

    assert found(rows) == [("V01", cell("id")), ("V01", cell("id", 2))]


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("91350100M000100Y43", False),
        ("９１350100m000100y43", False),
        ("91350100M000100Y34", True),
        ("91350100M00010OY43", True),
        ("2403-511781-04-01-000001", False),
        ("川经信技〔2025〕1号", False),
        ("2025-001", False),
    ],
)
def test_a_credit_code_has_its_check_digit(code: str, *, problem: bool) -> None:
    assert found(listed(changed(id=code))) == ([("B05", cell("id"))] if problem else [])


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        ("2025-01-01", None),
        ("2025-09-30", None),
        ("2024-12-31", Severity.ERROR),
        ("2026-01-01", Severity.ERROR),
        ("2025-10-01", Severity.REVIEW),
    ],
)
def test_what_is_new_happened_in_the_year_and_by_the_end_of_the_period(
    day: str, severity: Severity | None
) -> None:
    told = [(f.rule, f.cell, f.severity) for f in findings(listed(changed(date=day)))]

    assert told == ([("B06", cell("date"), severity)] if severity else [])


@pytest.mark.parametrize(
    ("element", "amount", "severity"),
    [
        ("C09", 2000, None),
        ("C09", 1999.99, Severity.ERROR),
        ("C10", 100000, None),
        ("C10", 99999, Severity.ERROR),
        ("C10", None, Severity.REVIEW),
        ("C09", "", Severity.REVIEW),
        ("C09", "/", Severity.REVIEW),
    ],
)
def test_a_project_is_as_large_as_its_list_asks(
    element: str, amount: object, severity: Severity | None
) -> None:
    rows = listed(changed(amount=amount), element=element)

    told = [(f.rule, f.cell, f.severity) for f in findings(rows)]

    assert told == ([("B07", cell("amount"), severity)] if severity else [])


def test_a_list_row_of_formulas_that_show_errors_is_told_and_not_passed_over() -> None:
    errors = {("竣工项目", cell(column, 2)): "#REF!" for column in tuple(ListColumn)[:-1]}
    amount = {("竣工项目", cell("amount")): "#N/A"}
    beyond = a1(20, len(ListColumn) + 1)

    row = findings(listed(GOOD), errors=errors)

    assert [(f.rule, f.severity, f.cell) for f in row] == [
        ("V11", Severity.ERROR, span(cell("name", 2), cell("amount", 2)))
    ]
    assert found(listed(changed(amount=None)), errors=amount) == [("V11", cell("amount"))]
    assert found(listed(GOOD), errors={("竣工项目", beyond): "#N/A"}) == []


def test_a_list_row_of_formulas_that_were_never_calculated_is_told() -> None:
    cells = frozenset({("竣工项目", cell("name", 2)), ("竣工项目", cell("id", 2))})

    assert found(listed(GOOD), uncached=cells) == [("F06", span(cell("name", 2), cell("id", 2)))]


def test_a_project_that_is_too_small_is_told_with_what_is_asked() -> None:
    [finding] = findings(listed(changed(amount=680)))

    assert finding.message.startswith(
        "“竣工项目”第 4 行“总投资（万元）” 680 万元，低于“2000万元以上”的标准"
    )


@pytest.mark.parametrize("amount", [52_000_000, 15_000_000, 6_800_000, 2_000_001])
def test_an_amount_in_yuan_is_asked_about(amount: float) -> None:
    [finding] = findings(listed(changed(amount=amount)))

    assert (finding.rule, finding.severity) == ("V09", Severity.REVIEW)
    assert (finding.cell, finding.suggestion) == (cell("amount"), amount / 10_000)
    assert "像是按“元”填的，折合 " in finding.message
    is_below = amount < 20_000_000
    assert ("低于“2000万元以上”的标准" in finding.message) is is_below


@pytest.mark.parametrize("amount", [2_000, 50_000, 800_000, 1_000_000, 2_000_000])
def test_a_large_project_is_let_be(amount: float) -> None:
    assert found(listed(changed(amount=amount))) == []


@pytest.mark.parametrize(
    ("amount", "problem"), [(800_000, False), (3_000_000, False), (1_000_000_000, True)]
)
def test_the_ceiling_of_a_list_follows_its_floor(amount: float, *, problem: bool) -> None:
    form = listed(changed(amount=amount), element="C10")

    assert [rule for rule, _ in found(form)] == (["V09"] if problem else [])


def test_a_list_without_a_floor_has_a_ceiling_too() -> None:
    assert found(listed(changed(amount=20_000_000), element="C12")) == []
    assert [r for r, _ in found(listed(changed(amount=60_000_000), element="C12"))] == ["V09"]


def test_a_large_amount_passes_with_a_note() -> None:
    [finding] = findings(listed(changed(amount=5_000_000, note="总投资500亿元，省重点")))

    assert (finding.rule, finding.severity) == ("V09", Severity.NOTICE)


def test_an_amount_in_hundred_millions_is_told_with_what_it_makes() -> None:
    [finding] = findings(listed(changed(amount=0.52)))

    assert (finding.rule, finding.suggestion) == ("B07", 5_200)
    assert "像是按“亿元”填的，折合 5200万元" in finding.message
    [small] = findings(listed(changed(amount=1_500)))
    assert (small.rule, small.suggestion) == ("B07", None)
