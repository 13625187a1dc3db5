"""What one listed thing is known by, however its id or its name is spelt."""

import re
from functools import lru_cache
from typing import Final

from wyexcel.files.reading.typed_number import bare_text

_DASHES: Final = re.compile("[‐‑‒–—―─﹘]")
_OPENING: Final = re.compile(r"[〔［\[【｛{〈《]")
_CLOSING: Final = re.compile(r"[〕］\]】｝}〉》]")
_QUOTES: Final = re.compile("['‘’`\"“”]")
_BETWEEN: Final = re.compile("[-_./·]+")
_SIGNS: Final = re.compile("[0-9A-Z]{15,}")
"""As many letters and digits in a row are a code of fixed parts, with or without dashes."""

_PROJECT: Final = re.compile("([0-9]{4})([0-9]{6})([0-9]{2})([0-9]{2})([0-9]{6})")
"""The code of a project (项目代码): month, district, trade, kind, number."""


@lru_cache(maxsize=1 << 14)
def key_of(text: str) -> str:
    """*text* (an id, or a name where there is none) as all who mean the same would have written it.

    Spaces, marks, width, small letters, brackets, quotes and kinds of dashes make no difference,
    nor do the dashes of a long code. Anything else does: short ids such as 1-23 and 12-3 differ.

    >>> key_of("24035117810401000001")
    '2403-511781-04-01-000001'
    >>> key_of("91350100m000100y43"), key_of("川经信技〔2025〕1号")
    ('91350100M000100Y43', '川经信技(2025)1号')
    """
    plain = _DASHES.sub("-", bare_text(text)).upper()
    plain = _QUOTES.sub("", _CLOSING.sub(")", _OPENING.sub("(", plain)))
    joined = _BETWEEN.sub("", plain)
    if project := _PROJECT.fullmatch(joined):
        return "-".join(project.groups())
    return joined if _SIGNS.fullmatch(joined) else plain
