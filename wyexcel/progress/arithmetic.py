"""The arithmetic of a judgement in words: actual against target, schedule and tolerance.

Numbers are rounded half up, and shown with as many digits as it takes for the words to say the
same as the status.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from wyexcel.files.number_display import (
    Number,
    all_digits,
    decimals_apart,
    decimals_close,
    decimals_to_see,
    format_number,
    rounded,
)
from wyexcel.plan.plan import Indicator, Kind
from wyexcel.plan.schedule import quarter_plan
from wyexcel.plan.status import Method
from wyexcel.progress.judge import measure_of
from wyexcel.progress.measure import POINTS, Case

_FULL: Final = 100
_TWICE: Final = 200
_LARGE: Final = 10_000
_EXACT: Final = 8
"""Decimals of 亿元 beyond which nobody reckons."""
_FINEST: Final = 6
"""Decimals of 亿元 that two decimals of 万元 are."""


def amount(indicator: Indicator, value: Number | None, *, decimals: int | None = None) -> str:
    """*value* with its measure (17.60亿元, 85.00%); nothing is a plain 0, no report is 未报."""
    if value is None:
        return "未报"
    places = decimals_close(value, indicator.decimals if decimals is None else decimals)
    return f"{format_number(value, places) if value else '0'}{indicator.measure}"


def values(case: Case) -> tuple[str, str]:
    """Actual and target, with digits enough to tell them apart."""
    places = _places(case)
    return format_number(case.figures.actual or 0, places), format_number(case.target, places)


def _places(case: Case) -> int:
    actual, target = case.figures.actual or Fraction(0), case.target
    places = decimals_to_see(target, decimals_close(actual, case.indicator.decimals))
    return decimals_apart(actual, [target], places)


def rate(case: Case, decimals: int = 1) -> str:
    """How much of the year's target is there (累计17.60÷目标24.00＝73.3%).

    Whoever reckons it anew from what is shown comes to the same.
    """
    actual, target = case.figures.actual or Fraction(0), case.target
    completion = case.measured.completion or Fraction(0)
    decimals = decimals_apart(completion, [_FULL], decimals)
    places, percent = _places(case), rounded(completion, decimals)
    while places < _EXACT and _percent(actual, target, places, decimals) != percent:
        places += 1
    parts = format_number(actual, places), format_number(target, places)
    return f"累计{parts[0]}÷目标{parts[1]}＝{format_number(completion, decimals)}%"


def _percent(actual: Fraction, target: Fraction, places: int, decimals: int) -> Decimal:
    """The rate as it comes out of rounded values."""
    shown = Fraction(rounded(actual, places)) / (Fraction(rounded(target, places)) or 1)
    return rounded(shown * _FULL, decimals)


def times(completion: Fraction | None) -> str:
    """How many times the year's target is there, where it is more than twice (50倍)."""
    if completion is None or completion <= _TWICE:
        return ""
    return f"{format_number(completion / _FULL, 1).removesuffix('.0')}倍"


def shortfall(indicator: Indicator, expected: Fraction | None, actual: Fraction | None) -> str:
    """What is missing as a quantity (欠0.40亿元, 欠2个, 低1.19个百分点)."""
    if expected is None or actual is None:
        return ""
    missing = abs(expected - actual)
    if indicator.kind is Kind.RATIO:
        way = "低" if actual < expected else "高"
        return f"{way}{format_number(missing, indicator.decimals)}个{POINTS}"
    return f"欠{amount(indicator, missing)}"


def _percent_decimals(case: Case) -> int:
    """How many decimals tell the rate from the schedule, and the gap from nothing."""
    gap, due = case.measured.gap_points or Fraction(0), case.measured.due or Fraction(0)
    bounds = [Fraction(0)]
    if case.plan.settings.method is Method.POINTS:
        bounds += _bounds(case)
    return decimals_apart(due + gap, [due], decimals_apart(gap, bounds, 1))


def _bounds(case: Case) -> list[Fraction]:
    found = (bound for band in case.plan.bands_in_force for bound in (band.lower, band.upper))
    return [Fraction(bound) for bound in found if bound is not None]


def _attainment(case: Case) -> str:
    """The percentage that the bands are measured in, never rounded over a bound of theirs."""
    percent = measure_of(case.plan, case.measured)
    if percent is None or case.plan.settings.method is not Method.ATTAINMENT:
        return ""
    return f"；达成率{format_number(percent, decimals_apart(percent, _bounds(case), 1))}%"


def calendar(case: Case) -> str:
    """What the due share is called: even pace, or the office's own plan."""
    return "计划进度" if quarter_plan(case.plan, case.indicator, case.period.year) else "时序"


