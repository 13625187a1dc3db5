"""The arithmetic of a judgement in words: actual against target, schedule and tolerance.

Numbers are rounded half up, and shown with as many digits as it takes for the words to say the
same as the status.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from wyexcel.files.number_display import (
    LEVEL,
    Number,
    all_digits,
    decimals_apart,
    decimals_close,
    format_number,
    is_level,
    rounded,
)
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Indicator
from wyexcel.plan.status import Method
from wyexcel.progress.digits import amount_decimals, percent_decimals
from wyexcel.progress.judge import measure_of
from wyexcel.progress.measure import POINTS, Measurement

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


def actual_and_target(measurement: Measurement) -> tuple[str, str]:
    """Actual and target, with digits enough to tell them apart."""
    places = _places(measurement)
    return format_number(measurement.figures.actual or 0, places), format_number(
        measurement.target, places
    )


def _places(measurement: Measurement) -> int:
    return amount_decimals(
        measurement.indicator,
        measurement.figures.actual or Fraction(0),
        target=measurement.target,
        expected=measurement.measured.expected,
    )


def rate(measurement: Measurement, decimals: int = 1) -> str:
    """How much of the year's target is there (累计17.60÷目标24.00＝73.3%).

    Whoever reckons it anew from what is shown comes to the same.
    """
    actual, target = measurement.figures.actual or Fraction(0), measurement.target
    completion = measurement.measured.completion or Fraction(0)
    decimals = decimals_apart(completion, [_FULL], decimals)
    places, percent = _places(measurement), rounded(completion, decimals)
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


def shortfall(
    indicator: Indicator,
    expected: Fraction | None,
    actual: Fraction | None,
    *,
    decimals: int | None = None,
) -> str:
    """What is missing as a quantity (欠0.40亿元, 低1.19个百分点); 持平 if nobody can see it."""
    if expected is None or actual is None:
        return ""
    if is_level(expected, actual):
        return LEVEL
    missing = abs(expected - actual)
    if decimals is None:
        decimals = amount_decimals(indicator, actual, target=None, expected=expected)
    if indicator.kind is Kind.RATIO:
        side = "低" if actual < expected else "高"
        return f"{side}{format_number(missing, decimals)}个{POINTS}"
    return f"欠{amount(indicator, missing, decimals=decimals)}"


def _percent_decimals(measurement: Measurement) -> int:
    """How many decimals tell the rate from the schedule, and the gap from nothing."""
    measured = measurement.measured
    rate = measured.completion if measured.net_completion is None else measured.net_completion
    bounds = measurement.bounds if measurement.plan.settings.method is Method.POINTS else ()
    return percent_decimals(rate, measured.due, measured.gap_points, bounds)


def _attainment(measurement: Measurement) -> str:
    """The percentage that the bands are measured in, never rounded over a bound of theirs."""
    percent = measure_of(measurement.plan, measurement.measured)
    if percent is None or measurement.plan.settings.method is not Method.ATTAINMENT:
        return ""
    return f"；达成率{attainment_in_words(percent, measurement.bounds)}"


def attainment_in_words(percent: Fraction, bounds: Sequence[Fraction]) -> str:
    """达成率, never rounded over one of *bounds* (79.96%, 不足80%)."""
    missed = (b for b in bounds if percent < b and is_level(percent, b))
    if (bound := next(missed, None)) is not None:
        return f"不足{all_digits(bound)}%"
    return f"{format_number(percent, decimals_apart(percent, bounds, 1))}%"


def calendar(measurement: Measurement) -> str:
    """What the due share is called: even pace, or the office's own plan."""
    return "计划进度" if measurement.pace.planned else "时序"


def _due(measurement: Measurement, decimals: int) -> str:
    """What was due, in percent and in things (时序75.0%应达6个)."""
    measured, indicator = measurement.measured, measurement.indicator
    share = f"{calendar(measurement)}{format_number(measured.share, decimals)}%"
    expected = amount(indicator, measured.expected, decimals=_places(measurement))
    return f"{share}应达{expected}{_floored(measurement, decimals)}"


def _floored(measurement: Measurement, decimals: int) -> str:
    """That what was due is whole things, and what part of the task those are where that counts."""
    measured = measurement.measured
    if not measured.whole:
        return ""
    points = measurement.plan.settings.method is Method.POINTS
    part = f"，为{format_number(measured.due, decimals)}%" if points else ""
    return f"（按整{measurement.indicator.measure}计{part}）"


