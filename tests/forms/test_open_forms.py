from pathlib import Path

from msgspec.structs import replace

from tests.support.forms import INDUSTRY, PLAN, SCIENCE, TRADE, Answers, written
from wyexcel.files.reading.book import Book
from wyexcel.forms.filled import open_forms
from wyexcel.forms.filled.read_form import identity
from wyexcel.forms.layout import SLOTS

EARLIER = replace(PLAN, elements=tuple(replace(e, name=f"{e.name}（旧）") for e in PLAN.elements))


def test_what_a_form_states_itself_is_read_only_where_it_is_laid_out_in_another_way(
    tmp_path: Path,
) -> None:
    paths = [
        written(Answers(unit=INDUSTRY), tmp_path / "甲.xlsx"),
        written(Answers(unit=TRADE, plan=EARLIER), tmp_path / "乙.xlsx"),
        written(Answers(unit=SCIENCE), tmp_path / "丙.xlsx"),
    ]

    books = [book for book in open_forms.books(paths, PLAN) if isinstance(book, Book)]

    assert [identity(book)["unit"] for book in books] == [INDUSTRY, TRADE, SCIENCE]
    assert [SLOTS in book.sheets for book in books] == [False, True, False]
