"""Submissions as bytes and back."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wyexcel.files.reading.book import CellValue
from wyexcel.forms import stored_submission
from wyexcel.forms.submission import Entry, ListedItem, ProgressNote, Submission, Vintage
from wyexcel.period import Period

TEXT = st.text(max_size=6)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.just(Decimal("-0"))
TYPED: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    TEXT,
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
ENTRIES = st.lists(
    st.builds(Entry, TEXT, TEXT, TEXT, TEXT, TYPED, st.none() | NUMBERS, TEXT, TEXT), max_size=4
).map(tuple)
ITEMS = st.lists(
    st.builds(
        ListedItem,
        *(TEXT, TEXT, st.integers(0, 2000), TEXT, TEXT, TEXT, TEXT),
        st.none() | st.dates(),
        st.none() | NUMBERS,
        TEXT,
    ),
    max_size=3,
).map(tuple)
SUBMISSIONS = st.builds(
    Submission,
    file=TEXT,
    sha256=TEXT,
    unit=TEXT,
    period=st.builds(Period, st.integers(2025, 2027), st.integers(1, 12)),
    entries=ENTRIES,
    items=ITEMS,
    extras=ENTRIES,
    progress_notes=st.dictionaries(
        st.integers(1, 20),
        st.builds(ProgressNote, state=TEXT, reason=TEXT, measures=TEXT, finish=TEXT),
    ),
    asked=st.dictionaries(TEXT, st.integers(0, 9)),
    preparer=TEXT,
    reviewer=TEXT,
    phone=TEXT,
    filled_on=TEXT,
    vintage=st.sampled_from(Vintage),
)


def types(submission: Submission) -> list[type]:
    """The types of what was typed: 1, 1.0 and True are equal, but not the same in a form."""
    return [type(entry.raw) for entry in (*submission.entries, *submission.extras)]


@given(st.lists(SUBMISSIONS, max_size=3))
def test_whatever_a_unit_sent_comes_back_as_it_was(submissions: list[Submission]) -> None:
    again = stored_submission.decode(stored_submission.encode(submissions))

    assert list(again) == submissions
    assert [types(s) for s in again] == [types(s) for s in submissions]
    assert [repr(e.number) for s in again for e in s.entries] == [
        repr(e.number) for s in submissions for e in s.entries
    ]


@pytest.mark.parametrize("content", [b"", b"\x93", b"\xc1\xc1", b"\x91\x90"])
def test_bytes_that_are_no_submissions_are_refused(content: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        stored_submission.decode(content)


def test_every_type_of_a_cell_is_known_to_the_store() -> None:
    values = ["x", 1.5, True, date(2025, 1, 2), datetime(2025, 1, 2, 3, 4), time(5, 6)]  # noqa: DTZ001
    for value in [*values, timedelta(days=1, microseconds=7), None]:
        entry = Entry("C01", "全区", "填报", "D7", value, None)
        sent = Submission(file="", sha256="", unit="", period=Period(2025, 9), entries=(entry,))

        assert stored_submission.decode(stored_submission.encode([sent])) == (sent,)
