"""Rules of single cells: numbers, 状态 and who filled the form (V, I05, U04)."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from wyexcel.files.address import a1, parse
from wyexcel.files.reading.plain_characters import without_marks
from wyexcel.files.reading.serial_days import OUR_TIME, serial_of_day
from wyexcel.files.reading.typed_number import TypedKind, says_nothing
from wyexcel.findings import Severity
from wyexcel.forms.asked import PEOPLE
from wyexcel.forms.filled import name_rows
from wyexcel.forms.filled.read_form import FilledForm, OddCell
from wyexcel.forms.main_sheet import NOT_APPLICABLE, STATES, VINTAGES
from wyexcel.forms.submission import Entry
from wyexcel.forms.value_in_words import in_words
from wyexcel.plan.comparison_elements import summed
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.rules import advice
from wyexcel.rules.rule import Family, Violation

SINGLE_CELLS: Final = Family[FilledForm]()


def name_with_park(form: FilledForm, entry: Entry) -> str:
    """What *entry* says a number of, and for which park where it is one of several."""
    element = form.plan.element[entry.element].name
    return element if entry.park == WHOLE else f"{element}（{entry.park}）"


def cell_range(entries: Sequence[Entry]) -> str:
    """Where *entries* of one row stand: an address, or a range."""
    first, last = entries[0].cell, entries[-1].cell
    return first if first == last else f"{first}:{last}"


def is_explained_blank(entry: Entry) -> bool:
    """Whether it is said, with a reason, that there is no number."""
    return entry.state in STATES[1:] and bool(entry.remark)


def may_stay_blank(form: FilledForm, entry: Entry) -> bool:
    """Whether *entry* may stay blank: a total, or another number, that is only for comparison."""
    if entry.element in form.plan.extra:
        return True
    element = form.plan.element[entry.element]
    return entry.park == WHOLE and form.plan.splits(element, form.submission.unit)


def _numbers(form: FilledForm) -> Iterator[Entry]:
    """Every number cell, also of what is only for comparison."""
    yield from form.submission.entries
    yield from form.submission.extras


def is_missing(form: FilledForm, odd: OddCell) -> bool:
    """Whether a number is wanted in a cell in which nothing stands."""
    return (
        odd.reading.kind is TypedKind.BLANK
        and not is_explained_blank(odd.entry)
        and not may_stay_blank(form, odd.entry)
    )


def cells_of_sort(
    form: FilledForm, sort: TypedKind
) -> Iterator[tuple[Entry, Decimal | None, Decimal | None]]:
    """The entries that are of one *sort*, with the number they say and the number to guess."""
    for entry, reading in form.odd_cells:
        if reading.kind is sort:
            yield entry, reading.number, reading.guess


@SINGLE_CELLS.rule(
    "V01",
    Severity.ERROR,
    holds="每个应填的格都要填，没有发生填 0",
    message="{cell}“{name}”未填。{advice}。",
)
def every_number_is_filled(form: FilledForm) -> Iterator[Violation]:
    """A cell that asks for a number is not blank; a count may be left to its name list."""
    listed = {line.item.element for line in form.list_rows}
    for odd in form.odd_cells:
        entry = odd.entry
        element = form.plan.element[entry.element]
        derived = element.listed and (
            element.code in listed or form.labels.is_damaged(element.sheet)
        )
        if is_missing(form, odd) and not derived:
            words = {"name": element.name, "advice": advice.for_a_blank(form, entry)}
            yield Violation(entry.sheet, entry.cell, words=words)


@SINGLE_CELLS.rule(
    "V02",
    Severity.ERROR,
    holds="只填数字，不带单位和文字",
    message="{cell} 填的是“{value}”，{advice}。",
)
def a_number_is_typed_as_a_number(form: FilledForm) -> Iterator[Violation]:
    """What stands in a number cell is a number; what was probably meant is only suggested."""
    for entry, _, guess in cells_of_sort(form, TypedKind.TEXT):
        if (entry.sheet, entry.cell) in form.book.mixed:
            continue
        words = {"advice": advice.for_text(entry.raw, guess)}
        yield Violation(entry.sheet, entry.cell, entry.raw, guess, words=words)


@SINGLE_CELLS.rule(
    "V03",
    Severity.NOTICE,
    holds="数字存成数值，不存成文本",
    message="{cell} 是文本型数字“{value}”{marks}，已按 {number} 识别，请确认。",
)
def a_number_is_no_text(form: FilledForm) -> Iterator[Violation]:
    """A number is not stored as text, with full-width digits, spaces or commas."""
    for entry, number, _ in cells_of_sort(form, TypedKind.NUMERIC_TEXT):
        has_marks = isinstance(entry.raw, str) and without_marks(entry.raw) != entry.raw
        marks = "（夹有看不见的字符，多为粘贴带入）" if has_marks else ""
        words = {"number": number, "marks": marks}
        yield Violation(entry.sheet, entry.cell, entry.raw, number, words=words)


@SINGLE_CELLS.rule(
    "V04",
    Severity.ERROR,
    holds="不用“/”“—”“无”代替数字",
    message="{cell} 填了“{value}”。{advice}。",
)
def no_sign_stands_for_a_number(form: FilledForm) -> Iterator[Violation]:
    """A sign or word for nothing does not stand where a number is asked for."""
    for entry, _, _ in cells_of_sort(form, TypedKind.PLACEHOLDER):
        if not is_explained_blank(entry):
            words = {"advice": advice.for_a_sign(form, entry)}
            yield Violation(entry.sheet, entry.cell, entry.raw, words=words)


@SINGLE_CELLS.rule(
    "V05",
    Severity.ERROR,
    holds="不填负数；确属调减的在“说明”栏写明",
    message="{cell}“{name}”为负数 {value}，请核对（仅调减数允许，并须在“说明”栏写明）。",
)
def no_number_is_negative(form: FilledForm) -> Iterator[Violation]:
    """No number is below zero; with a 说明 it need only be looked at.

    What a sum grew by since the last report may be, where that was too high.
    """
    for entry in _numbers(form):
        number = entry.number
        if number is not None and number < 0 and not summed(entry.element):
            severity = Severity.REVIEW if entry.remark else None
            words = {"name": name_with_park(form, entry)}
            yield Violation(entry.sheet, entry.cell, number, words=words, severity=severity)


@SINGLE_CELLS.rule(
    "V06",
    Severity.ERROR,
    holds="户数、个数填整数",
    message="{cell}“{name}”应为整数，现为 {value}，请核对后填整数。",
)
def a_count_is_whole(form: FilledForm) -> Iterator[Violation]:
    """Households, projects and the like are counted in whole numbers."""
    for entry in _numbers(form):
        number = entry.number
        if number is not None and form.plan.element[entry.element].is_count and number % 1:
            yield Violation(
                entry.sheet, entry.cell, number, words={"name": name_with_park(form, entry)}
            )


@SINGLE_CELLS.rule(
    "V11",
    Severity.ERROR,
    holds="不留公式错误值",
    message="“{sheet}”{cell} 显示 {value}，请检查公式或直接填写。",
)
def no_error_stands_for_a_value(form: FilledForm) -> Iterator[Violation]:
    """No number cell, and no cell of a name list, shows an error value such as #DIV/0!."""
    for entry, _, _ in cells_of_sort(form, TypedKind.ERROR):
        yield Violation(entry.sheet, entry.cell, entry.raw)
    for sheet, cell in name_rows.places_in_lists(form.reading_order.name_lists, form.book.errors):
        yield Violation(sheet, cell, form.book.errors[sheet, cell])


