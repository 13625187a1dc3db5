"""What every letter has: its head and end, and phrases that several letters use."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from wyexcel.files.writing.document import INDENT, Block, Letter, Paragraph, Tone
from wyexcel.findings import Finding
from wyexcel.forms.layout import IDENTITY, SLOTS
from wyexcel.forms.submission import Received
from wyexcel.period import chinese_date
from wyexcel.plan.plan import Plan


def compose_letter(  # noqa: PLR0913  by name only, what every letter of ours has
    unit: str,
    kind: str,
    *,
    tone: Tone,
    about: str,
    body: Sequence[Block],
    plan: Plan,
    today: date,
) -> Letter:
    """A letter of a *kind* (退回单) to *unit*, its title *about* something, from the issuer."""
    return Letter(
        name=f"{unit}-{kind}",
        tone=tone,
        title=f"{about}的{kind}",
        unit=unit,
        body=tuple(body),
        sender=plan.settings.issuer,
        day=today,
        contact=contact_line(plan),
        mark=plan.settings.mark,
    )


def name_and_day(received: Received) -> str:
    """The file that was *received*, quoted, with the day on which it came."""
    day = received.received.astimezone().date()
    return f"“{received.file}”（{chinese_date(day)}收到）"


def problem_paragraph(number: int, finding: Finding) -> Paragraph:
    """One numbered finding: how much it weighs, where it is, what is wrong."""
    return Paragraph(f"{number}.〔{finding.severity}〕{_place(finding)}{finding.message}")


_HIDDEN: Final = frozenset({IDENTITY, SLOTS})


def _place(finding: Finding) -> str:
    """Sheet and cell of a finding, "" for a hidden sheet; no cell that its message names."""
    if not finding.sheet or finding.sheet in _HIDDEN:
        return ""
    cell = finding.cell if finding.cell and finding.cell not in finding.message else ""
    return f"“{finding.sheet}”表{cell}："


def hand_in_phrase(unit: str, plan: Plan, *, own: str) -> str:
    """To whom *unit* hands in its form or answer; *own* where it is the compiling unit itself."""
    compiler = plan.settings.compiler
    return own if unit == compiler else f"报{compiler}"


def contact_line(plan: Plan) -> str:
    """联系人 and 联系电话 from 设置, the telephone else from 责任单位; "" where neither has one."""
    compiler = plan.unit_named(plan.settings.compiler)
    phone = plan.settings.phone or (compiler.phone if compiler else "")
    parts = {"联系人": plan.settings.contact, "联系电话": phone}
    return INDENT.join(f"{label}：{text}" for label, text in parts.items() if text)
