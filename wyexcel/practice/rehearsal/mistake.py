"""The table of mistakes: for each rule, how a correct form becomes one that breaks it."""

from collections.abc import Callable
from enum import Enum, auto
from typing import TypeAlias

from msgspec import Struct, field

from wyexcel.period import Period
from wyexcel.practice.rehearsal.correct_forms import PERIOD
from wyexcel.practice.rehearsal.draft_form import DraftForm

Spoil: TypeAlias = Callable[[DraftForm], DraftForm]


class ArrivalOrder(Enum):
    """When a file with a mistake comes: before the unit's correct form, instead, or after it."""

    BEFORE = auto()
    INSTEAD = auto()
    AFTER = auto()


class Mistake(Struct, frozen=True, kw_only=True):
    """One mistake that breaks one rule: in whose form, what was done (`did`), and how to mend it.

    `seen_with` is the unit in whose file it shows, "" where it shows in its own; `silent_before`
    is the unit that reported nothing in the last period; in `earlier_periods` all units reported,
    besides the usual past ones. A *period* that is not the open one has been closed, unless what
    its unit reported for it was `preliminary` (快报).
    """

    code: str
    unit: str
    did: str
    mend: str
    spoil: Spoil
    arrival: ArrivalOrder = ArrivalOrder.BEFORE
    seen_with: str = ""
    silent_before: str = ""
    earlier_periods: tuple[Period, ...] = ()
    period: Period = PERIOD
    preliminary: bool = False


class MistakeTable(Struct, frozen=True, dict=True):
    """Mistakes by the code of the rule that each breaks."""

    mistakes: dict[str, Mistake] = field(default_factory=dict[str, Mistake])

    def mistake(  # noqa: PLR0913  by name only, and nothing of it follows from the rest
        self,
        code: str,
        unit: str,
        *,
        did: str,
        mend: str,
        arrival: ArrivalOrder = ArrivalOrder.BEFORE,
        seen_with: str = "",
        silent_before: str = "",
        earlier_periods: tuple[Period, ...] = (),
        period: Period = PERIOD,
        preliminary: bool = False,
    ) -> Callable[[Spoil], Mistake]:
        """Decorate the function that breaks the rule *code*: it becomes a mistake of this table."""

        def enter(spoil: Spoil) -> Mistake:
            mistake = Mistake(
                code=code,
                unit=unit,
                did=did,
                mend=mend,
                spoil=spoil,
                arrival=arrival,
                seen_with=seen_with,
                silent_before=silent_before,
                earlier_periods=earlier_periods,
                period=period,
                preliminary=preliminary,
            )
            self.mistakes[code] = mistake
            return mistake

        return enter