@SINGLE_CELLS.rule(
    "V12",
    Severity.ERROR,
    holds="数字没有被识别成日期",
    message="{cell} 应填数字，现被 Excel 识别成日期 {value}，请把单元格格式改回“常规”，{advice}。",
)
def no_date_stands_for_a_number(form: FilledForm) -> Iterator[Violation]:
    """No number cell holds a date, as 3-5 becomes one."""
    for entry, _, _ in cells_of_sort(form, TypedKind.DATE):
        value = entry.raw.strftime("%Y-%m-%d") if isinstance(entry.raw, date) else entry.raw
        serial = serial_of_day(entry.raw)
        is_of_our_time = serial is None or serial in OUR_TIME
        suggestion = None if serial is None or is_of_our_time else Decimal(serial)
        words = {"advice": advice.for_a_day(entry.raw, suggestion)}
        yield Violation(entry.sheet, entry.cell, value, suggestion, words=words)


@SINGLE_CELLS.rule(
    "V14",
    Severity.ERROR,
    holds="状态、数据性质从下拉框选",
    message="{cell} “{value}”不在可选项中，请从下拉框选：{options}。",
)
def a_state_is_one_of_the_list(form: FilledForm) -> Iterator[Violation]:
    """状态 is blank or one of the words of its drop-down list, and so is 数据性质."""
    wrong = {
        (e.sheet, parse(e.cell)[0]): e.state
        for e in form.submission.entries
        if e.state and e.state not in STATES
    }
    for (sheet, row), state in wrong.items():
        number_rows = form.reading_order.number_rows[sheet]
        column = next(number_row.state for number_row in number_rows if number_row.row == row)
        yield Violation(sheet, a1(row, column), state, words={"options": "、".join(STATES)})
    if form.vintage not in {"", *VINTAGES} and (place := form.reading_order.vintage):
        words = {"options": "、".join(VINTAGES)}
        yield Violation(
            place.sheet, place.cell, form.vintage, words=words, severity=Severity.REVIEW
        )