def _due(case: Case, decimals: int) -> str:
    """What was due, in percent and in things (时序75.0%应达6个)."""
    measured, indicator = case.measured, case.indicator
    share = f"{calendar(case)}{format_number(measured.due, decimals)}%"
    floored = f"（按整{indicator.measure}计）" if measured.whole else ""
    return f"{share}应达{amount(indicator, measured.expected)}{floored}"


def _points(gap: Fraction | None, decimals: int) -> str:
    if not gap:
        return "与时序持平"
    return f"{'超' if gap > 0 else '欠'}{format_number(abs(gap), decimals)}个百分点"


def _things(case: Case, decimals: int) -> str:
    """How many things are too many or too few; percentage points where those are judged."""
    gap, indicator = case.measured.gap, case.indicator
    if case.plan.settings.method is Method.POINTS:
        return _points(case.measured.gap_points, decimals)
    if not gap:
        return "与应达数持平"
    return f"{'超' if gap > 0 else '欠'}{amount(indicator, abs(gap))}"


def flow(case: Case) -> str:
    """An amount against its schedule."""
    decimals = _percent_decimals(case)
    due = f"{calendar(case)}{format_number(case.measured.due, decimals)}%"
    gap = _points(case.measured.gap_points, decimals)
    return f"{rate(case, decimals)}，{due}，{gap}{_attainment(case)}。"


def count(case: Case) -> str:
    """Things against the things that were due."""
    decimals = _percent_decimals(case)
    parts = (rate(case, decimals), _due(case, decimals), _things(case, decimals))
    return f"{'，'.join(parts)}{_attainment(case)}。"


def stock(case: Case) -> str:
    """A level: its net growth against the growth that was due."""
    measured, decimals = case.measured, _percent_decimals(case)
    actual, target = values(case)
    level = (
        f"期末{actual}{case.indicator.measure}（目标的{format_number(measured.completion, 1)}%）"
    )
    if measured.net_completion is None:
        return f"{level}，目标与基期相同，{_things(case, decimals)}{_attainment(case)}。"
    start = format_number(measured.baseline, case.indicator.decimals)
    net = format_number(measured.net_completion, decimals)
    grown = f"净增（{actual}－{start}）÷（{target}－{start}）＝{net}%"
    parts = (level, grown, _due(case, decimals), _things(case, decimals))
    return f"{'，'.join(parts)}{_attainment(case)}。"


def ratio(case: Case) -> str:
    """A ratio against its target, with the sums it is made of."""
    indicator, gap = case.indicator, case.measured.gap or Fraction(0)
    tolerance = Fraction(indicator.tolerance)
    decimals = decimals_apart(abs(gap), [Fraction(0), tolerance], indicator.decimals)
    value = f"{format_number(case.figures.actual, decimals)}{indicator.measure}"
    target = f"目标{format_number(case.target, decimals)}{indicator.measure}"
    return f"{_quotient(case)}{value}，{target}，{_distance(case, decimals)}。"


def _quotient(case: Case) -> str:
    """The sums that a ratio is made of (17.60亿元÷21.00亿元＝)."""
    parts = case.figures.parts
    if parts is None:
        return ""
    measures = (
        case.plan.element[codes[0]].measure
        for codes in (case.indicator.numerator, case.indicator.denominator)
    )
    above, below = (_filled(*pair) for pair in zip(parts, measures, strict=True))
    return f"{above}÷{below}＝"


def _filled(value: Decimal, measure: str) -> str:
    """A sum in the measure that was filled in, or in 亿元 where it is large: what it was."""
    if measure == "万元" and abs(value) >= _LARGE:
        large = Fraction(value) / _LARGE
        digits = len(all_digits(large).partition(".")[2])
        return f"{format_number(large, min(max(digits, 2), _FINEST))}亿元"
    return f"{all_digits(value)}{measure}"


def _distance(case: Case, decimals: int) -> str:
    """How far a ratio is from its target, and whether that is still close."""
    actual, gap = case.figures.actual or Fraction(0), case.measured.gap
    if not gap:
        return "与目标持平"
    way = "高" if actual > case.target else "低"
    far = f"{way}{format_number(abs(gap), decimals)}个{POINTS}"
    tolerance = case.indicator.tolerance
    if gap > 0 or not tolerance:
        return far
    within = "未超过" if -gap <= Fraction(tolerance) else "超过"
    return f"{far}，{within}{all_digits(tolerance)}个{POINTS}的容差"


BY_KIND: Final[Mapping[Kind, Callable[[Case], str]]] = {
    Kind.FLOW: flow,
    Kind.COUNT: count,
    Kind.STOCK: stock,
    Kind.RATIO: ratio,
}
"""The sentence that holds an indicator against calendar or target, by its kind."""
