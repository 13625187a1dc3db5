"""What is written to a unit that must act.

催报单 if nothing came, 退回单 if it is faulty, 核实单 if it counts and something is unexplained.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from wyexcel.files.writing.document import INDENT, Block, Heading, Letter, Paragraph, Tone
from wyexcel.findings import Finding, Severity
from wyexcel.forms.layout import IDENTITY, SLOTS
from wyexcel.forms.submission import Decision, Received, Season
from wyexcel.letters.carried_forms import name, takes_over
from wyexcel.letters.recipients import Reply
from wyexcel.period import Period, spelled
from wyexcel.plan.plan import Plan
from wyexcel.plan.schedule import due

_SOON: Final = 3
"""Days before the last one from which on a unit that has sent nothing is urged (临期)."""
_HIDDEN: Final = frozenset({IDENTITY, SLOTS})
_HOW: Final = (
    "请用下发给贵单位的“{unit}.xlsx”填报，经单位负责人审核后{to}。"
    "没有发生的填 0；不掌握、不适用的在“状态”列选，并写说明。"
)
_ALREADY: Final = "已经报送的，请告知文件名和发送时间，以便查找。"
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
"""What the annotated copy is made of; of everything else it is the list alone."""


def letters(season: Season, replies: Sequence[Reply], plan: Plan, today: date) -> Iterator[Letter]:
    """A letter to each unit that must act: those of the plan in its order, then any other."""
    rejected = {reply.unit: reply for reply in replies if reply.unit is not None}
    in_use = {r.unit: r for r in season.received if r.decision is Decision.ACCEPTED}
    missing = frozenset(season.missing)
    for unit in dict.fromkeys((*plan.reporting, *rejected)):
        if unit in rejected:
            yield returned(rejected[unit], season, plan, today)
        elif unit in missing:
            yield urged(unit, season.period, plan, today)
        elif unit in in_use and (found := list(_unexplained(season.about(in_use[unit])))):
            yield asked(in_use[unit], found, season.period, plan, today)


def urged(unit: str, period: Period, plan: Plan, today: date) -> Letter:
    """What to write to a unit from which nothing came."""
    tone, state = _waiting(due(plan, period), today)
    wanted = f"贵单位{period.title}目标任务数据应于{spelled(due(plan, period))}前报送"
    return addressed(
        unit,
        "催报单",
        tone=tone,
        about=f"关于报送{period.title}{plan.wording.letters}数据",
        body=(
            Paragraph(f"{plan.wording.according_to(plan.title)}，{wanted}。{state}"),
            Paragraph(f"贵单位{_owed(unit, plan)}"),
            Paragraph(_HOW.format(unit=unit, to=handed_in(unit, plan, own="交本单位汇总人员"))),
            Paragraph(_ALREADY),
        ),
        plan=plan,
        today=today,
    )


def addressed(  # noqa: PLR0913  by name only, what every letter of ours has
    unit: str,
    kind: str,
    *,
    tone: Tone,
    about: str,
    body: Sequence[Block],
    plan: Plan,
    today: date,
) -> Letter:
    """A letter of a *kind* (退回单) to *unit*, *about* something, from who issues them."""
    return Letter(
        name=f"{unit}-{kind}",
        tone=tone,
        title=f"{about}的{kind}",
        unit=unit,
        body=tuple(body),
        sender=plan.settings.issuer,
        day=today,
        contact=contact(plan),
        mark=plan.settings.mark,
    )


def _waiting(last: date, today: date) -> tuple[Tone, str]:
    """How pressing it is that nothing came, and the sentence that says so."""
    none = "没有收到能认出是贵单位报送的填报表"
    left = (last - today).days
    if left < 0:
        return Tone.LATE, f"截至{spelled(today)}已逾期{-left}天，仍{none}，请立即报送。"
    when = f"距截止还有{left}天" if left else "今天是截止日"
    tone = Tone.SOON if left <= _SOON else Tone.EARLY
    return tone, f"截至{spelled(today)}还{none}，{when}，请按时报送。"


def _owed(unit: str, plan: Plan) -> str:
    """The indicators that *unit* answers for, and as what."""
    answered = plan.answered_by(unit)
    parts = {
        "主报": [i.name for i in answered if i.lead == unit],
        "核对": [i.name for i in answered if i.lead != unit],
    }
    return "；".join(f"{role}{'、'.join(names)}" for role, names in parts.items() if names) + "。"


def returned(reply: Reply, season: Season, plan: Plan, today: date) -> Letter:
    """What to write to a unit whose last form cannot be used as it is."""
    unit, received = reply.unit or "", reply.rejected
    found = season.about(received)
    period = season.period
    return addressed(
        unit,
        "退回单",
        tone=Tone.RETURNED,
        about=f"关于{period.title}{plan.wording.letters}填报表",
        body=(
            Paragraph(f"贵单位报送的{_named(received)}没有通过校验，现退回。{_meanwhile(reply)}"),
            Paragraph(f"{_how(received, found)}{_until(due(plan, period), today)}"),
            *_problems(found),
        ),
        plan=plan,
        today=today,
    )


def _unexplained(findings: Sequence[Finding]) -> Iterator[Finding]:
    """What the unit may explain in its form, and has not."""
    return (f for f in findings if f.severity is Severity.REVIEW and f.sheet and f.cell)


def asked(
    received: Received, found: Sequence[Finding], period: Period, plan: Plan, today: date
) -> Letter:
    """What to write to a unit whose form counts, although not everything in it is explained."""
    unit = received.unit or ""
    to = handed_in(unit, plan, own="交本单位汇总人员")
    return addressed(
        unit,
        "核实单",
        tone=Tone.ASKED,
        about=f"关于{period.title}{plan.wording.letters}填报表",
        body=(
            Paragraph(
                f"贵单位报送的{_named(received)}已经采用，其中{len(found)}处需要核实。"
                "属实的，请在该行“说明”栏写明原因（没有“说明”栏的另附说明）；有误的，请改正。"
                f"在原来的文件上写好、改好，保存后重新{to}；收到以前，按现有的数汇总、判定、通报。"
            ),
            *(_item(number, finding) for number, finding in enumerate(found, 1)),
        ),
        plan=plan,
        today=today,
    )


def _item(number: int, finding: Finding) -> Paragraph:
    return Paragraph(f"{number}.〔{finding.severity}〕{_place(finding)}{finding.message}")


def _named(received: Received) -> str:
    day = received.received.astimezone().date()
    return f"“{received.file}”（{spelled(day)}收到）"


def _how(received: Received, found: Sequence[Finding]) -> str:
    """How to mend it: in the annotated copy, in its own file, or in a new form."""
    if takes_over(found):
        return _GO_ON.format(name=name(received))
    about_format = next((f for f in found if f.rule == _OTHER_FORMAT), None)
    if about_format is not None:
        return _FILL_AGAIN if about_format.severity.rejects else _MEND_OWN
    return _MEND if Path(received.file).suffix.lower() in _MARKED else _FILL_AGAIN


def _meanwhile(reply: Reply) -> str:
    """What counts until the unit has mended it."""
    if reply.in_use is None:
        return "改正以前，贵单位本期没有可用的数据。"
    return f"改正以前，暂用贵单位此前已通过校验的{_named(reply.in_use)}。"


def _until(last: date, today: date) -> str:
    late = (today - last).days
    if late > 0:
        return f"报送截止日{spelled(last)}已过{late}天，请尽快重新报送。"
    return f"请于{spelled(last)}前重新报送。"


def _problems(findings: Sequence[Finding]) -> Iterator[Block]:
    """What must be mended, then what must be explained; hints are in the list of the copy."""
    groups = {
        "必须改正": [f for f in findings if f.severity.rejects],
        "须核实，属实的在该行“说明”栏写明原因": [
            f for f in findings if f.severity is Severity.REVIEW
        ],
    }
    for number, (what, found) in enumerate([g for g in groups.items() if g[1]]):
        yield Heading(f"{'一二'[number]}、{what}（{len(found)}处）")
        for at, finding in enumerate(found, 1):
            yield _item(at, finding)


def _place(finding: Finding) -> str:
    """Where it is, as far as the sentence does not say so itself."""
    if not finding.sheet or finding.sheet in _HIDDEN:
        return ""
    cell = finding.cell if finding.cell and finding.cell not in finding.message else ""
    return f"“{finding.sheet}”表{cell}："


def handed_in(unit: str, plan: Plan, *, own: str) -> str:
    """To whom *unit* hands in its paper; *own* is what the compiling unit does with its own."""
    compiler = plan.settings.compiler
    return own if unit == compiler else f"报{compiler}"


def contact(plan: Plan) -> str:
    """Who answers questions, as 设置 says or else 责任单位; "" where neither does."""
    compiler = plan.unit_named(plan.settings.compiler)
    phone = plan.settings.phone or (compiler.phone if compiler else "")
    parts = {"联系人": plan.settings.contact, "联系电话": phone}
    return INDENT.join(f"{what}：{said}" for what, said in parts.items() if said)
