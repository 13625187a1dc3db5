"""Tables and a progress bar on a terminal, drawn by rich, which is imported only for them."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
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
def progress_bar() -> Generator[Tell]:
    """A progress bar on the error output; returns the function that moves it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("准备", total=None)

        def tell(what: str, done: int, of: int) -> None:
            bar.update(task, description=what, completed=done, total=of)

        yield tell


def print_findings(findings: Iterable[Finding], title: str) -> None:
    """Print *findings* as a table."""
    table = _table("级别", "规则", "位置", "说明", title=title)
    for finding in findings:
        level = Text(finding.severity.value, style=_COLOURS[finding.severity])
        table.add_row(level, finding.rule, _location(finding), Text(finding.message))
    Console().print(table)


def print_standings(standings: Iterable[Standing]) -> None:
    """Print every indicator's status and the reason for it as a table."""
    table = _table("序号", "指标", "状态", "依据")
    for standing in standings:
        indicator = standing.indicator
        table.add_row(str(indicator.no), indicator.name, standing.status.value, standing.reason)
    Console().print(table)


def _table(*headings: str, title: str | None = None) -> Table:
    """An empty table whose cells wrap over as many lines as they need; nothing is cut off."""
    table = Table(title=title)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _location(finding: Finding) -> Text:
    """File (or unit), sheet and cell of *finding*."""
    where = "!".join(part for part in (finding.sheet, finding.cell) if part)
    return Text("\n".join(part for part in (finding.file or finding.unit, where) if part))
