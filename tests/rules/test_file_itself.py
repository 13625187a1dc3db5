from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.forms import PERIOD, TRADE, Answers, book
from wyexcel.files.reading.book import Book
from wyexcel.files.reading.refusal import Reason, Unreadable, phrase
from wyexcel.findings import Severity
from wyexcel.rules import file_itself

MORNING = datetime(2025, 10, 9, 9, tzinfo=UTC)


def found(opened: Book | Unreadable | None, **more: Any) -> list[tuple[str, Severity]]:
    there = file_itself.ArrivedFile(
        name="a.xlsx", received=MORNING, book=opened, period=PERIOD, **more
    )
    return [(f.rule, f.severity) for f in file_itself.FILE_ITSELF.findings(there, file="a.xlsx")]


def refused(reason: Reason) -> Unreadable:
    return Unreadable(file="a.xlsx", sha256="", reason=reason, detail=phrase(reason))


GOOD = book(Answers(unit=TRADE))


def test_a_form_is_a_workbook_like_any_other() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize("reason", list(Reason))
def test_what_cannot_be_read_is_turned_away_for_one_reason(reason: Reason) -> None:
    rule = "F02" if reason is Reason.PASSWORD else "F01"

    assert found(refused(reason)) == [(rule, Severity.BLOCK)]


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        (Reason.ARCHIVE, "解压"),
        (Reason.PICTURE, "把数填进下发的填报表"),
        (Reason.PDF, "把数填进下发的填报表"),
        (Reason.MAIL, "附件"),
        (Reason.DAMAGED, "重新发送"),
        (Reason.EMPTY, "重新发送"),
        (Reason.SHORTCUT, "那个文件发来"),
        (Reason.ENCRYPTED, "解密"),
        (Reason.NUMBERS, "导出为 Excel"),
        (Reason.XLS, "另存为 .xlsx"),
        (Reason.LINK, "原文件本身"),
        (Reason.PASSWORD, "取消密码后重新报送"),
    ],
)
def test_what_to_do_depends_on_what_the_file_is(reason: Reason, advice: str) -> None:
    arrived = file_itself.ArrivedFile(
        name="甲", received=MORNING, book=refused(reason), period=PERIOD
    )
    [told] = file_itself.FILE_ITSELF.findings(arrived, file="甲")

    assert "“甲”" in told.message
    assert phrase(reason) in told.message
    assert advice in told.message
    assert "请请" not in told.message


def test_links_to_other_files_are_asked_about_one_by_one() -> None:
    linked = GOOD._replace(links=("D:\\台账.xlsx", "旧表.xlsx"))

    assert found(linked) == [("F07", Severity.REVIEW)] * 2


def test_a_program_in_a_form_is_asked_about() -> None:
    assert found(GOOD._replace(macros=True)) == [("F08", Severity.REVIEW)]


def test_a_workbook_without_our_identity_is_no_form() -> None:
    assert found(GOOD._replace(sheets={})) == [("S01", Severity.BLOCK)]
    assert found(GOOD._replace(sheets={}, macros=True, links=("甲.xlsx",))) == [
        ("S01", Severity.BLOCK)
    ]


def test_the_same_content_again_is_only_told() -> None:
    assert found(None, earlier_copy=file_itself.EarlierCopy("b.xlsx")) == [("F04", Severity.NOTICE)]
    assert found(None, earlier_copy=file_itself.EarlierCopy("b.xlsx", "c.xlsx")) == [
        ("F04", Severity.REVIEW)
    ]
