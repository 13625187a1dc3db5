"""The sheet 补充 of a form: how indicators go on, and numbers to compare; all of it optional."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from wyexcel.files.address import a1, column_name
from wyexcel.files.number_display import excel_format
from wyexcel.files.writing import text_fit
from wyexcel.files.writing.sheet import Cell, Choice, Page, Part, Row, Sheet, row, spread
from wyexcel.forms.asked import ProgressField
from wyexcel.forms.layout import Layout
from wyexcel.forms.main_sheet import CLOSED
from wyexcel.forms.supplement import (
    COMPUTED_COLUMN,
    FIRST_ROW,
    NUMBER,
    PROGRESS_COLUMNS,
    STATES,
    SUPPLEMENT,
    WIDTH,
    NumberRow,
    ProgressRow,
    Supplement,
)
from wyexcel.period import Period
from wyexcel.plan.comparison_elements import summed
from wyexcel.plan.plan import NoTarget, TargetValue

_TITLE: Final = "补充填报（{period}）"
_HINT: Final = (
    "本表各格都可以不填，空着不影响报送。欠进度的指标，请写明原因、措施和预计完成时间，"
    "写了的印入通报的“欠进度清单”；补充数用来核对，填了就要与“填报”表对得上。"
)
_PROGRESS_TITLE: Final = "一、进度说明"
_NUMBERS_TITLE: Final = "二、补充数"
_PROGRESS_HEADINGS: Final = ("序号", "指标", "计量单位", "年度目标", "本单位完成\n（自动计算）")
_NUMBER_HEADINGS: Final = ("序号", "数据要素", "计量单位", "上期累计", NUMBER, "口径")
_WIDTHS: Final = (10.0, 56.0, 18.0, 22.0, 26.0, 18.0, 42.0, 42.0, 23.0)
_ABOUT: Final = WIDTH - len(_NUMBER_HEADINGS) + 1
_LEAST: Final = 34.0


def blank_supplement(form: Layout, period: Period, previous: Mapping[str, Decimal]) -> Sheet:
    """The sheet of *form* for *period*; *previous* is what was reported last in the year."""
    supplement = form.supplement
    state = column_name(PROGRESS_COLUMNS[ProgressField.STATE])
    last = FIRST_ROW + len(supplement.progress_rows)
    return Sheet(
        name=SUPPLEMENT,
        rows=(
            spread(Part.TITLE, _TITLE.format(period=period.title), WIDTH, height=36),
            spread(Part.NOTE, _HINT, WIDTH, height=30),
            *_progress_rows(form, period),
            *_number_rows(supplement, previous),
        ),
        widths=_WIDTHS,
        page=Page(pages_tall=1),
        choices=(Choice(area=f"{state}{FIRST_ROW + 1}:{state}{last}", options=STATES),)
        if supplement.progress_rows
        else (),
        protected=True,
    )


def _progress_rows(form: Layout, period: Period) -> Iterator[Row]:
    yield spread(Part.SUBTITLE, _PROGRESS_TITLE, WIDTH, height=24)
    yield row(
        Part.HEADING, *_PROGRESS_HEADINGS, *(field.heading for field in ProgressField), height=30
    )
    for progress_row in form.supplement.progress_rows:
        yield _progress_row(progress_row, form.formulas, period)


def _progress_row(
    progress_row: ProgressRow, formulas: Mapping[tuple[str, str], str], period: Period
) -> Row:
    indicator = progress_row.indicator
    shown = excel_format(indicator.decimals)
    formula = formulas[SUPPLEMENT, a1(progress_row.row, COMPUTED_COLUMN)]
    cells = (
        Cell(value=indicator.no, part=Part.CENTRE),
        Cell(value=indicator.name, part=Part.NAME),
        Cell(value=indicator.measure, part=Part.CENTRE),
        _target(indicator.targets.get(period.year, NoTarget.BLANK), shown),
        Cell(value="", part=Part.CLOSED, format=shown, formula=formula),
        Cell(value=None, part=Part.INPUT_CENTRE),
        *(Cell(value=None, part=Part.INPUT) for _ in range(len(PROGRESS_COLUMNS) - 1)),
    )
    return text_fit.fit_row(cells, _WIDTHS, least=_LEAST)


def _target(target: TargetValue, shown: str) -> Cell:
    if isinstance(target, Decimal):
        return Cell(value=float(target), part=Part.CLOSED, format=shown if target else "0")
    return Cell(value=str(target) or CLOSED, part=Part.CLOSED)


def _number_rows(supplement: Supplement, previous: Mapping[str, Decimal]) -> Iterator[Row]:
    if supplement.number_rows:
        yield Row((), 8)
        yield spread(Part.SUBTITLE, _NUMBERS_TITLE, WIDTH, height=24)
        *headings, about = _NUMBER_HEADINGS
        wide = Cell(value=about, part=Part.HEADING, across=_ABOUT)
        yield row(Part.HEADING, *headings, wide, height=22)
    for number, number_row in enumerate(supplement.number_rows, 1):
        yield _number_row(number, number_row, previous)


def _number_row(number: int, number_row: NumberRow, previous: Mapping[str, Decimal]) -> Row:
    element = number_row.element
    shown = excel_format(element.decimals)
    before = previous.get(summed(element.code))
    cells = (
        Cell(value=number, part=Part.CENTRE),
        Cell(value=element.name, part=Part.NAME),
        Cell(value=element.measure, part=Part.CENTRE),
        Cell(value=CLOSED if before is None else float(before), part=Part.CLOSED, format=shown),
        Cell(value=None, part=Part.INPUT_NUMBER, format=shown),
        Cell(value=element.definition, part=Part.NAME, across=_ABOUT),
        *(None,) * (_ABOUT - 1),
    )
    return text_fit.fit_row(cells, _WIDTHS, least=22)
