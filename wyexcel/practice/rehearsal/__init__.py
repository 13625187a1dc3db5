"""The rehearsal (演练): an invented season in which every rule is broken once, and its answers."""
