"""Sheets made from standings and findings: check results, ledger, totals, bulletins."""
