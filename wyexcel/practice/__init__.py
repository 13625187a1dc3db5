"""Invented seasons to see and to learn from: the demonstration and the rehearsal."""
