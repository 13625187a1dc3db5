"""附件2: the indicators that can be split, park by park, with each park's share of the zone."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, spread
from wyexcel.period import Period
from wyexcel.plan.plan import Kind, Plan
from wyexcel.progress.arithmetic import amount
from wyexcel.progress.standing import Standing
from wyexcel.reports import number_cells

NAME: Final = "分园区情况"
_FIRST: Final = (10.0, 52.0, 14.0, 21.0)
_PAIR: Final = (18.0, 14.0)
_NONE: Final = (None,)


def table(standings: Sequence[Standing], plan: Plan, period: Period) -> Sheet:
    """Every place of the zone side by side, buckets too, so that the parts add up."""
    widths = (*_FIRST, *_PAIR * len(plan.places))
    sheet = Sheet(
        name=NAME,
        rows=(
            spread(Part.ANNEX, "附件2", len(widths), height=24),
            spread(Part.TITLE, f"分园区情况表（{period.title}）", len(widths), height=34),
            *_headings(plan),
            *(_body(s, plan) for s in standings if _splits(s, plan)),
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
    """How to read it, and where the parts do not add up to the number that counts."""
    apart = [text for standing in standings if (text := _apart(standing, plan))]
    whose = f"分园区数由{plan.breakdown}报送，" if plan.breakdown else ""
    odd = f"{'；'.join(apart)}。{whose}比重按分园区合计计算。" if apart else ""
    return text_fit.fit_row(spread(Part.NOTE, _NOTE + odd, len(widths)).cells, widths, least=34)


def _apart(standing: Standing, plan: Plan) -> str:
    """The whole and the sum of its parts where they differ; "" where they do not."""
    indicator, parts = standing.indicator, _parts(standing, plan)
    whole = sum(parts, Fraction(0))
    if indicator.kind is Kind.RATIO or not parts or standing.actual in {None, whole}:
        return ""
    said = amount(indicator, standing.actual)
    return f"第{indicator.no}项全区{said}，分园区合计{amount(indicator, whole)}"


def _parts(standing: Standing, plan: Plan) -> list[Fraction]:
    """The parks of which there is a number."""
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


def _body(standing: Standing, plan: Plan) -> Row:
    indicator = standing.indicator
    cells = [
        Cell(value=indicator.no, part=Part.CENTRE),
        Cell(value=indicator.name, part=Part.NAME),
        Cell(value=indicator.measure, part=Part.CENTRE),
        number_cells.actual(standing),
    ]
    known = _parts(standing, plan)
    for place in plan.places:
        value = standing.parks.get(place)
        share = None if indicator.kind is Kind.RATIO else _share(value, known)
        cells += [number_cells.number(value, indicator.decimals), number_cells.percent(share)]
    return Row(tuple(cells), 28)


def _share(value: Fraction | None, parts: Iterable[Fraction]) -> Fraction | None:
    """*value* in percent of all *parts*; none where they add up to nothing."""
    whole = sum(parts, Fraction(0))
    return None if value is None or not whole else value / whole * 100
