"""核实单: the letter to a unit whose form counts, although not everything in it is explained."""

from collections.abc import Sequence
from datetime import date

from wyexcel.files.writing.document import Letter, Paragraph, Tone
from wyexcel.findings import Finding
from wyexcel.forms.submission import Received
from wyexcel.letters.letter_parts import (
    compose_letter,
    hand_in_phrase,
    name_and_day,
    problem_paragraph,
)
from wyexcel.period import Period
from wyexcel.plan.plan import Plan


def verification_letter(
    received: Received, findings: Sequence[Finding], period: Period, plan: Plan, today: date
) -> Letter:
    """The 核实单 to the unit of *received*: the *findings* that it may explain or mend."""
    unit = received.unit or ""
    to = hand_in_phrase(unit, plan, own="交本单位汇总人员")
    return compose_letter(
        unit,
        "核实单",
        tone=Tone.ASKED,
        about=f"关于{period.title}{plan.wording.letters}填报表",
        body=(
            Paragraph(
                f"贵单位报送的{name_and_day(received)}已经采用，其中{len(findings)}处需要核实。"
                "属实的，请在该行“说明”栏写明原因（没有“说明”栏的另附说明）；有误的，请改正。"
                f"在原来的文件上写好、改好，保存后重新{to}；收到以前，按现有的数汇总、判定、通报。"
            ),
            *(problem_paragraph(number, finding) for number, finding in enumerate(findings, 1)),
        ),
        plan=plan,
        today=today,
    )
