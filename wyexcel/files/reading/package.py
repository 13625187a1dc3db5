"""What a workbook says it contains: its sheets with their parts, its names, its macros."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from wyexcel.files.reading.defined_names import DefinedName, defined_names
from wyexcel.files.reading.refusal import Reason, Refused
from wyexcel.files.reading.xml import attribute, local_name, walk
from wyexcel.files.reading.zip_container import Container, ZipPart

WORKBOOK: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_MACROS: Final = ("/vbaproject.bin\n", "\nvbaproject.bin\n", "\nxl/macrosheets/")


class Relation(NamedTuple):
    """What another part is to the workbook, and where it lies."""

    kind: str
    target: str
    external: bool


class ListedSheet(NamedTuple):
    """One sheet of the workbook; `part` is "" where it holds no cells (a chart, a dialog)."""

    name: str
    part: str
    hidden: bool


class Contents(NamedTuple):
    """The table of contents of one workbook: its sheets, the parts they share, its names.

    `linked` are the parts about other files, in the order in which formulas count them; `defined`
    are the names, looked at only where a place is gone.
    """

    tabs: tuple[ListedSheet, ...]
    strings: str
    styles: str
    linked: tuple[str, ...] = ()
    defined: tuple[DefinedName, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All sheets in order."""
        return tuple(tab.name for tab in self.tabs)


@lru_cache(maxsize=64)
def read_contents(workbook: bytes, listing: bytes) -> Contents:
    """What *workbook* and *listing*, its relations, say; raise Refused where they are not sound.

    The forms of one season say the same here, so it is parsed once for all of them.
    """
    relations = _relations(listing, RELATIONS)
    by_kind = {relation.kind: relation.target for relation in relations.values()}
    return Contents(
        tabs=_tabs(workbook, relations),
        strings=by_kind.get("sharedStrings", ""),
        styles=by_kind.get("styles", ""),
        linked=_linked(workbook, relations),
        defined=defined_names(workbook, WORKBOOK),
    )


def _linked(workbook: bytes, relations: Mapping[str, Relation]) -> tuple[str, ...]:
    """The parts about other files that *workbook* lists."""
    parts: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "externalReference":
            relation = relations.get(attribute(attributes, "id"))
            parts.append(relation.target if relation and not relation.external else "")

    if b"externalReference" in workbook:
        walk(workbook, WORKBOOK, start)
    return tuple(parts)


def relations_of(listing: ZipPart) -> Mapping[str, Relation]:
    """The relations that the part *listing* lists, by id."""
    return _relations(listing.content, listing.name)


def same_named(names: Sequence[str]) -> str:
    """The first of *names* that another has too, but for capitals; "" where there is none."""
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            return name
        seen.add(name.casefold())
    return ""


def _relations(listing: bytes, part: str) -> Mapping[str, Relation]:
    """The relations that the part *part* lists, by id."""
    relations: dict[str, Relation] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "Relationship":
            target = attributes.get("Target", "")
            external = attributes.get("TargetMode") == "External"
            inside = target[1:] if target.startswith("/") else "xl/" + target
            relations[attributes.get("Id", "")] = Relation(
                attributes.get("Type", "").rpartition("/")[2],
                target if external else inside,
                external,
            )

    walk(listing, part, start)
    return relations


def _tabs(workbook: bytes, relations: Mapping[str, Relation]) -> tuple[ListedSheet, ...]:
    """The sheets in their order; raise Refused where there are none or two of one name."""
    tabs: list[ListedSheet] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        kind = local_name(name)
        if kind == "sheet":
            tabs.append(_tab(attributes, relations))
        elif kind == "workbook" and any(_STRICT in value for value in attributes.values()):
            raise Refused(Reason.STRICT)

    walk(workbook, WORKBOOK, start)
    if not any(tab.part for tab in tabs):
        raise Refused(Reason.NO_SHEETS)
    if same := same_named([tab.name for tab in tabs]):
        raise Refused(Reason.UNSAFE, f"有两张工作表都叫“{same}”，不同的程序会读出不同的数")
    filled = [tab.part.lower() for tab in tabs if tab.part]
    if len(set(filled)) < len(filled):
        raise Refused(Reason.UNSAFE, "几张工作表共用一份内容")
    return tuple(tabs)


def _tab(attributes: Mapping[str, str], relations: Mapping[str, Relation]) -> ListedSheet:
    name = attributes.get("name", "")
    relation = relations.get(attribute(attributes, "id"))
    if relation is None:
        raise Refused(Reason.DAMAGED, f"找不到工作表 {name}")
    if relation.external or ".." in relation.target.split("/"):
        raise Refused(Reason.UNSAFE, f"工作表 {name} 指向文件之外")
    hidden = attributes.get("state", "visible") != "visible"
    return ListedSheet(name, relation.target if relation.kind == "worksheet" else "", hidden)


def has_macros(container: Container) -> bool:
    """Whether the workbook carries a program."""
    listing = f"\n{container.listing}\n"
    return any(name in listing for name in _MACROS)
