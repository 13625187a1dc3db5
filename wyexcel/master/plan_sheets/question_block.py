"""待确认事项 at the foot of 指标口径: what the text leaves open, and how it is treated so far."""

from collections.abc import Sequence
from typing import Final

from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import SheetCells
from wyexcel.files.writing.sheet import Cell, Part, Row
from wyexcel.master.plan_sheets import rows
from wyexcel.master.plan_sheets.directory import Directory
from wyexcel.plan.tasks import Question

HEADINGS: Final = ("序号", "事项", "不明确之处", "暂按", "确认单位", "确认情况")

_MATTER, _TREATMENT = 6, 5


def _merged(cells: Sequence[Cell]) -> tuple[Cell | None, ...]:
    """*cells*, with None in place of those that a merged cell covers."""
    return tuple(c for cell in cells for c in (cell, *(None,) * (cell.across - 1)))


def _cells(part: Part, values: Sequence[str]) -> tuple[Cell | None, ...]:
    across = (1, 1, _MATTER, _TREATMENT, 1, 1)
    cells = [
        Cell(value=value or None, part=part, format=rows.TEXT, across=reach)
        for value, reach in zip(values, across, strict=True)
    ]
    return _merged(cells)


def heading() -> Row:
    """The heading row of the block."""
    return rows.heading(*_cells(Part.HEADING, HEADINGS))


def row(q: Question, widths: Sequence[float]) -> Row:
    """One question, its long texts over several of the sheet's columns (*widths*)."""
    texts = (q.subject, q.matter, q.treatment, q.owner, q.confirmed)
    cells = _cells(Part.INPUT, ("", *texts))
    treatment = 2 + _MATTER
    return Row(
        (Cell(value=q.no, part=Part.CENTRE), *cells[1:]),
        rows.height(
            (q.subject, widths[1]),
            (q.matter, sum(widths[2:treatment])),
            (q.treatment, sum(widths[treatment : treatment + _TREATMENT])),
        ),
    )


def read(sheet: SheetCells, directory: Directory) -> tuple[Question, ...]:
    """The open questions and how they are treated until somebody confirms."""
    return tuple(
        Question(
            no=line.whole("序号"),
            subject=line.text("事项"),
            matter=line.text("不明确之处"),
            treatment=line.text("暂按"),
            owner=directory.current(line.text("确认单位")),
            confirmed=line.text("确认情况"),
        )
        for line in tables.table_rows(sheet, HEADINGS)
    )
