"""校验 pressed on an open form: its faulty cells coloured, and the sentence as a note on each."""

import tempfile
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import xlwings as xw

from wyexcel.archive.workspace import Workspace, find
from wyexcel.desktop.addin import application, read_sheets
from wyexcel.errors import NotAWorkspace
from wyexcel.files.writing.looks import LOOKS
from wyexcel.files.writing.sheet import Part
from wyexcel.findings import Finding
from wyexcel.forms.asked import NameListColumn
from wyexcel.forms.layout import IDENTITY, SLOTS
from wyexcel.forms.slot import slot_from_row
from wyexcel.intake import check_arrivals, history
from wyexcel.intake.check_arrivals import Arrival
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
    """Mark what is wrong in the open form *book*, saved or not; what a person is told of it."""
    workspace = _above(Path(book.fullname))
    findings = _findings(book, workspace)
    here = [one for one in findings if one.sheet and one.cell]
    for sheet in book.sheets:
        if sheet.name not in {IDENTITY, SLOTS}:
            with _open(sheet):
                _wipe(_inputs(book, sheet.name))
                _mark(sheet, [one for one in here if one.sheet == sheet.name])
    told = FAULTY if here else CLEAN if not findings else ""
    lines = [told.format(name=book.name, count=len(here))] if told else []
    rest = "\n".join(one.message for one in findings if one not in here)
    return "\n".join(lines + ([ELSEWHERE.format(sentences=rest)] if rest else []))


def _above(path: Path) -> Workspace:
    """The workspace in whose folders *path* lies."""
    for folder in path.parents:
        if Workspace(folder).master.is_file():
            return find(folder)
    message = f"“{path.name}”不在工作目录里。请先把它放进工作目录的“报送”文件夹，再打开校验。"
    raise NotAWorkspace(message)


def _findings(book: xw.Book, workspace: Workspace) -> Sequence[Finding]:
    """What is wrong with the form as it stands on the screen."""
    identity = {
        str(line[0]): line[1] for line in read_sheets.rows(book.sheets[IDENTITY]) if line[1:]
    }
    now = datetime.now().astimezone()
    with tempfile.TemporaryDirectory(prefix="wyexcel-", ignore_cleanup_errors=True) as home:
        copy = Path(home) / book.name
        application.save_copy(book, copy)
        plan = read_plan.plan_of(workspace)
        period = Period.parse(str(identity.get("period")))
        season = check_arrivals.check(
            [Arrival(path=copy, file=book.name, received=now.astimezone(UTC))],
            plan=plan,
            period=period,
            today=now.date(),
            history=history.history(workspace, plan, period),
        )
    return [finding for finding in season.findings if finding.file == book.name]


@contextmanager
def _open(sheet: xw.Sheet) -> Generator[None]:
    """Let a protected *sheet* be written while the block lasts; a form has no password."""
    was_protected = application.unprotect(sheet)
    try:
        yield
    finally:
        if was_protected:
            application.protect(sheet)


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
    """Take earlier marks away: the fill of inputs comes back, and our notes go."""
    for area in inputs:
        area.color = LOOKS[Part.INPUT].fill
        for cell in area:
            if (note := cell.note) and note.text.startswith(_OURS):
                note.delete()


def _mark(sheet: xw.Sheet, findings: Sequence[Finding]) -> None:
    said: dict[str, list[str]] = {}
    for finding in reversed(findings):
        cells = sheet[str(finding.cell)]
        cells.color = f"#{problem_list.MARKS[finding.severity][2:]}"
        sentence = f"{_OURS}{finding.severity.value} {finding.rule}】{finding.message}"
        said.setdefault(cells[0].address, []).insert(0, sentence)
    for address, sentences in said.items():
        cell = sheet[address]
        if (note := cell.note) is not None:
            note.delete()
        cell.add_note("\n".join(sentences))