@SINGLE_CELLS.rule(
    "R09",
    Severity.REVIEW,
    holds="选了“不适用”“不详”的行不再填数",
    message="{cell}“{name}”状态选了“{value}”，但{where}有数（{number}），两者只能有一个："
    "数属实的，状态改“正常”；没有这个数的，请清空。",
)
def what_has_no_number_has_none(form: FilledForm) -> Iterator[Violation]:
    """Where a row says 不适用 or 不详, no number stands in it, nor in the list that it counts.

    不详 may be said of the blank cells of a row that has numbers too.
    """
    for entries in _stateful_rows(form):
        first = entries[0]
        blank = any(e.number is None and not may_stay_blank(form, e) for e in entries)
        where = _where_a_number_is(form, entries)
        if where is None or (blank and first.state != NOT_APPLICABLE and len(entries) > 1):
            continue
        place, number = where
        name = form.plan.element[first.element].name
        words = {"where": place, "number": number, "name": name}
        cell, _ = advice.cells_beside(form, first)
        yield Violation(first.sheet, cell or first.cell, first.state, words=words)


def _stateful_rows(form: FilledForm) -> Iterator[Sequence[Entry]]:
    """The number cells of each row that says that there is no number."""
    rows: dict[tuple[str, int], list[Entry]] = {}
    for entry in form.submission.entries:
        if entry.state in STATES[1:]:
            rows.setdefault((entry.sheet, parse(entry.cell)[0]), []).append(entry)
    yield from rows.values()


def _where_a_number_is(form: FilledForm, entries: Sequence[Entry]) -> tuple[str, str] | None:
    """Where the row of *entries* says a number all the same, and which."""
    for entry in entries:
        if entry.number is not None:
            return f" {entry.cell} ", in_words(entry.number)
    code = entries[0].element
    listed = sum(line.item.element == code for line in form.list_rows)
    return (f"“{form.plan.element[code].sheet}”名单", f"{listed} 行") if listed else None


@SINGLE_CELLS.rule(
    "I05",
    Severity.ERROR,
    holds="写明填表人、审核人、联系电话",
    message="请补填“{name}”（{cell}）。",
)
def it_says_who_filled_it(form: FilledForm) -> Iterator[Violation]:
    """The form names who filled it, who reviewed it, and how to reach them."""
    for field, sheet, row, column, cell in form.reading_order.signatures:
        labels = form.labels
        is_hidden = sheet in labels.missing_sheets or labels.is_unreadable(sheet, row, column)
        if field in PEOPLE and not is_hidden and says_nothing(getattr(form.submission, field)):
            yield Violation(sheet, cell, words={"name": field.label})


@SINGLE_CELLS.rule(
    "I03",
    Severity.REVIEW,
    holds="只填本单位负责的指标",
    message="{unit} 不是“{name}”的责任单位，{cell} 的数不参加汇总。如确需提供请注明。",
)
def only_responsible_units_give_a_number(form: FilledForm) -> Iterator[Violation]:
    """No number is given for an element that the unit does not answer for."""
    unit = form.submission.unit
    owed = {element.code for element in form.plan.owed_by(unit)}
    for entry in form.submission.entries:
        if entry.element not in owed and entry.number is not None:
            words = {"unit": unit, "name": form.plan.element[entry.element].name}
            yield Violation(entry.sheet, entry.cell, words=words)


@SINGLE_CELLS.rule(
    "U04",
    Severity.NOTICE,
    holds="分园区数以一个单位的为准",
    of_plan=lambda plan: f"分园区数以{plan.breakdown}为准",
    message="分园区数以{source}为准，{unit} 所填“{name}”分园区数（{cell}）仅作核对。",
)
def only_the_breakdown_unit_splits_by_park(form: FilledForm) -> Iterator[Violation]:
    """Values by park come from the one unit that must report them."""
    unit = form.submission.unit
    if unit == form.plan.breakdown:
        return
    for entry in form.submission.entries:
        if entry.park != WHOLE and entry.number is not None:
            words = {
                "source": form.plan.breakdown,
                "unit": unit,
                "name": form.plan.element[entry.element].name,
            }
            yield Violation(entry.sheet, entry.cell, words=words)
