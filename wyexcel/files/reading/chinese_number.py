"""Numbers in Chinese words, small (十二) and of bank slips (柒佰): what they say."""

import re
from decimal import Decimal
from typing import Final

WORDS: Final = (
    "[负負]?[零〇○一二三四五六七八九十百千万亿两兩廿卅卌壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億]+"
    "(?:[点點][零〇○一二三四五六七八九]+)?"
)
"""What such a number is made of, as a regular expression."""

_PLAIN: Final = str.maketrans(
    {
        **dict(zip("壹贰貳叁參肆伍陆陸柒捌玖", "一二二三三四五六六七八九", strict=True)),
        **dict(zip("拾佰仟萬億點負兩两〇○", "十百千万亿点负二二零零", strict=True)),
        "廿": "二十",
        "卅": "三十",
        "卌": "四十",
    }
)
_DIGITS: Final = {word: digit for digit, word in enumerate("零一二三四五六七八九")}
_DIGIT: Final = "[一二三四五六七八九]"
_SECTION: Final = re.compile(
    f"(?:({_DIGIT})千)?零?(?:({_DIGIT})百)?零?(?:({_DIGIT}?)十)?零?({_DIGIT})?"
)
_SIZES: Final = {"百": 10, "千": 100}
"""What a last digit is worth right after a size: 三百五 is 350."""
_SPELT: Final = 3
"""As many digits in a row are spelt out; two (三五) may be either of them."""


def value_of(words: str) -> Decimal | None:
    """The number that *words* say; None where they say none, or perhaps another.

    >>> value_of("十七万六千"), value_of("柒佰"), value_of("一百二十点五"), value_of("三五")
    (Decimal('176000'), Decimal('700'), Decimal('120.5'), None)
    """
    plain = words.translate(_PLAIN)
    whole_words, _, fraction = plain.removeprefix("负").partition("点")
    whole = _whole(whole_words)
    if whole is None or any(word not in _DIGITS for word in fraction):
        return None
    digits = "".join(str(_DIGITS[word]) for word in fraction)
    number = Decimal(f"{whole}.{digits}" if digits else whole)
    return -number if plain.startswith("负") else number


def ends_with_a_large_size(words: str) -> bool:
    """Whether the last of *words* is 万 or 亿, which may be meant for the measure of a column."""
    return words.translate(_PLAIN)[-1] in "万亿"


def _whole(words: str) -> int | None:
    if all(word in _DIGITS for word in words):
        is_spelt = len(words) == 1 or len(words) >= _SPELT or "零" in words
        return int("".join(str(_DIGITS[word]) for word in words)) if is_spelt else None
    head, hundred_millions, rest = words.rpartition("亿")
    if not hundred_millions:
        return _below(words)
    many = _below(head, is_end=False)
    return None if many is None else _with_rest(many, 10**8, rest)


def _below(words: str, *, is_end: bool = True) -> int | None:
    """The number below a hundred million that *words* say; nothing follows it where it *is_end*."""
    head, ten_thousands, rest = words.rpartition("万")
    if not ten_thousands:
        return _section(words, is_end=is_end)
    many = _section(head, is_end=False)
    return None if many is None else _with_rest(many, 10**4, rest)


def _with_rest(many: int, size: int, words: str) -> int | None:
    """*many* times *size* and what follows; a last digit alone is of the next smaller size."""
    if len(words) == 1 and words in _DIGITS:
        return many * size + _DIGITS[words] * (size // 10)
    more = _below(words.removeprefix("零")) if words else 0
    return many * size + more if more is not None and more < size else None


def _section(words: str, *, is_end: bool) -> int | None:
    """The number below ten thousand that *words* say; only at the end is 三百五 said for 350."""
    match = _SECTION.fullmatch(words)
    if not words or match is None or words.endswith("零"):
        return None
    thousands, hundreds, tens, ones = match.groups()
    value = 1000 * _DIGITS.get(thousands, 0) + 100 * _DIGITS.get(hundreds, 0)
    if tens is not None:
        value += 10 * _DIGITS.get(tens, 1)
    size = _SIZES.get(words[-2], 1) if ones and len(words) > 1 else 1
    return value + size * _DIGITS.get(ones, 0) if size == 1 or is_end else None
