"""Text as any document may hold it."""

import re
from typing import Final

_ILLEGAL: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """*text* with a square for every character that no document may hold.

    >>> printable(f"4{chr(11)}万元")
    '4□万元'
    """
    return _ILLEGAL.sub("□", text)
