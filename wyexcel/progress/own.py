"""How an indicator would stand by one unit's own numbers alone."""

from collections.abc import Mapping
from decimal import Decimal

from wyexcel.period import Period
from wyexcel.plan.plan import Indicator, Plan
from wyexcel.progress.figures import Figures, combine
from wyexcel.progress.measure import Case


def case(plan: Plan, indicator: Indicator, period: Period, said: Mapping[str, Decimal]) -> Case:
    """*indicator* measured as it is for the bulletin, by what one unit has *said* for the zone."""
    codes = (*indicator.numerator, *indicator.denominator)
    figures = Figures(
        actual=combine(indicator, {code: said.get(code) for code in codes}),
        parts=None,
        parks={},
        reports={},
        difference=None,
        disputed=False,
        remarks=(),
        lacking=(),
        sources=(),
        agreed=(),
    )
    return Case(plan=plan, indicator=indicator, period=period, figures=figures)
