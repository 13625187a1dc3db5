"""Forms of another edition: recognised, weighed, and carried over into the present form."""

import shutil
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook

from tests.support import forms
from tests.support.answers import ask, changing
from tests.support.forms import COMMITTEE, PERIOD, PLAN, TRADE, WHOLE, Answers, written
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.findings import Severity
from wyexcel.forms.asked import ElementNumber
from wyexcel.forms.filled import read_form
from wyexcel.forms.layout import layout
from wyexcel.forms.older import carry_over
from wyexcel.forms.submission import Season
from wyexcel.intake import check_arrivals
from wyexcel.intake.arrivals import Arrival
from wyexcel.plan.edition import newer
from wyexcel.plan.element import Element
from wyexcel.plan.plan import Plan

OLD = replace(PLAN, version="v1")
NOW = replace(PLAN, version="v2")


def without(plan: Plan, *codes: str) -> Plan:
    """*plan* as it was before it asked for *codes*."""
    return replace(
        plan,
        indicators=tuple(
            replace(i, also=tuple(c for c in i.also if c not in codes)) for i in plan.indicators
        ),
    )


def element(plan: Plan, code: str, **changes: Any) -> Plan:
    """*plan* with one element otherwise."""

    def other(e: Element) -> Element:
        return replace(e, **changes) if e.code == code else e

    return replace(plan, elements=tuple(other(e) for e in plan.elements))


def checked(path: Path, plan: Plan) -> Season:
    arrival = Arrival(path=path, file=path.name, received=datetime(2025, 10, 9).astimezone())
    return check_arrivals.judge_arrivals(
        [arrival], plan=plan, period=PERIOD, today=date(2025, 10, 20)
    )


def verdict(season: Season) -> tuple[str, list[str]]:
    """What became of the one file, and the S02 about it."""
    [received] = season.received
    told = [f"{f.severity.value} {f.message}" for f in season.findings if f.rule == "S02"]
    return received.decision.value, told


def test_an_older_form_that_asks_for_all_that_is_owed_is_accepted_and_to_be_checked(
    tmp_path: Path,
) -> None:
    path = written(Answers(plan=OLD, typed={("C02", "白沙"): 60000}), tmp_path / "a.xlsx")

    season = checked(path, without(NOW, "C03d"))

    decision, [told] = verdict(season)
    [submission] = season.adopted
    assert decision == "accepted"
    assert told == (
        "核 您用的是“v1”版填报表，现行的是“v2”版。差异：旧表的“清洁能源产业产值”现在不报；"
        "部分填报格的位置不同。应报各项都能读出，已采用。旧版数据可自动转入，请核对标黄单元格。"
    )
    [entry] = [e for e in submission.entries if e[:2] == ("C02", "白沙")]
    assert load_workbook(path)[entry.sheet][entry.cell].value == 60000


def test_an_older_form_that_lacks_what_is_owed_goes_back(tmp_path: Path) -> None:
    path = written(Answers(plan=without(OLD, "C03d")), tmp_path / "a.xlsx")

    decision, [told] = verdict(checked(path, NOW))

    assert decision == "rejected"
    assert told.startswith("错 您用的是“v1”版填报表，现行的是“v2”版。")
    assert "没有“清洁能源产业产值”的填报格" in told
    assert "旧版数据可自动转入，请在转入件上补填，并核对标黄单元格后重报。" in told


def test_an_older_form_without_a_park_of_today_goes_back(tmp_path: Path) -> None:
    path = written(Answers(plan=OLD), tmp_path / "a.xlsx")

    decision, [told] = verdict(checked(path, replace(NOW, parks=(*PLAN.parks, "铁佛"))))

    assert decision == "rejected"
    assert "差异：没有“铁佛”栏；部分填报格的位置不同。" in told


def test_what_was_filled_for_a_park_that_is_gone_is_not_dropped(tmp_path: Path) -> None:
    path = written(Answers(plan=OLD), tmp_path / "a.xlsx")

    decision, [told] = verdict(checked(path, replace(NOW, parks=("白沙", "官渡"))))

    assert decision == "rejected"
    assert "“青花”栏填有数，现行表没有这个园区" in told


def test_another_measure_is_another_meaning(tmp_path: Path) -> None:
    old = element(OLD, "C14", measure="亿元")
    path = written(Answers(unit=TRADE, plan=old, typed={("C14", WHOLE): 4}), tmp_path / "a.xlsx")

    decision, [told] = verdict(checked(path, NOW))

    assert decision == "rejected"
    assert "“进出口总额”的计量单位是“亿元”，现为“万元”" in told


