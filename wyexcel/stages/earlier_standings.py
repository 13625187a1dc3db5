"""For how many periods of this year indicators lagged, judged once and remembered while it fits."""

from collections.abc import Mapping
from typing import Final

import msgspec

from wyexcel.archive import archived_forms, closings, derived, manifest
from wyexcel.archive.workspace import Workspace
from wyexcel.forms.submission import Decision
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.progress import assessment, lag_chain, ledger
from wyexcel.progress.lag_chain import NO_CHAINS, LagChain, Stood
from wyexcel.stages import guard_closed_period

_NAME: Final = "判定"
_DECODER: Final = msgspec.msgpack.Decoder(dict[int, Stood])


def chains_before(workspace: Workspace, plan: Plan, period: Period) -> Mapping[int, LagChain]:
    """For how many periods in a row every indicator lagged before *period*, by number.

    Only periods of the same series count (see `lag_chain`). How indicators stood in each is
    remembered: a value, a closing or a plan that changed has it judged again.
    """
    chains: Mapping[int, LagChain] = NO_CHAINS
    for past in lag_chain.earlier_in_series(period):
        stood: Mapping[int, Stood] = {}
        if manifest.exists(workspace, past):
            stood = _stood(workspace, plan, past)
            if past.ends_quarter and not period.ends_quarter:
                stood = {no: Stood(one.status) for no, one in stood.items()}
        chains = lag_chain.chains_after(past, chains, stood)
    return chains


def _stood(workspace: Workspace, plan: Plan, past: Period) -> Mapping[int, Stood]:
    """How every indicator stood in *past*; raises CannotRead where an original is not as archived.

    The numbers of one period do not depend on another's.
    """
    kept = archived_forms.checked_forms(workspace, past, Decision.ACCEPTED)
    forms = archived_forms.forms_fingerprint(plan, past, kept)
    closed = closings.closings_fingerprint(workspace, past)
    made_from = derived.fingerprint(plan.fingerprint, forms, closed)
    remembered = derived.load(workspace, past, _NAME, made_from, _DECODER.decode)
    if remembered is None:
        remembered = _judged(workspace, plan, past)
        derived.keep(workspace, past, _NAME, made_from, msgspec.msgpack.encode(remembered))
    return remembered


def _judged(workspace: Workspace, plan: Plan, past: Period) -> dict[int, Stood]:
    rows = ledger.ledger_of(archived_forms.adopted(workspace, plan, past), plan)
    stood = lag_chain.stood(assessment.judge_indicators(plan, past, rows))
    return {**stood, **guard_closed_period.as_published(closings.read_closings(workspace, past))}
