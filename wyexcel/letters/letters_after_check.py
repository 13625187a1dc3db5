"""The letters that follow a check: each unit gets a 退回单, a 催报单, a 核实单 or none."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from wyexcel.files.writing.document import Letter
from wyexcel.findings import Finding, Severity
from wyexcel.forms.submission import Decision, Season
from wyexcel.letters.rejections import Rejection
from wyexcel.letters.reminder_letter import reminder_letter
from wyexcel.letters.return_letter import return_letter
from wyexcel.letters.verification_letter import verification_letter
from wyexcel.plan.plan import Plan


def check_letters(
    season: Season, rejections: Sequence[Rejection], plan: Plan, today: date
) -> Iterator[Letter]:
    """A letter to each unit that must act: those of the plan in its order, then any other."""
    rejected = {rejection.unit: rejection for rejection in rejections if rejection.unit is not None}
    in_use = {r.unit: r for r in season.received if r.decision is Decision.ACCEPTED}
    missing = frozenset(season.missing)
    for unit in dict.fromkeys((*plan.reporting, *rejected)):
        if unit in rejected:
            yield return_letter(rejected[unit], season, plan, today)
        elif unit in missing:
            found = list(_came_otherwise(season, unit))
            yield reminder_letter(unit, season.period, plan, today, found=found)
        elif unit in in_use and (findings := _unexplained(season.about(in_use[unit]))):
            yield verification_letter(in_use[unit], findings, season.period, plan, today)


def _came_otherwise(season: Season, unit: str) -> Iterator[str]:
    """What came from *unit* that is no form of its own, in sentences to it."""
    for finding in season.findings:
        if finding.rule == _FOREIGN_SHEET and finding.value == unit:
            yield _ENCLOSED.format(finding.unit, finding.file, finding.sheet)
        elif finding.rule == _NO_FORM and finding.unit == unit:
            yield f"收到的文件像是贵单位的，但不能代替填报表：{finding.message}"


_FOREIGN_SHEET: Final = "I08"
_NO_FORM: Final = "F01"
_ENCLOSED: Final = (
    "贵单位的填报表夹在{}报来的“{}”里（“{}”工作表），不能采用，请用贵单位自己的文件单独报送。"
)


def _unexplained(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that the unit may explain in its form, and has not."""
    return [f for f in findings if f.severity is Severity.REVIEW and f.sheet and f.cell]