def _points(measurement: Measurement, decimals: int) -> str:
    gap, due = measurement.measured.gap_points, measurement.measured.due
    if gap is None or due is None or is_level(due + gap, due):
        return f"与{calendar(measurement)}持平"
    return f"{'超' if gap > 0 else '欠'}{format_number(abs(gap), decimals)}个百分点"


def _things(measurement: Measurement, decimals: int) -> str:
    """How many things are too many or too few; percentage points where those are judged."""
    gap, indicator = measurement.measured.gap, measurement.indicator
    if measurement.plan.settings.method is Method.POINTS:
        return _points(measurement, decimals)
    if not gap or is_level(gap, 0):
        return "与应达数持平"
    missing = amount(indicator, abs(gap), decimals=_places(measurement))
    return f"{'超' if gap > 0 else '欠'}{missing}"


def flow(measurement: Measurement) -> str:
    """An amount against its schedule."""
    decimals = _percent_decimals(measurement)
    due = f"{calendar(measurement)}{format_number(measurement.measured.due, decimals)}%"
    gap = _points(measurement, decimals)
    return f"{rate(measurement, decimals)}，{due}，{gap}{_attainment(measurement)}。"


def count(measurement: Measurement) -> str:
    """Things against the things that were due."""
    decimals = _percent_decimals(measurement)
    parts = (
        rate(measurement, decimals),
        _due(measurement, decimals),
        _things(measurement, decimals),
    )
    return f"{'，'.join(parts)}{_attainment(measurement)}。"


def stock(measurement: Measurement) -> str:
    """A level: its net growth against the growth that was due, or the level itself."""
    measured, decimals = measurement.measured, _percent_decimals(measurement)
    actual, target = actual_and_target(measurement)
    is_grown = measured.net_completion is not None
    rate = measured.completion or Fraction(0)
    completion = format_number(rate, decimals_apart(rate, [_FULL], 1 if is_grown else decimals))
    level = f"期末{actual}{measurement.indicator.measure}（目标的{completion}%）"
    gap = f"{_things(measurement, decimals)}{_attainment(measurement)}"
    if not is_grown:
        why = "没有基期数，年末按年度目标评判" if measured.baseline is None else "目标与基期相同"
        return f"{level}，{why}，{gap}。"
    start = format_number(measured.baseline, measurement.indicator.decimals)
    net = format_number(measured.net_completion, decimals)
    grown = f"净增（{actual}－{start}）÷（{target}－{start}）＝{net}%"
    return f"{level}，{grown}，{_due(measurement, decimals)}，{gap}。"


def ratio(measurement: Measurement) -> str:
    """A ratio against its target, with the sums it is made of."""
    indicator, decimals = measurement.indicator, _places(measurement)
    value = f"{format_number(measurement.figures.actual, decimals)}{indicator.measure}"
    target = f"目标{format_number(measurement.target, decimals)}{indicator.measure}"
    return f"{_quotient(measurement)}{value}，{target}，{_distance(measurement, decimals)}。"


def _quotient(measurement: Measurement) -> str:
    """The sums that a ratio is made of (17.60亿元÷21.00亿元＝)."""
    parts = measurement.figures.parts
    if parts is None:
        return ""
    measures = (
        measurement.plan.element[codes[0]].measure
        for codes in (measurement.indicator.numerator, measurement.indicator.denominator)
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


def _distance(measurement: Measurement, decimals: int) -> str:
    """How far a ratio is from its target, and whether that is still close."""
    actual, gap = measurement.figures.actual or Fraction(0), measurement.measured.gap
    if not gap or is_level(actual, measurement.target):
        return "与目标持平"
    side = "高" if actual > measurement.target else "低"
    far = f"{side}{format_number(abs(gap), decimals)}个{POINTS}"
    tolerance = measurement.indicator.tolerance
    if gap > 0 or not tolerance:
        return far
    within = "未超过" if -gap <= Fraction(tolerance) else "超过"
    return f"{far}，{within}{all_digits(tolerance)}个{POINTS}的容差"


BY_KIND: Final[Mapping[Kind, Callable[[Measurement], str]]] = {
    Kind.FLOW: flow,
    Kind.COUNT: count,
    Kind.STOCK: stock,
    Kind.RATIO: ratio,
}
"""The sentence that holds an indicator against calendar or target, by its kind."""
