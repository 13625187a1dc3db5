"""The command line: what was asked for, what is shown, and the JSON that other programs read."""
