"""The names that a workbook defines for places: which are broken, and whether anything needs one.

Old workbooks carry hundreds of broken names that nobody sees and nothing uses; they do no harm.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from wyexcel.files.reading.xml import local_name, walk

_GONE: Final = "#REF!"
_PRINTED: Final = {"_xlnm.Print_Area": "打印区域", "_xlnm.Print_Titles": "打印标题"}
_USES: Final = re.compile(rb"<(?:\w+:)?(?:f|formula[12])(?:\s[^>]*)?>([^<]+)<")
"""What a cell reckons, or what a validation allows."""
_TEXTS: Final = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'')
_WORD: Final = re.compile(r"[^\W\d][\w.]*")


class DefinedName(NamedTuple):
    """A name, the number of the sheet that alone has it, and the place for which it stands."""

    name: str
    sheet: int | None
    place: str


class BrokenName(NamedTuple):
    """A name whose place is gone; one of a sheet's own (how it is printed) names the `sheet`."""

    name: str
    sheet: str = ""


def defined_names(workbook: bytes, part: str) -> tuple[DefinedName, ...]:
    """All names that *workbook* defines, if any place is gone; else none are looked at."""
    if _GONE.encode() not in workbook:
        return ()
    found: list[DefinedName] = []
    inside: list[tuple[str, str]] = []
    words: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "definedName":
            inside[:] = [(attributes.get("name", ""), attributes.get("localSheetId", ""))]
            words.clear()

    def end(name: str) -> None:
        if local_name(name) == "definedName" and inside:
            called, number = inside.pop()
            sheet = int(number[:9]) if number.isdecimal() else None
            found.append(DefinedName(called, sheet, "".join(words)))

    walk(workbook, part, start, text=words.append, end=end)
    return tuple(found)


def broken_and_needed(
    defined: Sequence[DefinedName], tabs: Sequence[str], sheets: Iterable[bytes]
) -> tuple[BrokenName, ...]:
    """Those of the names *defined* whose place is gone and that something uses.

    That is what a cell of *sheets* reckons, a validation there, or how one of the *tabs* is
    printed; or another name that one of these uses.
    """
    if not any(_GONE in name.place for name in defined):
        return ()
    printed = [name for name in defined if name.name in _PRINTED]
    uses = [_written(xml) for xml in sheets] + [name.place for name in printed]
    used: set[str] = set()
    new = _words(uses)
    while new:
        used |= new
        places = [name.place for name in defined if name.name.casefold() in new]
        new = _words(places) - used
    needed = [BrokenName(n.name) for n in defined if _GONE in n.place and n.name.casefold() in used]
    return tuple(
        dict.fromkeys(
            [
                *(_of_sheet(name, tabs) for name in printed if _GONE in name.place),
                *(name for name in needed if name.name not in _PRINTED),
            ]
        )
    )


def _of_sheet(name: DefinedName, tabs: Sequence[str]) -> BrokenName:
    known = name.sheet is not None and name.sheet < len(tabs)
    return BrokenName(_PRINTED[name.name], tabs[name.sheet or 0] if known else "")


def _written(xml: bytes) -> str:
    """All formulas of a sheet, its cells' and its validations', as one text."""
    from html import unescape  # noqa: PLC0415  few workbooks need it, and it takes time

    return "\n".join(unescape(text.decode("utf-8", "replace")) for text in _USES.findall(xml))


def _words(texts: Iterable[str]) -> set[str]:
    """The words in *texts* that may be names, in small letters."""
    return {word.casefold() for text in texts for word in _WORD.findall(_TEXTS.sub(" ", text))}
