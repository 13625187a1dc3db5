from typing import Any

from msgspec.structs import replace

from tests.support.forms import PERIOD, PLAN, TRADE, WHOLE, Answers, book, filled, findings, found
from tests.support.places import at, column_of, row_of
from wyexcel.forms.layout import layout

CELL, LABEL = at("C14", unit=TRADE), at("C14", "要素", TRADE)
NUMBERS = column_of(CELL)
"""The number that 市商务局's form asks for, its label, and its column."""

Rows = list[list[Any]]


def changed(answers: Answers, sheet: str, change: Any) -> dict[str, Rows]:
    """The sheets of a form, one of them *change*d as somebody would in Excel."""
    sheets: dict[str, Rows] = {
        n: [list(r) for r in rows] for n, rows in book(answers).sheets.items()
    }
    change(sheets[sheet])
    return sheets


def test_a_sheet_that_was_deleted_is_missed_once() -> None:
    form = Answers(lists={"C09": [("茶厂", "1", "白沙", "2025-03-28")]}, typed={("C09", WHOLE): 1})
    sheets = {name: rows for name, rows in book(form).sheets.items() if name != "竣工项目"}

    [finding] = findings(form, sheets=sheets)

    assert (finding.rule, finding.sheet, finding.cell) == ("S03", "竣工项目", None)


def test_an_inserted_row_is_told_once_and_nothing_below_is_read() -> None:
    form, moved = Answers(), at("C03a", "要素")
    sheets = changed(form, "填报", lambda rows: rows.insert(row_of(moved) - 1, [None] * 14))

    [finding] = findings(form, sheets=sheets)
    there = filled(form, sheets=sheets).submission

    assert (finding.rule, finding.sheet, finding.cell) == ("S04", "填报", moved)
    assert {entry.element for entry in there.entries if entry.number is not None} == {"C01", "C02"}
    assert there.preparer == ""


def test_a_row_inserted_above_the_head_is_told_once() -> None:
    form = Answers()

    [finding] = findings(form, sheets=changed(form, "填报", lambda rows: rows.insert(0, [None])))

    assert finding.rule == "S04"


def test_a_deleted_row_is_told_once() -> None:
    form, gone = Answers(), at("C03b", "要素")

    [finding] = findings(
        form, sheets=changed(form, "填报", lambda rows: rows.pop(row_of(gone) - 1))
    )

    assert (finding.rule, finding.cell) == ("S04", gone)


def test_a_deleted_column_is_told_once_and_what_moved_into_others_is_not_read() -> None:
    form = Answers(unit=TRADE, typed={("C14", WHOLE): -5}, remarks={"C14": "退运冲减"})

    def delete(rows: Rows) -> None:
        for row in rows[4:8]:
            row[6:7] = []

    sheets = changed(form, "填报", delete)
    [moved, bare] = findings(form, sheets=sheets)

    assert (moved.rule, moved.cell) == ("S04", f"{column_of(at('C14', '状态', TRADE))}5")
    assert (bare.rule, bare.severity.value) == ("V05", "错")


def test_an_inserted_column_is_told_by_its_letter() -> None:
    form = Answers(unit=TRADE)

    def insert(rows: Rows) -> None:
        for row in rows[4:8]:
            row.insert(4, None)

    [finding] = findings(form, sheets=changed(form, "填报", insert))

    assert (finding.rule, finding.cell) == ("S04", f"{NUMBERS}6")
    assert f"第 {NUMBERS} 列" in finding.message


def test_a_row_inserted_above_a_list_is_told_and_the_list_not_read() -> None:
    form = Answers(lists={"C09": [("茶厂", "1", "白沙", "2025-03-28")]}, typed={("C09", WHOLE): 1})
    sheets = changed(form, "竣工项目", lambda rows: rows.insert(0, []))

    assert found(form, sheets=sheets) == [("S04", f"{column_of(at('C09', 'name'))}3")]
    assert filled(form, sheets=sheets).submission.items == ()


def test_a_changed_label_is_told_with_what_it_should_say() -> None:
    form = Answers(unit=TRADE)

    def rename(rows: Rows) -> None:
        rows[row_of(LABEL) - 1][2] = "进出口额"

    sheets = changed(form, "填报", rename)
    [finding] = findings(form, sheets=sheets)

    assert (finding.rule, finding.cell, finding.value) == ("S05", LABEL, "进出口额")
    assert "进出口总额" in finding.message
    assert [e.number for e in filled(form, sheets=sheets).submission.entries] == [None]


