"""Indicators of which their units say themselves that there is no number: 不适用, 不详 (状态)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from wyexcel.criteria import Status
from wyexcel.main_sheet import NOT_APPLICABLE, STATES, UNKNOWN
from wyexcel.plan import NoTarget, Plan
from wyexcel.standing import Standing
from wyexcel.submission import Submission
from wyexcel.wholes import wholes

_UNTARGETED: Final = frozenset({NoTarget.MONITOR, NoTarget.BLANK})


class _Excuse(NamedTuple):
    """What one unit says of one element in place of a number."""

    unit: str
    name: str
    state: str
    remark: str

    def __str__(self) -> str:
        why = f"（{self.remark}）" if self.remark else ""
        return f"{self.unit}{self.name}填“{self.state}”{why}"


def excused(
    standings: Iterable[Standing], submissions: Sequence[Submission], plan: Plan
) -> tuple[Standing, ...]:
    """*standings*; who said 不适用 or 不详, and why, is not named as one that did not report.

    Only where that is said of everything that lacks: what is left blank is 未报.
    """
    return tuple(
        _as_said(s, excuses)
        if s.status is Status.UNREPORTED and (excuses := _excuses(s, submissions, plan))
        else s
        for s in standings
    )


def _excuses(
    standing: Standing, submissions: Sequence[Submission], plan: Plan
) -> tuple[_Excuse, ...]:
    """What is said of each element that lacks; none where nothing is said of one of them."""
    indicator = standing.indicator
    found: list[_Excuse] = []
    for code in (*indicator.numerator, *indicator.denominator):
        asked = [s for unit in plan.sources[code] for s in submissions if s.unit == unit]
        if any(wholes(one).get(code) is not None for one in asked):
            continue
        excuse = next((e for one in asked for e in _said(one, code, plan)), None)
        if excuse is None:
            return ()
        found.append(excuse)
    return tuple(found)


def _said(submission: Submission, code: str, plan: Plan) -> Iterator[_Excuse]:
    for entry in submission.entries:
        if entry.element == code and entry.number is None and entry.state in STATES[1:]:
            name = plan.element[code].name
            yield _Excuse(submission.unit, name, entry.state, entry.remark.strip("。"))


def _as_said(standing: Standing, excuses: Sequence[_Excuse]) -> Standing:
    applies = any(excuse.state != NOT_APPLICABLE for excuse in excuses)
    told = "；".join(dict.fromkeys(map(str, excuses)))
    if standing.target in _UNTARGETED:
        return replace(
            standing,
            status=Status.NO_TARGET,
            reason=f"{told}；没有目标，只监测，不评进度。",
            excuse=UNKNOWN if applies else NOT_APPLICABLE,
        )
    return replace(
        standing,
        status=Status.UNREPORTED if applies else Status.NOT_APPLICABLE,
        reason=f"{told}，不作评判。",
        excuse=UNKNOWN if applies else NOT_APPLICABLE,
    )
