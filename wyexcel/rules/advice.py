"""What to type instead: the words by which a finding on one cell helps who filled it."""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from wyexcel.files.address import a1, parse
from wyexcel.files.reading.book import CellValue
from wyexcel.files.reading.plain_characters import has_other_digits
from wyexcel.files.reading.serial_days import day_in_words, day_of_serial
from wyexcel.forms.filled.name_rows import is_no_day
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.main_sheet import STATES
from wyexcel.forms.submission import Entry
from wyexcel.forms.value_in_words import in_words

_NUMBERS: Final = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*")


def cells_beside(form: FilledForm, entry: Entry) -> tuple[str, str]:
    """The addresses of 状态 and 说明 in the row of *entry*; "" where it has none."""
    row = parse(entry.cell)[0]
    for number_row in form.reading_order.number_rows.get(entry.sheet, ()):
        if number_row.row == row and number_row.state >= 0:
            return a1(row, number_row.state), a1(row, number_row.remark)
    return "", ""


def for_a_blank(form: FilledForm, entry: Entry) -> str:
    """What to do about a blank, where half of it was done already."""
    state, remark = cells_beside(form, entry)
    if entry.state in STATES[1:]:
        return f"“状态”已选“{entry.state}”，还要在“说明”（{remark}）写明原因；有数的请填数"
    if entry.remark and state:
        choices = "”或“".join(STATES[1:])
        return f"没有发生请填 0；不掌握、不适用的，说明已写，还要在“状态”（{state}）选“{choices}”"
    return "没有发生请填 0；不掌握请在“状态”列选“不详”并说明，不要留空"


def for_a_sign(form: FilledForm, entry: Entry) -> str:
    """What to do about a sign for nothing, by what stands in its row."""
    state, remark = cells_beside(form, entry)
    if not state:
        return "没有发生填 0；没有这个数的请清空，这一格可以不填"
    if entry.state in STATES[1:]:
        return f"“状态”已选“{entry.state}”，请清空这一格，并在“说明”（{remark}）写明原因"
    return "没有发生填 0；不适用请清空，在“状态”列选“不适用”并说明"


def for_text(raw: CellValue, guess: Decimal | None) -> str:
    """What to type in place of *raw*, which is no number that can be."""
    if guess is not None:
        return f"请只填数字（是否为 {in_words(guess)}？），单位已在表头注明"
    if not isinstance(raw, str):
        return "不是本栏可能的数，请核对后重填"
    if has_other_digits(raw):
        return "其中有不是 0—9 的数码（如 ①、²、½），请用键盘上的数字键重填"
    if len(_NUMBERS.findall(raw)) > 1:
        return "请只填一个数字；是区间或算式的，请填算定的那个数，单位已在表头注明"
    return "请只填数字，单位已在表头注明"


def for_a_day(raw: CellValue, suggestion: Decimal | None) -> str:
    """What to type where a day or a time stands: the number that is shown as one, if it may be."""
    if suggestion is not None:
        return f"再填数字（是否为 {in_words(suggestion)}？）"
    typed = f"“{raw.month}-{raw.day}”" if isinstance(raw, date) else "“3:05”"
    return f"显示的不是要报的数的，请重填（填{typed}之类会变成日期，小数请用小数点）"


def for_a_day_in_a_list(raw: CellValue) -> tuple[str, date | None]:
    """What to type in place of *raw*, which cannot be read as a day, and the day if it is known."""
    if (day := day_of_serial(raw)) is not None:
        return f"是按数字存的日期，即 {day}；属实的，请填成 {day}", day
    if isinstance(raw, str) and (day := day_in_words(raw)) is not None:
        return f"请用数字写成 {day}", day
    if is_no_day(raw):
        return "没有这一天，请核对后写成 2025-09-30 的样子", None
    return "读不成日期，请写成 2025-09-30 的样子", None