def test_spaces_and_line_breaks_in_a_label_are_no_change() -> None:
    form = Answers(unit=TRADE)

    def space(rows: Rows) -> None:
        rows[row_of(LABEL) - 1][2] = "进出口\n总额 "

    assert found(form, sheets=changed(form, "填报", space)) == []


def stated(answers: Answers, *, without: str = "") -> dict[str, Rows]:
    """A form with another fingerprint, which is then read by its own `_form`."""
    sheets: dict[str, Rows] = {
        n: [list(r) for r in rows] for n, rows in book(answers).sheets.items()
    }
    sheets["_identity"][4][1] = "0123456789abcdef"
    sheets["_form"] = [row for row in sheets["_form"] if not without or row[0] != without]
    return sheets


def test_a_form_of_another_layout_is_read_by_what_it_states_itself() -> None:
    form = Answers(typed={("C02", "白沙"): 60000})

    there = filled(form, sheets=stated(form))

    [finding] = findings(form, sheets=stated(form))
    assert (finding.rule, finding.severity.value) == ("S02", "示")
    assert "填报格相同" in finding.message
    assert there.layout is not layout(PLAN, form.unit, PERIOD)
    assert replace(there.submission, asked={}) == filled(form).submission


def test_a_form_of_another_layout_is_still_held_to_its_labels() -> None:
    form, moved = Answers(), at("C03a", "要素")
    sheets = stated(form)
    sheets["填报"].insert(row_of(moved) - 1, [None] * 14)

    assert found(form, sheets=sheets) == [("S02", None), ("S04", moved)]


def test_a_form_that_does_not_ask_for_everything_owed_is_an_old_one() -> None:
    form = Answers()

    [finding] = findings(form, sheets=stated(form, without="C03d"))

    assert finding.rule == "S02"
    assert "没有“清洁能源产业产值”的填报格" in finding.message
    assert "现行表新增" not in finding.message


def test_a_form_whose_own_slots_are_nonsense_is_not_misread() -> None:
    form = Answers(unit=TRADE)
    sheets = stated(form)
    sheets["_form"][1:] = [
        ["C14", "全区", "填报", "XFD1048576", "number", "进出口总额 / 全区"],
        ["C14", "全区", "填报", CELL, "number", ""],
        ["C14", "全区", "填报", "=1+1", "number", "进出口总额 / 全区"],
        ["ZZ", "全区", "填报", CELL, "number", "进出口总额 / 全区"],
        [1.0, None, True, CELL, "number", "进出口总额 / 全区"],
    ]

    there = filled(form, sheets=sheets)

    assert there.submission.entries == ()
    assert [rule for rule, _ in found(form, sheets=sheets)] == ["S02"]


def test_ragged_and_short_sheets_are_read_as_blank() -> None:
    form = Answers(unit=TRADE)
    short = book(form)._replace(sheets={**book(form).sheets, "填报": [["x"], []]})

    assert {rule for rule, _ in found(form, sheets=short.sheets)} == {"S05"}


def test_a_column_inserted_before_the_labels_is_told_as_a_column() -> None:
    form = Answers()

    def insert(rows: Rows) -> None:
        for row in rows[4:]:
            row.insert(1, None)

    [finding] = findings(form, sheets=changed(form, "填报", insert))

    assert finding.rule == "S04"
    assert f"第 {column_of(LABEL)} 列" in finding.message


def test_a_column_deleted_before_the_labels_is_told_as_a_column() -> None:
    form = Answers()

    def delete(rows: Rows) -> None:
        for row in rows[4:]:
            row[1:2] = []

    [finding] = findings(form, sheets=changed(form, "填报", delete))

    assert finding.rule == "S04"
    assert "第 B 列" in finding.message


def test_two_park_columns_that_changed_places_are_told_as_columns() -> None:
    form = Answers()

    def swap(rows: Rows) -> None:
        rows[5][4], rows[5][5] = rows[5][5], rows[5][4]

    [finding] = findings(form, sheets=changed(form, "填报", swap))

    assert finding.rule == "S04"
    assert f"第 {column_of(at('C01', '白沙'))} 列" in finding.message


def test_a_total_is_not_held_to_parks_of_which_one_could_not_be_read() -> None:
    form = Answers(typed={("C02", WHOLE): 50})

    def rename(rows: Rows) -> None:
        rows[5][5] = "某园"

    assert found(form, sheets=changed(form, "填报", rename)) == [
        ("S05", f"{column_of(at('C01', '官渡'))}6")
    ]
