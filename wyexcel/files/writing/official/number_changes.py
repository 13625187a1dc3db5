"""Which numbers of a paragraph changed between two generations, and whether a text has them."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from wyexcel.files.writing.official.official_document import OfficialParagraph

_NUMBER: Final = re.compile(
    r"[+\-−－]?[0-9][0-9,.]*(?:个?百分点|[亿万]?元|万?美元|%|户|个|项|家|倍)?"
)
_NONE: Final = "无"


def number_changes(old: OfficialParagraph, new: OfficialParagraph) -> tuple[str, ...]:
    """What changed from *old* to *new*, by name where it has one.

    A change reads `产值由17.60亿元改为17.82亿元`.
    """
    if by_name := _by_name(old.facts, new.facts):
        return by_name
    if old.text == new.text:
        return ()
    before, after = _NUMBER.findall(old.text), _NUMBER.findall(new.text)
    pairs = zip(before, after, strict=True) if len(before) == len(after) else ()
    return tuple(f"{a}改为{b}" for a, b in pairs if a != b) or ("文字有变化",)


def _by_name(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        f"{name}由{old.get(name, _NONE)}改为{new.get(name, _NONE)}"
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    )


def has_new_numbers(text: str, old: OfficialParagraph, new: OfficialParagraph) -> bool:
    """Whether a hand has already written every new number into *text*, and left no old one.

    A number counts as a whole (12户 is not in 112户), an old one as often as *new* has it too.
    """
    moved = [name for name, number in new.facts.items() if old.facts.get(name) != number]
    written, wanted = (Counter(_NUMBER.findall(words)) for words in (text, new.text))
    return bool(moved) and all(
        written[new.facts[name]]
        and written[old.facts.get(name, "")] <= wanted[old.facts.get(name, "")]
        for name in moved
    )


def says_all_numbers(text: str, new: OfficialParagraph) -> bool:
    """Whether every number of *new* stands in *text*."""
    written = Counter(_NUMBER.findall(text))
    return bool(new.facts) and all(written[number] for number in new.facts.values())
