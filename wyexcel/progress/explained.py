"""How indicators stand, with what their units say of it."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from wyexcel.forms.account import Account
from wyexcel.forms.submission import Submission
from wyexcel.progress.standing import Standing


def explained(
    standings: Iterable[Standing], submissions: Sequence[Submission]
) -> tuple[Standing, ...]:
    """*standings*, each with the reasons of its 主报 unit, else of one that checks it."""
    return tuple(replace(s, account=_account(s, submissions)) for s in standings)


def _account(standing: Standing, submissions: Sequence[Submission]) -> Account:
    indicator = standing.indicator
    said = {s.unit: s.accounts.get(indicator.no) for s in submissions}
    for unit in indicator.units:
        account = said.get(unit)
        if account is not None and account.explains:
            return account if unit == indicator.lead else _by(unit, account)
    return Account()


def _by(unit: str, account: Account) -> Account:
    """*account*, which says that *unit* has given it."""
    return replace(account, reason=f"{account.reason}（{unit}填）")
