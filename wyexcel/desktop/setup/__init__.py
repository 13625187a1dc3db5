"""Putting wyexcel on an office computer: the add-in, its settings, and what may be wrong."""
