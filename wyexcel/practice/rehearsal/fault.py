"""The table of faults: for each rule, how a form in order becomes one that breaks it."""

from collections.abc import Callable
from enum import Enum, auto
from typing import TypeAlias

from msgspec import Struct, field

from wyexcel.period import Period
from wyexcel.practice.rehearsal.paper import Paper
from wyexcel.practice.rehearsal.quarters import PERIOD

Spoil: TypeAlias = Callable[[Paper], Paper]


class Turn(Enum):
    """When a spoilt file comes: before the unit's form in order, in its place, or after it."""

    BEFORE = auto()
    INSTEAD = auto()
    AFTER = auto()


class Fault(Struct, frozen=True, kw_only=True):
    """One mistake that breaks one rule: in whose form, what was done, and how to mend it.

    `seen_with` is the unit in whose file it shows, "" where it shows in its own; `unheard` is the
    unit that reported nothing in the last period, `since` are further periods in which all did. A
    *period* that is not the open one has been closed, unless what its unit reported for it was
    `preliminary` (快报).
    """

    code: str
    unit: str
    did: str
    mend: str
    spoil: Spoil
    turn: Turn = Turn.BEFORE
    seen_with: str = ""
    unheard: str = ""
    since: tuple[Period, ...] = ()
    period: Period = PERIOD
    preliminary: bool = False


class Table(Struct, frozen=True, dict=True):
    """Faults by the code of the rule that each breaks, in the order in which they were written."""

    faults: dict[str, Fault] = field(default_factory=dict[str, Fault])

    def fault(  # noqa: PLR0913  by name only, and nothing of it follows from the rest
        self,
        code: str,
        unit: str,
        *,
        did: str,
        mend: str,
        turn: Turn = Turn.BEFORE,
        seen_with: str = "",
        unheard: str = "",
        since: tuple[Period, ...] = (),
        period: Period = PERIOD,
        preliminary: bool = False,
    ) -> Callable[[Spoil], Fault]:
        """Make a fault of the function below, which breaks the rule *code*, and enter it."""

        def entered(spoil: Spoil) -> Fault:
            made = Fault(
                code=code,
                unit=unit,
                did=did,
                mend=mend,
                spoil=spoil,
                turn=turn,
                seen_with=seen_with,
                unheard=unheard,
                since=since,
                period=period,
                preliminary=preliminary,
            )
            self.faults[code] = made
            return made

        return entered
