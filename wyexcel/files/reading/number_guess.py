"""The number that somebody probably meant who typed something else; only ever suggested.

Whatever is not understood whole gives no suggestion: a wrong one would be typed in.
"""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from wyexcel.files.reading import chinese_number

_PERCENT: Final = "%"
_DIGITS: Final = 15
_LONGEST: Final = 60
"""Nobody writes one number with as many signs."""

_LEAD: Final = re.compile("(?:约为|大约|大概|约|共计|合计|总计|共|近|人民币|¥|[:='])*")
_OF_HUNDRED: Final = "百分之"
_DASHES: Final = str.maketrans("–‐‑‒", "----")
_END: Final = "。.,;；、!"

_NUMBER: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?"
_ARABIC: Final = re.compile(rf"[+-]?(?=[0-9.]){_NUMBER}")
_POWER: Final = re.compile(
    rf"(?P<number>[+-]?(?=[0-9]){_NUMBER})"
    r"(?:[eE](?P<e>[+-]?[0-9]{1,2})|[×xX*]10(?:\^(?P<up>[+-]?[0-9]{1,2})|(?P<raised>⁻?[⁰¹²³⁴-⁹]{1,2})))"
)
_RAISED: Final = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_LOOKALIKE: Final = re.compile(r"[+-]?[0-9OoОоΟο〇○lI,.]+")
_MEANT: Final = str.maketrans("OoОоΟο〇○lI", "0000000011")
_CHAIN: Final = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?(?:千万|百万|十万|亿|万|千|百|十)){2,}")
_LINK: Final = re.compile(r"([0-9.]+)([^0-9.]+)")
_CHINESE: Final = re.compile(chinese_number.WORDS)
_COINS: Final = re.compile(
    "元零?(?:(?P<jiao>[零一二三四五六七八九壹贰叁肆伍陆柒捌玖])角)?零?"
    "(?:(?P<fen>[一二三四五六七八九壹贰叁肆伍陆柒捌玖])分)?[整正]?"
)

_SIZES: Final = {
    "万亿": 10**12,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 100,
    "十": 10,
}
_MEASURE: Final = re.compile(
    "(?P<size>万亿|亿|千万|百万|十万|万|千(?![瓦克米卡伏])|百(?!分))?(?P<unit>.*)"
)
_TAIL: Final = re.compile(
    "(?P<size>万亿|亿|千万|百万|十万|万|千(?![瓦克米卡伏])|百(?!分)|十)?"
    r"(?P<unit>[^0-9()整正左上]*)(?:整|正|左右|上下)?(?P<note>\([^0-9]*\))?"
)
_UNITS: Final = {"元人民币": "元", "人民币": "元", "圆": "元", "美金": "美元", "个百分点": _PERCENT}
_LIKE_A_DASH: Final = "一"
_COUNTERS: Final = frozenset("户家个项处所条人")
_COUNTED: Final = ("企业", "项目", "平台")
_TELLING: Final = frozenset("亿万千百元美欧港日%")
"""What in brackets says another quantity than that before them."""


class _Said(NamedTuple):
    """A number as it was written, and what is written behind it.

    `is_open` says that it is in words and ends with 万 or 亿, which may be meant for the measure
    of the column.
    """

    number: Decimal
    tail: str
    in_words: bool = False
    is_open: bool = False


def guess(text: str, measure: str) -> Decimal | None:
    """The one number that *text* (without spaces) says, in *measure*; None for none and for doubt.

    >>> guess("24.00亿元", "万元"), guess("十七万六千", "万元"), guess("176OOO", "户")
    (Decimal('240000.00'), Decimal('176000'), Decimal('176000'))
    >>> guess("14-15", "户"), guess("14美元", "万元"), guess("1.76E+05", "万元")
    (None, None, Decimal('176000'))
    """
    if len(text) > _LONGEST:
        return None
    rest = text.rstrip(_END).translate(_DASHES)
    lead = _LEAD.match(rest)
    rest = rest[lead.end() :] if lead else rest
    is_part = rest.startswith(_OF_HUNDRED)
    if is_part and measure != _PERCENT:
        return None
    said = _said(rest.removeprefix(_OF_HUNDRED))
    if said is None or len(said.number.as_tuple().digits) > _DIGITS:
        return None
    return _in_measure(said, measure)