def test_a_code_that_stood_for_another_element_is_another_meaning(tmp_path: Path) -> None:
    names = {e.code: e.name for e in PLAN.elements}
    old = element(element(OLD, "C02", name=names["C04"]), "C04", name=names["C02"])
    path = written(Answers(plan=old), tmp_path / "a.xlsx")

    decision, [told] = verdict(checked(path, NOW))

    assert decision == "rejected"
    assert f"旧表的“{names['C04']}”用的是“{names['C02']}”的代码，不能对应" in told
    book = read_workbook.read(path, need="_identity")
    assert isinstance(book, Book)
    carried = carry_over.carry_over(read_form.read_form(book, NOW, COMMITTEE, PERIOD))
    assert {one.label.partition(" / ")[0] for one in carried.left_behind} == {
        names["C02"],
        names["C04"],
    }


def test_another_name_of_the_same_element_is_the_same(tmp_path: Path) -> None:
    old = element(OLD, "C14", name="进出口额")
    path = written(Answers(unit=TRADE, plan=old, typed={("C14", WHOLE): 4}), tmp_path / "a.xlsx")

    decision, [told] = verdict(checked(path, NOW))

    assert decision == "accepted"
    assert "“进出口额”现称“进出口总额”" in told


@pytest.mark.parametrize(
    ("then", "now", "decision", "severity"),
    [
        ("v1", "v2", "accepted", "示"),
        ("v3", "v2", "rejected", "阻"),
        ("甲", "乙", "accepted", "示"),
    ],
)
def test_an_edition_that_is_laid_out_alike_is_blocked_only_if_it_is_newer(
    tmp_path: Path, then: str, now: str, decision: str, severity: str
) -> None:
    old = replace(PLAN, version=then)
    path = written(Answers(unit=TRADE, plan=old, typed={("C14", WHOLE): 4}), tmp_path / "a.xlsx")

    became, [told] = verdict(checked(path, replace(PLAN, version=now)))

    assert (became, told[0]) == (decision, severity)


def test_a_form_of_another_format_is_blocked_and_read_no_further(tmp_path: Path) -> None:
    path = written(Answers(unit=TRADE, typed={("C14", WHOLE): "4万元"}), tmp_path / "a.xlsx")
    book = load_workbook(path)
    book["_identity"]["B1"] = "wyexcel/2"
    book.save(path)

    season = checked(path, PLAN)

    assert [(f.rule, f.severity) for f in season.findings if f.file] == [("S02", Severity.BLOCK)]


def test_editions_are_compared_by_number_then_by_stage() -> None:
    assert newer("v10", "v9")
    assert newer("2025年印发稿", "2025年征求意见稿")
    assert not newer("征求意见稿", "征求意见稿")
    assert not newer("试行", "征求意见稿")


# ---- carried over ----


@pytest.fixture(scope="module")
def changed_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("季度")
    assert ask(root, "init", ".").code == 0
    with changing(root, "设置") as page:
        row = next(r for r in range(1, 40) if page.cell(r, 1).value == "计划版本")
        page.cell(row, 2).value = "v2"
    with changing(root, "园区") as page:
        row = next(r for r in range(1, 20) if page.cell(r, 1).value == "青花") + 3
        page.cell(row, 1).value, page.cell(row, 2).value = "铁佛", "园区"
    (root / "报送" / "2025-09").mkdir(parents=True)
    return root


@pytest.fixture
def office(changed_plan: Path, tmp_path: Path) -> Path:
    """A workspace whose plan has gone on to v2, in which the committee splits four parks."""
    return shutil.copytree(changed_plan, tmp_path, dirs_exist_ok=True)


OLDER = Answers(
    plan=OLD,
    typed={
        ("C02", "白沙"): 60000,
        ("C02", "官渡"): "８６０００",
        ("C05", "青花"): "约10万",
        ("C12", WHOLE): 0,
    },
    remarks={"C02": "含新投产一户"},
    states={"C14": "正常"},
)
PROJECTS = [(n, f"项目{n}", f"2024-{n}", "白沙", "2025-03-28", 2500) for n in range(1, 15)]


def returned(office: Path, answers: Answers = OLDER) -> Workbook:
    """The present form that came of the older one, in a workspace in which it was checked."""
    path = written(answers, office / "报送" / "2025-09" / "旧表.xlsx")
    book = load_workbook(path)
    for number, project in enumerate(PROJECTS, 4):
        for column, value in enumerate(project, 1):
            book["竣工项目"].cell(number, column).value = value
    book.save(path)
    before = path.read_bytes()
    assert ask(office, "return", "2025-09").code == 1
    assert path.read_bytes() == before
    home = office / "退回" / "2025-09"
    assert not list(home.glob("*-退回-旧表.xlsx"))
    return load_workbook(home / f"{COMMITTEE}-转入-旧表.xlsx")


def stands(book: Workbook, code: str, park: str, kind: str = "number") -> Any:
    rows = list(book["_form"].iter_rows(values_only=True))
    [place] = [(r[2], r[3]) for r in rows if (r[0], r[1], r[4]) == (code, park, kind)]
    return book[place[0]][place[1]]


