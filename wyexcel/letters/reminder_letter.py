"""催报单: the letter to a unit from which nothing came."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from wyexcel.files.writing.document import Letter, Paragraph, Tone
from wyexcel.letters.letter_parts import compose_letter, hand_in_phrase
from wyexcel.period import Period, chinese_date
from wyexcel.plan.plan import Plan
from wyexcel.plan.schedule import due, overdue

_SOON: Final = 3
"""Days before the deadline from which the letter calls it near (临期)."""
_HOW: Final = (
    "请用下发给贵单位的“{unit}.xlsx”填报，经单位负责人审核后{to}。"
    "没有发生的填 0；不掌握、不适用的在“状态”列选，并写说明。"
)
_ALREADY: Final = "已经报送的，请告知文件名和发送时间，以便查找。"


def reminder_letter(
    unit: str, period: Period, plan: Plan, today: date, *, found: Sequence[str] = ()
) -> Letter:
    """The 催报单 to *unit*, from which no form has come for *period*.

    The sentences *found* say what of it came that is none.
    """
    late = overdue(plan, period, today)
    tone, state = _urgency(due(plan, period), today, late)
    wanted = f"贵单位{period.title}目标任务数据应于{chinese_date(due(plan, period))}前报送"
    return compose_letter(
        unit,
        "催报单",
        tone=tone,
        about=f"关于报送{period.title}{plan.wording.letters}数据",
        body=(
            Paragraph(f"{plan.wording.according_to(plan.title)}，{wanted}。{state}"),
            *map(Paragraph, found),
            Paragraph(f"贵单位{_indicators_owed(unit, plan)}"),
            Paragraph(
                _HOW.format(unit=unit, to=hand_in_phrase(unit, plan, own="交本单位汇总人员"))
            ),
            Paragraph(_ALREADY),
        ),
        plan=plan,
        today=today,
    )


def _urgency(deadline: date, today: date, late: str) -> tuple[Tone, str]:
    """The tone of the letter, and the sentence that says how *late* it is or how near."""
    none = "没有收到能认出是贵单位报送的填报表"
    if late:
        return Tone.LATE, f"截至{chinese_date(today)}{late}，仍{none}，请立即报送。"
    days_left = (deadline - today).days
    when = f"距截止还有{days_left}天" if days_left else "今天是截止日"
    tone = Tone.SOON if days_left <= _SOON else Tone.EARLY
    return tone, f"截至{chinese_date(today)}还{none}，{when}，请按时报送。"


def _indicators_owed(unit: str, plan: Plan) -> str:
    """The indicators that *unit* reports (主报) and those that it checks (核对), in words."""
    answered = plan.answered_by(unit)
    parts = {
        "主报": [i.name for i in answered if i.lead == unit],
        "核对": [i.name for i in answered if i.lead != unit],
    }
    return "；".join(f"{role}{'、'.join(names)}" for role, names in parts.items() if names) + "。"
