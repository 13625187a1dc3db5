"""Issuing many forms, beside a program that builds each with openpyxl, as ratios of one run.

Run it with `python -m tests.bench.bench_issue [COUNT]`. The other program writes the same cells,
fonts, fills, borders, widths, merges, choices and protection.
"""

import io
import sys
import time
from collections.abc import Callable, Iterable, Sequence

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tests.bench.bench_season import large_plan
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.looks import LOOKS, characters
from wyexcel.files.writing.sheet import Part, Sheet
from wyexcel.forms.blank import form
from wyexcel.plan.plan import Plan
from wyexcel.practice import demo
from wyexcel.rules.all_rules import requirements

OFFICIAL_UNITS = 5
_THIN = Side(style="thin")


def described(plan: Plan, count: int) -> Iterable[Sequence[Sheet]]:
    """The forms of *count* units."""
    for unit in plan.reporting[OFFICIAL_UNITS:][:count]:
        yield form.blank_form(plan, unit, demo.PERIOD, rules=requirements(plan))


def by_openpyxl(sheets: Sequence[Sheet]) -> bytes:
    """One form as a user's own program would build it, each style made once."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    styles = {part: _style(part) for part in Part}
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet, styles)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _style(part: Part) -> dict[str, object]:
    look = LOOKS[part]
    return {
        "font": Font(name=look.font, size=look.size, bold=look.bold, color=f"FF{look.colour[1:]}"),
        "fill": PatternFill("solid", fgColor=look.fill[1:]) if look.fill else PatternFill(),
        "alignment": Alignment(horizontal=look.align, wrap_text=look.wrap),
        "border": Border(_THIN, _THIN, _THIN, _THIN) if look.border else Border(),
        "protection": Protection(locked=look.locked),
        "number_format": look.number_format,
    }


def _fill(worksheet: Worksheet, sheet: Sheet, styles: dict[Part, dict[str, object]]) -> None:
    for column, width in enumerate(sheet.widths, 1):
        worksheet.column_dimensions[get_column_letter(column)].width = characters(width)
    for number, row in enumerate(sheet.rows, 1):
        worksheet.row_dimensions[number].height = row.height
        for column, cell in enumerate(row.cells, 1):
            if cell is None:
                continue
            written = worksheet.cell(number, column, cell.value)
            for name, style in styles[cell.part].items():
                setattr(written, name, style)
            if cell.across > 1 or cell.down > 1:
                last = (number + cell.down - 1, column + cell.across - 1)
                worksheet.merge_cells(None, number, column, *last)
    for choice in sheet.choices:
        offered = DataValidation("list", formula1=f'"{",".join(choice.options)}"')
        offered.add(choice.area)
        worksheet.add_data_validation(offered)
    worksheet.protection.sheet = sheet.protected
    worksheet.sheet_state = "veryHidden" if sheet.hidden else "visible"


def cost(write: Callable[[Sequence[Sheet]], bytes], plan: Plan, count: int) -> float:
    """Milliseconds of CPU a form, describing it included."""
    before = time.process_time()
    for sheets in described(plan, count):
        write(sheets)
    return (time.process_time() - before) * 1000 / count


def main(count: int) -> None:
    """Print what a form costs either way, and the ratio."""
    plan = large_plan(count)
    plain = cost(by_openpyxl, plan, min(count, 100))
    ours = cost(xlsx.render, plan, count)
    print(
        f"{count} forms: openpyxl {plain:.2f} ms, xlsx.render {ours:.2f} ms a form, "
        f"{plain / ours:.1f} times faster"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1000)
