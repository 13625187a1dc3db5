"""A generated Word file brought up to date, with everything that a hand changed in it kept.

The file that stands there is patched and never made anew, so that bold words, tables, other
people's comments and revisions stay.
"""

from typing import Final

from docx.document import Document
from docx.oxml.ns import qn
from msgspec.structs import replace

from wyexcel.files.writing.official import gbt_9704, patch_paragraph
from wyexcel.files.writing.official.build_document import floating
from wyexcel.files.writing.official.decide_edits import (
    Action,
    Decided,
    Edits,
    StandingText,
    decide,
)
from wyexcel.files.writing.official.generation import Generation, generation_of, store
from wyexcel.files.writing.official.match_paragraphs import Group
from wyexcel.files.writing.official.official_document import OfficialDocument
from wyexcel.files.writing.official.present_paragraphs import present_paragraphs
from wyexcel.files.writing.official.word_parts import Element, element_of

_PRINTED: Final = "印发"


def keep_edits(document: Document, before: Generation, official: OfficialDocument) -> Edits:
    """Bring *document* from the generation *before* up to *official*, and say what was done."""
    patching = _Patching(document, official)
    standing = [StandingText(p.text, p.ids, p.plain) for p in patching.present]
    decisions = decide(before, official.paragraphs, standing)
    for decided in decisions.groups:
        patching.find_again(decided.group)
        patching.apply(decided)
    patching.insert(decisions.edits.inserted)
    _restore_settings(document)
    store(document, generation_of(official, decisions.stands_at))
    return _with_open_comments(decisions.edits, document)


def _with_open_comments(edits: Edits, document: Document) -> Edits:
    """*edits*, with a note on comments of ours that nobody has answered."""
    still_open = patch_paragraph.open_comments(document) - len(edits.questions)
    if still_open <= 0:
        return edits
    return replace(edits, notes=(*edits.notes, f"另有{still_open}处批注尚未处理"))


class _Patching:
    """The patching of one document as it goes on, and where each paragraph stands."""

    def __init__(self, document: Document, official: OfficialDocument) -> None:
        self.document = document
        self.new = {paragraph.id: paragraph for paragraph in official.paragraphs}
        self.present = present_paragraphs(document)
        self.elements: dict[str, Element] = {}

    def find_again(self, group: Group) -> None:
        """Note where a group stands, and give it the bookmarks that an editor lost or moved."""
        first, last = (self.present[group.places[n]] for n in (0, -1))
        for id_ in group.ids:
            self.elements[id_] = last.element
            marked = sum(id_ in paragraph.ids for paragraph in self.present)
            if id_ not in first.ids or marked > len(group.places):
                patch_paragraph.mark(self.document, first.element, id_)

    def apply(self, decided: Decided) -> None:
        """Do to the first paragraph of a group what was decided."""
        element, id_ = self.present[decided.group.places[0]].element, decided.group.ids[0]
        match decided.action:
            case Action.LEAVE | Action.CLOSE:
                patch_paragraph.remove_comment(self.document, element)
            case Action.RENEW:
                patch_paragraph.rewrite(self.document, element, self.new[id_])
                patch_paragraph.remove_comment(self.document, element)
            case Action.REMOVE:
                element.getparent().remove(element)
                del self.elements[id_]
            case Action.KEEP:
                pass
            case Action.ASK:
                now = "".join(self.new[i].text for i in decided.group.ids if i in self.new)
                words = f"{decided.question}程序现在的写法：{now or '（无）'}"
                patch_paragraph.comment(self.document, element, words)

    def insert(self, ids: tuple[str, ...]) -> None:
        """Put what is new this time behind the paragraph that it follows."""
        behind = self.present[0].element
        for id_, paragraph in self.new.items():
            if id_ in ids:
                behind = patch_paragraph.insert_behind(self.document, paragraph, behind)
            behind = self.elements.get(id_, behind)


def _restore_settings(document: Document) -> None:
    """What other editors drop: where lines may not break, and the place of 版记."""
    gbt_9704.add_comment_styles(document)
    gbt_9704.set_line_breaks(document)
    for table in document.tables:
        element = element_of(table)
        if _PRINTED in element.xpath("string(.)") and element.tblPr.find(qn("w:tblpPr")) is None:
            style = element.tblPr.find(qn("w:tblStyle"))
            if style is None:
                element.tblPr.insert(0, floating())
            else:
                style.addnext(floating())
