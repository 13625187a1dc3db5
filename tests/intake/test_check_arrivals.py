import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook

from tests.support.forms import (
    COMMITTEE,
    INDUSTRY,
    INVESTMENT,
    PERIOD,
    PLAN,
    SCIENCE,
    TRADE,
    WHOLE,
    Answers,
    written,
)
from tests.support.places import at, row_of
from wyexcel.files.writing import xlsx
from wyexcel.findings import Severity
from wyexcel.forms.blank import form
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.submission import Decision, Season
from wyexcel.intake import check_arrivals
from wyexcel.intake.arrivals import Arrival
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.rules.all_rules import requirements
from wyexcel.rules.rule import Violation
from wyexcel.rules.single_cells import SINGLE_CELLS

CELL = at("C14", unit=TRADE)
TODAY = date(2025, 10, 20)


def arrival(path: Path, *, hour: int = 9, archived: bool = False, name: str = "") -> Arrival:
    moment = datetime(2025, 10, 9, hour, tzinfo=UTC)
    return Arrival(path=path, file=name or path.name, received=moment, archived=archived)


def check(*arrivals: Arrival | Path, plan: Plan = PLAN) -> Season:
    there = [a if isinstance(a, Arrival) else arrival(a) for a in arrivals]
    return check_arrivals.judge_arrivals(there, plan=plan, period=PERIOD, today=TODAY)


def decisions(season: Season) -> dict[str, str]:
    return {one.file: one.decision.value for one in season.received}


def rules_of(season: Season, file: str) -> list[str]:
    return [finding.rule for finding in season.findings if finding.file == file]


def trade(path: Path, value: object = 4, **more: Any) -> Path:
    return written(Answers(unit=TRADE, typed={("C14", WHOLE): value}, **more), path)


def filled_by_another_program(path: Path, unit: str, values: Mapping[str, object]) -> Path:
    """A form issued, and filled through its own `_form` by a program that knows nothing else."""
    xlsx.write(form.blank_form(PLAN, unit, PERIOD, rules=requirements(PLAN)), path)
    book = load_workbook(path)
    _, *slots = book["_form"].iter_rows(values_only=True)
    for element, _park, sheet, cell, kind, _label in slots:
        if kind == "number" or element in {"preparer", "reviewer", "phone"}:
            book[sheet][cell] = values.get(element)
    book.save(path)
    return path


def test_a_form_filled_through_its_slots_is_accepted_under_any_name(tmp_path: Path) -> None:
    values = {"C14": 4, "preparer": "张三", "reviewer": "李四", "phone": 8600000}
    path = filled_by_another_program(tmp_path / "新建 工作表 (3)😀.xlsx", TRADE, values)

    season = check(path)

    [received] = season.received
    assert (received.unit, received.period) == (TRADE, "2025-09")
    assert (received.decision, received.path) == (Decision.ACCEPTED, path)
    [submission] = season.adopted
    assert [(e.element, e.cell, e.number) for e in submission.entries] == [("C14", CELL, 4)]
    assert (submission.file, submission.phone) == (path.name, "8600000")
    assert [f.rule for f in season.findings if f.file] == []


def test_a_whole_season_in_order_has_nothing_to_mend(tmp_path: Path) -> None:
    five = [written(Answers(unit=u), tmp_path / f"{u}.xlsx") for u in PLAN.reporting]

    season = check(*five)

    assert set(decisions(season).values()) == {"accepted"}
    assert not season.rejects
    assert season.missing == ()


def test_who_sent_nothing_is_missing_and_told(tmp_path: Path) -> None:
    season = check(trade(tmp_path / "a.xlsx"))

    assert season.missing == (INDUSTRY, SCIENCE, COMMITTEE, INVESTMENT)
    told = [f for f in season.findings if f.rule == "I04"]
    assert {(f.file, f.unit, f.severity) for f in told} == {
        ("", unit, Severity.NOTICE) for unit in season.missing
    }
    assert "截止 2025年10月10日，已逾期7个工作日" in told[0].message


