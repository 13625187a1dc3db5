"""The annotated copy of a unit's own form (退回件): its faulty cells marked, its problems listed.

openpyxl rewrites the unit's workbook here, which it may do to a copy of a form of ours and to
nothing else; the original is only read. It is imported late, for it takes half a second to load
and only 退回 needs it.
"""

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wyexcel import disk, fitting, parcel
from wyexcel.address import a1, parse
from wyexcel.findings import Finding, Severity
from wyexcel.layout import IDENTITY, PROBLEMS, SLOTS
from wyexcel.looks import millimetres

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_AUTHOR: Final = "wyexcel"
MARKS: Final = {
    Severity.BLOCK: "FFFFC7CE",
    Severity.ERROR: "FFFFC7CE",
    Severity.REVIEW: "FFFFEB9C",
    Severity.NOTICE: "FFDDEBF7",
}
_INPUT: Final = "FFFFF9E5"
_HEADINGS: Final = ("序号", "轻重", "位置", "填的是", "问题和改法")
_WIDTHS: Final = (8, 8, 20, 24, 90)
_TITLE: Final = "退回件：请改好下列问题，保存后发回（点“位置”跳到该格）"
_SIZE: Final = 11
_FIRST: Final = 3
_HIDDEN: Final = frozenset({IDENTITY, SLOTS})
_FONT: Final = re.compile(rb"<font>(.*?)</font>", re.DOTALL)
_PROPERTY: Final = re.compile(rb"<[^>]+/>")
_PROPERTY_NAME: Final = re.compile(rb"<(\w+)")
_FONT_ORDER: Final = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def copy(source: Path, target: Path, findings: Sequence[Finding]) -> None:
    """Write to *target* a copy of the form at *source* with *findings* marked in it.

    Formats, drop-downs, protection and what programs read stay as they are, so that the copy can
    be mended and sent in. The same findings give the same bytes.
    """
    book = _opened(source)
    if book is None:
        listed(target, findings)
        return
    if PROBLEMS in book.sheetnames:
        del book[PROBLEMS]
    for sheet in book.worksheets:
        _wipe(sheet)
    for finding in findings:
        if finding.cell and finding.sheet in book.sheetnames:
            _mark(book[finding.sheet], finding)
    _list(book, findings)
    _save(book, target)


def listed(target: Path, findings: Sequence[Finding]) -> None:
    """Write to *target* the list of *findings* alone, where there is no form of ours to mark."""
    from openpyxl import Workbook  # noqa: PLC0415 - see above

    book = Workbook()
    _list(book, findings)
    del book[book.sheetnames[-1]]
    _save(book, target)


def _save(book: "Workbook", target: Path) -> None:
    content = io.BytesIO()
    book.save(content)
    finished = parcel.settled(content.getvalue(), _finished)
    disk.write(target, lambda file: file.write(finished))


def _opened(source: Path) -> "Workbook | None":
    """The workbook at *source*; None where openpyxl cannot make sense of it."""
    from openpyxl import load_workbook  # noqa: PLC0415 - see above

    try:
        return load_workbook(source)
    except Exception:  # noqa: BLE001 - it raises fourteen kinds of errors, and the list must go out
        return None


def _wipe(sheet: "Worksheet") -> None:
    """Take away what an earlier annotated copy had marked."""
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - see above

    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == _AUTHOR:
                cell.comment = None
                locked: object = getattr(cell.protection, "locked", True)
                cell.fill = PatternFill() if locked else PatternFill("solid", fgColor=_INPUT)


def _mark(sheet: "Worksheet", finding: Finding) -> None:
    """Colour every cell of the finding and say on the first what is wrong."""
    from openpyxl.comments import Comment  # noqa: PLC0415 - see above
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - see above

    for place in _cells(finding.cell or ""):
        cell = sheet[place]
        cell.fill = PatternFill("solid", fgColor=MARKS[finding.severity])
        said = f"{cell.comment.text}\n" if cell.comment is not None else ""
        text = f"{said}〔{finding.severity.value}〕{finding.message}"
        cell.comment = Comment(text, _AUTHOR, width=320, height=40 + 20 * (len(text) // 20))


def _cells(area: str) -> Iterator[str]:
    first, _, last = area.partition(":")
    (top, left), (bottom, right) = parse(first), parse(last or first)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield a1(row, column)


def _list(book: "Workbook", findings: Sequence[Finding]) -> None:
    """Put the sheet 问题清单 first, with a link to each cell."""
    from openpyxl.styles import Font  # noqa: PLC0415 - see above

    sheet = book.create_sheet(PROBLEMS, 0)
    sheet["A1"] = _TITLE
    sheet["A1"].font = Font(name="黑体", size=14)
    lines = (_HEADINGS, *(_line(number, f) for number, f in enumerate(findings, 1)))
    for number, values in enumerate(lines, _FIRST - 1):
        _write(sheet, number, values)
    for number, finding in enumerate(findings, _FIRST):
        _link(book, number, finding)
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{_FIRST}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A4)
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


def _write(sheet: "Worksheet", row: int, values: Sequence[str | int]) -> None:
    """Put *values* side by side; what looks like a formula stays text."""
    from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415 - see above

    thin = Side(style="thin")
    texts = [(str(v), _SIZE, millimetres(w)) for v, w in zip(values, _WIDTHS, strict=True)]
    sheet.row_dimensions[row].height = fitting.height(texts, least=22)
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column, value)
        cell.data_type = "n" if isinstance(value, int) else "s"
        cell.font = Font(name="黑体" if row < _FIRST else "仿宋_GB2312", size=_SIZE)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)


def _line(number: int, finding: Finding) -> tuple[str | int, ...]:
    place = ""
    if finding.sheet and finding.sheet not in _HIDDEN:
        place = f"{finding.sheet} {finding.cell or ''}".strip()
    value = "" if finding.value is None else str(finding.value)
    return number, finding.severity.value, place, value, finding.message


def _link(book: "Workbook", row: int, finding: Finding) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415 - see above
    from openpyxl.worksheet.hyperlink import Hyperlink  # noqa: PLC0415 - see above

    if finding.cell and finding.sheet in set(book.sheetnames) - _HIDDEN:
        cell = book[PROBLEMS].cell(row, 3)
        location = f"'{finding.sheet}'!{finding.cell}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location)
        cell.font = Font(name="仿宋_GB2312", size=_SIZE, underline="single", color="FF0563C1")


def _in_order(font: re.Match[bytes]) -> bytes:
    """A font whose properties stand in the order of the standard, which openpyxl does not keep."""
    parts: list[bytes] = _PROPERTY.findall(font[1])
    parts.sort(key=_rank)
    return b"<font>" + b"".join(parts) + b"</font>"


def _rank(part: bytes) -> int:
    found = _PROPERTY_NAME.match(part)
    name = found[1].decode() if found else ""
    return _FONT_ORDER.index(name) if name in _FONT_ORDER else len(_FONT_ORDER)


def _finished(name: str, part: bytes) -> bytes:
    """A part of the workbook as the standard has it, without the moment at which it was made."""
    if name == "docProps/core.xml":
        return _MODIFIED.sub(rb"\g<1>2025-01-01T00:00:00Z", part)
    return _FONT.sub(_in_order, part) if name == "xl/styles.xml" else part
