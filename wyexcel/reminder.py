"""What is written to a unit that must act: 催报单 if nothing came, 退回单 if it is faulty."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wyexcel.due import due
from wyexcel.findings import Finding, Severity
from wyexcel.period import Period
from wyexcel.plan import Plan
from wyexcel.submission import Decision, Received, Season

_URGE: Final = """\
催报单

{unit}：

{period}万源市工业园区三年目标任务数据应于{due}前报送，至今未收到贵单位的填报表。
请用“下发/{code}/{unit}.xlsx”填报，写明填表人、审核人、联系电话，经单位负责人审核后尽快报送。
没有发生的填 0；不掌握、不适用的在“状态”列选，并在“说明”栏写明，不要因为缺个别数而不报。

{compiler}
"""
_RETURN: Final = """\
退回单

{unit}：

贵单位报送的{period}填报表（{files}）有下列问题，请修改后重新报送。
同时附上退回件：有问题的格已标红并写了批注，直接在退回件上改好、保存后发回即可。

{problems}

{compiler}
"""
_RETURNED: Final = "{unit}-退回单"
_URGED: Final = "{unit}-催报单"
_ACT: Final = frozenset({Severity.BLOCK, Severity.ERROR, Severity.REVIEW})


def names(plan: Plan) -> Iterator[str]:
    """The names of all letters that there can be, in the order of the plan."""
    for unit in plan.reporting:
        yield _RETURNED.format(unit=unit)
        yield _URGED.format(unit=unit)


def letters(season: Season, plan: Plan) -> Mapping[str, str]:
    """The text for each unit that must act, by the name of its file, in the order of the plan."""
    good = {r.unit for r in season.received if r.decision is Decision.ACCEPTED}
    found: dict[str, str] = {}
    for unit in plan.reporting:
        rejected = [
            r
            for r in season.received
            if r.unit == unit and r.decision is Decision.REJECTED and unit not in good
        ]
        if rejected:
            found[_RETURNED.format(unit=unit)] = returned(unit, rejected, season, plan)
        elif unit in season.missing:
            found[_URGED.format(unit=unit)] = urged(unit, season.period, plan)
    return found


def urged(unit: str, period: Period, plan: Plan) -> str:
    """What to write to a unit from which nothing came."""
    day = due(plan, period)
    return _URGE.format(
        unit=unit,
        period=period.title,
        code=period,
        due=f"{day.year}年{day.month}月{day.day}日",
        compiler=plan.settings.compiler,
    )


def returned(unit: str, rejected: Sequence[Received], season: Season, plan: Plan) -> str:
    """What to write to a unit whose form cannot be used as it is."""
    files = {received.file for received in rejected}
    found = [
        f
        for f in season.findings
        if f.severity in _ACT and any(received.at_fault(f) for received in rejected)
    ]
    return _RETURN.format(
        unit=unit,
        period=season.period.title,
        files="、".join(f"“{name}”" for name in sorted(files)),
        problems="\n".join(_problems(found)),
        compiler=plan.settings.compiler,
    )


def _problems(findings: Sequence[Finding]) -> Iterator[str]:
    for number, finding in enumerate(findings, 1):
        place = f"{finding.sheet} {finding.cell}　" if finding.cell else ""
        yield f"{number}. 〔{finding.severity.value}〕{place}{finding.message}"
