from msgspec.structs import replace

from tests.support.forms import COMMITTEE, INDUSTRY, Answers, filled
from tests.support.standings import one
from wyexcel.forms.submission import Submission
from wyexcel.progress.unit_statements import explained


def says(unit: str, reason: str | None) -> Submission:
    told = {"reason.2": reason, "measures.2": None, "finish.2": None}
    return filled(Answers(unit=unit, told=told)).submission


def reason(*submissions: Submission) -> str:
    [standing] = explained((one(2),), submissions)
    return standing.account.reason


def test_the_reporting_unit_is_heard_before_the_one_that_checks() -> None:
    assert reason(says(COMMITTEE, "停窑"), says(INDUSTRY, "停产")) == "停产"


def test_a_checking_unit_is_heard_where_the_other_says_nothing_and_is_named() -> None:
    assert reason(says(COMMITTEE, "停窑"), says(INDUSTRY, None)) == "停窑（市工业园区管委会填）"


def test_nobody_has_to_say_anything() -> None:
    silent = replace(says(INDUSTRY, None), progress_notes={})

    assert reason(silent) == reason() == ""
