"""要素关系 at the foot of 指标口径: how the numbers of a form must stand to each other."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import SheetCells, TableRow
from wyexcel.files.writing.sheet import Cell, Part, Row
from wyexcel.master.plan_sheets import rows
from wyexcel.plan import official
from wyexcel.plan.checks.relations import fault
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Indicator
from wyexcel.plan.relation import Relation, RelationKind

HEADINGS: Final = ("关系", "关系要素", "简称", "应当")
KIND_COLUMN: Final = 1

_CODES, _NAMES, _HOLDS = 4, 4, 6
_ACROSS: Final = (1, _CODES, _NAMES, _HOLDS)


def heading() -> Row:
    """The heading row of the block."""
    return Row((None, *_cells(Part.HEADING, HEADINGS)), 34)


def row(relation: Relation, widths: Sequence[float]) -> Row:
    """One relation, its texts over several of the sheet's columns (*widths*)."""
    codes, names = "、".join(relation.elements), "、".join(relation.names)
    texts = (relation.kind.value, codes, names, relation.holds)
    first = KIND_COLUMN + 1
    return Row(
        (None, *_cells(Part.INPUT, texts)),
        rows.height(
            (codes, sum(widths[first : first + _CODES])),
            (relation.holds, sum(widths[first + _CODES + _NAMES :][:_HOLDS])),
        ),
    )


def blank() -> Row:
    """A row left open for one more relation."""
    return Row((None, *_cells(Part.INPUT, ("",) * len(HEADINGS))), rows.LEAST)


def _cells(part: Part, texts: Sequence[str]) -> Iterator[Cell | None]:
    for text, across in zip(texts, _ACROSS, strict=True):
        yield Cell(value=text or None, part=part, format=rows.TEXT, across=across)
        yield from (None,) * (across - 1)


def read(
    sheet: SheetCells, indicators: Sequence[Indicator], known: Collection[str]
) -> tuple[Relation, ...]:
    """The relations of the block, between the elements *known*.

    A master of an earlier version has no such block: then those that were checked before hold.
    """
    if not any(HEADINGS[1] in cells for cells in sheet.cells):
        return _checked_before(indicators, known)
    return tuple(_relation(line, known) for line in tables.table_rows(sheet, HEADINGS))


def _relation(line: TableRow, known: Collection[str]) -> Relation:
    relation = Relation(
        kind=line.one_of("关系", RelationKind),
        elements=line.several("关系要素"),
        names=line.several("简称"),
        holds=line.text("应当"),
    )
    sentence = fault(relation, known)
    return line.refuse("关系要素", sentence) if sentence else relation


def _checked_before(
    indicators: Sequence[Indicator], known: Collection[str]
) -> tuple[Relation, ...]:
    """The packaged relations, and that the parts of each ratio are within their whole."""
    packaged = tuple(r for r in official.load().relations if not fault(r, known))
    packaged_elements = {frozenset(relation.elements) for relation in packaged}
    ratios = (_within(i) for i in indicators if i.kind is Kind.RATIO and i.denominator)
    return (
        *packaged,
        *(
            r
            for r in ratios
            if frozenset(r.elements) not in packaged_elements and not fault(r, known)
        ),
    )


def _within(ratio: Indicator) -> Relation:
    parts = (*ratio.numerator, *ratio.also)
    kind = RelationKind.PART if len(parts) == 1 else RelationKind.PARTS
    return Relation(kind=kind, elements=(*parts, ratio.denominator[0]))