def test_who_sent_a_faulty_form_is_not_missing(tmp_path: Path) -> None:
    season = check(trade(tmp_path / "a.xlsx", "约4"))

    assert decisions(season) == {"a.xlsx": "rejected"}
    assert TRADE not in season.missing
    assert season.adopted == ()


def test_the_same_content_under_another_name_is_a_duplicate(tmp_path: Path) -> None:
    first = trade(tmp_path / "a.xlsx")
    second = Path(shutil.copy2(first, tmp_path / "b.xlsx"))

    season = check(arrival(second, hour=10), arrival(first, hour=9))

    assert decisions(season) == {"a.xlsx": "accepted", "b.xlsx": "duplicate"}
    assert rules_of(season, "b.xlsx") == ["F04"]


def test_a_later_version_is_adopted_and_asked_about(tmp_path: Path) -> None:
    first, second = trade(tmp_path / "z.xlsx"), trade(tmp_path / "a.xlsx", 5)

    season = check(arrival(second, hour=10), arrival(first, hour=9))

    assert decisions(season) == {"z.xlsx": "superseded", "a.xlsx": "accepted"}
    assert rules_of(season, "a.xlsx") == ["F05"]
    assert [s.entries[0].number for s in season.adopted] == [5]


def test_a_later_version_that_is_faulty_leaves_the_earlier(tmp_path: Path) -> None:
    first, second = trade(tmp_path / "a.xlsx"), trade(tmp_path / "b.xlsx", None)

    season = check(arrival(first, hour=9), arrival(second, hour=10))

    assert decisions(season) == {"a.xlsx": "accepted", "b.xlsx": "rejected"}
    assert rules_of(season, "b.xlsx") == ["V01"]


def test_a_corrected_version_of_a_faulty_one_raises_no_question(tmp_path: Path) -> None:
    first, second = trade(tmp_path / "a.xlsx", None), trade(tmp_path / "b.xlsx")

    season = check(arrival(first, hour=9), arrival(second, hour=10))

    assert decisions(season) == {"a.xlsx": "rejected", "b.xlsx": "accepted"}
    assert rules_of(season, "b.xlsx") == []


def test_a_file_in_archive_and_inbox_is_one_file(tmp_path: Path) -> None:
    inbox = trade(tmp_path / "a.xlsx", 5)
    (tmp_path / "归档").mkdir()
    kept = Path(shutil.copy2(inbox, tmp_path / "归档" / "a（2）.xlsx"))
    before = trade(tmp_path / "归档" / "a.xlsx")

    season = check(
        arrival(before, hour=8, archived=True),
        arrival(kept, hour=9, archived=True),
        arrival(inbox, hour=12),
    )

    assert [(r.file, r.decision.value) for r in season.received] == [
        ("a.xlsx", "superseded"),
        ("a.xlsx", "accepted"),
    ]
    assert (season.received[1].path, season.received[1].came) == (kept, inbox)


