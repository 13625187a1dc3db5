"""校验 pressed on an open form: colours its faulty cells, with the finding as a note on each."""

import tempfile
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import xlwings as xw

from wyexcel.archive.workspace import Workspace, find
from wyexcel.desktop.addin import excel_or_calc, read_sheets
from wyexcel.errors import NotAWorkspace
from wyexcel.files.writing.looks import LOOKS
from wyexcel.files.writing.sheet import Part
from wyexcel.findings import Finding
from wyexcel.forms.asked import NameListColumn
from wyexcel.forms.layout import IDENTITY, SLOTS
from wyexcel.forms.slot import slot_from_row
from wyexcel.intake import check_arrivals, history
from wyexcel.intake.arrivals import Arrival
from wyexcel.letters import problem_list
from wyexcel.period import Period
from wyexcel.stages import read_plan

_OURS: Final = "【"
"""How each of our notes begins; a form as it is issued has none."""

CLEAN: Final = "“{name}”没有发现问题。"
FAULTY: Final = "“{name}”有 {count} 处问题：单元格已标色，鼠标停在上面可看说明。"
ELSEWHERE: Final = "整份文件的问题：\n{sentences}"


def is_form(names: Collection[str]) -> bool:
    """Whether a book with sheets of these *names* is a form of ours."""
    return {IDENTITY, SLOTS} <= set(names)


def check(book: xw.Book) -> str:
    """Mark the findings in the open form *book*, saved or not; return the message of how many.

    Raises NotAWorkspace where the form lies in no workspace.
    """
    workspace = _workspace_of(Path(book.fullname))
    findings = _findings(book, workspace)
    in_cells = [finding for finding in findings if finding.sheet and finding.cell]
    for sheet in book.sheets:
        if sheet.name not in {IDENTITY, SLOTS}:
            with _unprotected(sheet):
                _wipe(_inputs(book, sheet.name))
                _mark(sheet, [finding for finding in in_cells if finding.sheet == sheet.name])
    summary = FAULTY if in_cells else CLEAN if not findings else ""
    lines = [summary.format(name=book.name, count=len(in_cells))] if summary else []
    rest = "\n".join(finding.message for finding in findings if finding not in in_cells)
    return "\n".join(lines + ([ELSEWHERE.format(sentences=rest)] if rest else []))


def _workspace_of(path: Path) -> Workspace:
    """The workspace in whose folders *path* lies."""
    for folder in path.parents:
        if Workspace(folder).master.is_file():
            return find(folder)
    message = f"“{path.name}”不在工作目录里。请先把它放进工作目录的“报送”文件夹，再打开校验。"
    raise NotAWorkspace(message)


def _findings(book: xw.Book, workspace: Workspace) -> Sequence[Finding]:
    """The findings in the form as it is on the screen."""
    identity = {
        str(line[0]): line[1] for line in read_sheets.rows(book.sheets[IDENTITY]) if line[1:]
    }
    now = datetime.now().astimezone()
    with tempfile.TemporaryDirectory(prefix="wyexcel-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / book.name
        excel_or_calc.save_copy(book, copy)
        plan = read_plan.plan_of(workspace)
        period = Period.parse(str(identity.get("period")))
        season = check_arrivals.judge_arrivals(
            [Arrival(path=copy, file=book.name, received=now.astimezone(UTC))],
            plan=plan,
            period=period,
            today=now.date(),
            history=history.read_history(workspace, plan, period),
            selected=True,
        )
    return [finding for finding in season.findings if finding.file == book.name]


@contextmanager
def _unprotected(sheet: xw.Sheet) -> Generator[None]:
    """Remove the protection of *sheet* while the block lasts; a form has no password."""
    was_protected = excel_or_calc.unprotect(sheet)
    try:
        yield
    finally:
        if was_protected:
            excel_or_calc.protect(sheet)


def _inputs(book: xw.Book, name: str) -> Iterator[xw.Range]:
    """The input cells of the sheet *name*, a whole column for each column of a name list."""
    sheet = book.sheets[name]
    last = sheet.used_range.last_cell.row
    _, *rows = read_sheets.rows(book.sheets[SLOTS])
    for row in rows:
        slot = slot_from_row([str(value) for value in row])
        if slot is not None and slot.sheet == name:
            cell = sheet[slot.cell]
            is_list = isinstance(slot.asks, NameListColumn)
            yield sheet.range(cell, (last, cell.column)) if is_list else cell


def _wipe(inputs: Iterator[xw.Range]) -> None:
    """Remove earlier marks: inputs get their own fill again, and our notes are deleted."""
    for area in inputs:
        area.color = LOOKS[Part.INPUT].fill
        for cell in area:
            if (note := cell.note) and note.text.startswith(_OURS):
                note.delete()


def _mark(sheet: xw.Sheet, findings: Sequence[Finding]) -> None:
    """Colour the cells of *findings*, and put the sentences as a note on the first cell of each."""
    notes: dict[str, list[str]] = {}
    for finding in reversed(findings):
        cells = sheet[str(finding.cell)]
        cells.color = f"#{problem_list.SEVERITY_COLOURS[finding.severity][2:]}"
        sentence = f"{_OURS}{finding.severity.value} {finding.rule}】{finding.message}"
        notes.setdefault(cells[0].address, []).insert(0, sentence)
    for address, sentences in notes.items():
        cell = sheet[address]
        if (note := cell.note) is not None:
            note.delete()
        cell.add_note("\n".join(sentences))
