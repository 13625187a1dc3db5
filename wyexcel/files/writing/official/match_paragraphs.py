"""Which present paragraph is which generated one: by text, bookmark, likeness, split and merged."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, NamedTuple

LIKE: Final = 0.55
"""How much two paragraphs without a bookmark must be alike to be the same one."""
_UNLIKE: Final = 0.2
_NEARLY_SAME: Final = 0.8
_BETTER: Final = 0.05
"""How much more alike a paragraph must become by what follows it, for that to be its other half."""
_RUN: Final = 3
"""Letters that two texts have in common by chance."""
_MOST: Final = 0.7
_HALF: Final = 0.5


class Standing(NamedTuple):
    """The text of a present paragraph and the ids of its bookmarks."""

    text: str
    ids: Sequence[str] = ()


class Group(NamedTuple):
    """Present paragraphs (`places`) that hold what was generated as `ids`.

    One id in one place is the rule; one in several was split, several in one were merged.
    """

    ids: tuple[str, ...]
    places: tuple[int, ...]


class Match(NamedTuple):
    """What became of each generated paragraph, and the places of what was added."""

    groups: tuple[Group, ...]
    gone: tuple[str, ...]
    added: tuple[int, ...]


def likeness(one: str, other: str) -> float:
    """How much two texts are alike, from 0 to 1; 0 where they plainly are not."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return 0.0 if matcher.quick_ratio() < LIKE - _UNLIKE else matcher.ratio()


def match(generated: Mapping[str, str], present: Sequence[Standing]) -> Match:
    """Who is who among the *generated* texts, by id, and the *present* paragraphs."""
    matching = _Matching(generated, present)
    matching.by_text()
    matching.by_bookmark()
    matching.by_likeness()
    matching.add_other_halves()
    matching.find_split()
    matching.find_merged()
    return matching.result()


class _Matching:
    """The matching as it goes on: where each id was found so far, and which places are taken."""

    def __init__(self, generated: Mapping[str, str], present: Sequence[Standing]) -> None:
        self.generated, self.present = generated, present
        self.places: dict[str, list[int]] = {}
        self.taken: set[int] = set()

    def put(self, id_: str, places: Sequence[int]) -> None:
        """Take *places* for the paragraph *id_*."""
        self.places[id_] = [*places]
        self.taken.update(places)

    def lost(self) -> list[str]:
        """The ids that were not found yet and have a text."""
        return [id_ for id_, text in self.generated.items() if text and id_ not in self.places]

    def text(self, places: Sequence[int]) -> str:
        """The text of *places* in one."""
        return "".join(self.present[place].text for place in places)

    def by_text(self) -> None:
        """The very text, where it is there once: it wins over a bookmark that strayed."""
        times = Counter(paragraph.text for paragraph in self.present)
        repeated = Counter(self.generated.values())
        place = {paragraph.text: n for n, paragraph in enumerate(self.present)}
        for id_, text in self.generated.items():
            if text and repeated[text] == times[text] == 1:
                self.put(id_, [place[text]])

    def by_bookmark(self) -> None:
        """Where its bookmark is, unless that is an empty line or another text altogether."""
        found: dict[str, list[int]] = {}
        for id_, text in self.generated.items():
            if id_ in self.places:
                continue
            marked = [n for n, p in enumerate(self.present) if id_ in p.ids and n not in self.taken]
            if len(marked) > 1 and self.present[marked[0]].text == text:
                marked = marked[:1]  # what follows was typed behind its end
            if len(marked) == 1:
                marked = self.instead_of(marked[0], text)
            if marked:
                found[id_] = [n for n in marked if self.present[n].text] or marked[:1]
        for id_, places in found.items():
            self.put(id_, places)

    def instead_of(self, place: int, text: str) -> list[int]:
        """*place*, a free place that says nearly *text*, or none where an empty line is left."""
        if likeness(self.present[place].text, text) >= _UNLIKE:
            return [place]
        free = [n for n, p in enumerate(self.present) if n not in self.taken and not p.ids]
        best = max(free, key=lambda n: likeness(self.present[n].text, text), default=None)
        if best is not None and likeness(self.present[best].text, text) > _NEARLY_SAME:
            return [best]
        return [place] if self.present[place].text else []

    def by_likeness(self) -> None:
        """The most alike first; of equals the one nearest to where it stood."""
        order = {id_: n for n, id_ in enumerate(self.generated)}
        free = [n for n, p in enumerate(self.present) if n not in self.taken and p.text]
        pairs = [
            (likeness(self.generated[id_], self.present[n].text), id_, n)
            for id_ in self.lost()
            for n in free
        ]
        for like, id_, n in sorted(pairs, key=lambda p: (-p[0], abs(order[p[1]] - p[2]))):
            if like >= LIKE and id_ not in self.places and n not in self.taken:
                self.put(id_, [n])

    def add_other_halves(self) -> None:
        """Split without bookmarks: a free paragraph right behind that makes it more alike."""
        for id_, places in self.places.items():
            text = self.generated[id_]
            while self.is_free(behind := places[-1] + 1, id_):
                joined = self.text(places)
                more = likeness(text, joined + self.present[behind].text)
                if more <= likeness(text, joined) + _BETTER:
                    break
                places.append(behind)
                self.taken.add(behind)

    def is_free(self, place: int, id_: str) -> bool:
        """Whether *place* is there, says something, and belongs to nobody but *id_*."""
        if place >= len(self.present) or place in self.taken or not self.present[place].text:
            return False
        ids = self.present[place].ids
        return not ids or id_ in ids

    def find_split(self) -> None:
        """Two neighbours that nobody knows, which together say what is lost."""
        for id_ in self.lost():
            for n, (first, second) in enumerate(pairwise(self.present)):
                if {n, n + 1} & self.taken or not (first.text and second.text):
                    continue
                if likeness(self.generated[id_], first.text + second.text) > _NEARLY_SAME:
                    self.put(id_, [n, n + 1])
                    break

    def find_merged(self) -> None:
        """A lost text that stands within another paragraph."""
        for id_ in self.lost():
            for other, places in [*self.places.items()]:
                if self.holds(self.text(places), self.generated[id_], self.generated[other]):
                    self.places[id_] = [*places]
                    break

    def holds(self, text: str, lost: str, own: str) -> bool:
        """Whether *text* says most of *lost* beside what it said of its *own*."""
        if len(text) - len(own) <= _HALF * len(lost):
            return False
        blocks = SequenceMatcher(None, lost, text, autojunk=False).get_matching_blocks()
        return sum(block.size for block in blocks if block.size > _RUN) > _MOST * len(lost)

    def result(self) -> Match:
        """What was found, in the order of the generated paragraphs."""
        return Match(
            groups=tuple(self.groups()),
            gone=tuple(id_ for id_ in self.generated if id_ not in self.places),
            added=tuple(n for n, p in enumerate(self.present) if n not in self.taken and p.text),
        )

    def groups(self) -> Iterator[Group]:
        """The ids that share their places, together."""
        shared: dict[tuple[int, ...], list[str]] = {}
        for id_ in self.generated:
            if id_ in self.places:
                shared.setdefault(tuple(self.places[id_]), []).append(id_)
        return (Group(tuple(ids), places) for places, ids in shared.items())
