"""Rows of a name list that list nothing: sums, notes below the list, the headings once more."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from wyexcel.files.reading.typed_number import bare_text
from wyexcel.forms.asked import ListColumn
from wyexcel.forms.filled.name_rows import NameRow, as_text
from wyexcel.plan.plan import Plan

_SUM_ROW: Final = "合计行"
_SUM: Final = re.compile(
    "(?:本页|本表|以上|全部|全区|园区|项目|企业|平台|名单|金额|个数)*"
    "(?:合计|小计|总计|共计|累计|总数)(?:数|个数|金额)?"
    "[::]?(?:[0-9.,]*(?:个|项|户|家|条|万元|亿元)?(?:项目|企业|平台)?)?"
)
_NOTE: Final = re.compile(
    "(?:注|备注|说明|填表说明|填报说明|填表人|填报人|制表人|制表|审核人|复核人|负责人|单位负责人|联系人"
    "|联系电话|电话|填报日期|填表日期|填报单位|单位)[::].*"
)


class StrayRow(NamedTuple):
    """A row that lists nothing: where it says so, in what words, and what it is."""

    sheet: str
    row: int
    cell: str
    words: str
    what: str

    @property
    def is_sum(self) -> bool:
        """Whether it sums the rows of the list."""
        return self.what == _SUM_ROW


def sort_rows(rows: Iterable[NameRow], plan: Plan) -> tuple[list[NameRow], list[StrayRow]]:
    """*rows* that list something, and those that do not."""
    listed: list[NameRow] = []
    stray: list[StrayRow] = []
    for row in rows:
        found = _stray(row, plan.element[row.item.element].columns)
        if found is None:
            listed.append(row)
        else:
            stray.append(found)
    return listed, stray


def _stray(row: NameRow, headings: Mapping[str, str]) -> StrayRow | None:
    column, words = _first_words(row)
    bare = bare_text(words)
    if _SUM.fullmatch(bare):
        what = _SUM_ROW
    elif _NOTE.fullmatch(bare) and not _is_filled_beyond(row, column):
        what = "说明文字"
    elif _is_heading(row, headings):
        what = "表头"
    else:
        return None
    return StrayRow(row.item.sheet, row.item.row, row.cell(column), words, what)


def _first_words(row: NameRow) -> tuple[ListColumn, str]:
    """The first column in which anything was typed, and what."""
    texts = ((column, as_text(value)) for column, value in row.typed.items())
    return next(((column, text) for column, text in texts if text), (ListColumn.NAME, ""))


def _is_filled_beyond(row: NameRow, column: ListColumn) -> bool:
    return any(as_text(value) for other, value in row.typed.items() if other is not column)


def _is_heading(row: NameRow, headings: Mapping[str, str]) -> bool:
    """Whether the name and the id of a row are but the headings of their columns."""
    return all(
        bare_text(as_text(row.typed.get(column))) == bare_text(headings.get(column, column))
        for column in (ListColumn.NAME, ListColumn.ID)
    )
