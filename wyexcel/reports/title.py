"""The first row of every report: what it is, and for which months."""

from wyexcel.period import Period
from wyexcel.sheet import Part, Row, spread


def title(name: str, period: Period | None, columns: int) -> Row:
    """*name* over all *columns*, with the months of *period* where there is one."""
    return spread(Part.TITLE, f"{name}（{period.title}）" if period else name, columns, height=34)
