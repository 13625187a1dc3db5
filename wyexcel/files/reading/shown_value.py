"""What a cell shows: a number format put on a stored value, and the number that people read there.

The number is read back from the text, words and all, because that is what people do.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import Enum, auto
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from wyexcel.files.reading import format_code
from wyexcel.files.reading.format_code import LONGEST, Section, Sign, Token


class ShownKind(Enum):
    """What people see in a cell; WORDS say no single number."""

    NUMBER = auto()
    DATE = auto()
    FRACTION = auto()
    WORDS = auto()
    NOTHING = auto()


class Shown(NamedTuple):
    """What a cell shows: *text*, and the one *number* in it with the words on both sides."""

    kind: ShownKind
    text: str = ""
    number: Decimal | None = None
    before: str = ""
    after: str = ""


_Piece: TypeAlias = tuple[str, bool]
"""Some characters, and whether they are digits of the value; the others stand in the format."""

_NUMBER: Final = re.compile(
    r"[0-9]+(?:[ \u2009][0-9]{3})+(?![0-9])(?:\.[0-9]*)?"
    r"|(?:[0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+)(?:E[+-]?[0-9]{1,3}(?![0-9]))?"
)
_PARTED: Final = re.compile(r"[, \u2009]")
_PARTING: Final = re.compile(r"[\u4e00-\u9fff()（）]")
_MINUS: Final = re.compile(
    r"(?:^|[\s(（¥￥$])\s*[-−－–]\s*[¥￥$]?\s*$|^\s*[-−－–]|负|[(（][^)）]*$"
)
_OF_NEGATIVES: Final = re.compile(r"[▲△▼▽]")
_WORD_FOR_ZERO: Final = re.compile(r"[-—–－/／零无〇]|^\s*\.\s*$")
_WHITE: Final = re.compile(r"white|白色?|(?:colou?r|颜色)\s*2$", re.IGNORECASE)
_RED: Final = re.compile(r"red|红色?|(?:colou?r|颜色)\s*(?:3|10|53)$", re.IGNORECASE)
_EMPTY: Final = {"0": "0", "?": " ", "#": ""}
_NOT_SHOWN: Final = frozenset({Sign.GROUP, Sign.THOUSAND})
_FIFTEEN: Final = Context(prec=15)
_WIDE: Final = Context(prec=1000, rounding=ROUND_HALF_UP)
_LARGEST_POWER: Final = 60
_GENERAL_FROM, _GENERAL_TO = -10, 15


def shown(code: str, value: float | Decimal | str) -> Shown:
    """What the number format *code* makes of *value*.

    >>> shown("0!.0000", 176000).text, shown("0!.0000", 176000).number
    ('17.6000', Decimal('17.6000'))
    >>> shown(";;;", 176000).kind.name, shown('0"万元"', 17.6).after
    ('NOTHING', '万元')
    """
    if len(code) > LONGEST:
        return Shown(ShownKind.WORDS)
    if isinstance(value, str):
        return _text_as_shown(format_code.for_text(code), value)
    stored = _FIFTEEN.create_decimal(str(value))
    section, signed = format_code.for_number(code or "General", stored)
    if format_code.is_date(section):
        return Shown(ShownKind.DATE)
    if format_code.has(section, Sign.FRACTION):
        return Shown(ShownKind.FRACTION, number=stored)
    pieces = _pieces(section, stored)
    if pieces is None:
        return Shown(ShownKind.WORDS)
    if signed and stored < 0 and any(c in "123456789" for text, own in pieces if own for c in text):
        pieces = [("-", False), *pieces]
    return _read_back(section, pieces, stored)


def _text_as_shown(section: Section, value: str) -> Shown:
    """What a cell with the text *value* shows; nobody looks for a number in what is no number."""
    pieces = [
        (value, True) if token.sign is Sign.TEXT else (token.text, False)
        for token in section
        if token.sign in {Sign.TEXT, Sign.WORDS}
    ]
    text = "".join(piece for piece, _ in pieces)
    if not text.strip() or _is_white(section):
        return Shown(ShownKind.NOTHING, text)
    return _one_number(pieces, None) or Shown(ShownKind.WORDS, text)


def _read_back(section: Section, pieces: list[_Piece], stored: Decimal) -> Shown:
    """What people read of *pieces*: only the first line that is not blank can be seen."""
    pieces = _first_line(pieces)
    text = "".join(piece for piece, _ in pieces)
    if not text.strip() or _is_white(section):
        return Shown(ShownKind.NOTHING, text)
    if any(token.sign is Sign.FILL and token.text.isdigit() for token in section):
        return Shown(ShownKind.WORDS, text)
    found = _one_number(pieces, stored)
    if found is None and not stored and _WORD_FOR_ZERO.search(text) and not _NUMBER.search(text):
        return Shown(ShownKind.NUMBER, text, stored)
    if found is None or found.number is None:
        return Shown(ShownKind.WORDS, text)
    is_red = any(map(_RED.match, format_code.brackets(section)))
    if stored < 0 < found.number and (is_red or _OF_NEGATIVES.search(found.before)):
        return found._replace(number=-found.number)
    return found


def _is_white(section: Section) -> bool:
    return any(map(_WHITE.match, format_code.brackets(section)))


def _first_line(pieces: list[_Piece]) -> list[_Piece]:
    """*pieces* up to the line break after the first line in which anything stands."""
    line: list[_Piece] = []
    for text, own in pieces:
        for n, part in enumerate(text.split("\n")):
            if n and any(there.strip() for there, _ in line):
                return line
            line = [*line, (part, own)] if not n else [(part, own)]
    return line


def _one_number(pieces: list[_Piece], stored: Decimal | None) -> Shown | None:
    """The one number among *pieces*, with the words beside it; None where there are several.

    Digits that stand in the format, as in `"9月"0.00`, do not count if a word parts them from those
    of the value.
    """
    text = "".join(piece for piece, _ in pieces)
    own = [is_own for piece, is_own in pieces for _ in piece]
    runs = list(_NUMBER.finditer(text))
    of_value = [n for n, run in enumerate(runs) if any(own[run.start() : run.end()])]
    candidates = of_value or list(range(len(runs)))
    if len(candidates) != 1:
        return None
    run = runs[candidates[0]]
    gaps = [
        text[left.end() : right.start()] for left, right in pairwise(runs) if run in {left, right}
    ]
    if not all(map(_PARTING.search, gaps)):
        return None
    before, after = text[: run.start()], text[run.end() :]
    number = Decimal(_PARTED.sub("", run[0]))
    if stored != 0 and (_MINUS.search(before) or after.startswith("-")):
        number = -number
    return Shown(ShownKind.NUMBER, text.strip(), number, before, after)


def _pieces(section: Section, stored: Decimal) -> list[_Piece] | None:
    """*stored* put into *section*; None where it would become larger than any number."""
    power = sum(
        2 * (token.sign is Sign.PERCENT) - 3 * (token.sign is Sign.THOUSAND) for token in section
    )
    if abs(power) > _LARGEST_POWER:
        return None
    size = abs(stored).scaleb(power, _WIDE)
    if format_code.has(section, Sign.GENERAL, Sign.TEXT):
        return [*_around(section, _general(size))]
    if format_code.has(section, Sign.EXPONENT):
        return [*_scientific(section, size)]
    return [*_fixed(section, size)]


def _general(size: Decimal) -> str:
    if not size or _GENERAL_FROM < size.adjusted() < _GENERAL_TO:
        return f"{size.normalize():f}"
    return f"{size:.5E}"


def _around(section: Section, digits: str) -> Iterator[_Piece]:
    """*digits* in the place of the sign for them; digits that are asked for beside it are none."""
    for token in section:
        is_own = token.sign in {Sign.GENERAL, Sign.TEXT}
        yield (digits, True) if is_own else (_words(token), False)


def _scientific(section: Section, size: Decimal) -> Iterator[_Piece]:
    """*size* as a number between one and ten (or a thousand) and a power of ten."""
    at = next(n for n, token in enumerate(section) if token.sign is Sign.EXPONENT)
    ahead = section[:at]
    point = next((n for n, t in enumerate(ahead) if t.sign is Sign.POINT), at)
    step = max(1, sum(token.sign is Sign.DIGIT for token in ahead[:point]))
    power = size.adjusted() // step * step if size else 0
    yield from _fixed(ahead, size.scaleb(-power))
    places = sum(token.sign is Sign.DIGIT for token in section[at:])
    yield f"E{power:+0{1 + places}d}", True
    for token in section[at + 1 :]:
        if token.sign not in {Sign.DIGIT, Sign.POINT}:
            yield _words(token), False


def _words(token: Token) -> str:
    """What *token* shows that is no place of a digit."""
    match token.sign:
        case Sign.WORDS | Sign.DATE | Sign.PERCENT | Sign.POINT:
            return token.text
        case Sign.PAD:
            return " "
        case Sign.FILL:
            return token.text.strip()
        case Sign.BRACKET if token.text.startswith("$"):
            return token.text[1:].split("-")[0]
        case _:
            return ""


def _fixed(section: Section, size: Decimal) -> Iterator[_Piece]:
    """*size* put into the places of *section*, from the point to both sides."""
    point = next((n for n, t in enumerate(section) if t.sign is Sign.POINT), len(section))
    places = [n for n, token in enumerate(section) if token.sign is Sign.DIGIT]
    whole, after = [n for n in places if n < point], [n for n in places if n > point]
    rounded = size.quantize(Decimal(1).scaleb(-len(after)), context=_WIDE)
    left, _, right = f"{rounded:f}".partition(".")
    left = left.lstrip("0")
    digits = _whole_digits(section, whole, left) | _digits_after(section, after, right)
    for n, token in enumerate(section):
        if n in digits:
            yield digits[n], True
        elif n == point:
            yield left if not whole else "", True
            yield "." if after else "", True
        elif token.sign not in _NOT_SHOWN:
            yield _words(token), False


def _whole_digits(section: Section, whole: list[int], left: str) -> dict[int, str]:
    """The digits *left* of the point in their places; the first place takes all that are over."""
    grouped = format_code.has(section, Sign.GROUP)
    shown_digits: dict[int, str] = {}
    count = 0
    for i, n in enumerate(reversed(whole)):
        end = max(0, len(left) - i)
        digits = left[:end] if n == whole[0] else left[max(0, end - 1) : end]
        text = ""
        for digit in reversed(digits or _EMPTY[section[n].text]):
            comma = "," if grouped and digit != " " and count and count % 3 == 0 else ""
            text = digit + comma + text
            count += digit != " "
        shown_digits[n] = text
    return shown_digits


def _digits_after(section: Section, after: list[int], right: str) -> dict[int, str]:
    """The digits *right* of the point in their places; zeros at the end only where asked for."""
    shown_digits: dict[int, str] = {}
    needed = False
    for n, digit in reversed(list(zip(after, right, strict=True))):
        needed = needed or digit != "0" or section[n].text == "0"
        shown_digits[n] = digit if needed else _EMPTY[section[n].text]
    return shown_digits