def test_what_was_archived_came_first(tmp_path: Path) -> None:
    (tmp_path / "归档").mkdir()
    kept = trade(tmp_path / "归档" / "z.xlsx")
    new = trade(tmp_path / "a.xlsx", 5)

    season = check(arrival(new, hour=7), arrival(kept, hour=9, archived=True))

    assert decisions(season) == {"z.xlsx": "superseded", "a.xlsx": "accepted"}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("~$a.xlsx", ["F03"]),
        (".~lock.a.xlsx#", ["F03"]),
        ("科技局/~$a.xlsx", ["F03"]),
        ("a.xlsx.tmp", []),
        ("Thumbs.db", []),
        ("desktop.ini", []),
        (".DS_Store", []),
    ],
)
def test_what_programs_leave_behind_is_ignored(tmp_path: Path, name: str, told: list[str]) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")

    season = check(arrival(path, name=name))

    assert decisions(season) == {name: "ignored"}
    assert rules_of(season, name) == told


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", "单位,数\n".encode("gbk")])
def test_what_is_no_workbook_is_turned_away_with_a_reason(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "经信局.xlsx"
    path.write_bytes(content)

    season = check(path)

    [finding] = [f for f in season.findings if f.file]
    assert decisions(season) == {"经信局.xlsx": "rejected"}
    assert (finding.rule, finding.severity) == ("F01", Severity.BLOCK)
    assert "经信局.xlsx" in finding.message


def test_a_workbook_that_is_no_form_of_ours_is_turned_away(tmp_path: Path) -> None:
    path = tmp_path / "自己的表.xlsx"
    xlsx.write(
        [replace(form.blank_form(PLAN, TRADE, PERIOD, rules=requirements(PLAN))[0], name="Sheet1")],
        path,
    )

    season = check(path)

    assert decisions(season) == {"自己的表.xlsx": "rejected"}
    assert rules_of(season, "自己的表.xlsx") == ["S01"]


def test_a_unit_that_is_not_in_the_plan_is_turned_away(tmp_path: Path) -> None:
    path = trade(tmp_path / "a.xlsx")
    book = load_workbook(path)
    book["_identity"]["B3"] = "市某某局"
    book.save(path)

    season = check(path)

    [finding] = [f for f in season.findings if f.file]
    assert (finding.rule, finding.value, finding.severity) == ("I01", "市某某局", Severity.BLOCK)
    assert season.received[0].unit is None


def test_another_period_is_told_alone(tmp_path: Path) -> None:
    june = trade(tmp_path / "六月.xlsx", None, period=Period(2025, 6))

    season = check(june)

    assert decisions(season) == {"六月.xlsx": "rejected"}
    assert rules_of(season, "六月.xlsx") == ["I02"]
    [finding] = [f for f in season.findings if f.rule == "I02"]
    assert "收表时放错文件夹的，移到“报送/2025-06”" in finding.message
    assert season.received[0].period == "2025-06"


def test_a_unit_may_be_called_by_its_former_name(tmp_path: Path) -> None:
    renamed = replace(
        PLAN,
        units=tuple(
            replace(u, name="市商务和经合局", former=(TRADE,), renamed=date(2025, 7, 1))
            if u.name == TRADE
            else u
            for u in PLAN.units
        ),
        indicators=tuple(
            replace(i, units=tuple("市商务和经合局" if u == TRADE else u for u in i.units))
            for i in PLAN.indicators
        ),
    )

    season = check(trade(tmp_path / "a.xlsx"), plan=renamed)

    assert season.received[0].unit == "市商务和经合局"
    assert decisions(season) == {"a.xlsx": "accepted"}
    assert [s.unit for s in season.adopted] == ["市商务和经合局"]
    [finding] = [f for f in season.findings if f.file]
    assert (finding.rule, finding.severity, finding.value) == ("I07", Severity.NOTICE, TRADE)
    assert "“市商务局”自 2025-07-01 起更名为“市商务和经合局”" in finding.message


def test_a_file_named_after_another_unit_is_told(tmp_path: Path) -> None:
    assert rules_of(check(trade(tmp_path / "经信局9月.xlsx")), "经信局9月.xlsx") == ["F09"]
    assert rules_of(check(trade(tmp_path / "商务局9月.xlsx")), "商务局9月.xlsx") == []


def test_units_at_odds_over_a_park_are_asked_and_both_count(tmp_path: Path) -> None:
    there = ("茶厂", "2025-001", "白沙", "2025-03-28", 6800)
    blank = {("C09", WHOLE): None}
    ours = Answers(unit=COMMITTEE, typed=blank, lists={"C09": [there]})
    theirs = Answers(unit=INDUSTRY, typed=blank, lists={"C09": [(*there[:2], "官渡", *there[3:])]})

    season = check(written(ours, tmp_path / "甲.xlsx"), written(theirs, tmp_path / "乙.xlsx"))

    assert decisions(season) == {"甲.xlsx": "accepted", "乙.xlsx": "accepted"}
    assert "U03" in rules_of(season, "乙.xlsx")
    assert {s.unit for s in season.adopted} == {COMMITTEE, INDUSTRY}


def test_a_form_that_was_replaced_and_comes_again_is_asked_about(tmp_path: Path) -> None:
    first = trade(tmp_path / "甲.xlsx", 4)
    again = tmp_path / "丙.xlsx"
    again.write_bytes(first.read_bytes())

    season = check(
        arrival(first, hour=7), arrival(trade(tmp_path / "乙.xlsx", 5), hour=8), arrival(again)
    )

    [finding] = [f for f in season.findings if f.file == "丙.xlsx"]
    assert (finding.rule, finding.severity) == ("F04", Severity.REVIEW)
    assert "已由“乙.xlsx”代替，现仍采用后者" in finding.message


def test_the_heaviest_findings_stand_first_then_by_place(tmp_path: Path) -> None:
    blank = {("C02", "官渡"): None, ("C01", "青花"): 1.5, ("C04", "白沙"): "1,000"}
    people = {"phone": ""}

    season = check(written(Answers(typed=blank, people=people), tmp_path / "a.xlsx"))

    assert [(f.rule, f.cell) for f in season.findings if f.file] == [
        ("V06", at("C01", "青花")),
        ("V01", at("C02", "官渡")),
        ("I05", at("phone")),
        ("V03", at("C04", "白沙")),
    ]
    assert all(f.message for f in season.findings)


def test_what_is_said_while_reading_ends_with_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    files = [trade(tmp_path / f"{n}.xlsx", n) for n in range(3)]

    check_arrivals.judge_arrivals(
        [arrival(path) for path in files],
        plan=PLAN,
        period=PERIOD,
        today=TODAY,
        progress=lambda _what, done, of: told.append((done, of)),
    )

    assert told[-1] == (3, 3)


def test_a_formula_without_its_result_goes_back_and_is_not_taken_for_blank(tmp_path: Path) -> None:
    path = trade(tmp_path / "a.xlsx")
    book = load_workbook(path)
    book["填报"][CELL] = "=2+2"
    book.save(path)

    season = check(path)

    assert [(f.rule, f.cell) for f in season.findings if f.file] == [("F06", CELL)]


def test_an_error_value_goes_back_as_it_shows(tmp_path: Path) -> None:
    path = trade(tmp_path / "a.xlsx")
    book = load_workbook(path)
    book["填报"][CELL] = "#DIV/0!"
    book["填报"][CELL].data_type = "e"
    book.save(path)

    season = check(path)

    told = [(f.rule, f.cell, f.value) for f in season.findings if f.file]
    assert told == [("V11", CELL, "#DIV/0!")]


def test_a_row_inserted_in_a_spreadsheet_program_is_noticed(tmp_path: Path) -> None:
    path = written(Answers(unit=COMMITTEE), tmp_path / "a.xlsx")
    book = load_workbook(path)
    book["填报"].insert_rows(row_of(at("C03a")))
    book.save(path)

    season = check(path)

    assert [(f.rule, f.cell) for f in season.findings if f.file] == [("S04", at("C03a", "要素"))]
    assert decisions(season) == {"a.xlsx": "rejected"}


@pytest.fixture
def failing_rule() -> Iterator[None]:
    """A rule that falls over whenever 市商务局 says 13."""

    def check(form: FilledForm) -> Iterator[Violation]:
        if any(entry.number == 13 for entry in form.submission.entries):
            raise ZeroDivisionError
        yield from ()

    SINGLE_CELLS.rule("V01", Severity.ERROR, holds="", message="")(check)
    yield
    SINGLE_CELLS.rules.pop()


@pytest.mark.usefixtures("failing_rule")
def test_a_form_at_which_the_program_fails_costs_itself_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "家"))
    (tmp_path / "家").mkdir()
    good = written(Answers(unit=SCIENCE), tmp_path / "a.xlsx")

    season = check(good, trade(tmp_path / "b.xlsx", 13))

    assert decisions(season) == {"a.xlsx": "accepted", "b.xlsx": "rejected"}
    [finding] = [f for f in season.findings if f.file == "b.xlsx"]
    assert (finding.rule, finding.severity, finding.unit) == ("F01", Severity.BLOCK, TRADE)
    assert "wyexcel.log”，请把它发给技术人员" in finding.message
    assert "ZeroDivisionError" in (tmp_path / "家" / ".wyexcel" / "wyexcel.log").read_text("utf-8")
    assert TRADE not in season.missing


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("xlwings.conf", "visible"),
        ("wyexcel.conf", "hidden"),
        ("_xlwings.conf", "veryHidden"),
        ("WyExcel.CONF", "veryHidden"),
        ("main.py", "hidden"),
        ("任务.PY", "visible"),
        ("ｗｙｅｘｃｅｌ．ｃｏｎｆ", "hidden"),
    ],
)
def test_a_sheet_that_an_add_in_would_obey_sends_the_form_back(
    name: str, state: str, tmp_path: Path
) -> None:
    path = trade(tmp_path / "a.xlsx", "八")
    book = load_workbook(path)
    book.create_sheet(name).sheet_state = state
    book[name]["A1"], book[name]["B1"] = "Interpreter_Win", r"C:\x\python.exe"
    book.save(path)

    season = check(path)

    [finding] = [f for f in season.findings if f.rule == "F10"]
    assert (finding.severity, finding.sheet, finding.unit) == (Severity.ERROR, name, TRADE)
    assert f"“{name}”工作表可能让加载项运行别的程序，请删除该工作表" in finding.message
    assert sorted(rules_of(season, "a.xlsx")) == ["F10", "V02"]  # the rest is told as well
    assert decisions(season)["a.xlsx"] == "rejected"


