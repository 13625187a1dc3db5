"""Which files go back (退回), judged by the last file that came from each unit."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from wyexcel.forms.submission import Decision, Received, Season


class Rejection(Struct, frozen=True, kw_only=True):
    """One rejected file that goes back (退回); `in_use` is the unit's form that counts meanwhile.

    `unit` is None where nothing in the file names one.
    """

    unit: str | None
    rejected: Received
    in_use: Received | None = None


def rejections(season: Season) -> tuple[Rejection, ...]:
    """The last file of each unit if it was rejected, then rejected files of no known unit.

    A unit whose last file was accepted has put right whatever it sent before.
    """
    accepted = {r.unit: r for r in season.received if r.decision is Decision.ACCEPTED}
    of_units = (
        Rejection(unit=unit, rejected=latest, in_use=accepted.get(unit))
        for unit, latest in _latest(season).items()
        if _is_rejected(latest)
    )
    of_nobody = (
        Rejection(unit=None, rejected=received)
        for received in season.received
        if received.unit is None and _is_rejected(received)
    )
    return (*of_units, *of_nobody)


def _is_rejected(received: Received) -> bool:
    return received.decision is Decision.REJECTED


def _latest(season: Season) -> Mapping[str, Received]:
    """The file that came last from each unit; what was sent once more counts as sent again."""
    return dict(_by_unit(season))


def _by_unit(season: Season) -> Iterator[tuple[str, Received]]:
    """Each file with its unit, in the order of arrival; for a duplicate, the first such file."""
    first: dict[str, Received] = {}
    for received in season.received:
        if received.decision is not Decision.DUPLICATE:
            first.setdefault(received.sha256, received)
    for received in season.received:
        if received.unit and received.decision is not Decision.IGNORED:
            yield received.unit, first.get(received.sha256, received)
