"""A paragraph of a Word file rewritten, marked or commented in place; a hand's work on it stays."""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from typing import Any, Final, NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from wyexcel.files.writing.official.build_document import MARK, fill
from wyexcel.files.writing.official.official_document import OfficialParagraph, Voice
from wyexcel.files.writing.official.present_paragraphs import letters
from wyexcel.files.writing.official.word_parts import (
    VOICE_STYLES,
    Element,
    body_of,
    next_mark_id,
    part,
    runs,
)

AUTHOR: Final = "通报程序"
"""Who our comments are by; nobody else's are touched."""

_INITIALS: Final = "程"
_ENDS: Final = frozenset({qn("w:bookmarkEnd"), qn("w:commentRangeEnd")})
_COMMENT_PARTS: Final = ("commentRangeStart", "commentRangeEnd", "commentReference")


class _Letter(NamedTuple):
    """One letter to write: its voice, and the look (`w:rPr`) to take over; None is that of runs.

    `plain` says that it takes over the look of a letter that has none of its own.
    """

    letter: str
    voice: Voice
    look: Element | None = None
    plain: bool = False


def rewrite(document: Document, element: Element, paragraph: OfficialParagraph) -> None:
    """Have *element* say *paragraph*; each letter keeps the look of the one that it replaces."""
    written = _letters_to_write(document, element, paragraph)
    for run in list(element.iter(qn("w:r"))):
        if run.find(qn("w:commentReference")) is None:
            run.getparent().remove(run)
    for mark in list(element.iter(qn("w:proofErr"))):
        mark.getparent().remove(mark)
    ends = [child for child in element if child.tag in _ENDS]
    place = list(element).index(ends[0]) if ends else len(element)
    for run in _runs(document, written):
        element.insert(place, run)
        place += 1


def _letters_to_write(
    document: Document, element: Element, paragraph: OfficialParagraph
) -> list[_Letter]:
    """The letters of *paragraph*, each with the look that a letter at its place has now."""
    now = list(letters(element))
    wanted = [(letter, piece.voice) for piece in paragraph.pieces for letter in piece.text]
    before, after = "".join(letter for letter, _ in now), paragraph.text
    written: list[_Letter] = []
    for tag, start, end, first, last in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        for offset, (letter, voice) in enumerate(wanted[first:last]):
            if tag == "insert":
                beside = [now[n][1] for n in (start - 1, start) if 0 <= n < len(now)]
                fitting = [run for run in beside if voice_of(document, run) is voice]
                written.append(
                    _like(letter, voice, fitting[0]) if fitting else _Letter(letter, voice)
                )
            else:
                written.append(_like(letter, voice, now[min(start + offset, end - 1)][1]))
    return written


def _like(letter: str, voice: Voice, run: Element) -> _Letter:
    look = run.find(qn("w:rPr"))
    return _Letter(letter, voice, look, plain=look is None)


def _runs(document: Document, written: Sequence[_Letter]) -> Iterator[Element]:
    """Runs of letters that look alike."""
    start = 0
    for end in range(1, len(written) + 1):
        one = written[start]
        if end < len(written) and written[end][1:] == one[1:]:
            continue
        for run in runs("".join(letter.letter for letter in written[start:end]), one.voice):
            if one.plain or one.look is not None:
                run.remove(run.find(qn("w:rPr")))
            if one.look is not None:
                run.insert(0, deepcopy(one.look))
            use_styles_of(document, run)
            yield run
        start = end


def voice_of(document: Document, run: Element) -> Voice:
    """The voice of *run*, by the name of its style."""
    style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
    if style is None:
        return Voice.TEXT
    key = style.get(qn("w:val"))
    name = next((s.name for s in document.styles if s.style_id == key), key)
    return next((voice for voice, names in VOICE_STYLES.items() if name in names), Voice.TEXT)


def use_styles_of(document: Document, element: Element) -> None:
    """Have the runs of *element* name our styles as *document* does.

    Other programs give styles ids of their own when they save; the names stay.
    """
    names = {key: name for name, key in VOICE_STYLES.values()}
    for style in element.iter(qn("w:rStyle")):
        name = names.get(style.get(qn("w:val")), "")
        if name in document.styles:
            style.set(qn("w:val"), document.styles[name].style_id)


def insert_behind(document: Document, paragraph: OfficialParagraph, element: Element) -> Element:
    """A new paragraph behind *element*."""
    made = part("p")
    element.addnext(made)
    fill(_as_paragraph(document, made), paragraph, next_mark_id(_bookmarks(document)))
    use_styles_of(document, made)
    return made


def _as_paragraph(document: Document, element: Element) -> Paragraph:
    wrapper: Any = document
    return Paragraph(element, wrapper._body)  # noqa: SLF001 - it wraps no elements for others


def mark(document: Document, element: Element, id_: str) -> None:
    """Give *element* the bookmark of *id_*, and nobody else."""
    unmark(document, id_)
    number = next_mark_id(_bookmarks(document))
    start = part("bookmarkStart", id=number, name=MARK + id_)
    properties = element.find(qn("w:pPr"))
    if properties is None:
        element.insert(0, start)
    else:
        properties.addnext(start)
    element.append(part("bookmarkEnd", id=number))


def unmark(document: Document, id_: str) -> None:
    """Take the bookmark of *id_* away, wherever it is."""
    body = body_of(document)
    for start in _bookmarks(document):
        if start.get(qn("w:name")) == MARK + id_:
            number = start.get(qn("w:id"))
            for end in list(body.iter(qn("w:bookmarkEnd"))):
                if end.get(qn("w:id")) == number:
                    end.getparent().remove(end)
            start.getparent().remove(start)


def _bookmarks(document: Document) -> list[Element]:
    body = body_of(document)
    return list(body.iter(qn("w:bookmarkStart")))


def comment(document: Document, element: Element, text: str) -> None:
    """Put our comment on a paragraph, in place of one that we put there before."""
    remove_comment(document, element)
    own_runs = _as_paragraph(document, element).runs
    if own_runs:
        made: Any = document.add_comment(
            [own_runs[0], own_runs[-1]], text=text, author=AUTHOR, initials=_INITIALS
        )
        made._comment_elm.attrib.pop(qn("w:date"), None)  # noqa: SLF001 - the moment is nobody's business


def remove_comment(document: Document, element: Element) -> bool:
    """Take our own comments off a paragraph; whether there was one."""
    ours = _own_comments(document)
    removed = False
    for tag in _COMMENT_PARTS:
        for found in list(element.iter(qn(f"w:{tag}"))):
            if found.get(qn("w:id")) in ours:
                removed = True
                _remove_with_empty_run(found)
    return removed


def _remove_with_empty_run(element: Element) -> None:
    holder = element.getparent()
    holder.remove(element)
    is_empty = all(child.tag == qn("w:rPr") for child in holder)
    if holder.tag == qn("w:r") and is_empty:
        holder.getparent().remove(holder)


def open_comments(document: Document) -> int:
    """How many of our comments still stand in the text."""
    ours = _own_comments(document)
    body = body_of(document)
    return sum(ref.get(qn("w:id")) in ours for ref in body.iter(qn("w:commentReference")))


def _own_comments(document: Document) -> frozenset[str]:
    if not any(rel.reltype == RELATIONSHIP_TYPE.COMMENTS for rel in document.part.rels.values()):
        return frozenset()  # asking for them would make a part for them
    comments: Iterable[Any] = document.comments
    return frozenset(str(one.comment_id) for one in comments if one.author == AUTHOR)