def test_a_sheet_that_is_only_called_alike_is_none_that_an_add_in_obeys(tmp_path: Path) -> None:
    path = trade(tmp_path / "a.xlsx")
    book = load_workbook(path)
    for name in ("conf", "测算.config", "copy", "py"):
        book.create_sheet(name)
    book.save(path)

    assert rules_of(check(path), "a.xlsx") == []


def test_a_workbook_that_is_no_form_is_turned_away_for_that_alone(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    book = Workbook()
    book.create_sheet("xlwings.conf")
    book.save(path)

    assert rules_of(check(path), "台账.xlsx") == ["S01"]


def question(season: Season) -> tuple[Severity, str]:
    [told] = [f for f in season.findings if f.rule == "F05"]
    return told.severity, told.message


def test_the_same_form_saved_anew_is_no_question(tmp_path: Path) -> None:
    first = trade(tmp_path / "a.xlsx")
    second = tmp_path / "b.xlsx"
    load_workbook(first).save(second)

    season = check(arrival(first, hour=9), arrival(second, hour=10))

    assert decisions(season) == {"a.xlsx": "superseded", "b.xlsx": "accepted"}
    severity, told = question(season)
    assert severity is Severity.NOTICE
    assert "内容相同" in told
    assert "请确认" not in told


def test_a_number_typed_as_text_is_the_same_content(tmp_path: Path) -> None:
    season = check(
        arrival(trade(tmp_path / "a.xlsx"), hour=9),
        arrival(trade(tmp_path / "b.xlsx", "4"), hour=10),
    )

    assert question(season)[0] is Severity.NOTICE


def test_two_versions_are_told_where_they_differ(tmp_path: Path) -> None:
    first = trade(tmp_path / "a.xlsx")
    other = trade(tmp_path / "b.xlsx", 5)
    words = trade(tmp_path / "c.xlsx", people={"preparer": "王五"})

    severity, told = question(check(arrival(first, hour=9), arrival(other, hour=10)))
    assert (severity, "前一份4、后一份5" in told) == (Severity.REVIEW, True)
    severity, told = question(check(arrival(first, hour=9), arrival(words, hour=10)))
    assert (severity, "数相同，只有文字" in told) == (Severity.REVIEW, True)
