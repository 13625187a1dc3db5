"""Running spreadsheet programs: buttons, worksheet functions, and their setup on a computer."""
