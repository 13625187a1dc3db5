"""数据要素 on 指标口径: what is asked of units, what they owe and what is only compared (补充)."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import SheetCells, TableRow
from wyexcel.files.writing.sheet import Cell, Part, Row
from wyexcel.master.plan_sheets import rows
from wyexcel.plan import official
from wyexcel.plan.element import Element, Kind

HEADINGS: Final = (
    "代码",
    "要素名称",
    "填报单位",
    "类型",
    "填报小数位",
    "只报全区",
    "1月填报",
    "名单工作表",
    "名称栏",
    "编号栏",
    "园区栏",
    "日期栏",
    "金额栏",
    "填报口径",
    "备注栏",
    "名单标准（万元）",
    "标准写法",
    "补充于",
    "退出字样",
)
_LATER: Final = ("名单标准（万元）", "标准写法", "补充于", "退出字样")
"""The headings that masters of an earlier version lack: there, the packaged plan says it."""
_LIST_COLUMNS: Final = ("name", "id", "park", "date", "amount", "note")
_LIST_HEADINGS: Final = ("名称栏", "编号栏", "园区栏", "日期栏", "金额栏", "备注栏")


def row(e: Element, widths: Sequence[float]) -> Row:
    """One element, its long texts within the sheet's columns (*widths*)."""
    labels = [e.columns.get(column, "") for column in _LIST_COLUMNS]
    return Row(
        (
            Cell(value=e.code, part=Part.CENTRE),
            rows.typed(e.name),
            rows.word(e.measure),
            rows.word(e.kind.value),
            rows.number(e.decimals),
            rows.yes(e.zone_only),
            rows.yes(e.january),
            rows.word(e.sheet),
            *(rows.word(label) for label in labels[:5]),
            rows.typed(e.definition),
            rows.word(labels[5]),
            rows.number(e.least),
            *(rows.word(word) for word in (e.least_words, e.beside, e.off_word)),
        ),
        rows.height((e.name, widths[1]), (e.definition, widths[13]), (labels[0], widths[8])),
    )


class Elements(NamedTuple):
    """The elements that units owe, and those that they may report beside (补充)."""

    owed: tuple[Element, ...]
    supplements: tuple[Element, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of them all."""
        return frozenset(element.code for element in (*self.owed, *self.supplements))


def read(sheet: SheetCells) -> Elements:
    """The elements that units are asked for."""
    lines = tuple(tables.table_rows(sheet, HEADINGS, later=_LATER))
    elements = tuple(map(_element, lines))
    if all(line.has(*_LATER) for line in lines):
        return Elements(
            tuple(element for element in elements if not element.beside),
            tuple(element for element in elements if element.beside),
        )
    return _of_earlier_version(elements)


def _of_earlier_version(elements: tuple[Element, ...]) -> Elements:
    """*elements* with what the packaged plan says of them in columns that came in since."""
    packaged = official.load()
    least = {e.code: e for e in packaged.elements if e.least is not None}
    codes = {element.code for element in elements}
    return Elements(
        tuple(
            replace(e, least=least[e.code].least, least_words=least[e.code].least_words)
            if e.code in least and e.listed
            else e
            for e in elements
        ),
        tuple(e for e in packaged.supplements if e.beside in codes and e.code not in codes),
    )


def _element(line: TableRow) -> Element:
    labels = zip(_LIST_COLUMNS, map(line.text, _LIST_HEADINGS), strict=True)
    return Element(
        code=line.required("代码"),
        name=line.required("要素名称"),
        measure=line.required("填报单位"),
        kind=line.one_of("类型", Kind),
        decimals=line.whole("填报小数位"),
        zone_only=line.yes("只报全区"),
        january=line.yes("1月填报"),
        sheet=line.text("名单工作表"),
        columns={column: label for column, label in labels if label},
        definition=line.text("填报口径"),
        beside=line.text("补充于"),
        least=line.number("名单标准（万元）"),
        least_words=line.text("标准写法"),
        off_word=line.text("退出字样"),
    )
