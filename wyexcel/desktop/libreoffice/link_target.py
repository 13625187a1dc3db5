"""Where a hyperlink leads: written one way in Excel, and another in Calc."""

import re
from typing import Any, Final
from urllib.parse import quote, unquote, urljoin

_CELL: Final = re.compile(r"'?((?:[^'!]|'')+)'?!([A-Za-z$]+[0-9$]+)$")
_QUOTE: Final = "'"


def for_calc(document: Any, address: str) -> str:
    """*address* (`file#'sheet'!A1`, as Excel writes links) as a URL that *document* follows."""
    file, _, place = address.partition("#")
    cell = _CELL.match(place)
    end = f"#{cell[1].replace(_QUOTE * 2, _QUOTE)}.{cell[2]}" if cell else ""
    url = urljoin(document.getURL(), quote(unquote(file))) if file else ""
    return f"{url}{end}"
