"""The first row of every report: what it is, and for which months."""

from wyexcel.files.writing.sheet import Part, Row, spread
from wyexcel.period import Period


def title_row(name: str, period: Period | None, columns: int) -> Row:
    """*name* over all *columns*, with the months of *period* where there is one."""
    return spread(Part.TITLE, f"{name}（{period.title}）" if period else name, columns, height=34)
