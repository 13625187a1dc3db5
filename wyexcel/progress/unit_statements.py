"""Indicators of which their units say themselves that there is no number: 不适用, 不详 (状态)."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from wyexcel.forms.main_sheet import NOT_APPLICABLE, STATES
from wyexcel.forms.submission import ProgressNote, Submission
from wyexcel.forms.zone_totals import zone_values
from wyexcel.plan.plan import NoTarget, Plan
from wyexcel.plan.status import Status
from wyexcel.progress.standing import Standing

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
        _with_excuse(s, excuses)
        if s.status is Status.UNREPORTED and (excuses := _excuses(s, submissions, plan))
        else s
        for s in standings
    )


def _excuses(
    standing: Standing, submissions: Sequence[Submission], plan: Plan
) -> tuple[_Excuse, ...]:
    """The excuse for each missing element; none unless all units that owe one give one."""
    indicator = standing.indicator
    excuses: list[_Excuse] = []
    for code in (*indicator.numerator, *indicator.denominator):
        asked = [s for unit in plan.sources[code] for s in submissions if s.unit == unit]
        if any(zone_values(submission).get(code) is not None for submission in asked):
            continue
        of_element = [excuse for s in asked if (excuse := _excuse(s, code, plan))]
        if len(of_element) < len(plan.sources[code]):
            return ()
        excuses += of_element
    return tuple(excuses)


def _excuse(submission: Submission, code: str, plan: Plan) -> _Excuse | None:
    """What *submission* says of the element *code* in place of any number."""
    entries = [entry for entry in submission.entries if entry.element == code]
    if not entries or any(e.number is not None or e.state not in STATES[1:] for e in entries):
        return None
    first = entries[0]
    name = plan.element[code].name
    return _Excuse(submission.unit, name, first.state, first.remark.strip("。"))


def _with_excuse(standing: Standing, excuses: Sequence[_Excuse]) -> Standing:
    state = next((e.state for e in excuses if e.state != NOT_APPLICABLE), NOT_APPLICABLE)
    sentence = "；".join(dict.fromkeys(map(str, excuses)))
    if standing.target in _UNTARGETED:
        status, what = Status.NO_TARGET, "；没有目标，只监测，不评进度。"
    else:
        is_out = state == NOT_APPLICABLE
        status, what = Status.NOT_APPLICABLE if is_out else Status.UNREPORTED, "，不作评判。"
    return replace(standing, status=status, reason=f"{sentence}{what}", excuse=state)


def explained(
    standings: Iterable[Standing], submissions: Sequence[Submission]
) -> tuple[Standing, ...]:
    """*standings*, each with the reasons of its 主报 unit, else of one that checks it."""
    return tuple(replace(s, account=_account(s, submissions)) for s in standings)


def _account(standing: Standing, submissions: Sequence[Submission]) -> ProgressNote:
    indicator = standing.indicator
    notes = {s.unit: s.progress_notes.get(indicator.no) for s in submissions}
    for unit in indicator.units:
        account = notes.get(unit)
        if account is not None and account.explains:
            return account if unit == indicator.lead else _by(unit, account)
    return ProgressNote()


def _by(unit: str, account: ProgressNote) -> ProgressNote:
    """*account*, which says that *unit* has given it."""
    return replace(account, reason=f"{account.reason}（{unit}填）")
