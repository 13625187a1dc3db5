"""The present form with the values of an older one in it (转入件): each marked, to be confirmed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from wyexcel.files.address import parse
from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, Value, row, spread
from wyexcel.findings import Finding
from wyexcel.forms.layout import CARRIED
from wyexcel.forms.older.carry_over import Transfer
from wyexcel.forms.slot import FORM
from wyexcel.forms.value_in_words import finding_value, in_words

_PARTS: Final[Mapping[Part, Part]] = {
    Part.INPUT: Part.CARRIED,
    Part.INPUT_CENTRE: Part.CARRIED_CENTRE,
    Part.INPUT_NUMBER: Part.CARRIED_NUMBER,
    Part.INPUT_DATE: Part.CARRIED_DATE,
}
_WIDTHS: Final = (12.0, 78.0, 34.0, 40.0, 34.0, 56.0)
_TITLE: Final = "转入说明：旧表“{file}”的数已转入现行填报表，请确认"
_HOW: Final = (
    "标黄加粗的格是从旧表转入的，没有改动过数值。请逐格核对，补填其余浅黄格，保存后发回；"
    "本表不用交，也不影响填报。"
)
_HINT: Final = "标黄加粗的数由旧表转入，请逐格核对（见“转入说明”）。"
_HINT_ROW: Final = 2
_MOVED: Final = ("序号", "内容", "旧表的格", "旧表所填", "转入的格", "请确认")
_LEFT: Final = ("序号", "内容", "旧表的格", "旧表所填", "转入的格", "没有转入的原因")
_CONFIRM: Final = "□ 无误　□ 已改"


def transfer_form(
    sheets: Sequence[Sheet], transfer: Transfer, *, file: str, findings: Sequence[Finding] = ()
) -> tuple[Sheet, ...]:
    """The blank form *sheets* with what *transfer* carries over from *file*, after 转入说明.

    *findings* are what else is wrong in the older form.
    """
    values: dict[str, dict[tuple[int, int], Value]] = {}
    for carried in transfer.carried:
        values.setdefault(carried.to_sheet, {})[parse(carried.to_cell)] = carried.value
    filled = (_filled(sheet, values.get(sheet.name, {})) for sheet in sheets)
    return _note(transfer, file, findings), *filled


def _filled(sheet: Sheet, values: Mapping[tuple[int, int], Value]) -> Sheet:
    """*sheet* with *values* in their cells; a list gets as many rows as it needs."""
    rows = [list(line.cells) for line in sheet.rows]
    heights = [line.height for line in sheet.rows]
    for at, column in sorted(values):
        while at >= len(rows):
            rows.append([_below(cell, len(rows)) for cell in rows[-1]])
            heights.append(heights[-1])
        cell = rows[at][column]
        if cell is not None:
            part = _PARTS.get(cell.part, cell.part)
            rows[at][column] = replace(cell, value=values[at, column], part=part)
    if values and sheet.name == FORM:
        rows[_HINT_ROW] = [_hinted(cell) for cell in rows[_HINT_ROW]]
    lines = (Row(tuple(cells), height) for cells, height in zip(rows, heights, strict=True))
    return replace(sheet, rows=tuple(lines))


def _below(cell: Cell | None, _row: int) -> Cell | None:
    """The blank cell below *cell*; a running number goes on."""
    if cell is None:
        return None
    number = cell.value + 1 if cell.part is Part.CENTRE and isinstance(cell.value, int) else None
    back = {carried: part for part, carried in _PARTS.items()}
    return replace(cell, value=number, part=back.get(cell.part, cell.part))


def _hinted(cell: Cell | None) -> Cell | None:
    return None if cell is None else replace(cell, value=f"{_HINT}{cell.value}")


def _note(transfer: Transfer, file: str, findings: Sequence[Finding]) -> Sheet:
    """The sheet 转入说明."""
    left = (
        f"没有转入的有 {len(transfer.left_behind)} 格，请自行处理"
        if transfer.left_behind
        else "旧表所填的都转入了"
    )
    sheet = Sheet(
        name=CARRIED,
        rows=(
            spread(Part.TITLE, _TITLE.format(file=file), len(_WIDTHS), height=60),
            spread(Part.NOTE, _HOW, len(_WIDTHS), height=20),
            *_block(f"一、已转入 {len(transfer.carried)} 格", _MOVED, _carried(transfer)),
            *_block(f"二、{left}", _LEFT, _left_behind(transfer)),
            *_others(findings),
        ),
        widths=_WIDTHS,
        page=Page(),
    )
    return fit_pages(sheet)


def _block(title: str, headings: Sequence[str], lines: Iterable[Sequence[Cell]]) -> Iterator[Row]:
    yield spread(Part.SUBTITLE, title, len(_WIDTHS), height=26)
    rows = [text_fit.fit_row(line, _WIDTHS, least=20) for line in lines]
    if rows:
        yield row(Part.HEADING, *headings, height=24)
    yield from rows


def _carried(transfer: Transfer) -> Iterator[tuple[Cell, ...]]:
    for number, carried in enumerate(transfer.carried, 1):
        place = f"{carried.to_sheet} {carried.to_cell}"
        link = f"internal:'{carried.to_sheet}'!{carried.to_cell}"
        yield (
            Cell(value=number, part=Part.CENTRE),
            Cell(value=carried.label, part=Part.NAME),
            Cell(value=f"{carried.sheet} {carried.cell}", part=Part.NAME),
            Cell(value=in_words(finding_value(carried.raw)), part=Part.NAME),
            Cell(value=place, part=Part.LINK, link=link),
            Cell(value=_CONFIRM, part=Part.CENTRE),
        )


def _left_behind(transfer: Transfer) -> Iterator[tuple[Cell, ...]]:
    for number, left in enumerate(transfer.left_behind, 1):
        texts = (
            left.label,
            f"{left.sheet} {left.cell}",
            in_words(finding_value(left.raw)),
            "—",
            left.why,
        )
        yield (
            Cell(value=number, part=Part.CENTRE),
            *(Cell(value=text, part=Part.NAME) for text in texts),
        )


def _others(findings: Sequence[Finding]) -> Iterator[Row]:
    """What else is wrong in the older form: where, and what to do."""
    if not findings:
        return
    across = len(_WIDTHS) - 2
    yield spread(Part.SUBTITLE, "三、旧表中查出的问题，重报前请一并改好", len(_WIDTHS), height=26)
    for number, finding in enumerate(findings, 1):
        place = f"{finding.sheet} {finding.cell or ''}".strip() if finding.sheet else ""
        cells = (
            Cell(value=number, part=Part.CENTRE),
            Cell(value=f"〔{finding.severity.value}〕{place}", part=Part.NAME),
            Cell(value=finding.message, part=Part.NAME, across=across),
            *(None,) * (across - 1),
        )
        yield text_fit.fit_row(cells, _WIDTHS, least=20)
