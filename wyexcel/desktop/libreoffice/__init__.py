"""An xlwings engine for LibreOffice Calc, so that the buttons work there as they do in Excel.

It holds what the buttons use and no more, and needs neither a licence key nor `xlwings.pro`. What
a click asks LibreOffice first (`connect`, and what that imports) is loaded without xlwings.
"""

from typing import Final

NAME: Final = "libreoffice"
"""What xlwings calls this engine."""
