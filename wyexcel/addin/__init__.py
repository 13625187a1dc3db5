"""The only place that talks to a spreadsheet program: what the buttons do to the open workbook."""

from wyexcel.addin.put import put

__all__ = ["put"]
