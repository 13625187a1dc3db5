"""What becomes of each paragraph of an edited text: renewed, kept, asked about, or taken away.

Three texts are held against each other: what was generated then, what stands there, and what would
be generated now. It knows words alone, whether they stand in a document or on a sheet.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum, auto
from typing import Final, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.files.writing.official.generation import Generation
from wyexcel.files.writing.official.match_paragraphs import Group, Standing, match
from wyexcel.files.writing.official.number_changes import (
    has_new_numbers,
    number_changes,
    says_all_numbers,
)
from wyexcel.files.writing.official.official_document import IMPRINT, OfficialParagraph

_SHORT: Final = 16
_NO_BASIS: Final = "这一段所依据的内容本期没有了"
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))

Facts: TypeAlias = Mapping[str, str]


class Action(StrEnum):
    """What is to be done to the paragraphs of a group."""

    LEAVE = auto()
    """It says what is generated now."""
    RENEW = auto()
    """Nobody edited it: it says what is generated now from here on."""
    REMOVE = auto()
    """Nobody edited it, and it is no longer generated."""
    KEEP = auto()
    """A hand edited it, and nothing behind it changed; a question stays as it was."""
    CLOSE = auto()
    """A hand edited it and it has the numbers of now: a question is closed."""
    ASK = auto()
    """A hand edited it, and the numbers behind it changed."""


class StandingText(NamedTuple):
    """A paragraph as it stands; one that holds more than text is not `plain`, never rewritten."""

    text: str
    ids: Sequence[str] = ()
    plain: bool = True


class Decided(NamedTuple):
    """What is done to one group of paragraphs, and the question to ask there."""

    group: Group
    action: Action
    question: str = ""


class Edits(Struct, frozen=True, kw_only=True):
    """What became of the paragraphs of an edited text, for the run to tell.

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


def told(name: str, edits: Edits) -> tuple[str, ...]:
    """What a run tells of the *edits* in the file *name*; nothing where nobody edited it."""
    kept = f"您改过的{len(edits.kept)}段照您的写法保留" if edits.kept else ""
    added = f"您加的{len(edits.added)}段保留" if edits.added else ""
    deleted = f"您删去的{'、'.join(edits.deleted)}没有再写" if edits.deleted else ""
    summary = "，".join(part for part in (kept, added, deleted) if part)
    sentences = [f"“{name}”里{summary}。"] if summary else []
    return (*sentences, *(f"“{name}”：{text}" for text in (*edits.questions, *edits.notes)))


class Decisions(NamedTuple):
    """All that is to be done to an edited text, and what the next run has to know.

    `stands_at` are the facts that edited paragraphs with an open question still tell.
    """

    groups: tuple[Decided, ...]
    edits: Edits
    stands_at: Mapping[str, Facts]


def comparable(text: str) -> str:
    """*text* without invisible characters, and without blanks at its ends."""
    return text.translate(_INVISIBLE).replace("\u00a0", " ").strip()


def shortened(text: str) -> str:
    """The beginning of *text*, as a sentence names a paragraph."""
    text = text.replace("\n", "")
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


def decide(
    before: Generation,
    now: Sequence[OfficialParagraph],
    standing: Sequence[StandingText],
) -> Decisions:
    """What is done to *standing*, which was generated as *before*, when *now* is generated."""
    deciding = _Deciding(before, now, standing)
    matched = match(
        {id_: comparable(paragraph.text) for id_, paragraph in deciding.old.items()},
        [Standing(paragraph.text, paragraph.ids) for paragraph in standing],
    )
    decided = tuple(deciding.decide(group) for group in matched.groups)
    edits = Edits(
        updated=_ids(decided, Action.RENEW),
        removed=_ids(decided, Action.REMOVE),
        kept=tuple(deciding.kept),
        questions=tuple(d.question for d in decided if d.action is Action.ASK),
        deleted=tuple(deciding.deleted(id_) for id_ in matched.gone),
        added=tuple(shortened(standing[place].text) for place in matched.added),
        inserted=tuple(p.id for p in now if p.id not in deciding.old and p.id not in IMPRINT),
        notes=(*_about_order(matched.groups, deciding.old), *deciding.notes),
    )
    return Decisions(decided, edits, deciding.stands_at)


def _ids(decided: Sequence[Decided], action: Action) -> tuple[str, ...]:
    return tuple(id_ for one in decided if one.action is action for id_ in one.group.ids)


