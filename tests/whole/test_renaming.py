"""What a renaming does to forms, archive and bulletin: of a unit by dates, and of a park."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.answers import Answered, ask, changing, fill, find


def commerce(
    office: Path, name: str, value: object, *, hour: int = 9, unit: str = "市商务局"
) -> Path:
    """The form of *unit*, filled through `_form`, under any name."""
    path = fill(
        office / "下发" / "2025-09" / f"{unit}.xlsx",
        office / "报送" / "2025-09" / name,
        {("C14", "全区"): value},
    )
    moment = datetime(2025, 10, 9, hour, tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    return path


def statuses(answered: Answered) -> dict[str, str]:
    return {s["file"]: s["status"] for s in answered.json["submissions"]}


def words(path: Path) -> str:
    """Everything that a workbook says on the sheets that can be seen."""
    seen = [sheet for sheet in load_workbook(path) if sheet.sheet_state == "visible"]
    cells = (v for sheet in seen for row in sheet.iter_rows(values_only=True) for v in row)
    return "\n".join(str(value) for value in cells if value is not None)


def renamed(office: Path, name: str, on: date | None = None) -> None:
    """市商务局 is called *name* from now on, since the day *on*."""
    with changing(office, "责任单位") as page:
        row, columns = find(page, "市商务局")
        page.cell(row, columns["单位名称"]).value = name
        page.cell(row, columns["更名日期"]).value = on


def test_a_form_under_the_old_name_for_a_period_before_the_renaming_is_right(office: Path) -> None:
    renamed(office, "市商务和经合局", date(2025, 10, 1))
    commerce(office, "a.xlsx", 4)

    answered = ask(office, "check", "2025-09")

    assert statuses(answered) == {"a.xlsx": "accepted"}
    assert [f["rule"] for f in answered.json["findings"] if f["file"]] == []


def test_a_form_under_the_old_name_for_a_later_period_is_told_the_day(office: Path) -> None:
    renamed(office, "市商务和经合局", date(2025, 9, 30))
    commerce(office, "a.xlsx", 4)

    answered = ask(office, "check", "2025-09")

    [finding] = [f for f in answered.json["findings"] if f["file"]]
    assert (finding["rule"], finding["severity"]) == ("I07", "示")
    assert "“市商务局”自 2025-09-30 起更名为“市商务和经合局”" in finding["message"]


def test_what_was_archived_under_the_old_name_is_the_new_ones(office: Path) -> None:
    commerce(office, "a.xlsx", 4)
    ask(office, "merge", "2025-09")
    renamed(office, "市商务和经合局", date(2025, 10, 1))

    published = ask(office, "bulletin", "2025-09")
    trade = ask(office, "assess", "2025-09").json["indicators"][10]

    assert published.code == 0, published.error
    assert trade["actual"] == pytest.approx(0.0004)
    assert trade["reports"]["市商务和经合局"] == pytest.approx(0.0004)
    text = words(office / "通报" / "2025-09" / "通报.xlsx")
    [missing] = [line for line in text.split("\n") if "未报送" in line and "市科技局" in line]
    assert "商务" not in missing


def test_a_correction_under_the_new_name_replaces_what_came_under_the_old(office: Path) -> None:
    commerce(office, "z.xlsx", 4, hour=12)
    ask(office, "merge", "2025-09")
    renamed(office, "市商务和经合局", date(2025, 9, 1))
    ask(office, "issue", "2025-09")
    commerce(office, "a.xlsx", 5, hour=10, unit="市商务和经合局")

    for _ in range(2):
        ask(office, "merge", "2025-09")
        assert statuses(ask(office, "check", "2025-09")) == {
            "z.xlsx": "superseded",
            "a.xlsx": "accepted",
        }
    manifest = (office / "归档" / "2025-09" / "manifest.csv").read_text("utf-8-sig")
    assert manifest.count("市商务和经合局") == 2


def test_the_blank_form_of_the_old_name_gives_way_to_the_new_one(office: Path) -> None:
    renamed(office, "市商务和经合局")

    answered = ask(office, "issue", "2025-09")

    forms = office / "下发" / "2025-09"
    assert (forms / "市商务和经合局.xlsx").is_file()
    assert not (forms / "市商务局.xlsx").exists()
    assert answered.json["remarks"] == [
        "“市商务局.xlsx”是 市商务和经合局 更名前的空表，没有改动过，已由“市商务和经合局.xlsx”代替。"
    ]


def test_a_form_of_the_old_name_in_which_somebody_wrote_is_left_and_told(office: Path) -> None:
    old = office / "下发" / "2025-09" / "市商务局.xlsx"
    fill(old, old, {("C14", "全区"): 4})
    before = old.read_bytes()
    renamed(office, "市商务和经合局")

    answered = ask(office, "issue", "2025-09")

    [remark] = answered.json["remarks"]
    assert "没有动它" in remark
    assert old.read_bytes() == before


NAME, KIND, FORMER = 1, 2, 3
"""Columns of the sheet 园区."""


def named(page: Worksheet, park: str) -> int:
    """The row of *park*."""
    return next(r for r in range(1, 20) if page.cell(r, NAME).value == park)


def with_park(office: Path, old: str, new: str, *, former: str = "") -> None:
    """The park *old* is called *new* in the master from now on."""
    with changing(office, "园区") as page:
        row = named(page, old)
        page.cell(row, NAME).value = new
        page.cell(row, FORMER).value = former or page.cell(row, FORMER).value


def add_park(office: Path, name: str) -> None:
    """There is one more park from now on."""
    with changing(office, "园区") as page:
        row = next(r for r in range(3, 20) if not page.cell(r, NAME).value)
        page.cell(row, NAME).value = name
        page.cell(row, KIND).value = "园区"


def test_a_renamed_park_keeps_what_was_reported_for_it(demo: Path) -> None:
    before = ask(demo, "assess", "2025-09").json["indicators"][1]
    with_park(demo, "白沙", "白沙工业园", former="白沙")

    answered = ask(demo, "assess", "2025-09")

    assert answered.code == 0, answered.error
    after = answered.json["indicators"][1]
    assert after["parks"] == {
        ("白沙工业园" if park == "白沙" else park): value for park, value in before["parks"].items()
    }
    assert after["actual"] == before["actual"]
    checked = ask(demo, "check", "2025-09")
    assert statuses(checked)["市工业园区管委会.xlsx"] == "accepted"


def take_in(office: Path, park: str, by: str) -> None:
    """*park* is no more: what it was is part of another from now on."""
    with changing(office, "园区") as page:
        row = named(page, park)
        for column in range(NAME, FORMER + 2):
            page.cell(row, column).value = None
        page.cell(named(page, by), FORMER).value = park


def test_what_was_reported_for_a_park_and_the_one_it_took_in_is_judged_as_one(demo: Path) -> None:
    before = ask(demo, "assess", "2025-09").json["indicators"]
    take_in(demo, "青花", by="官渡")

    checked, merged = ask(demo, "check", "2025-09"), ask(demo, "merge", "2025-09")

    assert statuses(checked)["市工业园区管委会.xlsx"] == "accepted"
    assert [f for f in checked.json["findings"] if f["rule"] in {"B02", "R04", "R05"}] == []
    assert merged.code == 1, merged.error  # for the demonstration's own faulty form
    after = ask(demo, "assess", "2025-09").json["indicators"]
    assert [i["actual"] for i in after] == [i["actual"] for i in before]


def test_a_closed_period_stands_when_a_park_takes_in_another(demo: Path) -> None:
    before = ask(demo, "assess", "2025-09").json["indicators"]
    assert ask(demo, "close", "2025-09").code == 0
    take_in(demo, "青花", by="官渡")

    merged, after = ask(demo, "merge", "2025-09"), ask(demo, "assess", "2025-09")

    assert (merged.code, after.code) == (1, 0), merged.error + after.error
    assert [i["actual"] for i in after.json["indicators"]] == [i["actual"] for i in before]


def test_a_closed_value_of_a_park_that_was_taken_in_may_not_change(demo: Path) -> None:
    form = demo / "报送" / "2025-09" / "市工业园区管委会.xlsx"
    assert ask(demo, "close", "2025-09").code == 0
    take_in(demo, "青花", by="官渡")
    fill(form, form.with_name("再报.xlsx"), {("C02", "官渡"): 86001, ("C02", "青花"): 29999})
    fill(form, form.with_name("又报.xlsx"), {("C02", "官渡"): 86001})

    told = [f for f in ask(demo, "check", "2025-09").json["findings"] if f["rule"] == "P04"]

    assert {f["file"] for f in told} == {"又报.xlsx"}


def test_a_park_that_took_in_another_has_what_both_reported(demo: Path) -> None:
    take_in(demo, "青花", by="官渡")

    after = ask(demo, "assess", "2025-09").json["indicators"][1]

    assert after["parks"] == {"白沙": 6.0, "官渡": 11.6, "区内园外": 0.0, "未分园区": 0.0}
    assert after["actual"] == pytest.approx(17.6)


def test_a_park_that_is_added_leaves_what_was_reported_before_as_it_was(demo: Path) -> None:
    before = ask(demo, "assess", "2025-09").json["indicators"]
    assert ask(demo, "close", "2025-09").code == 0
    add_park(demo, "铁佛")

    checked = ask(demo, "check", "2025-09")
    merged = ask(demo, "merge", "2025-09")
    after = ask(demo, "assess", "2025-09")

    assert statuses(checked)["市工业园区管委会.xlsx"] == "accepted"
    [told] = [f for f in checked.json["findings"] if f["rule"] == "S02" and f["severity"] == "示"]
    assert "没有“铁佛”栏" in told["message"]
    assert "归档的数照旧采用" in told["message"]
    assert (merged.code, after.code) == (1, 0), merged.error + after.error
    assert [i["actual"] for i in after.json["indicators"]] == [i["actual"] for i in before]
    assert after.json["indicators"][1]["parks"] == {**before[1]["parks"], "铁佛": None}


def test_a_form_that_comes_after_a_park_was_added_must_ask_for_it(office: Path) -> None:
    old = office / "下发" / "2025-09" / "市工业园区管委会.xlsx"
    fill(old, office / "报送" / "2025-09" / "a.xlsx", {("C14", "全区"): 4})
    add_park(office, "铁佛")

    checked = ask(office, "check", "2025-09")

    assert statuses(checked) == {"a.xlsx": "rejected"}
    assert ("S02", "错") in [(f["rule"], f["severity"]) for f in checked.json["findings"]]


@pytest.mark.parametrize("command", ["assess", "bulletin"])
def test_a_park_that_is_gone_is_asked_for_and_not_dropped(demo: Path, command: str) -> None:
    with_park(demo, "白沙", "白沙工业园")

    answered = ask(demo, command, "2025-09")

    assert answered.code == 2
    assert "有“白沙”的数" in answered.error
    assert "曾用名" in answered.error


def test_a_former_name_of_two_parks_is_refused(demo: Path) -> None:
    with_park(demo, "白沙", "甲园", former="白沙")
    with_park(demo, "官渡", "乙园", former="白沙")

    answered = ask(demo, "assess", "2025-09")

    assert (answered.code, "请只留一处" in answered.error) == (2, True)


def test_a_master_from_before_parks_had_former_names_is_read(demo: Path) -> None:
    with changing(demo, "园区") as page:
        page.cell(find(page, "名称", "类别")[0], FORMER).value = None

    assert ask(demo, "assess", "2025-09").code == 0
