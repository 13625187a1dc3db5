"""退回单: the letter to a unit whose last form cannot be used as it is."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from wyexcel.files.writing.document import Block, Heading, Letter, Paragraph, Tone
from wyexcel.findings import Finding, Severity
from wyexcel.forms.submission import Received, Season
from wyexcel.letters.letter_parts import compose_letter, name_and_day, problem_paragraph
from wyexcel.letters.rejections import Rejection
from wyexcel.letters.replacement_forms import needs_replacement, replacement_name
from wyexcel.period import Period, chinese_date
from wyexcel.plan.plan import Plan
from wyexcel.plan.schedule import due, overdue

_MEND: Final = (
    "请在所附退回件上改：有问题的格已标颜色、写有批注，第一张表“问题清单”逐条写明位置和改法。"
    "改好保存，把该文件发回即可。"
)
_FILL_AGAIN: Final = (
    "所附退回件的“问题清单”逐条写明问题和改法。请改用下发给贵单位的填报表（xlsx）填好后重新报送。"
)
_MEND_OWN: Final = (
    "所附退回件的“问题清单”逐条写明位置和改法。请在贵单位原来的文件上改好，"
    "另存为 .xlsx 后重新报送。"
)
_OTHER_FORMAT: Final = "F01"
_GO_ON: Final = (
    "所用填报表不是现行的。所附转入件“{name}”是现行填报表，旧表中能用的数已转入并标黄，"
    "第一张表“转入说明”逐格列出。请在转入件上补填、核对，保存后发回，不要再用旧表。"
)
_MARKED: Final = frozenset({".xlsx", ".xlsm"})
"""File types of which there is an annotated copy; for others there is the problem list alone."""


def return_letter(rejection: Rejection, season: Season, plan: Plan, today: date) -> Letter:
    """The 退回单 to the unit of *rejection*: what counts meanwhile, how to mend it, problems."""
    unit, received = rejection.unit or "", rejection.rejected
    findings = season.about(received)
    period = season.period
    return compose_letter(
        unit,
        "退回单",
        tone=Tone.RETURNED,
        about=f"关于{period.title}{plan.wording.letters}填报表",
        body=(
            Paragraph(
                f"贵单位报送的{name_and_day(received)}没有通过校验，现退回。"
                f"{_form_in_use_sentence(rejection)}"
            ),
            Paragraph(
                f"{_how_to_mend(received, findings)}{_deadline_sentence(plan, period, today)}"
            ),
            *_problem_blocks(findings),
        ),
        plan=plan,
        today=today,
    )


def _how_to_mend(received: Received, findings: Sequence[Finding]) -> str:
    """Which file to mend: the annotated copy, the unit's own file, or a new form."""
    if needs_replacement(findings):
        return _GO_ON.format(name=replacement_name(received))
    about_format = next((f for f in findings if f.rule == _OTHER_FORMAT), None)
    if about_format is not None:
        return _FILL_AGAIN if about_format.severity.rejects else _MEND_OWN
    return _MEND if Path(received.file).suffix.lower() in _MARKED else _FILL_AGAIN


def _form_in_use_sentence(rejection: Rejection) -> str:
    """Which form of the unit counts until it has mended this one."""
    if rejection.in_use is None:
        return "改正以前，贵单位本期没有可用的数据。"
    return f"改正以前，暂用贵单位此前已通过校验的{name_and_day(rejection.in_use)}。"


def _deadline_sentence(plan: Plan, period: Period, today: date) -> str:
    deadline, late = chinese_date(due(plan, period)), overdue(plan, period, today)
    return (
        f"报送截止日是{deadline}，{late}，请尽快重新报送。"
        if late
        else f"请于{deadline}前重新报送。"
    )


def _problem_blocks(findings: Sequence[Finding]) -> Iterator[Block]:
    """What must be mended, then what must be explained; notices stand only in the copy's list."""
    groups = {
        "必须改正": [f for f in findings if f.severity.rejects],
        "须核实，属实的在该行“说明”栏写明原因": [
            f for f in findings if f.severity is Severity.REVIEW
        ],
    }
    for section, (what, group) in enumerate([g for g in groups.items() if g[1]]):
        yield Heading(f"{'一二'[section]}、{what}（{len(group)}处）")
        for number, finding in enumerate(group, 1):
            yield problem_paragraph(number, finding)
