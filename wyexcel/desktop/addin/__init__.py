"""The only place that talks to a spreadsheet program: what the buttons do to the open workbook."""
