"""差异核对: where two units report the same quantity, their numbers, cells and telephones."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from wyexcel.files.number_display import NONE, all_digits
from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, row, spread
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.progress.figures import agreed, parks_apart
from wyexcel.progress.reconcile import Settled, State
from wyexcel.progress.standing import Source
from wyexcel.progress.totals import Report
from wyexcel.reports.title_row import title_row

NAME: Final = "差异核对"
HEADINGS: Final = (
    *("数据要素", "计量\n单位", "主报单位", "主报数", "主报单元格", "核对单位", "核对数"),
    *("核对单元格", "相差", "允许", "状态", "说明", "联系电话"),
)
WIDTHS: Final = (34, 14, 28, 20, 44, 28, 20, 44, 18, 16, 18, 44, 36)

_PARTS: Final[Mapping[State, Part]] = {
    State.AGREED: Part.GOOD,
    State.ALONE: Part.QUIET,
    State.DISPUTED: Part.ALARM,
    State.STAND_IN: Part.WARNING,
    State.PARTIAL: Part.QUIET,
    State.UNREPORTED: Part.QUIET,
    State.RULED: Part.GOOD,
}
_FEW_CELLS: Final = 3
"""How many cells are named one by one."""
_SMALLEST: Final = 0.6
"""The smallest print scale to fit on one page."""


def differences_sheet(
    settled: Iterable[Settled],
    plan: Plan,
    period: Period | None = None,
    *,
    phones: Mapping[str, str] | None = None,
    returned: Collection[str] = (),
) -> Sheet:
    """One row for each pair of units that answer for the same element; *phones* by unit.

    The forms of the units in *returned* came and went back.
    """
    rows = [line for element in settled for line in _rows(element, plan, phones or {}, returned)]
    sheet = Sheet(
        name=NAME,
        rows=(
            title_row(NAME, period, len(WIDTHS)),
            spread(Part.SUBTITLE, _LEGEND, len(WIDTHS), height=18),
            row(Part.HEADING, *HEADINGS, height=30),
            *rows,
        ),
        widths=WIDTHS,
        page=Page(repeat=(0, 2)),
        freeze=(3, 1),
    )
    return fit_pages(sheet, smallest=_SMALLEST)


_LEGEND: Final = (
    "两家单位报的是同一个数，只核对、不相加；采用主报数，主报未报时暂用核对数（代报）；"
    "已核定的采用核定值，单位报数照录。"
)


def _rows(
    settled: Settled, plan: Plan, phones: Mapping[str, str], returned: Collection[str]
) -> Iterator[Row]:
    lead, *checkers = plan.sources[settled.element.code]
    for checker in checkers or ("",):
        yield _row(settled, (lead, checker), phones, returned)


def _row(
    settled: Settled, units: tuple[str, str], phones: Mapping[str, str], returned: Collection[str]
) -> Row:
    lead, checker = units
    first, second = settled.reports.get(lead), settled.reports.get(checker)
    only = (f"仅{unit}有：{'、'.join(names)}" for unit, names in settled.only.items())
    back = [f"{unit}已报，退回待重报" for unit in units if unit in returned]
    remarks = "；".join((*back, *only, *parks_apart(settled), *agreed(settled)))
    telephones = "\n".join(f"{unit} {phones[unit]}" for unit in units if phones.get(unit))
    cells = (
        Cell(value=settled.element.name, part=Part.NAME),
        Cell(value=settled.element.measure, part=Part.CENTRE),
        Cell(value=lead, part=Part.NAME),
        _reported_cell(first),
        Cell(value=_source_cells(first), part=Part.NAME),
        Cell(value=checker or NONE, part=Part.NAME),
        _reported_cell(second),
        Cell(value=_source_cells(second), part=Part.NAME),
        _amount_cell(_difference(first, second)),
        _amount_cell(settled.tolerance if second else None),
        Cell(value=_state(settled, units, returned), part=_PARTS[settled.state]),
        Cell(value=remarks, part=Part.NAME),
        Cell(value=telephones, part=Part.NAME),
    )
    return text_fit.fit_row(cells, WIDTHS, least=24)


def _state(settled: Settled, units: tuple[str, str], returned: Collection[str]) -> str:
    """How the two reports were settled; what came and went back is not 未报."""
    silent = [unit for unit in units if unit and unit not in settled.reports]
    went_back = bool(silent) and all(unit in returned for unit in silent)
    is_open = settled.state in {State.PARTIAL, State.UNREPORTED}
    return "退回待重报" if is_open and went_back else settled.state.value


def _reported_cell(report: Report | None) -> Cell:
    return _amount_cell(report.value if report else None)


def _amount_cell(value: Decimal | None) -> Cell:
    if value is None:
        return Cell(value=NONE, part=Part.NUMBER)
    digits = len(all_digits(value).partition(".")[2])
    return Cell(value=float(value), part=Part.NUMBER, format="0." + "0" * digits if digits else "0")


def _difference(first: Report | None, second: Report | None) -> Decimal | None:
    if first is None or second is None or first.value is None or second.value is None:
        return None
    return first.value - second.value


def _source_cells(report: Report | None) -> str:
    return describe_cells(report.cells) if report else ""


def describe_cells(cells: Sequence[Source]) -> str:
    """File and cells in words; of more than three cells two, the last one and their count."""
    names = [f"{cell.sheet}!{cell.cell}" for cell in cells]
    if not names:
        return ""
    if len(names) > _FEW_CELLS:
        names = [*names[:2], f"…{names[-1]}（共{len(names)}格）"]
    return f"{cells[0].file}\n{'、'.join(names)}"
