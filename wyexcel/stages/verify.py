"""核验: a closed bulletin made again from the archive and held against what was signed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from wyexcel.archive import archived_forms, closings, issued_files
from wyexcel.archive.closings import Closing
from wyexcel.archive.issued_files import issued_folder
from wyexcel.archive.workspace import Workspace
from wyexcel.errors import CannotRead, NothingToDo
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Sheet
from wyexcel.forms import value_changes
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.master import plan_sheets
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.plan_differences import plan_differences
from wyexcel.progress import standings_as_json
from wyexcel.progress.standing import Standing
from wyexcel.progress.unit_statements import explained
from wyexcel.reports.quarterly.bulletin_text import NAME as TEXT
from wyexcel.stages import assess, guard_closed_period, publish
from wyexcel.stages.write_workbooks import first_difference, silent

_BULLETIN: Final = "通报.xlsx"
_FIELDS: Final[Mapping[str, str]] = {
    "target": "目标",
    "actual": "累计",
    "completion": "完成率",
    "expected": "应达",
    "gap": "差额",
    "attainment": "达成率",
    "status": "状态",
    "reason": "算式",
    "year_ago": "上年同期",
    "periods_behind": "连续欠进度期数",
    "parks": "分园区数",
    "reports": "各单位报数",
}


class Verified(Struct, frozen=True, kw_only=True):
    """What was looked at, and every difference from what was signed, in words."""

    differences: tuple[str, ...]
    looked_at: tuple[str, ...]


def verify(workspace: Workspace, plan: Plan, period: Period, *, tell: Tell = silent) -> Verified:
    """Whether the archive still says what was signed of *period*, and *plan* is still that one.

    Values, standings, texts and tables are made anew under the plan as it stood then; Word and PDF
    files as signed are only held against their fingerprints, for they depend on the computer.
    Raises NothingToDo where the period was never closed, or closed before files were kept.
    """
    closed = closings.read_closings(workspace, period)
    if closed is None:
        message = f"{period.title}还没有定稿，没有可以核验的。请先运行 wyexcel close {period}。"
        raise NothingToDo(message)
    signed = issued_folder(workspace, period, closed.last.revision)
    if not issued_files.is_kept(signed):
        message = f"{period.title}定稿时没有留存签发的文件（以前版本的程序），不能核验。"
        raise NothingToDo(message)
    listed = issued_files.read_listing(signed)
    changed = issued_files.changed_files(signed, listed)
    then = _plan_then(workspace, period, closed.last.revision)
    submissions = archived_forms.adopted(workspace, then, period, tell=tell)
    standings = assess.stands(workspace, then, period, submissions)
    standings = explained(standings, submissions)
    values = guard_closed_period.values_to_close(submissions, then, period)
    sheets = publish.bulletin_of(workspace, then, period, standings, closed=closed).sheets
    book = read_workbook.read(signed / _BULLETIN)
    return Verified(
        differences=(
            *changed,
            *_of_values(closed.last, values),
            *_of_standings(closed.last, standings, period),
            *(_of_sheets(book, sheets, then.settings.mark) if isinstance(book, Book) else ()),
            *(f"现在的方案和签发时不同：{what}" for what in plan_differences(then, plan)),
        ),
        looked_at=(
            f"签发的文件{len(listed)}个",
            f"归档原件{len(submissions)}份",
            f"指标{len(standings)}项",
            f"通报的表{len(sheets)}张",
            "方案",
        ),
    )


def _plan_then(workspace: Workspace, period: Period, revision: int) -> Plan:
    """The plan as it stood when *period* was signed."""
    path = issued_folder(workspace, period, revision) / issued_files.PLAN
    book = read_workbook.read(path, only=plan_sheets.NAMES)
    if not isinstance(book, Book):
        message = f"签发时的方案“{path}”读不出来，请从备份恢复该文件。"
        raise CannotRead(message)
    return plan_sheets.read(book)


def _of_values(closing: Closing, values: value_changes.ByUnit) -> Iterator[str]:
    for change in value_changes.changes(closing.values, values):
        where = change.place.item or change.place.park
        what = f"{change.unit}“{change.place.element}”（{where}）"
        yield f"归档的数和定稿不同：{what}由{change.old or '未报'}变为{change.new or '未报'}"


def _of_standings(closing: Closing, standings: Sequence[Standing], period: Period) -> Iterator[str]:
    """The fields in which an indicator is judged otherwise than it was signed."""
    before = {indicator["no"]: indicator for indicator in closing.standings}
    for now in standings_as_json.assessment(period, standings)["indicators"]:
        then: Mapping[str, Any] = before.get(now["no"], {})
        moved = [name for field, name in _FIELDS.items() if now.get(field) != then.get(field)]
        if moved:
            yield f"第{now['no']}项{now['name']}重算后和定稿不同：{'、'.join(moved)}"


def _of_sheets(book: Book, sheets: Sequence[Sheet], mark: str) -> Iterator[str]:
    """The first cell in which each signed table says something else than it would now.

    正文 is left to its own words: hands edit it, and its numbers are those of the standings.
    """
    for sheet in sheets:
        if sheet.name == TEXT:
            continue
        cell = first_difference(book.sheets.get(sheet.name, []), with_sample_mark(sheet, mark))
        if cell:
            yield f"“{sheet.name}”{cell} 重新生成后和签发的不同"
