"""A table's last page never holds a few rows alone."""

import pytest
from msgspec.structs import replace

from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Page, Part, Sheet, row

ONE_PAGE = 23
"""Rows of 20 points on the 172 mm (487 points) that A4 has between its margins, with room left."""


def table(rows: int, page: Page) -> Sheet:
    """A table that is as wide as A4 between margins of 20 mm."""
    body = tuple(row(Part.NAME, "甲", height=20) for _ in range(rows))
    return Sheet(name="表", rows=body, widths=(257,), page=page)


@pytest.mark.parametrize(
    ("rows", "tall"),
    [(ONE_PAGE, 0), (ONE_PAGE + 1, 1), (ONE_PAGE + 8, 1), (ONE_PAGE + 9, 0), (2 * ONE_PAGE + 1, 2)],
)
def test_less_than_a_third_of_a_page_is_pressed_onto_the_pages_before(rows: int, tall: int) -> None:
    assert fit_pages(table(rows, Page())).page.pages_tall == tall


def test_headings_take_room_on_every_page_that_repeats_them() -> None:
    assert fit_pages(table(2 * ONE_PAGE, Page())).page.pages_tall == 0
    assert fit_pages(table(2 * ONE_PAGE, Page(repeat=(0, 0)))).page.pages_tall == 2


def test_a_wide_table_is_printed_smaller_with_more_rows_on_a_page() -> None:
    wide = replace(table(2 * ONE_PAGE, Page()), widths=(257, 257))

    assert fit_pages(wide).page.pages_tall == 0
    assert fit_pages(replace(wide, widths=(257, 240))).page.pages_tall == 1


def test_a_table_that_is_fitted_already_stays_so() -> None:
    fitted = table(ONE_PAGE + 1, Page(pages_tall=3))

    assert fit_pages(fitted) == fitted


@pytest.mark.parametrize(("rows", "tall"), [(24, 1), (30, 1), (33, 0), (60, 0)])
def test_a_table_that_may_be_printed_smaller_stands_on_one_page_while_it_can(
    rows: int, tall: int
) -> None:
    assert fit_pages(table(rows, Page()), smallest=0.8).page.pages_tall == tall
