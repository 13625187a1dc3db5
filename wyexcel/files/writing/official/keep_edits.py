"""A generated Word file brought up to date, with everything that a hand changed in it kept.

Of each paragraph three texts are held against each other: what was generated then, what stands
there, and what would be generated now. The file that stands there is patched and never made anew,
so that bold words, tables, other people's comments and revisions stay.
"""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from docx.document import Document
from docx.oxml.ns import qn
from msgspec import Struct
from msgspec.structs import replace

from wyexcel.files.writing.official import gbt_9704, patch_paragraph
from wyexcel.files.writing.official.build_document import floating
from wyexcel.files.writing.official.generation import Generation, generation_of, store
from wyexcel.files.writing.official.match_paragraphs import Group, Standing, match
from wyexcel.files.writing.official.number_changes import (
    has_new_numbers,
    number_changes,
    says_all_numbers,
)
from wyexcel.files.writing.official.official_document import (
    IMPRINT,
    OfficialDocument,
    OfficialParagraph,
)
from wyexcel.files.writing.official.present_paragraphs import (
    PresentParagraph,
    comparable,
    present_paragraphs,
)
from wyexcel.files.writing.official.word_parts import Element, element_of

_SHORT: Final = 16
_NO_BASIS: Final = "这一段所依据的内容本期没有了"
_PRINTED: Final = "印发"

Facts: TypeAlias = Mapping[str, str]


class Edits(Struct, frozen=True, kw_only=True):
    """What became of the paragraphs of an edited document, for the run to tell.

    `updated` were as generated and say the new numbers now; `kept` are as a hand left them;
    `questions` are sentences about kept ones whose numbers changed; `deleted` were taken out by
    hand, `added` written by hand, `inserted` are new this time, `removed` no longer generated;
    `notes` are sentences about the whole.
    """

    updated: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    inserted: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def keep_edits(document: Document, before: Generation, official: OfficialDocument) -> Edits:
    """Bring *document* from the generation *before* up to *official*, and say what was done."""
    merging = _Merging(document, before, official)
    merging.settle_groups()
    merging.settle_gone()
    merging.insert_new()
    _restore_settings(document)
    now = generation_of(official, merging.stands_at)
    store(document, now)
    return merging.edits()


def shortened(text: str) -> str:
    """The beginning of *text*, as a sentence names a paragraph."""
    text = text.replace("\n", "")
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


