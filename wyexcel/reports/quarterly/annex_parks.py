"""附件2 分园区情况表: the indicators by park, with the share of each park in the zone."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from wyexcel.files.number_display import decimals_apart, is_level
from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, spread
from wyexcel.period import Period
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Plan
from wyexcel.progress.arithmetic import amount
from wyexcel.progress.standing import Standing
from wyexcel.reports.indicator_cells import actual_cell, number_cell, percent_cell

NAME: Final = "分园区情况"
_FIRST_WIDTHS: Final = (10.0, 52.0, 14.0, 21.0)
_PARK_WIDTHS: Final = (18.0, 14.0)
_NONE: Final = (None,)


def parks_annex(standings: Sequence[Standing], plan: Plan, period: Period) -> Sheet:
    """A row for each indicator that is split, a pair of columns for each park or other place."""
    widths = (*_FIRST_WIDTHS, *_PARK_WIDTHS * len(plan.places))
    sheet = Sheet(
        name=NAME,
        rows=(
            spread(Part.ANNEX, "附件2", len(widths), height=24),
            spread(Part.TITLE, f"分园区情况表（{period.title}）", len(widths), height=34),
            *_headings(plan),
            *(_row(s, plan) for s in standings if _splits(s, plan)),
            _note([s for s in standings if _splits(s, plan)], plan, widths),
        ),
        widths=widths,
        page=Page(repeat=(1, 3)),
        freeze=(4, 2),
    )
    return fit_pages(sheet)


_NOTE: Final = (
    "注：比重为该园区占全区合计的百分比，比率类指标不计比重；“—”表示不分园区或未报。"
    "官方目标任务没有分解到园区，不计算分园区完成率，也不排名。"
)


def _note(standings: Sequence[Standing], plan: Plan, widths: Sequence[float]) -> Row:
    """How to read the table, and where the parks do not add up to the whole."""
    differences = [text for standing in standings if (text := _difference(standing, plan))]
    reporter = f"分园区数由{plan.breakdown}报送，" if plan.breakdown else ""
    addition = f"{'；'.join(differences)}。{reporter}比重按分园区合计计算。" if differences else ""
    return text_fit.fit_row(
        spread(Part.NOTE, _NOTE + addition, len(widths)).cells, widths, least=34
    )


def _difference(standing: Standing, plan: Plan) -> str:
    """The whole and the sum of the parks, in words, where they differ; "" where they do not."""
    indicator, parks = standing.indicator, _park_values(standing, plan)
    total = sum(parks, Fraction(0))
    if indicator.kind is Kind.RATIO or not parks:
        return ""
    if standing.actual is None or is_level(standing.actual, total):
        return ""
    decimals = decimals_apart(total, [standing.actual], standing.decimals)
    whole, parts = (amount(indicator, v, decimals=decimals) for v in (standing.actual, total))
    return f"第{indicator.no}项全区{whole}，分园区合计{parts}"


def _park_values(standing: Standing, plan: Plan) -> list[Fraction]:
    """The numbers of those parks that have one."""
    return [value for place in plan.places if (value := standing.parks.get(place)) is not None]


def _splits(standing: Standing, plan: Plan) -> bool:
    return not any(plan.element[code].zone_only for code in standing.indicator.elements)


def _headings(plan: Plan) -> tuple[Row, Row]:
    names = ("序号", "指标名称", "计量\n单位", "全区")
    first: list[Cell | None] = [Cell(value=n, part=Part.HEADING, down=2) for n in names]
    second: list[Cell | None] = [None] * len(names)
    for place in plan.places:
        first += [Cell(value=place, part=Part.HEADING, across=2), *_NONE]
        second += [Cell(value=text, part=Part.HEADING) for text in ("累计", "比重%")]
    return Row(tuple(first), 18), Row(tuple(second), 18)


def _row(standing: Standing, plan: Plan) -> Row:
    indicator = standing.indicator
    cells = [
        Cell(value=indicator.no, part=Part.CENTRE),
        Cell(value=indicator.name, part=Part.NAME),
        Cell(value=indicator.measure, part=Part.CENTRE),
        actual_cell(standing),
    ]
    reported = _park_values(standing, plan)
    for place in plan.places:
        value = standing.parks.get(place)
        share = None if indicator.kind is Kind.RATIO else _share(value, reported)
        cells += [
            number_cell(value, indicator.decimals),
            percent_cell(share),
        ]
    return Row(tuple(cells), 28)


def _share(value: Fraction | None, parks: Iterable[Fraction]) -> Fraction | None:
    """*value* in percent of the sum of *parks*; None where they add up to nothing."""
    total = sum(parks, Fraction(0))
    return None if value is None or not total else value / total * 100
