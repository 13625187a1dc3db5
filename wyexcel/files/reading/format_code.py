"""A number format taken apart: its sections, and what each sign in them stands for.

As Chinese Excel and WPS read it: `!` shows the next sign as it is, like a backslash.
"""

import re
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias


class Sign(Enum):
    """What one part of a format stands for."""

    WORDS = auto()
    PAD = auto()
    FILL = auto()
    BRACKET = auto()
    GENERAL = auto()
    EXPONENT = auto()
    DIGIT = auto()
    POINT = auto()
    GROUP = auto()
    THOUSAND = auto()
    PERCENT = auto()
    TEXT = auto()
    FRACTION = auto()
    DATE = auto()
    END = auto()


class Token(NamedTuple):
    """One part of a format, with the characters that matter of it."""

    sign: Sign
    text: str


Section: TypeAlias = tuple[Token, ...]
"""What holds for one kind of number: positive, negative, zero, or what a condition says."""

LONGEST: Final = 255
"""No program takes a longer number format."""

_TOKEN: Final = re.compile(
    r'"(?P<WORDS>[^"]*)"?'
    r"|[\\!](?P<ESCAPED>.)"
    r"|_(?P<PAD>.)"
    r"|\*(?P<FILL>.)"
    r"|\[(?P<BRACKET>[^\]]*)\]"
    r"|(?P<END>;)"
    r"|(?P<GENERAL>(?i:General)|(?:G/)?通用格式|G/標準)"
    r"|[Ee](?P<EXPONENT>[+-])"
    r"|(?P<DIGIT>[0#?])"
    r"|(?P<POINT>\.)"
    r"|(?P<GROUP>,)"
    r"|(?P<PERCENT>%)"
    r"|(?P<TEXT>@)"
    r"|(?P<FRACTION>/(?=[ ]?[0-9#?]))"
    r"|(?P<DATE>(?i:AM/PM|A/P)|上午/下午|[yYmMdDhHsSeEgGbB]+|aaaa?)"
    r"|(?P<PLAIN>.)",
    re.DOTALL,
)
_SHOWN_AS_IS: Final = frozenset({"ESCAPED", "PLAIN"})
_TIME: Final = re.compile(r"(?:h+|m+|s+)$|\$-(?:F400|F800|x-sys)", re.IGNORECASE)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:E[+-]?[0-9]+)?)$", re.IGNORECASE)
_ABOVE_ZERO: Final = (">", Decimal(0))
_HOLDS: Final = {
    "<": Decimal.__lt__,
    ">": Decimal.__gt__,
    "=": Decimal.__eq__,
    "<=": Decimal.__le__,
    ">=": Decimal.__ge__,
    "<>": Decimal.__ne__,
}
_OVERFLOW: Final[Section] = (Token(Sign.WORDS, "########"),)
_WITH_ZERO: Final = 3
_WITH_TEXT: Final = 4


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of the number format *code*, at least one."""
    found: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        group = str(match.lastgroup)
        sign = Sign.WORDS if group in _SHOWN_AS_IS else Sign[group]
        if sign is Sign.END:
            found.append([])
        else:
            found[-1].append(Token(sign, match[group]))
    return tuple(_settled(section) for section in found)


def _settled(section: list[Token]) -> Section:
    """*section*, where each comma says what it does, and letters beside digits are words."""
    signs = [token.sign for token in section]
    is_time = Sign.DIGIT not in signs or any(
        token.sign is Sign.DATE and "s" in token.text.lower() for token in section
    )
    for n, sign in enumerate(signs):
        if sign is Sign.GROUP:
            signs[n] = _comma(signs, n)
        elif sign is Sign.DATE and not is_time:
            signs[n] = Sign.WORDS
    return tuple(Token(sign, token.text) for sign, token in zip(signs, section, strict=True))


def _comma(signs: list[Sign], at: int) -> Sign:
    """What the comma *at* does: part thousands, divide by a thousand, or nothing."""
    if Sign.DIGIT not in signs[:at]:
        return Sign.BRACKET
    ahead = next((sign for sign in signs[at:] if sign in {Sign.DIGIT, Sign.POINT}), None)
    return Sign.GROUP if ahead is Sign.DIGIT else Sign.THOUSAND


def brackets(section: Section) -> tuple[str, ...]:
    """What stands in square brackets in *section*: colours, conditions, currencies."""
    return tuple(token.text for token in section if token.sign is Sign.BRACKET)


def has(section: Section, *signs: Sign) -> bool:
    """Whether one of *signs* stands in *section*."""
    return any(token.sign in signs for token in section)


def is_date(section: Section) -> bool:
    """Whether *section* shows a day or a time."""
    return has(section, Sign.DATE) or any(map(_TIME.match, brackets(section)))


def is_percent(code: str) -> bool:
    """Whether *code* multiplies by a hundred.

    >>> is_percent("0.00%"), is_percent('0.00"%"'), is_percent("General")
    (True, False, False)
    """
    return "%" in code and any(has(section, Sign.PERCENT) for section in sections(code))


def for_number(code: str, value: Decimal) -> tuple[Section, bool]:
    """The section of *code* that shows *value*, and whether a minus is put before it there."""
    numbers = sections(code)
    if len(numbers) > 1 and has(numbers[-1], Sign.TEXT):
        numbers = numbers[:-1]
    conditions = [_condition(section) for section in numbers[:_WITH_ZERO]]
    if any(conditions):
        return _by_condition(numbers, conditions, value)
    n = 0
    if value < 0 and len(numbers) > 1:
        n = 1
    elif value == 0 and len(numbers) >= _WITH_ZERO:
        n = 2
    return numbers[n], n == 0


def for_text(code: str) -> Section:
    """The section of *code* that shows text; text is shown as it is where there is none."""
    found = sections(code)
    if len(found) >= _WITH_TEXT or has(found[-1], Sign.TEXT):
        return found[-1]
    return (Token(Sign.TEXT, "@"),)


def _condition(section: Section) -> tuple[str, Decimal] | None:
    matches = (_CONDITION.match(text) for text in brackets(section))
    return next(((m[1], Decimal(m[2])) for m in matches if m and _is_number(m[2])), None)


def _is_number(text: str) -> bool:
    return text.count(".") <= 1 and any(sign.isdigit() for sign in text)


def _by_condition(
    numbers: tuple[Section, ...], conditions: list[tuple[str, Decimal] | None], value: Decimal
) -> tuple[Section, bool]:
    """The first of *numbers* whose condition holds for *value*; the last holds for the rest."""
    if len(conditions) > 1 and conditions[0] is None:
        conditions = [_ABOVE_ZERO, *conditions[1:]]
    last = len(conditions) - 1
    for n, condition in enumerate(conditions):
        if condition is None:
            if n == last or value < 0:
                return numbers[n], n == last
        elif _HOLDS[condition[0]](value, condition[1]):
            is_of_negatives = condition[0] in {"<", "<="} and condition[1] <= 0
            return numbers[n], not is_of_negatives
    return (numbers[0], True) if len(numbers) == 1 else (_OVERFLOW, False)