def _said(text: str) -> _Said | None:
    """The number with which *text* begins."""
    if match := _POWER.match(text):
        power = int(match["e"] or match["up"] or match["raised"].translate(_RAISED))
        number = _decimal(match["number"])
        is_small = number is not None and abs(power) <= _DIGITS and len(match["number"]) <= _DIGITS
        return _Said(_scaled(number, power), text[match.end() :]) if number and is_small else None
    if match := _CHAIN.match(text):
        return _chained(match[0], text[match.end() :])
    if match := _LOOKALIKE.match(text):
        return _digits(match[0], text[match.end() :])
    if match := _CHINESE.match(text):
        return _in_words(match[0], text[match.end() :])
    return None


def _decimal(digits: str) -> Decimal | None:
    return Decimal(digits.replace(",", "")) if _ARABIC.fullmatch(digits) else None


def _scaled(number: Decimal, power: int) -> Decimal:
    scaled = number.scaleb(power)
    return scaled.quantize(Decimal(1)) if scaled == scaled.to_integral_value() else scaled


def _digits(run: str, tail: str) -> _Said | None:
    """What a *run* of digits says, letters among them that look like one taken for it."""
    if not any(sign in "0123456789" for sign in run):
        return None
    number = _decimal(run.translate(_MEANT))
    return None if number is None else _Said(number, tail)


def _chained(run: str, tail: str) -> _Said | None:
    """What numbers with falling sizes say together (17万6千)."""
    links = [(Decimal(number), _SIZES[size]) for number, size in _LINK.findall(run)]
    sizes = [size for _, size in links]
    if sizes != sorted(set(sizes), reverse=True):
        return None
    return _Said(sum((n * size for n, size in links), Decimal(0)), tail, in_words=True)


def _in_words(words: str, tail: str) -> _Said | None:
    number = chinese_number.value_of(words)
    if number is None or (words == _LIKE_A_DASH and not tail):
        return None
    if (coins := _COINS.fullmatch(tail)) and (coins["jiao"] or coins["fen"]):
        parts = (chinese_number.value_of(coins[name] or "零") for name in ("jiao", "fen"))
        jiao, fen = (part or Decimal(0) for part in parts)
        number, tail = number + jiao / 10 + fen / 100, "元"
    is_open = chinese_number.ends_with_a_large_size(words)
    return _Said(number, tail, in_words=True, is_open=is_open)


def _in_measure(said: _Said, measure: str) -> Decimal | None:
    """The number in *measure*, by what is written behind it."""
    tail = _TAIL.fullmatch(said.tail)
    if tail is None:
        return None
    size, unit, note = tail["size"], _known(tail["unit"]), tail["note"]
    if note and _TELLING.intersection(note):
        if size or unit:
            return None
        inner = _TAIL.fullmatch(note[1:-1])
        if inner is None or inner["note"]:
            return None
        size, unit = inner["size"], _known(inner["unit"])
    return _converted(said, size, unit, measure)


def _known(unit: str) -> str:
    unit = _UNITS.get(unit, unit)
    for counted in _COUNTED:
        unit = unit.removesuffix(counted) if unit != counted else unit
    return unit


def _converted(said: _Said, size: str | None, unit: str, measure: str) -> Decimal | None:
    own_size, own_unit = _parts(measure)
    number = said.number * _SIZES.get(size or "", 1)
    if unit:
        is_same = unit == own_unit or {unit, own_unit} <= _COUNTERS
        return number / own_size if is_same else None
    if own_size == 1 or (size is None and not said.in_words):
        return number
    if size is not None:
        is_amount = _SIZES[size] >= _SIZES["十万"] or size == "万"
        return number / own_size if is_amount else None
    return _words_alone(said, own_size)


def _words_alone(said: _Said, own_size: int) -> Decimal | None:
    """A number in words in a column of 万元: its own 万 is part of it unless it ends there."""
    least = _SIZES["亿"] if own_size <= _SIZES["万"] else _SIZES["万"]
    if abs(said.number) >= least:
        return said.number / own_size
    return None if said.is_open else said.number


def _parts(measure: str) -> tuple[int, str]:
    match = _MEASURE.fullmatch(measure)
    return (_SIZES.get(match["size"] or "", 1), match["unit"]) if match else (1, measure)
