"""The paragraphs that stand in a Word file now: their text, their ids, and what else they hold."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from docx.document import Document
from docx.oxml.ns import qn
from msgspec import Struct

from wyexcel.files.writing.official.build_document import MARK
from wyexcel.files.writing.official.decide_edits import comparable
from wyexcel.files.writing.official.word_parts import Element, body_of

_BEYOND_TEXT: Final = frozenset(
    qn(f"w:{tag}")
    for tag in (
        *("drawing", "pict", "object", "footnoteReference", "endnoteReference", "fldChar"),
        *("fldSimple", "hyperlink", "sdt", "ins", "del", "moveFrom", "moveTo", "ruby"),
    )
)
_DELETED: Final = frozenset({qn("w:del"), qn("w:moveFrom")})
_BREAKS: Final = frozenset({qn("w:br"), qn("w:cr")})
_TEXT_BOX: Final = "}txbxContent"


class PresentParagraph(Struct, frozen=True):
    """A paragraph as it stands: its element, its text, and the ids of the bookmarks in it.

    One that holds more than text (a picture, a note, a field, a revision that nobody accepted yet)
    is not `plain` and never rewritten.
    """

    element: Element
    text: str
    ids: tuple[str, ...]
    plain: bool


def letters(element: Element) -> Iterator[tuple[str, Element]]:
    """Each character of a paragraph with its run, as it reads with all revisions accepted."""
    for run in element.iter(qn("w:r")):
        if any(outer.tag in _DELETED for outer in run.iterancestors()):
            continue
        for child in run:
            for letter in _letters_of(child):
                yield letter, run


def _letters_of(child: Element) -> str:
    """What one child of a run says."""
    if child.tag == qn("w:t"):
        return child.text or ""
    if child.tag == qn("w:tab"):
        return "\t"
    is_break = child.tag in _BREAKS and child.get(qn("w:type")) != "page"
    return "\n" if is_break else ""


def present_paragraphs(document: Document) -> tuple[PresentParagraph, ...]:
    """Every paragraph of *document* in its order, those of tables too, not those of text boxes."""
    body = body_of(document)
    elements = [p for p in body.iter(qn("w:p")) if not _is_in_text_box(p)]
    ids = _ids(body, elements)
    return tuple(
        PresentParagraph(
            element,
            comparable("".join(letter for letter, _ in letters(element))),
            tuple(ids.get(number, ())),
            plain=all(child.tag not in _BEYOND_TEXT for child in element.iter()),
        )
        for number, element in enumerate(elements)
    )


def _is_in_text_box(element: Element) -> bool:
    return any(str(outer.tag).endswith(_TEXT_BOX) for outer in element.iterancestors())


def _ids(body: Element, elements: Sequence[Element]) -> Mapping[int, list[str]]:
    """The ids of our bookmarks that reach over each paragraph, by its number."""
    number_of = {element: number for number, element in enumerate(elements)}
    opened: dict[str, tuple[str, int]] = {}
    ids: dict[int, list[str]] = {}
    last = -1
    for element in body.iter():
        if element in number_of:
            last = number_of[element]
        elif element.tag == qn("w:bookmarkStart"):
            name = element.get(qn("w:name"), "")
            if name.startswith(MARK):
                first = _paragraph_around(element, number_of)
                opened[element.get(qn("w:id"))] = (
                    name.removeprefix(MARK),
                    last + 1 if first is None else first,
                )
        elif element.tag == qn("w:bookmarkEnd") and element.get(qn("w:id")) in opened:
            id_, start = opened.pop(element.get(qn("w:id")))
            around = _paragraph_around(element, number_of)
            end = last if around is None else around
            for number in range(start, max(start, end) + 1):
                ids.setdefault(number, []).append(id_)
    return ids


def _paragraph_around(element: Element, number_of: Mapping[Element, int]) -> int | None:
    """The number of the paragraph that *element* stands in; None where it stands between two."""
    around = (number_of[outer] for outer in element.iterancestors() if outer in number_of)
    return next(around, None)
