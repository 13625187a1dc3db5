"""The sheets of the master that hold the plan: written for the office, read back at run time."""

from typing import Final

from wyexcel.errors import BadPlan, NotAWorkspace
from wyexcel.files.address import a1
from wyexcel.files.reading.book import Book, CellValue, Percentage, may_be_typed_with_a_sign
from wyexcel.files.reading.tables import SheetCells
from wyexcel.files.writing.sheet import Sheet
from wyexcel.master.plan_sheets import (
    agreed_sheet,
    band_sheet,
    definitions,
    directory,
    element_block,
    given_sheet,
    question_block,
    relation_block,
    settings_sheet,
    target_table,
    task_sheet,
)
from wyexcel.plan.checks.plan import refuse_contradictions
from wyexcel.plan.plan import Plan
from wyexcel.plan.sheet_names import PlanSheet

NAMES: Final = tuple(sheet.value for sheet in PlanSheet)
"""The plan sheets in the order in which they stand in the master."""

_LATER: Final = frozenset({PlanSheet.AGREED.value})
"""Sheets that a master of an earlier version lacks; there, no number was settled."""


def describe(plan: Plan) -> tuple[Sheet, ...]:
    """The plan as the nine sheets that the office keeps."""
    return (
        target_table.describe(plan),
        definitions.describe(plan),
        directory.describe_units(plan),
        directory.describe_parks(plan),
        task_sheet.describe(plan),
        given_sheet.describe(plan),
        agreed_sheet.describe(plan),
        band_sheet.describe(plan),
        settings_sheet.describe(plan),
    )


def read(book: Book) -> Plan:
    """The plan that *book* says, with everything the office changed in it.

    Raise NotAWorkspace where a sheet is missing, BadPlan where one cannot be understood.
    """
    _refuse_missing_sheets(book)
    _refuse_broken_cells(book)
    return refuse_contradictions(
        _plan({name: _written(book, name) for name in PlanSheet if name in book.sheets})
    )


def _written(book: Book, name: str) -> SheetCells:
    percent = {cell for sheet, cell in book.percent if sheet == name}
    if not percent:
        return SheetCells(name, book.sheets[name])
    return SheetCells(
        name,
        [
            [_as_shown(value, a1(row, column) in percent) for column, value in enumerate(line)]
            for row, line in enumerate(book.sheets[name])
        ],
    )


def _as_shown(value: CellValue, percent: bool) -> CellValue:  # noqa: FBT001 - one cell of many
    """*value*, marked where its cell shows it as a *percent*age."""
    return Percentage(value) if percent and may_be_typed_with_a_sign(value) else value


def _refuse_missing_sheets(book: Book) -> None:
    missing = [name for name in NAMES if name not in {*book.sheets, *_LATER}]
    if missing:
        message = (
            f"主工作簿缺少“{'”“'.join(missing)}”工作表（可能被删除或改名），"
            "请恢复原来的名称，或从备份取回。"
        )
        raise NotAWorkspace(message)


def _refuse_broken_cells(book: Book) -> None:
    for (sheet, cell), shown in book.errors.items():
        if sheet in NAMES:
            message = f"主工作簿“{sheet}”{cell} 是错误值 {shown}，请改为数值或文字。"
            raise BadPlan(message)
    for sheet, cell in sorted(book.uncached):
        if sheet in NAMES:
            message = (
                f"主工作簿“{sheet}”{cell} 的公式没有计算结果，"
                "请在 Excel 或 WPS 中打开保存一次，或直接填数。"
            )
            raise BadPlan(message)


def _plan(sheets: dict[PlanSheet, SheetCells]) -> Plan:
    units = directory.read_units(sheets[PlanSheet.UNITS])
    office = settings_sheet.read(sheets[PlanSheet.SETTINGS], units)
    promises = target_table.read(sheets[PlanSheet.TARGETS], units)
    places = directory.read_parks(sheets[PlanSheet.PARKS])
    definition_sheet, task_sheet_ = sheets[PlanSheet.DEFINITIONS], sheets[PlanSheet.TASKS]
    elements = element_block.read(definition_sheet)
    indicators = definitions.read(definition_sheet, promises)
    return Plan(
        title=office.title,
        version=office.version,
        source=office.source,
        years=tuple(sorted({year for promise in promises for year in promise.targets})),
        units=units.units,
        breakdown=units.breakdown,
        elements=elements.owed,
        supplements=elements.supplements,
        indicators=indicators,
        relations=relation_block.read(definition_sheet, indicators, elements.codes),
        tasks=task_sheet.read_tasks(task_sheet_, units),
        text_targets=task_sheet.read_targets(task_sheet_),
        questions=question_block.read(definition_sheet, units),
        bands=band_sheet.read(sheets[PlanSheet.BANDS]),
        given=given_sheet.read(sheets[PlanSheet.GIVEN], places),
        agreed=agreed_sheet.read(sheets[PlanSheet.AGREED], places)
        if PlanSheet.AGREED in sheets
        else (),
        parks=places.parks,
        buckets=places.buckets,
        former_places=places.former,
        place_notes=places.notes,
        bucket_uses=places.uses,
        settings=office.settings,
        wording=office.wording,
        annex=target_table.read_annex(sheets[PlanSheet.TARGETS]),
    )
