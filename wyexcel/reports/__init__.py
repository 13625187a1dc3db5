"""What is looked up rather than published, as sheets: findings, ledger, totals, judgements."""

from wyexcel.reports.differences import differences
from wyexcel.reports.findings import findings
from wyexcel.reports.ledger import entries
from wyexcel.reports.standings import standings
from wyexcel.reports.totals import totals

__all__ = ["differences", "entries", "findings", "standings", "totals"]