def _about_order(groups: Sequence[Group], old: Mapping[str, object]) -> tuple[str, ...]:
    in_place = sorted(groups, key=lambda group: group.places[0])
    order = [id_ for group in in_place for id_ in group.ids]
    moved = order != [id_ for id_ in old if id_ in {*order}]
    return ("段落次序您调整过，按您的次序",) if moved else ()


class _Deciding:
    """The deciding as it goes on: what was kept, noted, and still stands at older numbers."""

    def __init__(
        self,
        before: Generation,
        now: Sequence[OfficialParagraph],
        standing: Sequence[StandingText],
    ) -> None:
        self.old, self.open_questions = before.by_id, before.stands_at
        self.new = {paragraph.id: paragraph for paragraph in now}
        self.standing = standing
        self.kept: list[str] = []
        self.notes: list[str] = []
        self.stands_at: dict[str, Facts] = {}

    def decide(self, group: Group) -> Decided:
        """What is done to one group."""
        standing = [self.standing[place] for place in group.places]
        text = "".join(paragraph.text for paragraph in standing)
        before = "".join(comparable(self.old[id_].text) for id_ in group.ids)
        after = self.text_now(group)
        shape = _shape(group, standing)
        if not shape and text == comparable(after):
            return Decided(group, Action.LEAVE)
        if not shape and text == before:
            is_generated = group.ids[0] in self.new
            return Decided(group, Action.RENEW if is_generated else Action.REMOVE)
        self.kept.append("、".join(group.ids) + (f"（{shape}）" if shape else ""))
        if before == comparable(after):
            return self.nothing_new(group, text, whole=not shape)
        if settled := self.settled_by_hand(group, text, whole=not shape):
            self.notes.append(f"“{shortened(text)}”{settled}")
            return Decided(group, Action.CLOSE)
        return self.ask(group, text)

    def text_now(self, group: Group) -> str:
        """What is generated now for a group."""
        return "".join(self.new[id_].text for id_ in group.ids if id_ in self.new)

    def nothing_new(self, group: Group, text: str, *, whole: bool) -> Decided:
        """An edited group behind which nothing changed: an open question stays, or was answered."""
        questions = {i: self.open_questions[i] for i in group.ids if i in self.open_questions}
        if whole and questions and says_all_numbers(text, self.new[group.ids[0]]):
            self.notes.append(f"“{shortened(text)}”您已按批注改好")
            return Decided(group, Action.CLOSE)
        self.stands_at |= questions
        return Decided(group, Action.KEEP)

    def settled_by_hand(self, group: Group, text: str, *, whole: bool) -> str:
        """Why an edited group whose numbers changed needs no question; "" where it does."""
        asked = self.open_questions
        if all(id_ in self.new and asked.get(id_) == self.new[id_].facts for id_ in group.ids):
            return "的数又改回您改稿时的数，不必再核"
        id_ = group.ids[0]
        if whole and id_ in self.new and has_new_numbers(text, self.edited_at(id_), self.new[id_]):
            return "您已改为新数"
        return ""

    def edited_at(self, id_: str) -> OfficialParagraph:
        """The generated paragraph, with the numbers that it had when a hand edited it."""
        return replace(self.old[id_], facts=self.open_questions.get(id_, self.old[id_].facts))

    def ask(self, group: Group, text: str) -> Decided:
        """The question which numbers behind an edited group changed."""
        edited = {id_: self.edited_at(id_) for id_ in group.ids}
        changes = [
            change
            for id_, paragraph in edited.items()
            if id_ in self.new
            for change in number_changes(paragraph, self.new[id_])
        ]
        self.stands_at |= {id_: paragraph.facts for id_, paragraph in edited.items()}
        what = "；".join(changes) if self.text_now(group) else _NO_BASIS
        return Decided(group, Action.ASK, f"“{shortened(text)}”您改过；{what}，请核对。")

    def deleted(self, id_: str) -> str:
        """The sentence about a paragraph that a hand took out."""
        old, new = self.old[id_], self.new.get(id_)
        changes = number_changes(old, new) if new else ()
        return f"“{shortened(old.text)}”" + (f"（{'；'.join(changes)}）" if changes else "")


def _shape(group: Group, standing: Sequence[StandingText]) -> str:
    """Why a group is not one paragraph of plain text; "" where it is."""
    if len(standing) > 1:
        return "拆段"
    if len(group.ids) > 1:
        return "并段"
    return "" if standing[0].plain else "有修订或图注"
