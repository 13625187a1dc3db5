"""Formulas of cells: what is written, what it comes to, and whether it takes from elsewhere."""
