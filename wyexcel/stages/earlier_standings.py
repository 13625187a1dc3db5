"""How indicators stood in this year's earlier periods, judged once and remembered while it fits."""

from collections.abc import Mapping
from typing import Final

import msgspec

from wyexcel.archive import archived_forms, closings, derived, manifest
from wyexcel.archive.workspace import Workspace
from wyexcel.forms.submission import Decision
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.progress import assessment, ledger
from wyexcel.progress.standing import EarlierStanding
from wyexcel.stages import guard_closed_period

_NAME: Final = "判定"
_DECODER: Final = msgspec.msgpack.Decoder(dict[int, EarlierStanding])


def standings_before(
    workspace: Workspace, plan: Plan, period: Period
) -> Mapping[int, EarlierStanding]:
    """How every indicator stood in the last merged period of the year before *period*, by number.

    Each period counts on the one before it (连续欠进度), and so do the fingerprints: a value, a
    closing or a plan that changed has every later period judged again.
    """
    last: Mapping[int, EarlierStanding] = {}
    made_from = derived.fingerprint(plan.fingerprint)
    for month in range(1, period.month):
        past = Period(period.year, month)
        if not manifest.exists(workspace, past):
            continue
        made_from = _made_from(workspace, plan, past, made_from)
        remembered = derived.load(workspace, past, _NAME, made_from, _DECODER.decode)
        if remembered is None:
            last = _judged(workspace, plan, past, last)
            value = msgspec.msgpack.encode(last)
            derived.keep(workspace, past, _NAME, made_from, value)
        else:
            last = remembered
    return last


def _made_from(workspace: Workspace, plan: Plan, past: Period, earlier: bytes) -> bytes:
    """The fingerprint of what the standings of *past* are made from: originals, closing, *earlier*.

    Raises CannotRead where an original is missing or no longer what was archived.
    """
    kept = archived_forms.checked_forms(workspace, past, Decision.ACCEPTED)
    forms = archived_forms.forms_fingerprint(plan, past, kept)
    return derived.fingerprint(earlier, forms, closings.closings_fingerprint(workspace, past))


def _judged(
    workspace: Workspace, plan: Plan, past: Period, last: Mapping[int, EarlierStanding]
) -> Mapping[int, EarlierStanding]:
    rows = ledger.ledger_of(archived_forms.adopted(workspace, plan, past), plan)
    standings = assessment.judge_indicators(plan, past, rows, last=last)
    return guard_closed_period.as_published(closings.read_closings(workspace, past), standings)
