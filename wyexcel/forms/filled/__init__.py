"""Forms as they come back (收回): every value with the cell that it stands in."""
