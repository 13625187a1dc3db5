"""下发: one blank form for each reporting unit."""

from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from wyexcel.archive import due_dates
from wyexcel.archive.workspace import Workspace, folder
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.forms.blank import form
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.intake import history
from wyexcel.period import Period
from wyexcel.plan import schedule
from wyexcel.plan.plan import Plan
from wyexcel.rules.all_rules import requirements
from wyexcel.stages import renamed_forms
from wyexcel.stages.read_plan import covered
from wyexcel.stages.write_workbooks import silent


class Issued(NamedTuple):
    """The forms that were made, and sentences about old forms beside them."""

    files: tuple[Path, ...]
    remarks: tuple[str, ...]


def issue(workspace: Workspace, plan: Plan, period: Period, *, tell: Tell = silent) -> Issued:
    """One blank form for each reporting unit (下发), and the inbox they are to come back to."""
    covered(plan, period)
    unknown = schedule.unknown_holidays(replace(plan, due_dates={}), period)
    due = schedule.due_by_settings(plan, period)
    plan = replace(plan, due_dates={**plan.due_dates, str(period): due})
    forms = folder(workspace.forms(period))
    folder(workspace.inbox(period))
    prefilled = history.prefilled_values(workspace, plan, period)
    rules = requirements(plan)
    files: list[Path] = []
    remarks = [remark for remark in (unknown,) if remark]
    for number, name in enumerate(plan.reporting):
        tell(f"下发 {name}", number, len(plan.reporting))
        sheets = form.blank_form(plan, name, period, known=prefilled[name], rules=rules)
        sheets = tuple(with_sample_mark(sheet, plan.settings.mark) for sheet in sheets)
        files.append(forms / f"{name}.xlsx")
        xlsx.write(sheets, files[-1])
        unit = plan.unit_named(name)
        remarks += renamed_forms.cleared(forms, unit, sheets) if unit is not None else ()
    due_dates.record_due_date(workspace, period, due)
    return Issued(tuple(files), tuple(remarks))
