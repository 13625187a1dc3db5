"""Installs wyexcel on an office computer: the add-in, its settings, and a check of both."""
