"""填报, the main sheet of a form, as it is issued: blank, but for what is known."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from wyexcel.files.address import a1, column_name
from wyexcel.files.writing import text_fit
from wyexcel.files.writing.looks import LOOKS
from wyexcel.files.writing.sheet import Cell, Choice, Page, Part, Row, Sheet, spread
from wyexcel.forms.asked import FormField
from wyexcel.forms.blank.prefilled import Prefilled
from wyexcel.forms.layout import Layout
from wyexcel.forms.main_sheet import (
    CLOSED,
    DAY_COLUMN,
    FIRST_ROW,
    MEASURE,
    OF_PERIOD,
    OF_UNIT,
    PEOPLE_COLUMNS,
    REMARK,
    STATE,
    STATES,
    VINTAGE_COLUMN,
    VINTAGES,
    FormRow,
    is_open,
)
from wyexcel.forms.slot import FORM
from wyexcel.period import Period, chinese_date
from wyexcel.plan.element import Element
from wyexcel.plan.plan import Plan
from wyexcel.plan.schedule import due

_HINT: Final = (
    "只填浅黄色格，都填1月1日到报告期末的累计数（户数填期末数），单位见“计量单位”栏。"
    "没有发生填 0；不掌握、不适用在“状态”列选，并在“说明”栏写明原因，不要留空。"
)
_SPLIT_HINT: Final = "已分园区填的，“全区合计”可以不填；填了用来核对。"
_VINTAGE_HINT: Final = "　还没有最后审定的选“快报”，已审定的选“正式”；不选按正式数。"
_SIGN_OFF: Final = "单位负责人（签章）："
_LEFT: Final = ("序号", "指标", "数据要素", MEASURE)
_BEFORE: Final = ("上期累计", "上年同期")
_WIDTHS_LEFT: Final = (10.0, 42.0, 40.0, 22.0)
_WIDTHS_SPLIT: Final = (8.0, 32.0, 30.0, 20.0)


def blank_main_sheet(
    form: Layout, unit: str, plan: Plan, period: Period, *, known: Prefilled
) -> Sheet:
    """填报 of *unit* for *period*, with what is *known* of the time before."""
    state = column_name(form.main.state_column)
    last = FIRST_ROW + len(form.main.rows)
    return Sheet(
        name=FORM,
        rows=(
            *_head(form, unit, plan, period),
            *_headings(form, period),
            *_lines(form, known),
            Row((), 8),
            _people(),
            _vintage(form),
            Row((), 8),
            _sign_off(),
        ),
        widths=_widths(form),
        page=Page(repeat=(FIRST_ROW - 2, FIRST_ROW - 1), pages_tall=1),
        freeze=(FIRST_ROW, len(_LEFT)),
        choices=(
            Choice(area=f"{state}{FIRST_ROW + 1}:{state}{last}", options=STATES),
            Choice(area=a1(form.main.vintage_row, VINTAGE_COLUMN), options=VINTAGES),
        ),
        protected=True,
    )


def _widths(form: Layout) -> tuple[float, ...]:
    """The columns of 填报 in mm: those of a split form are many, and so narrower."""
    if form.main.split:
        return (*_WIDTHS_SPLIT, *(20.0,) * len(form.main.columns), 21.0, 21.0, 15.0, 27.0)
    return (*_WIDTHS_LEFT, 30.0, 26.0, 26.0, 18.0, 46.0)


def _width(form: Layout) -> int:
    """How many columns 填报 has."""
    return len(_LEFT) + len(form.main.columns) + len(_BEFORE) + 2


def _head(form: Layout, unit: str, plan: Plan, period: Period) -> Iterator[Row]:
    day = due(plan, period)
    width = _width(form)
    right = (width - len(_LEFT) + 1) // 2
    middle = width - len(_LEFT) - right
    yield spread(Part.TITLE, f"{plan.wording.form}（{period.title}）", width, height=36)
    yield Row(
        (
            *_across(Part.SUBTITLE, OF_UNIT.format(unit), len(_LEFT)),
            *_across(Part.SUBTITLE, OF_PERIOD.format(period.title), middle),
            *_across(Part.ASIDE, f"报送截止：{chinese_date(day)}", right),
        ),
        20,
    )
    hint = _HINT + _SPLIT_HINT if len(form.main.columns) > 1 else _HINT
    yield spread(Part.NOTE, hint, width, height=30)
    yield Row((), 6)


def _across(part: Part, value: str, width: int) -> tuple[Cell | None, ...]:
    return (Cell(value=value, part=part, across=width), *(None,) * (width - 1))


def _headings(form: Layout, period: Period) -> Iterator[Row]:
    values = tuple(form.main.heading(park) for park in form.main.columns)
    tall = {title: _tall(title) for title in (*_LEFT, *_BEFORE, STATE, REMARK)}
    yield Row(
        (
            *(tall[title] for title in _LEFT),
            *_across(Part.HEADING, f"{period.months}累计", len(values)),
            *(tall[title] for title in (*_BEFORE, STATE, REMARK)),
        ),
        20,
    )
    subs = (Cell(value=value, part=Part.HEADING) for value in values)
    yield Row((*(None,) * len(_LEFT), *subs, *(None,) * (len(_BEFORE) + 2)), 30)


def _tall(title: str) -> Cell:
    return Cell(value=title, part=Part.HEADING, down=2)


def _lines(form: Layout, known: Prefilled) -> Iterator[Row]:
    for line in form.main.rows:
        group = [other for other in form.main.rows if other.indicator.no == line.indicator.no]
        first = line == group[0]
        yield Row(
            (
                *(_group(line, len(group)) if first else (None, None)),
                Cell(value=line.element.name, part=Part.NAME),
                Cell(value=form.main.measure(line.element), part=Part.CENTRE),
                *(_value(line.element, park) for park in form.main.columns),
                _locked(known.previous.get(line.element.code), line.element),
                _locked(known.year_ago.get(line.element.code), line.element),
                Cell(value=None, part=Part.INPUT_CENTRE),
                Cell(value=None, part=Part.INPUT),
            ),
            _tallness(form, line, alone=len(group) == 1),
        )


def _tallness(form: Layout, line: FormRow, *, alone: bool) -> float:
    """The height at which every word of a row is seen whole."""
    _, indicator, element, unit = _widths(form)[: len(_LEFT)]
    size, centre = LOOKS[Part.NAME].size, LOOKS[Part.CENTRE].size
    texts = [(line.element.name, size, element)]
    texts.append((form.main.measure(line.element), centre, unit))
    return text_fit.row_height(
        [*texts, (line.indicator.name, size, indicator)] if alone else texts, least=26
    )


def _group(line: FormRow, tall: int) -> tuple[Cell, Cell]:
    """The number and the name of an indicator, over all the rows that are asked for its sake."""
    indicator = line.indicator
    return (
        Cell(value=indicator.no, part=Part.CENTRE, down=tall),
        Cell(value=indicator.name, part=Part.NAME, down=tall),
    )


def _value(element: Element, park: str) -> Cell:
    if not is_open(element, park):
        return Cell(value=CLOSED, part=Part.CLOSED)
    return Cell(value=None, part=Part.INPUT_NUMBER, format=_format(element))


def _format(element: Element) -> str:
    return f"#,##0.{'0' * element.decimals}" if element.decimals else "#,##0"


def _locked(value: Decimal | None, element: Element) -> Cell:
    if value is None:
        return Cell(value=CLOSED, part=Part.CLOSED)
    return Cell(value=float(value), part=Part.CLOSED, format=_format(element))


def _people() -> Row:
    cells: list[Cell | None] = [Cell(value=None, part=Part.PLAIN)]
    for who, column in PEOPLE_COLUMNS.items():
        wide = 2 if column == max(PEOPLE_COLUMNS.values()) else 1
        cells.append(Cell(value=who.label, part=Part.HEADING))
        cells += [Cell(value=None, part=Part.INPUT_CENTRE, across=wide), *(None,) * (wide - 1)]
    return Row(tuple(cells), 24)


def _sign_off() -> Row:
    """Who answers for the form, to be signed on paper, and when it was filled."""
    signed = DAY_COLUMN - 1
    return Row(
        (
            *_across(Part.SIGN_OFF, _SIGN_OFF, signed),
            Cell(value=FormField.FILLED_ON.label, part=Part.HEADING),
            Cell(value=None, part=Part.INPUT_DATE, across=2),
            None,
        ),
        26,
    )


def _vintage(form: Layout) -> Row:
    """How final the numbers are, and what a blank says."""
    rest = _width(form) - VINTAGE_COLUMN - 1
    return Row(
        (
            Cell(value=None, part=Part.PLAIN),
            Cell(value=FormField.VINTAGE.label, part=Part.HEADING),
            Cell(value=None, part=Part.INPUT_CENTRE),
            *_across(Part.NOTE, _VINTAGE_HINT, rest),
        ),
        24,
    )
