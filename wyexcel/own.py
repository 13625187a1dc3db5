"""How an indicator would stand by one unit's own numbers alone."""

from wyexcel import measure
from wyexcel.figures import Figures, combine
from wyexcel.measure import Case
from wyexcel.plan import Indicator, Plan
from wyexcel.submission import Submission
from wyexcel.wholes import wholes


def case(plan: Plan, indicator: Indicator, submission: Submission) -> Case:
    """*indicator* measured as it is for the bulletin, with the numbers of *submission*."""
    said = wholes(submission)
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
    return measure.case(plan, indicator, submission.period, figures)
