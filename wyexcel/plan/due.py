"""Until when a period is to be reported (报送截止)."""

from datetime import date, timedelta

from wyexcel.period import Period
from wyexcel.plan.plan import Plan


def due(plan: Plan, period: Period) -> date:
    """The last day on which a report for *period* is on time."""
    return period.end + timedelta(days=plan.settings.due_days)
