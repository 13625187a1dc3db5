"""The same functions on a program in memory and on a real LibreOffice."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import calc
import memory_engine
import pytest
import xlwings as xw

from wyexcel import addin, xlsx
from wyexcel.sheet import Cell, Page, Part, Row, Sheet, row, spread

SAMPLE = Sheet(
    name="样张",
    rows=(
        spread(Part.TITLE, "目标任务完成情况表", 4, height=44),
        row(Part.HEADING, "指标", "累计", "状态", "截至", height=24),
        row(
            Part.NAME,
            "规上工业总产值",
            Cell(value=17.6, part=Part.NUMBER, format="0.00"),
            Cell(value="欠进度", part=Part.WARNING),
            Cell(value=date(2025, 9, 30), part=Part.CENTRE, format="yyyy-mm-dd"),
        ),
        Row(
            (
                Cell(value="2025-09", part=Part.TEXT, down=2),
                Cell(value="=1+1", part=Part.TEXT),
                Cell(value="未报", part=Part.ALARM),
                Cell(value="D7", part=Part.LINK, link="internal:'样张'!A1"),
            ),
            30,
        ),
        Row((None, Cell(value="0014", part=Part.CENTRE), Cell(value=14, part=Part.NUMBER)), 30),
        row(Part.NOTE, "注：“—”为未报，不是0。", None, height=20),
    ),
    widths=(46, 17, 17, 30),
    page=Page(repeat=(1, 1)),
)
OLD = Sheet(
    name="样张",
    rows=(
        spread(Part.TITLE, "旧表", 6, height=60),
        *(row(Part.ALARM, "旧", 1, 2, 3, 4, 5, height=50) for _ in range(12)),
    ),
    widths=(20, 20, 20, 20, 20, 20),
)


def opened(app: xw.App, path: Path, *sheets: Sheet) -> xw.Book:
    xlsx.write(sheets, path)
    return app.books.open(path)


def drawn(area: xw.Range, side: str) -> bool:
    """Whether a line is drawn on that side; an engine need not be able to say so."""
    if area.sheet.book.app.engine.name == "memory":
        return area.borders[f"edge_{side}"].line_style == "continuous"
    return bool(getattr(area.api, f"{side.title()}Border").OuterLineWidth)


def seen(sheet: xw.Sheet, cell: tuple[int, int]) -> dict[str, object]:
    """Everything that a reader of *sheet* sees of one cell."""
    area = sheet.range(cell)
    return {
        "value": area.options(ndim=2).value,
        "number format": area.number_format,
        "font": (area.font.name, area.font.size, area.font.bold, area.font.color),
        "fill": area.color,
        "alignment": (area.horizontal_alignment, area.vertical_alignment, area.wrap_text),
        "borders": [side for side in memory_engine.SIDES if drawn(area, side)],
        "merged": area.merge_area.address,
    }


@pytest.fixture(scope="module")
def calc_app() -> Iterator[xw.App]:
    with calc.office():
        yield xw.apps.active


@pytest.fixture(params=["memory", "calc"])
def app(request: pytest.FixtureRequest) -> Iterator[xw.App]:
    """A program in memory, then a real one."""
    if request.param == "memory":
        yield memory_engine.start()
        return
    office: xw.App = request.getfixturevalue("calc_app")
    office.engine.activate()
    yield office
    for book in list(office.books):
        book.close()


def test_a_sheet_put_into_the_open_book_is_the_sheet_written_to_a_file(
    app: xw.App, tmp_path: Path
) -> None:
    written = opened(app, tmp_path / "a.xlsx", SAMPLE).sheets["样张"]
    book = opened(app, tmp_path / "b.xlsx", OLD)

    addin.put(book, SAMPLE)

    live = book.sheets["样张"]
    for number in range(1, len(OLD.rows) + 2):
        for column in range(1, len(OLD.widths) + 2):
            here = (number, column)
            assert (here, seen(live, here)) == (here, seen(written, here))
    assert live.page_setup.print_area == written.page_setup.print_area == "$A$1:$D$6"
    for column in range(1, len(SAMPLE.widths) + 1):
        widths = [sheet.range((1, column)).column_width for sheet in (live, written)]
        assert widths[0] == pytest.approx(widths[1], abs=0.1)
    for number in (n for n, one in enumerate(SAMPLE.rows, start=1) if one.height):
        heights = [sheet.range((number, 1)).row_height for sheet in (live, written)]
        assert heights[0] == pytest.approx(heights[1], abs=0.5)
