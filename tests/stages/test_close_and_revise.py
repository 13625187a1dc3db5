"""A period that is closed (定稿) stands until it is revised (修订), on real files."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from tests.support.answers import Answered, ask, changing, edit, find
from tests.support.forms import (
    COMMITTEE,
    INDUSTRY,
    INVESTMENT,
    SCIENCE,
    TRADE,
    WHOLE,
    Answers,
    filled,
    written,
)
from tests.support.places import at
from wyexcel.archive import closings
from wyexcel.archive.workspace import find as find_workspace
from wyexcel.errors import ClosedPeriod
from wyexcel.findings import Finding
from wyexcel.forms import value_changes
from wyexcel.period import Period
from wyexcel.rules import all_rules
from wyexcel.rules.history import History
from wyexcel.stages import assess, guard_closed_period, read_plan

Q1 = "2025-03"
MARCH = Period(2025, 3)


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("季度")
    assert ask(root, "init", ".").code == 0
    send(root, 4)
    assert ask(root, "merge", Q1).code == 0
    return root


@pytest.fixture
def office(merged: Path, tmp_path: Path) -> Path:
    """A workspace in which 市商务局 reported 4 万元 for the first quarter, merged."""
    return shutil.copytree(merged, tmp_path, dirs_exist_ok=True)


def send(office: Path, value: float | str, name: str = "a.xlsx", unit: str = TRADE) -> Path:
    inbox = office / "报送" / Q1
    inbox.mkdir(parents=True, exist_ok=True)
    typed = {("C14", WHOLE): value}
    return written(Answers(unit=unit, typed=typed, period=MARCH), inbox / name)


def given(office: Path, *values: object) -> None:
    """What the first row of 基期与分解 gives: indicator, year, item, park, number."""
    with changing(office, "基期与分解") as page:
        for column, value in enumerate(values, 1):
            page.cell(4, column).value = value


def rule_of(answered: Answered) -> list[str]:
    return [f["rule"] for f in answered.json["findings"] if f["severity"] in {"阻", "错"}]


def imports(office: Path) -> float:
    """进出口总额 (亿元) as assess has it."""
    return float(ask(office, "assess", Q1).json["indicators"][10]["actual"])


def record(office: Path) -> list[list[str]]:
    text = (office / "归档" / Q1 / "修订记录.csv").read_text("utf-8-sig")
    return [row[1:] for row in csv.reader(text.splitlines())]


def state(office: Path) -> dict[str, bytes]:
    files = (p for p in (office / "归档").rglob("*") if p.is_file())
    return {p.name: p.read_bytes() for p in files}


def bulletin(office: Path) -> str:
    """Everything that the bulletin says."""
    assert ask(office, "bulletin", Q1).code == 0
    book = load_workbook(office / "通报" / Q1 / "通报.xlsx")
    return "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )


def test_a_closing_says_who_when_which_forms_and_every_number(office: Path) -> None:
    answered = ask(office, "close", Q1, "--by", "张三")

    closing = json.loads((office / "归档" / Q1 / "定稿.json").read_text("utf-8"))
    assert answered.code == 0
    assert answered.json["by"] == closing["by"] == "张三"
    assert closing["closed"]
    [original] = closing["originals"]
    assert (original["unit"], original["file"], len(original["sha256"])) == (TRADE, "a.xlsx", 64)
    place = {"unit": TRADE, "element": "C14", "park": WHOLE, "item": ""}
    assert [{**v, "vintage": ""} for v in closing["values"]] == [
        {**place, "value": "4", "vintage": ""}
    ]
    assert closing["indicators"][10]["actual"] == 0.0004


def test_who_closes_is_the_compiling_unit_where_nobody_is_named(office: Path) -> None:
    assert ask(office, "close", Q1).json["by"] == COMMITTEE


def test_a_closing_names_the_units_of_which_it_has_nothing(office: Path) -> None:
    missing = ask(office, "close", Q1).json["missing"]

    assert missing == [INDUSTRY, SCIENCE, COMMITTEE, INVESTMENT]


@pytest.mark.parametrize("command", ["bulletin", "close"])
def test_a_form_that_was_not_merged_yet_is_told_of(office: Path, command: str) -> None:
    send(office, "4万", "faulty.xlsx")
    assert ask(office, "bulletin", Q1).json["remarks"] == []
    typed = {("C07", WHOLE): 3}
    answers = Answers(unit=SCIENCE, typed=typed, period=MARCH)
    written(answers, office / "报送" / Q1 / "late.xlsx")

    [told] = ask(office, command, Q1).json["remarks"]

    assert "“late.xlsx”合格，但还没有合并" in told


def test_closing_twice_changes_nothing(office: Path) -> None:
    ask(office, "close", Q1, "--by", "张三")
    before = state(office)

    assert ask(office, "close", Q1, "--by", "李四").json["by"] == "张三"
    assert state(office) == before


def test_only_what_was_merged_can_be_closed(office: Path) -> None:
    answered = ask(office, "close", "2025-06")

    assert answered.code == 2
    assert "还没有合并过" in answered.error


def test_a_closed_period_may_be_checked_merged_and_run_again(office: Path) -> None:
    ask(office, "close", Q1)
    send(office, 4, "b.xlsx")
    before = imports(office)

    for command in ("check", "merge", "assess", "bulletin"):
        assert ask(office, command, Q1).code == 0, command
    assert imports(office) == before
    assert "修订说明" not in bulletin(office)


def test_a_resent_form_that_changes_a_closed_value_is_sent_back(office: Path) -> None:
    ask(office, "close", Q1)
    send(office, 5, "b.xlsx")

    answered = ask(office, "check", Q1)

    [finding] = [f for f in answered.json["findings"] if f["rule"] == "P04"]
    assert (answered.code, finding["severity"], finding["file"]) == (1, "错", "b.xlsx")
    assert (finding["cell"], finding["value"]) == (at("C14", unit=TRADE), "5")
    assert "2025-03 已通报定稿为 4，现改为 5，须走“数据修订”" in finding["message"]


@pytest.mark.parametrize("command", ["merge", "run"])
def test_merging_what_changes_a_closed_period_is_refused(office: Path, command: str) -> None:
    ask(office, "close", Q1)
    before = state(office)
    send(office, 5, "b.xlsx")

    answered = ask(office, command, Q1)

    assert answered.code == 2
    assert "已于" in answered.error
    assert "wyexcel revise 2025-03" in answered.error
    assert state(office) == before


def test_a_form_that_goes_back_anyway_keeps_nobody_from_merging_a_closed_period(
    demo: Path,
) -> None:
    ask(demo, "close", "2025-09")

    answered = ask(demo, "run", "2025-09")

    assert answered.code == 1
    assert "P04" not in rule_of(ask(demo, "check", "2025-09"))


def test_a_unit_that_reports_after_the_closing_is_refused_too(office: Path) -> None:
    ask(office, "close", Q1)
    send(office, 0, "c.xlsx", unit=COMMITTEE)

    assert "P04" in rule_of(ask(office, "check", Q1))
    assert ask(office, "merge", Q1).code == 2


def test_a_revision_says_who_and_why(office: Path) -> None:
    ask(office, "close", Q1)

    assert ask(office, "revise", Q1, "--by", "李四").code == 2
    assert ask(office, "revise", "2025-06", "--by", "李四", "--why", "核减").code == 2
    assert ask(office, "revise", Q1, "--by", "李四", "--why", "核减").code == 0
    assert record(office) == [
        ["修订人", "原因", "单位", "要素", "园区", "名单编号", "原数", "修订数"],
        ["李四", "核减", "", "", "", "", "", ""],
    ]


def test_the_whole_story_of_a_revision(office: Path) -> None:
    ask(office, "close", Q1, "--by", "张三")
    first = state(office)["定稿.json"]
    send(office, 5, "b.xlsx")
    ask(office, "revise", Q1, "--by", "李四", "--why", "海关核增")

    assert ask(office, "merge", Q1).code == 0
    assert imports(office) == 0.0005
    assert record(office)[2:] == [["李四", "海关核增", TRADE, "C14", WHOLE, "", "4", "5"]]
    told = bulletin(office)
    assert "修订说明：本期于" in told
    assert "由李四修订（海关核增）：第11项进出口总额由0.0004亿元改为0.0005亿元" in told

    before = state(office)
    for command in ("merge", "run", "revise"):
        words = ("--by", "李四", "--why", "海关核增") if command == "revise" else ()
        assert ask(office, command, Q1, *words).code == 0
    assert state(office) == before

    assert ask(office, "close", Q1, "--by", "张三").json["revision"] == 1
    assert state(office)["定稿.json"] == first
    assert ask(office, "run", Q1).code == 0
    assert "修订说明" in bulletin(office)
    send(office, 6, "c.xlsx")
    assert rule_of(ask(office, "check", Q1)) == ["P04"]
    assert ask(office, "merge", Q1).code == 2


def test_a_target_that_is_raised_makes_no_closed_period_lag_afterwards(office: Path) -> None:
    for period, imports_ in ((Period(2026, 3), 3), (Period(2026, 6), 3)):
        folder = office / "报送" / str(period)
        folder.mkdir()
        answers = Answers(unit=TRADE, typed={("C14", WHOLE): imports_}, period=period)
        written(answers, folder / "a.xlsx")
        assert ask(office, "merge", str(period)).code == 0
    assert ask(office, "assess", "2026-03").json["indicators"][10]["status"] == "超进度"
    assert ask(office, "close", "2026-03").code == 0

    with changing(office, "目标任务表") as page:
        row, columns = find(page, "进出口总额")
        page.cell(row + 1, columns["任务"]).value = 0.002
    later = ask(office, "assess", "2026-06").json["indicators"][10]

    assert (later["status"], later["periods_behind"]) == ("严重欠进度", 1)
    refused = ask(office, "bulletin", "2026-03")
    assert refused.code == 2
    assert refused.error.rstrip().endswith("不修订的，请把主工作簿改回定稿时的样子。")


def test_a_closed_bulletin_that_would_say_something_else_is_kept_beside_the_new_one(
    office: Path,
) -> None:
    assert ask(office, "bulletin", Q1).code == 0
    assert ask(office, "close", Q1).code == 0
    home = office / "通报" / Q1
    printed = (home / "通报.xlsx").read_bytes()
    (home / "通报.pdf").write_bytes(b"signed")
    assert ask(office, "bulletin", Q1).json["remarks"] == []
    edit(office, "判定规则", ["欠进度"], "下限（含）", 81)
    edit(office, "判定规则", ["严重欠进度"], "上限（不含）", 81)

    answered = ask(office, "bulletin", Q1)

    assert answered.code == 0, answered.error
    assert (home / "通报（原有）.xlsx").read_bytes() == printed
    assert (home / "通报（原有）.pdf").read_bytes() == b"signed"
    assert (home / "通报.xlsx").read_bytes() != printed
    [remark] = answered.json["remarks"]
    assert "原有的另存为“通报（原有）.xlsx”" in remark
    assert ask(office, "bulletin", Q1).json["remarks"] == []


def test_a_whole_season_run_says_too_that_a_closed_bulletin_was_kept(office: Path) -> None:
    assert ask(office, "bulletin", Q1).code == 0
    assert ask(office, "close", Q1).code == 0
    (office / "通报" / Q1 / "通报.xlsx").write_bytes(b"printed")

    answered = ask(office, "run", Q1)

    assert (office / "通报" / Q1 / "通报（原有）.xlsx").read_bytes() == b"printed"
    assert "原有的另存为“通报（原有）.xlsx”" in answered.json["remarks"][0]


def test_a_closed_period_keeps_who_answers_for_what(office: Path) -> None:
    assert ask(office, "close", Q1).code == 0
    who = f"{INDUSTRY}\n{INVESTMENT}"
    edit(office, "目标任务表", ["新招引投资10亿元以上项目数量"], "责任单位", who)

    refused = ask(office, "bulletin", Q1)

    assert refused.code == 2
    assert "责任单位" in refused.error
    assert "第9项新招引投资10亿元以上项目数量" in refused.error


def test_a_closed_period_keeps_which_park_has_what(demo: Path) -> None:
    ask(demo, "close", "2025-09")
    workspace, period = find_workspace(demo), Period(2025, 9)
    plan, closed = read_plan.plan_of(workspace), closings.read_closings(workspace, period)
    stood = assess.standings_of(workspace, plan, period)
    output = stood[1]
    last, beside = plan.parks[-1], plan.buckets[0]
    swapped = {**output.parks, last: output.parks[beside], beside: output.parks[last]}
    moved = (stood[0], replace(output, parks=swapped), *stood[2:])

    guard_closed_period.refuse_other_standings(closed, stood, plan, period)
    with pytest.raises(ClosedPeriod, match=output.indicator.name):
        guard_closed_period.refuse_other_standings(closed, moved, plan, period)


def test_last_years_values_without_a_period_are_to_be_checked(office: Path) -> None:
    given(office, 11, 2025, "上年同期", WHOLE, 0.0002)
    [told] = ask(office, "bulletin", Q1).json["remarks"]
    given(office, 11, "2025Q1", "上年同期", WHOLE, 0.0002)

    assert "第11项的上年同期数" in told
    assert "请核对是2024年1—3月的数" in told
    assert ask(office, "bulletin", Q1).json["remarks"] == []


def test_a_year_begins_where_the_one_before_was_closed(office: Path) -> None:
    for period, count in ((Period(2025, 12), 14), (Period(2026, 6), 15)):
        typed = {("C01", WHOLE): count}
        (office / "报送" / str(period)).mkdir()
        answers = Answers(unit=INDUSTRY, typed=typed, period=period)
        written(answers, office / "报送" / str(period) / "a.xlsx")
        assert ask(office, "merge", str(period)).code == 0

    assert ask(office, "assess", "2026-06").json["indicators"][0]["status"] == "缺基期，不评进度"
    assert ask(office, "close", "2025-12").code == 0
    enterprises = ask(office, "assess", "2026-06").json["indicators"][0]

    assert enterprises["status"] == "达进度"
    assert "净增（15－14）÷（17－14）＝33.3%" in enterprises["reason"]
    given(office, 1, 2026, "基期", WHOLE, 13)
    assert "（15－13）" in ask(office, "assess", "2026-06").json["indicators"][0]["reason"]


def test_what_a_revision_moved_is_told_in_the_digits_that_are_printed(office: Path) -> None:
    def science(cost: float, name: str) -> None:
        typed = {("C07", WHOLE): cost, ("C06", WHOLE): 4700}
        answers = Answers(unit=SCIENCE, typed=typed, period=MARCH)
        written(answers, office / "报送" / Q1 / name)

    science(10, "s.xlsx")
    assert ask(office, "merge", Q1).code == 0
    ask(office, "close", Q1)
    science(11, "t.xlsx")
    ask(office, "revise", Q1, "--by", "李四", "--why", "核增")
    assert ask(office, "merge", Q1).code == 0

    assert "第7项企业研发投入强度由0.213%改为0.234%，状态由" in bulletin(office)


def test_a_target_that_a_revision_changed_is_told(office: Path) -> None:
    ask(office, "close", Q1)
    ask(office, "revise", Q1, "--by", "李四", "--why", "市里调整目标")
    edit(office, "目标任务表", ["规上工业总产值"], "任务", 30)
    assert ask(office, "merge", Q1).code == 0

    assert "（市里调整目标）：第2项规上工业总产值目标由24亿元改为30亿元" in bulletin(office)


def test_a_closing_that_was_tampered_with_is_told(office: Path) -> None:
    ask(office, "close", Q1)
    (office / "归档" / Q1 / "定稿.json").write_text("{}", "utf-8")

    answered = ask(office, "check", Q1)

    assert answered.code == 2
    assert "请从备份恢复" in answered.error


def test_a_form_named_like_the_closing_does_not_take_its_place(office: Path) -> None:
    shutil.move(send(office, 5, "b.xlsx"), office / "报送" / Q1 / "定稿.json")
    ask(office, "merge", Q1)

    assert ask(office, "close", Q1).code == 0
    assert ask(office, "check", Q1).code == 0


def later(carried: float, **history: Any) -> list[Finding]:
    """What P04 says of 市商务局's form for June, which carries *carried* of March's 600."""
    march = Answers(unit=TRADE, typed={("C14", WHOLE): 600}, period=MARCH)
    june = Answers(
        unit=TRADE,
        typed={("C14", WHOLE): 1200},
        cells={("填报", at("C14", "上期累计", TRADE)): carried},
        period=Period(2025, 6),
    )
    last = {TRADE: filled(march).submission}
    there = History(period=MARCH, last=last, last_is_closed=True, **history)
    return [f for f in all_rules.validate(filled(june), there) if f.rule == "P04"]


def test_a_later_form_carries_the_closed_number_as_it_was_published() -> None:
    assert later(600) == []
    [finding] = later(700)
    assert (finding.cell, finding.value) == (at("C14", "上期累计", TRADE), 700)
    assert "2025-03 已通报定稿为 600，现改为 700" in finding.message


def test_a_later_form_may_carry_what_was_published_before_a_revision() -> None:
    before = Answers(unit=TRADE, typed={("C14", WHOLE): 500}, period=MARCH)

    assert later(500, last_replaced=lambda: (filled(before).submission,)) == []


TEA = ("茶厂", "2025-001", "白沙", "2025-03-28", 6800)


def told(now: Answers, published: Answers) -> list[Finding]:
    said = value_changes.values_by_unit([filled(published).submission], published.plan)
    found = all_rules.validate(filled(now), History(published=said))
    return [finding for finding in found if finding.rule == "P04"]


def parks(value: float) -> Answers:
    return Answers(unit=COMMITTEE, typed={("C02", "白沙"): value})


def test_what_was_published_may_be_sent_again() -> None:
    listed = Answers(unit=COMMITTEE, lists={"C09": [TEA]}, typed={("C09", WHOLE): 1})

    assert told(listed, listed) == []


def test_what_was_published_of_what_is_not_asked_for_any_more_is_told_of_the_form() -> None:
    gone = value_changes.ValuePlace("C99", "白沙", "2025-001")
    history = History(published={TRADE: {gone: "2025-03-28"}})

    found = all_rules.validate(filled(Answers(unit=TRADE)), history)

    assert ("P04", "填报", None) in [(f.rule, f.sheet, f.cell) for f in found]


def test_each_changed_value_is_told_at_its_cell() -> None:
    [finding] = told(parks(11), parks(10))

    assert (finding.cell, finding.value) == (at("C02", "白沙"), "11")
    assert "规上工业总产值（白沙）" in finding.message


def test_a_total_that_is_only_spelled_out_changes_nothing() -> None:
    spelled = Answers(unit=COMMITTEE, typed={("C02", WHOLE): 50})

    assert told(spelled, Answers(unit=COMMITTEE)) == []


def test_a_list_row_that_comes_or_goes_is_told() -> None:
    none, one = (
        Answers(unit=COMMITTEE, lists={"C09": rows}, typed={("C09", WHOLE): len(rows)})
        for rows in ([], [TEA])
    )

    assert [(f.sheet, f.cell) for f in told(one, none)] == [("竣工项目", at("C09", "date"))]
    assert [(f.sheet, f.cell) for f in told(none, one)] == [("竣工项目", None)]
