"""The first sheet of an annotated copy (问题清单): every problem, with a link to its cell.

Like `annotated_copy`, it imports openpyxl late.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from wyexcel.files.plain_text import printable
from wyexcel.files.writing import text_fit
from wyexcel.files.writing.looks import FANG, HEI, millimetres
from wyexcel.files.writing.pagination import pages_tall, room
from wyexcel.files.writing.sheet import Page
from wyexcel.findings import Finding, Severity
from wyexcel.forms.layout import IDENTITY, PROBLEMS, SLOTS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SEVERITY_COLOURS: Final = {
    Severity.BLOCK: "FFFFC7CE",
    Severity.ERROR: "FFFFC7CE",
    Severity.REVIEW: "FFFFEB9C",
    Severity.NOTICE: "FFDDEBF7",
}
"""The colour of a marked cell (ARGB)."""

_HEADINGS: Final = ("序号", "轻重", "位置", "填的是", "问题和改法")
_CENTRED: Final = ("序号", "轻重")
_WIDTHS: Final = (6, 6, 20, 22, 88)
_LEGEND: Final = (
    "红色：必须改正。黄色：请核实，有误的改正，属实的在该行“说明”栏写明原因。"
    "蓝色：提示，看一看即可。"
)
_NOTES: Final = "带颜色的格都写有批注，把鼠标移到格上就能看到。"
_COPY: Final = "改好保存后发回（点“位置”跳到该格）"
_ALONE: Final = "请改好后重新报送"
_INDENT: Final = 1.5
"""Characters of a column that its indent takes."""
_FIRST_ROW: Final = 4
"""The row of the first problem."""
_SIZE: Final = 11
_TITLE_SIZE: Final = 16
_MARGIN: Final = 0.6
_INCH: Final = 25.4
_PAGE: Final = Page(
    left=_MARGIN * _INCH, right=_MARGIN * _INCH, top=_MARGIN * _INCH, bottom=2 * _MARGIN * _INCH
)
"""Inches around the list."""
_LONGEST_VALUE: Final = 100
"""Characters of a value that the list repeats; the cell itself has all of them."""
_HIDDEN: Final = frozenset({IDENTITY, SLOTS})


def insert_problem_list(
    book: "Workbook", findings: Sequence[Finding], *, alone: bool = False
) -> None:
    """Put the sheet 问题清单 first in *book*, which holds the form too unless it stands *alone*."""
    sheet = book.create_sheet(PROBLEMS, 0)
    heights = [
        _write_row(sheet, 1, (f"{_summary(findings)}{_ALONE if alone else _COPY}",)),
        _write_row(sheet, 2, (_LEGEND if alone else _LEGEND + _NOTES,)),
        _write_row(sheet, _FIRST_ROW - 1, _HEADINGS),
    ]
    for row, finding in enumerate(findings, _FIRST_ROW):
        heights.append(_write_row(sheet, row, _values_of(row - _FIRST_ROW + 1, finding)))
        _colour_severity(sheet, row, finding)
        _link_place(book, row, finding)
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_WIDTHS))
    _set_page(sheet, heights)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


def _summary(findings: Sequence[Finding]) -> str:
    """The first line: how many problems must be mended, how many explained."""
    must = sum(f.severity.rejects for f in findings)
    explain = sum(f.severity is Severity.REVIEW for f in findings)
    counts = {"处必须改正": must, "处须核实说明": explain}
    work = "，".join(f"{count}{what}" for what, count in counts.items() if count)
    return f"退回件：{work or '请看下列提示'}。"


def _set_page(sheet: "Worksheet", heights: Sequence[float]) -> None:
    """Set widths and print: landscape A4, one page wide, the headings repeated on each page."""
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - see above

    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{_FIRST_ROW}"
    sheet.print_title_rows = f"1:{_FIRST_ROW - 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A4)
    page_width = sum(millimetres(column) for column in _WIDTHS)
    repeated = sum(heights[: _FIRST_ROW - 1])
    sheet.page_setup.fitToHeight = pages_tall(heights, room=room(_PAGE, page_width), again=repeated)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = _MARGIN
    margins.bottom, margins.footer = 2 * _MARGIN, _MARGIN
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "— &P —"


def _write_row(sheet: "Worksheet", row: int, values: Sequence[str | int]) -> float:
    """Write *values* side by side, a single one over the whole row; the row's height in points.

    What looks like a formula stays text.
    """
    from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415 - see above

    is_single = len(values) == 1
    widths = (sum(_WIDTHS),) if is_single else _WIDTHS
    size = _TITLE_SIZE if row == 1 else _SIZE
    texts = [(str(v), size, millimetres(w - _INDENT)) for v, w in zip(values, widths, strict=True)]
    height = text_fit.row_height(texts, least=24)
    sheet.row_dimensions[row].height = height
    thin = None if is_single else Side(style="thin")
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column, printable(value) if isinstance(value, str) else value)
        cell.data_type = "n" if isinstance(value, int) else "s"
        cell.font = Font(name=HEI if row in {1, _FIRST_ROW - 1} else FANG, size=size)
        centred = not is_single and (row < _FIRST_ROW or column <= len(_CENTRED))
        horizontal, indent = ("center", 0) if centred else ("left", 0 if is_single else 1)
        cell.alignment = Alignment(horizontal, "center", wrap_text=True, indent=indent)
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    return height


def _colour_severity(sheet: "Worksheet", row: int, finding: Finding) -> None:
    """Give the severity of the row the colour that the marked cells have."""
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - see above

    sheet.cell(row, 2).fill = PatternFill("solid", fgColor=SEVERITY_COLOURS[finding.severity])


def _values_of(number: int, finding: Finding) -> tuple[str | int, ...]:
    place = ""
    if finding.sheet and finding.sheet not in _HIDDEN:
        place = f"{finding.sheet} {finding.cell or ''}".strip()
    value = "" if finding.value is None else str(finding.value)
    if len(value) > _LONGEST_VALUE:
        value = f"{value[:_LONGEST_VALUE]}……"
    return number, finding.severity.value, place, value, finding.message


def _link_place(book: "Workbook", row: int, finding: Finding) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415 - see above
    from openpyxl.worksheet.hyperlink import Hyperlink  # noqa: PLC0415 - see above

    if finding.cell and finding.sheet in set(book.sheetnames) - _HIDDEN:
        cell = book[PROBLEMS].cell(row, 3)
        location = f"'{finding.sheet}'!{finding.cell}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location)
        cell.font = Font(name=FANG, size=_SIZE, underline="single", color="FF0563C1")