class _Merging:
    """The work on one document as it goes on, paragraph group by paragraph group."""

    def __init__(self, document: Document, before: Generation, official: OfficialDocument) -> None:
        self.document = document
        self.open_questions = before.stands_at
        self.old = before.by_id
        self.new = {paragraph.id: paragraph for paragraph in official.paragraphs}
        self.present = present_paragraphs(document)
        self.matched = match(
            {id_: comparable(paragraph.text) for id_, paragraph in self.old.items()},
            [Standing(paragraph.text, paragraph.ids) for paragraph in self.present],
        )
        self.elements: dict[str, Element] = {}
        self.stands_at: dict[str, Facts] = {}
        self.told: dict[str, list[str]] = {name: [] for name in Edits.__struct_fields__}

    def edits(self) -> Edits:
        """What was done, as the run tells it."""
        still_open = patch_paragraph.open_comments(self.document) - len(self.told["questions"])
        if still_open > 0:
            self.told["notes"].append(f"另有{still_open}处批注尚未处理")
        return Edits(**{name: tuple(sentences) for name, sentences in self.told.items()})

    def settle_groups(self) -> None:
        """Update, keep or ask about every paragraph that was found again."""
        groups = sorted(self.matched.groups, key=lambda group: group.places[0])
        order = [id_ for group in groups for id_ in group.ids]
        if order != [id_ for id_ in self.old if id_ in {*order}]:
            self.told["notes"].append("段落次序您调整过，按您的次序")
        for group in self.matched.groups:
            self.remember(group)
            self.settle(group)
        for place in self.matched.added:
            self.told["added"].append(shortened(self.present[place].text))

    def remember(self, group: Group) -> None:
        """Note where a group stands, and give it the bookmarks that an editor lost or moved."""
        first, last = (self.present[group.places[n]] for n in (0, -1))
        for id_ in group.ids:
            self.elements[id_] = last.element
            marked = sum(id_ in paragraph.ids for paragraph in self.present)
            if id_ not in first.ids or marked > len(group.places):
                patch_paragraph.mark(self.document, first.element, id_)

    def settle(self, group: Group) -> None:
        """Update a group that nobody edited; keep, and maybe ask about, one that somebody did."""
        standing = [self.present[place] for place in group.places]
        text = "".join(paragraph.text for paragraph in standing)
        before = "".join(comparable(self.old[id_].text) for id_ in group.ids)
        after = "".join(comparable(self.new[id_].text) for id_ in group.ids if id_ in self.new)
        whole = len(group.ids) == len(standing) == 1 and standing[0].plain
        if whole and text == after:
            patch_paragraph.remove_comment(self.document, standing[0].element)
        elif whole and text == before:
            self.update(group.ids[0], standing[0].element)
        else:
            self.keep(group, standing, text, is_new=before != after)

    def update(self, id_: str, element: Element) -> None:
        """Have an untouched paragraph say what is generated now, or take it away."""
        if id_ not in self.new:
            element.getparent().remove(element)
            del self.elements[id_]
            self.told["removed"].append(id_)
            return
        patch_paragraph.rewrite(self.document, element, self.new[id_])
        patch_paragraph.remove_comment(self.document, element)
        self.told["updated"].append(id_)

    def keep(
        self, group: Group, standing: Sequence[PresentParagraph], text: str, *, is_new: bool
    ) -> None:
        """Keep what a hand wrote; ask about it where the numbers behind it changed."""
        shape = _shape(group, standing)
        self.told["kept"].append("、".join(group.ids) + (f"（{shape}）" if shape else ""))
        whole, element = not shape, standing[0].element
        if not is_new:
            self.keep_open_questions(group, text, element, whole=whole)
        elif settled := self.settled_by_hand(group, text, whole=whole):
            patch_paragraph.remove_comment(self.document, element)
            self.told["notes"].append(f"“{shortened(text)}”{settled}")
        else:
            self.ask(group, text, element)

    def keep_open_questions(
        self, group: Group, text: str, element: Element, *, whole: bool
    ) -> None:
        """Nothing is new: a question that was asked before stays, unless a hand answered it."""
        questions = {i: self.open_questions[i] for i in group.ids if i in self.open_questions}
        if whole and questions and says_all_numbers(text, self.new[group.ids[0]]):
            patch_paragraph.remove_comment(self.document, element)
            self.told["notes"].append(f"“{shortened(text)}”您已按批注改好")
        else:
            self.stands_at |= questions

    def settled_by_hand(self, group: Group, text: str, *, whole: bool) -> str:
        """Why an edited paragraph whose numbers changed needs no question; "" where it does."""
        if all(
            i in self.new and self.open_questions.get(i) == self.new[i].facts for i in group.ids
        ):
            return "的数又改回您改稿时的数，不必再核"
        id_ = group.ids[0]
        if whole and id_ in self.new and has_new_numbers(text, self.edited_at(id_), self.new[id_]):
            return "您已改为新数"
        return ""

    def edited_at(self, id_: str) -> OfficialParagraph:
        """The generated paragraph, with the numbers that it had when a hand edited it."""
        facts = self.open_questions.get(id_, self.old[id_].facts)
        return replace(self.old[id_], facts=facts)

    def ask(self, group: Group, text: str, element: Element) -> None:
        """Say which numbers behind an edited paragraph changed, to the run and as a comment."""
        changes = [
            change
            for id_ in group.ids
            if id_ in self.new
            for change in number_changes(self.edited_at(id_), self.new[id_])
        ]
        self.stands_at |= {id_: self.edited_at(id_).facts for id_ in group.ids}
        now = "".join(self.new[id_].text for id_ in group.ids if id_ in self.new)
        what = "；".join(changes) if now else _NO_BASIS
        sentence = f"“{shortened(text)}”您改过；{what}，请核对。"
        self.told["questions"].append(sentence)
        comment = f"{sentence}程序现在的写法：{now or '（无）'}"
        patch_paragraph.comment(self.document, element, comment)

    def settle_gone(self) -> None:
        """Tell what a hand took out, each time, and which of its numbers changed since."""
        for id_ in self.matched.gone:
            new, old = self.new.get(id_), self.old[id_]
            changes = number_changes(old, new) if new else ()
            why = f"（{'；'.join(changes)}）" if changes else ""
            self.told["deleted"].append(f"“{shortened(old.text)}”{why}")

    def insert_new(self) -> None:
        """Put what is new this time behind the paragraph that it follows."""
        behind = self.present[0].element
        for id_, paragraph in self.new.items():
            if id_ in self.elements:
                behind = self.elements[id_]
            elif id_ not in self.old and id_ not in IMPRINT:
                behind = patch_paragraph.insert_behind(self.document, paragraph, behind)
                self.elements[id_] = behind
                self.told["inserted"].append(id_)


def _shape(group: Group, standing: Sequence[PresentParagraph]) -> str:
    """Why a group is not one paragraph of plain text; "" where it is."""
    if len(standing) > 1:
        return "拆段"
    if len(group.ids) > 1:
        return "并段"
    return "" if standing[0].plain else "有修订或图注"


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
