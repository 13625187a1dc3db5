"""Who is written to, and about which file: each unit by the last file that came from it."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from wyexcel.forms.submission import Decision, Received, Season


class Rejection(Struct, frozen=True, kw_only=True):
    """One rejected file that goes back (退回); `in_use` is the unit's form that counts meanwhile.

    `unit` is None where nothing in the file says whose it is.
    """

    unit: str | None
    rejected: Received
    in_use: Received | None = None


def rejections(season: Season) -> tuple[Rejection, ...]:
    """What goes back: the last file of each unit if it was rejected, and files of nobody.

    A unit whose last file was accepted has put right whatever it sent before.
    """
    accepted = {r.unit: r for r in season.received if r.decision is Decision.ACCEPTED}
    last = {unit: latest for unit, latest in _latest(season).items() if _goes_back(latest)}
    of_units = (
        Rejection(unit=unit, rejected=latest, in_use=accepted.get(unit))
        for unit, latest in last.items()
    )
    of_nobody = (
        Rejection(unit=None, rejected=received)
        for received in season.received
        if received.unit is None and _goes_back(received)
    )
    return (*of_units, *of_nobody)


def _goes_back(received: Received) -> bool:
    return received.decision is Decision.REJECTED


def _latest(season: Season) -> Mapping[str, Received]:
    """The file that came last from each unit; what was sent once more counts as sent again."""
    return dict(_by_unit(season))


def _by_unit(season: Season) -> Iterator[tuple[str, Received]]:
    """Files with the unit that sent them, in the order of their coming."""
    first: dict[str, Received] = {}
    for received in season.received:
        if received.decision is not Decision.DUPLICATE:
            first.setdefault(received.sha256, received)
    for received in season.received:
        meant = first.get(received.sha256, received)
        if received.unit and received.decision is not Decision.IGNORED:
            yield received.unit, meant
