"""What is drawn on a terminal: tables and a progress bar. It is loaded only where one is."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from wyexcel.findings import Finding, Severity
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.progress.standing import Standing

_COLOURS: Final[Mapping[Severity, str]] = {
    Severity.BLOCK: "bold red",
    Severity.ERROR: "red",
    Severity.REVIEW: "yellow",
    Severity.NOTICE: "dim",
}


@contextmanager
def bar() -> Generator[Tell]:
    """A progress bar beside the output, and what moves it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as drawn:
        task = drawn.add_task("准备", total=None)

        def tell(what: str, done: int, of: int) -> None:
            drawn.update(task, description=what, completed=done, total=of)

        yield tell


def findings(found: Iterable[Finding], title: str) -> None:
    """Draw what was found."""
    table = _table("级别", "规则", "位置", "说明", title=title)
    for finding in found:
        level = Text(finding.severity.value, style=_COLOURS[finding.severity])
        table.add_row(level, finding.rule, _place(finding), Text(finding.message))
    Console().print(table)


def standings(judged: Iterable[Standing]) -> None:
    """Draw every indicator's status and the reason for it."""
    table = _table("序号", "指标", "状态", "依据")
    for standing in judged:
        indicator = standing.indicator
        table.add_row(str(indicator.no), indicator.name, standing.status.value, standing.reason)
    Console().print(table)


def _table(*headings: str, title: str | None = None) -> Table:
    """A table whose cells go on over as many lines as they need; nothing is cut off."""
    table = Table(title=title)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _place(finding: Finding) -> Text:
    where = "!".join(part for part in (finding.sheet, finding.cell) if part)
    return Text("\n".join(part for part in (finding.file or finding.unit, where) if part))
