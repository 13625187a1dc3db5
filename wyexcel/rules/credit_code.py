"""The unified social credit code (统一社会信用代码, GB 32100—2015) of a legal person."""

import re
from typing import Final

_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Its 31 signs, each standing for its place; I, O, S, V and Z are not among them."""

_SHAPE: Final = re.compile(r"[1-9ANY][1-9][0-9]{6}[0-9A-Z]{10}")
_BASE: Final = len(_SIGNS)


def is_meant(text: str) -> bool:
    """Whether *text* has the shape of a credit code: who registers, a district, 18 signs in all.

    >>> is_meant("91350100M000100Y43"), is_meant("2403-511781-04-01-000001")
    (True, False)
    """
    return _SHAPE.fullmatch(text.upper()) is not None


def is_sound(code: str) -> bool:
    """Whether the last sign of *code* is the one that the other seventeen call for.

    >>> is_sound("91350100M000100Y43"), is_sound("91350100M000100Y34")
    (True, False)
    """
    values = [_SIGNS.find(sign) for sign in code.upper()]
    if min(values) < 0:
        return False
    *body, check = values
    weighed = sum(value * pow(3, place, _BASE) for place, value in enumerate(body))
    return (weighed + check) % _BASE == 0