def test_values_of_the_same_meaning_stand_in_the_present_form_and_are_marked(office: Path) -> None:
    book = returned(office)

    carried = stands(book, "C02", "白沙")
    assert (carried.value, carried.fill.fgColor.rgb, carried.font.b) == (60000, "FFFFE14D", True)
    assert stands(book, "C02", "官渡").value == 86000
    assert stands(book, "C02", WHOLE, "text").value == "含新投产一户"
    assert stands(book, "C14", WHOLE, "choice").value == "正常"
    assert stands(book, "preparer", WHOLE, "text").value == "张三"
    blank = stands(book, "C02", "铁佛")
    assert (blank.value, blank.fill.fgColor.rgb) == (None, "FFFFF9E5")
    assert not carried.protection.locked


def test_a_list_is_carried_over_whole_however_long(office: Path) -> None:
    page = returned(office)["竣工项目"]

    rows = [[c.value for c in row[:6]] for row in page.iter_rows(min_row=4, max_row=17)]
    assert rows == [list(project) for project in PROJECTS]


def test_the_note_names_every_cell_and_what_was_left_behind(office: Path) -> None:
    book = returned(office)
    page = book["转入说明"]

    lines = list(page.iter_rows(values_only=True))
    [moved] = [line for line in lines if line[1] == "规上工业总产值 / 官渡"]
    asked = ElementNumber("C02", "官渡")
    there = next(s.cell for s in layout(OLD, COMMITTEE, PERIOD).slots if s.asks == asked)
    assert book.sheetnames[0] == "转入说明"
    assert moved[2:4] == (f"填报 {there}", "８６０００")
    assert moved[5] == "□ 无误　□ 已改"
    [left] = [line for line in lines if line[3] == "约10万"]
    assert left[5] == "不是数字，请填数字"
    assert any("V02" not in str(line) and "约10万" in str(line[2]) for line in lines)


def test_the_letter_says_to_go_on_in_the_present_form(office: Path) -> None:
    returned(office)

    text = (office / "退回" / "2025-09" / f"{COMMITTEE}-退回单.txt").read_text("utf-8")
    assert f"所附转入件“{COMMITTEE}-转入-旧表.xlsx”是现行填报表" in text


def test_the_present_form_completed_is_accepted_without_a_word(office: Path) -> None:
    typed = {
        ("C09", WHOLE): 14,
        ("C02", "白沙"): 60000,
        ("C05", "白沙"): 90000,
        ("C03c", "白沙"): 150000,
    }
    book = returned(office, replace(OLDER, typed=typed))
    for row in list(book["_form"].iter_rows(min_row=2, values_only=True)):
        if row[1] == "铁佛":
            book[row[2]][row[3]] = 0
    book.save(office / "报送" / "2025-09" / "b.xlsx")

    answered = ask(office, "check", "2025-09")

    statuses = {s["file"]: s["status"] for s in answered.json["submissions"]}
    told = {f["rule"] for f in answered.json["findings"] if f["file"] == "b.xlsx"} - {"U05"}
    assert (statuses["b.xlsx"], told) == ("accepted", set())


def test_returning_twice_changes_nothing(office: Path) -> None:
    returned(office)
    path = office / "退回" / "2025-09" / f"{COMMITTEE}-转入-旧表.xlsx"
    before = path.read_bytes()

    ask(office, "return", "2025-09")

    assert path.read_bytes() == before


def test_an_archived_form_in_another_measure_is_not_misread(demo: Path) -> None:
    with changing(demo, "指标口径") as page:
        element = next(row for row in page.iter_rows() if row[0].value == "C14")
        element[2].value = "亿元"

    answered = ask(demo, "assess", "2025-09")

    assert answered.code == 2
    assert "计量单位是“万元”，现为“亿元”" in answered.error


@pytest.mark.parametrize(
    ("cells", "rows"),
    [
        (300, [["计量单位"] * 200] * 500),
        (900, [["计量单位"] * 200] * 500),
        (9_000, [["计量单位"] * 200] * 500),
        (900, [[f"第{row}行"] * 14 for row in range(19_900)]),
    ],
    ids=("300 cells", "900 cells", "9000 cells", "900 cells of a long sheet"),
)
def test_a_hostile_statement_of_cells_is_weighed_in_no_time(
    cells: int, rows: list[list[Any]]
) -> None:
    there = forms.book(Answers(unit=TRADE))
    sheets: dict[str, Any] = {name: list(rows) for name, rows in there.sheets.items()}
    sheets["_identity"] = [["format", "wyexcel/1"], ["form", "0"], ["plan", "v1"]]
    sheets["_form"] = [sheets["_form"][0]] + [
        ["C14", WHOLE, "填报", f"IV{18_900 + n % 1000}", "number", f"甲{n} / 乙{n}"]
        for n in range(cells)
    ]
    sheets["填报"] = rows

    begun = time.process_time()
    told = forms.findings(Answers(unit=TRADE), sheets=sheets)

    assert [f.rule for f in told if f.rule == "S02"] == ["S02"]
    assert time.process_time() - begun < 5
