"""The annotated copy of a unit's own form (退回件): its faulty cells marked, its problems listed.

openpyxl rewrites the unit's workbook here, which it may do to a copy of a form of ours and to
nothing else; the original is only read. It is imported late, for it takes half a second to load
and only 退回 needs it.
"""

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wyexcel.files import disk
from wyexcel.files.address import a1, parse
from wyexcel.files.plain_text import printable
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book, CellValue
from wyexcel.files.writing import reproducible_zip, text_fit
from wyexcel.files.writing.looks import pixels
from wyexcel.findings import Finding
from wyexcel.forms.layout import PROBLEMS
from wyexcel.letters.problem_list import SEVERITY_COLOURS, insert_problem_list

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_AUTHOR: Final = "wyexcel"
_INPUT: Final = "FFFFF9E5"
_NOTE_WIDTH: Final = 85.0
_NOTE_SIZE: Final = 10.0
_NOTE_LINE: Final = 18
"""Notes: the width of their box in mm, the size of their letters in points, a line in pixels."""
_OWN_NOTE: Final = re.compile(r"^〔[阻错核示]〕", re.MULTILINE)
"""Where our part of a note begins; before it stands what the unit wrote there itself."""
_FONT: Final = re.compile(rb"<font>(.*?)</font>", re.DOTALL)
_PROPERTY: Final = re.compile(rb"<[^>]+/>")
_PROPERTY_NAME: Final = re.compile(rb"<(\w+)")
_FONT_ORDER: Final = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
_ERROR: Final = "e"
"""openpyxl's data type of an error value."""
_NO_DAY: Final = "outside the limits for dates"
_MADE: Final = datetime(2025, 1, 1)  # noqa: DTZ001  openpyxl knows no time zones
"""The time at which each problem list says that it was made: the same list gives the same bytes."""
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def write_annotated_copy(source: Path, target: Path, findings: Sequence[Finding]) -> None:
    """Write to *target* a copy of the form at *source* with *findings* marked in it.

    Formats, drop-downs, protection and what programs read stay as they are, so that the copy can
    be mended and sent in. The same findings give the same bytes.
    """
    book = _load(source)
    if book is None:
        write_problem_list(target, findings)
        return
    if PROBLEMS in book.sheetnames:
        del book[PROBLEMS]
    for sheet in book.worksheets:
        _remove_marks(sheet)
    for finding in findings:
        if finding.cell and finding.sheet in book.sheetnames:
            _mark_cells(book[finding.sheet], finding)
    insert_problem_list(book, findings)
    _save(book, target)


def write_problem_list(target: Path, findings: Sequence[Finding]) -> None:
    """Write to *target* the list of *findings* alone, where there is no form of ours to mark."""
    from openpyxl import Workbook  # noqa: PLC0415 - see above

    book = Workbook()
    book.properties.created = _MADE
    insert_problem_list(book, findings, alone=True)
    del book[book.sheetnames[-1]]
    _save(book, target)


def _save(book: "Workbook", target: Path) -> None:
    content = io.BytesIO()
    book.save(content)
    finished = reproducible_zip.rebuild_without_times(content.getvalue(), _finish_part)
    disk.write(target, lambda file: file.write(finished))


def _load(source: Path) -> "Workbook | None":
    """The workbook at *source*; None where openpyxl cannot make sense of it."""
    from openpyxl import load_workbook  # noqa: PLC0415 - see above

    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            book = load_workbook(source)
        except Exception:  # noqa: BLE001 - it raises fourteen kinds of errors, and the list must go out
            return None
    if any(_NO_DAY in str(warning.message) for warning in warned):
        _restore_numbers(book, source)
    return book


def _restore_numbers(book: "Workbook", source: Path) -> None:
    """Put back the numbers that openpyxl took for errors, because as dates they are impossible."""
    original = read_workbook.read(source)
    if isinstance(original, Book):
        for name, rows in original.sheets.items():
            for row, values in enumerate(rows, 1):
                _restore_row(book[name], row, values)


def _restore_row(sheet: "Worksheet", row: int, values: Sequence[CellValue]) -> None:
    for column, value in enumerate(values, 1):
        if isinstance(value, float) and sheet.cell(row, column).data_type == _ERROR:
            sheet.cell(row, column, value)


def _remove_marks(sheet: "Worksheet") -> None:
    """Remove the notes and colours of an earlier annotated copy."""
    from openpyxl.cell import Cell  # noqa: PLC0415 - see above
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - see above

    cells = list(sheet._cells.values())  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - every other way makes the cells that are not there
    for cell in cells:
        note = cell.comment if isinstance(cell, Cell) else None
        if note is not None and _OWN_NOTE.search(note.text):
            _set_note(cell, _OWN_NOTE.split(note.text)[0].rstrip())
            locked: object = getattr(cell.protection, "locked", True)
            cell.fill = PatternFill() if locked else PatternFill("solid", fgColor=_INPUT)


def _mark_cells(sheet: "Worksheet", finding: Finding) -> None:
    """Colour every cell of *finding*, unless a heavier one has, and add its message to the note."""
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - see above

    for address in dict.fromkeys(_addresses(sheet, finding.cell or "")):
        cell = sheet[address]
        note = cell.comment.text if cell.comment is not None else ""
        if not _OWN_NOTE.search(note):
            cell.fill = PatternFill("solid", fgColor=SEVERITY_COLOURS[finding.severity])
        _set_note(cell, f"{note}\n〔{finding.severity}〕{finding.message}".lstrip("\n"))


def _addresses(sheet: "Worksheet", area: str) -> Iterator[str]:
    """Every cell of *area*; for a merged cell, its upper left one."""
    merged = sheet.merged_cells.ranges
    for address in _cells_of(area):
        around = (block for block in merged if address in block)
        yield next((a1(block.min_row - 1, block.min_col - 1) for block in around), address)


def _set_note(cell: "Cell | MergedCell", text: str) -> None:
    """Make *text* the note of *cell*, in a box that shows all of it; "" removes the note."""
    from openpyxl.comments import Comment  # noqa: PLC0415 - see above

    text = printable(text)
    height = _NOTE_LINE * (1 + text_fit.line_count(text, _NOTE_SIZE, _NOTE_WIDTH))
    width = pixels(_NOTE_WIDTH)
    cell.comment = Comment(text, _AUTHOR, width=width, height=height) if text else None


def _cells_of(area: str) -> Iterator[str]:
    first, _, last = area.partition(":")
    (top, left), (bottom, right) = parse(first), parse(last or first)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield a1(row, column)


def _sort_font(font: re.Match[bytes]) -> bytes:
    """A font, its properties in the order of ECMA-376, which openpyxl does not keep."""
    parts: list[bytes] = _PROPERTY.findall(font[1])
    parts.sort(key=_font_rank)
    return b"<font>" + b"".join(parts) + b"</font>"


def _font_rank(part: bytes) -> int:
    match = _PROPERTY_NAME.match(part)
    name = match[1].decode() if match else ""
    return _FONT_ORDER.index(name) if name in _FONT_ORDER else len(_FONT_ORDER)


def _finish_part(name: str, part: bytes) -> bytes:
    """A part of the workbook in the order of ECMA-376, with a fixed time of modification."""
    if name == "docProps/core.xml":
        return _MODIFIED.sub(rb"\g<1>2025-01-01T00:00:00Z", part)
    return _FONT.sub(_sort_font, part) if name == "xl/styles.xml" else part
