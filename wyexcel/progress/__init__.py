"""From submissions to standings: ledger, totals, reconciliation, measures, judgement."""
