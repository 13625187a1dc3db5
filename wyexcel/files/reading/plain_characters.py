"""Characters as people see them: what cannot be seen is dropped, wide forms become ordinary ones.

Only 0–9 and the full-width ０–９ are digits. A sign that merely looks like a digit or holds one
(①, ², ½, ㊿) stays what it is: nobody who sees it would say that it is the number beside it.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_MARKS: Final = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]+"
)
"""Marks of direction, joiners, fillers, control characters: nothing of them is to be seen."""

_WIDE_DIGITS: Final = frozenset("０１２３４５６７８９")


def without_marks(text: str) -> str:
    """*text* without what cannot be seen; spaces and line breaks stay.

    >>> without_marks("\u202d176000\u202c"), without_marks("a b")
    ('176000', 'a b')
    """
    return _MARKS.sub("", text)


def ordinary(text: str) -> str:
    """*text* without marks, full-width and other compatible forms turned into ordinary ones.

    >>> ordinary("１４．５％"), ordinary("14①"), ordinary("14²")
    ('14.5%', '14①', '14²')
    """
    seen = without_marks(text)
    if seen.isascii():
        return seen
    if any(map(_holds_a_digit, seen)):
        return "".join(c if _holds_a_digit(c) else _compatible(c) for c in seen)
    return _compatible(seen)


def _compatible(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("−", "-")


def has_other_digits(text: str) -> bool:
    """Whether a sign in *text* says a number that is no digit of ours and no Chinese word.

    >>> has_other_digits("14①"), has_other_digits("٣"), has_other_digits("１〇")
    (True, True, False)
    """
    return any(
        not sign.isascii()
        and sign not in _WIDE_DIGITS
        and sign != "〇"
        and (_holds_a_digit(sign) or unicodedata.category(sign).startswith("N"))
        for sign in text
    )


@lru_cache(maxsize=4096)
def _holds_a_digit(sign: str) -> bool:
    """Whether *sign* is no digit, but stands for one or for several."""
    if sign.isascii() or sign in _WIDE_DIGITS:
        return False
    return any(c in "0123456789" for c in unicodedata.normalize("NFKC", sign))
