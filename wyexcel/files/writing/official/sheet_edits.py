"""The text of an official document on a sheet: what a hand changed there is kept as in documents.

A paragraph is a row; its id stands in a hidden column, and what was generated on a hidden sheet.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

import msgspec

from wyexcel.files.reading.book import Book, CellValue
from wyexcel.files.writing.official.decide_edits import (
    Action,
    Edits,
    StandingText,
    comparable,
    decide,
)
from wyexcel.files.writing.official.generation import Generation
from wyexcel.files.writing.official.official_document import IMPRINT, OfficialParagraph
from wyexcel.files.writing.sheet import Cell, Part, Row, Sheet

GENERATED: Final = "_正文"
"""The hidden sheet that holds what was generated."""

_ABOUT: Final = "about"
_NOW: Final = "程序现在的写法："


class SheetParagraph(NamedTuple):
    """A paragraph to stand on the sheet: its id ("" if a hand added it), its text, our question."""

    id: str
    text: str
    question: str = ""


class SheetText(NamedTuple):
    """The paragraphs to stand on the sheet, what became of hand edits, and the new generation."""

    paragraphs: tuple[SheetParagraph, ...]
    edits: Edits
    generation: Generation


def new_text(paragraphs: Sequence[OfficialParagraph], about: str) -> SheetText:
    """*paragraphs* as they are generated, for a sheet that is not there yet."""
    shown = tuple(SheetParagraph(p.id, p.text) for p in paragraphs)
    return SheetText(shown, Edits(), Generation(about=about, paragraphs=tuple(paragraphs)))


def text_with_edits(
    book: Book,
    sheet: str,
    paragraphs: Sequence[OfficialParagraph],
    about: str,
    *,
    mark: str = "",
) -> SheetText:
    """*paragraphs* as they are generated now, with the edits in the *sheet* of *book* kept.

    A sheet that does not say what was generated is held against what is generated now: what
    differs is kept. *mark* stands before the first words of a sheet with invented numbers.
    """
    before = stored_generation(book) or Generation(about=about, paragraphs=tuple(paragraphs))
    standing = [*_standing(book, sheet, mark)]
    decisions = decide(before, paragraphs, standing)
    new = {paragraph.id: paragraph for paragraph in paragraphs}
    at: dict[int, list[SheetParagraph]] = {}
    for decided in decisions.groups:
        first, *others = decided.group.places
        ids = decided.group.ids
        if decided.action in {Action.LEAVE, Action.RENEW}:
            at[first] = [SheetParagraph(ids[0], new[ids[0]].text)]
        elif decided.action is not Action.REMOVE:
            now = "".join(new[id_].text for id_ in ids if id_ in new)
            question = f"{decided.question}{_NOW}{now or '（无）'}" if decided.question else ""
            at[first] = [SheetParagraph(ids[0], standing[first].text, question)]
            for place in others:
                at[place] = [SheetParagraph(ids[0], standing[place].text)]
    known = {place for decided in decisions.groups for place in decided.group.places}
    for place, paragraph in enumerate(standing):
        if place not in known and paragraph.text:
            at[place] = [SheetParagraph("", paragraph.text)]
    _insert(at, decisions.edits.inserted, new, before)
    shown = tuple(paragraph for place in sorted(at) for paragraph in at[place])
    generation = Generation(
        about=about, paragraphs=tuple(paragraphs), stands_at=decisions.stands_at
    )
    return SheetText(shown, decisions.edits, generation)


def _insert(
    at: dict[int, list[SheetParagraph]],
    inserted: Sequence[str],
    new: dict[str, OfficialParagraph],
    before: Generation,
) -> None:
    """Put new paragraphs behind the one that they follow."""
    place = min(at, default=0)
    for id_, paragraph in new.items():
        if id_ in inserted:
            at.setdefault(place, []).append(SheetParagraph(id_, paragraph.text))
        elif id_ in before.by_id:
            place = next((n for n, ps in at.items() if any(p.id == id_ for p in ps)), place)


def _standing(book: Book, sheet: str, mark: str) -> Iterator[StandingText]:
    """The paragraphs that stand on *sheet*, with their ids and without the *mark*.

    Rows with one id that follow each other are one paragraph.
    """
    lines = [_line(row, mark) for row in book.sheets.get(sheet, ())]
    said = (line for line in lines if line.text)
    for id_, group in groupby(said, key=lambda line: line.id):
        texts = [line.text for line in group]
        if id_:
            yield StandingText("".join(texts), (id_,))
        else:
            yield from (StandingText(text) for text in texts)


def _line(row: Sequence[CellValue], mark: str) -> SheetParagraph:
    text, id_ = (row[n] if len(row) > n else None for n in (0, 1))
    words = "" if text is None else str(text)
    words = words.removeprefix(f"【{mark}】") if mark else words
    return SheetParagraph(id_ if isinstance(id_, str) else "", comparable(words))


def generation_sheet(generation: Generation) -> Sheet:
    """*generation* on a very hidden sheet, a paragraph a row."""
    rows = [_row(_ABOUT, generation.about, "")]
    for paragraph in generation.paragraphs:
        facts = generation.stands_at.get(paragraph.id)
        open_at = msgspec.json.encode(facts).decode() if facts is not None else ""
        rows.append(_row(paragraph.id, msgspec.json.encode(paragraph).decode(), open_at))
    return Sheet(name=GENERATED, rows=tuple(rows), widths=(30.0, 100.0, 60.0), hidden=True)


def _row(*texts: str) -> Row:
    return Row(tuple(Cell(value=text, part=Part.PLAIN) for text in texts))


def stored_generation(book: Book) -> Generation | None:
    """The generation on the hidden sheet of *book*; None where there is none that can be read."""
    about, *rows = book.sheets.get(GENERATED) or [[]]
    try:
        paragraphs = [msgspec.json.decode(str(row[1]), type=OfficialParagraph) for row in rows]
        stands_at = {
            str(row[0]): msgspec.json.decode(str(row[2]), type=dict[str, str])
            for row in rows
            if len(row) > 2 and row[2]  # noqa: PLR2004 - the third column
        }
    except (msgspec.DecodeError, IndexError):
        return None
    if len(about) < 2 or not paragraphs:  # noqa: PLR2004 - a name and a value
        return None
    return Generation(about=str(about[1]), paragraphs=tuple(paragraphs), stands_at=stands_at)


def on_sheet(paragraphs: Sequence[OfficialParagraph]) -> tuple[OfficialParagraph, ...]:
    """Those of *paragraphs* that stand on the sheet: all but 版记, which is for documents."""
    return tuple(paragraph for paragraph in paragraphs if paragraph.id not in IMPRINT)
