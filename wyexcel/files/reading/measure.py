"""Measures as people write them: a power of ten and a thing (万元, 亿千瓦时, %)."""

import re
from typing import Final, NamedTuple


class Measure(NamedTuple):
    """*thing* counted in tens to the *power*: 万元 is (4, 元). "" is any thing (万)."""

    power: int
    thing: str


_POWERS: Final = {"亿": 8, "万": 4, "千": 3, "百": 2, "十": 1}
_PARTS: Final = {"%": -2, "％": -2, "‰": -3, "百分点": -2, "个百分点": -2}
_LETTERS: Final = {"K": 3, "k": 3, "W": 4, "w": 4, "M": 6}
"""How many call a thousand, ten thousand and a million in a few signs."""
_ALIKE: Final = {
    "度": Measure(3, "瓦时"),
    "kWh": Measure(3, "瓦时"),
    "兆瓦时": Measure(6, "瓦时"),
    "公斤": Measure(3, "克"),
    "吨": Measure(6, "克"),
    "公里": Measure(3, "米"),
    "公顷": Measure(4, "平方米"),
    "平方公里": Measure(6, "平方米"),
}
_THINGS: Final = (
    "美元",
    "港元",
    "欧元",
    "日元",
    "元",
    "亩",
    "平方米",
    "立方米",
    "瓦时",
    "瓦",
    "克",
    "米",
)
_PIECES: Final = ("个", "户", "家", "项", "座", "处", "条", "件", "宗")
"""What things are counted by; one word is as good as another."""
_PEOPLE: Final = ("人次", "人", "名")
_PERSON: Final = "人"
_ONE: Final = "个"
_KNOWN: Final = (*_ALIKE, *_PIECES, *_PEOPLE, *_THINGS)
_STATED: Final = re.compile(
    rf"[\s(（:：]*(?P<powers>[十百千万亿]*)(?:人民币)?(?P<thing>{'|'.join(_KNOWN)})?"
)
_AT_END: Final = re.compile(
    rf"(?:^|[\s(（:：])(?P<powers>[十百千万亿]*)(?P<thing>{'|'.join(_KNOWN)})?[\s)）:：=]*$"
)
_LETTER: Final = re.compile(r"[\s]*([KkWwM])(?![A-Za-z])")
_PART: Final = re.compile(rf"[\s(（]*({'|'.join(_PARTS)})")
_MONEY: Final = {
    "US$": "美元",
    "USD": "美元",
    "HK$": "港元",
    "€": "欧元",
    "EUR": "欧元",
    "$": "美元",
    "RMB": "元",
    "CNY": "元",
}
"""Signs of money, which say whose it is, but not how many of it are counted as one.

That of the yuan is not among them: programs in Chinese put it before any money.
"""


def measure(text: str) -> Measure:
    """What numbers in *text* are numbers of.

    >>> measure("万元"), measure("亿度") == measure("亿千瓦时"), measure("家") == measure("户")
    (Measure(power=4, thing='元'), True, True)
    """
    text = "".join(text.split())
    if text in _PARTS:
        return Measure(_PARTS[text], "")
    if text in _ALIKE:
        return _ALIKE[text]
    rest = text.lstrip("".join(_POWERS))
    power = _power(text[: len(text) - len(rest)])
    same = _ALIKE.get(rest, Measure(0, _same_thing(rest)))
    return Measure(power + same.power, same.thing)


def stated(before: str, after: str, expected: str) -> Measure | None:
    """The measure that is named beside a number; None where none is.

    A word behind it counts more than one before it; *expected*, the measure of the column, is known
    however odd it is.

    >>> stated("约", "亿元（预计）", "万元"), stated("", "余", "万元")
    (Measure(power=8, thing='元'), None)
    """
    words = after.lstrip(" (（\u3000")
    if expected and words.startswith(expected):
        return measure(expected)
    if match := _PART.match(after):
        return Measure(_PARTS[match[1]], "")
    if match := _LETTER.match(after):
        return Measure(_LETTERS[match[1]], "")
    match = _STATED.match(after)
    if match is None or not _words(match):
        match = _AT_END.search(before)
    if match is None or not _words(match):
        return None
    if expected.startswith(_words(match)):
        return measure(expected)
    same = measure(match["thing"] or "")
    return Measure(_power(match["powers"]) + same.power, same.thing)


def money(words: str) -> str:
    """What money a sign in *words* is of, "" where there is none.

    >>> money("US$"), money("约")
    ('美元', '')
    """
    return next((thing for sign, thing in _MONEY.items() if sign in words), "")


def is_money(thing: str) -> bool:
    """Whether *thing* is money.

    >>> is_money(measure("万美元").thing), is_money(measure("户").thing)
    (True, False)
    """
    return thing in _MONEY.values()


def _words(match: re.Match[str]) -> str:
    """The measure that was found, as it is written."""
    return match["powers"] + (match["thing"] or "")


def _power(words: str) -> int:
    return sum(_POWERS[word] for word in words)


def _same_thing(thing: str) -> str:
    if thing in _PIECES:
        return _ONE
    return _PERSON if thing in _PEOPLE else thing
