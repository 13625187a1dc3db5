"""What passes because its unit wrote why (情况属实，填写说明后通过)."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from wyexcel.files.address import parse
from wyexcel.files.reading.typed_number import says_nothing
from wyexcel.findings import Finding, Severity
from wyexcel.forms.submission import Submission
from wyexcel.forms.value_in_words import in_words

_WAIVED: Final = "{message}单位已说明：“{remark}”。"
_TOLD: Final = "{message}说明里写着“{remark}”。"
_NUMBER: Final = re.compile("[0-9０-９]")


def waived(findings: Sequence[Finding], submission: Submission) -> list[Finding]:
    """*findings*, of which those that a written reason lets pass are notices that quote it.

    A number that stands in the reason is told with what is wrong in its row, for it may be the one
    that was meant.
    """
    if not any(map(_is_of_a_row, findings)):
        return list(findings)
    remarks = dict(_remarks(submission))
    return [_quoting(f, remarks.get(_row(f), "")) if _is_of_a_row(f) else f for f in findings]


def _may_pass(finding: Finding) -> bool:
    """Whether *finding* asks about a row, so that a reason there answers it."""
    return finding.severity is Severity.REVIEW and bool(finding.sheet and finding.cell)


def _is_of_a_row(finding: Finding) -> bool:
    """Whether the reason in a row matters to *finding*: it is wrong there, or it may pass."""
    return _may_pass(finding) or (
        finding.severity is Severity.ERROR and bool(finding.sheet and finding.cell)
    )


def _remarks(submission: Submission) -> Iterator[tuple[tuple[str | None, int], str]]:
    """The 说明 of each row of numbers and the 备注 of each row of a list, by sheet and row."""
    for entry in submission.entries:
        yield (entry.sheet, parse(entry.cell)[0]), entry.remark
    for item in submission.items:
        yield (item.sheet, item.row), "" if says_nothing(item.note) else item.note


def _row(finding: Finding) -> tuple[str | None, int]:
    first = (finding.cell or "").partition(":")[0]
    return finding.sheet, parse(first)[0]


def _quoting(finding: Finding, remark: str) -> Finding:
    if not remark:
        return finding
    if not _may_pass(finding):
        told = _TOLD.format(message=finding.message, remark=in_words(remark))
        return replace(finding, message=told) if _NUMBER.search(remark) else finding
    message = _WAIVED.format(message=finding.message, remark=in_words(remark))
    return replace(finding, severity=Severity.NOTICE, message=message)
