"""The rehearsal as a workspace: past periods, files with one mistake each, and their answer key.

To add a mistake, write one function under `@….mistake(…)` in the module where its rule would look:
`file_mistakes`, `number_mistakes` or `comparison_mistakes`.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.archive import manifest
from wyexcel.archive.workspace import Workspace, folder
from wyexcel.errors import WyexcelError
from wyexcel.files import disk
from wyexcel.findings import Finding
from wyexcel.forms.submission import Season, Vintage
from wyexcel.intake import history
from wyexcel.plan.plan import Plan
from wyexcel.practice.rehearsal.answer_key import AnswerKeyEntry, answer_key_sheet
from wyexcel.practice.rehearsal.comparison_mistakes import COMPARISON_MISTAKES
from wyexcel.practice.rehearsal.correct_forms import (
    PAST,
    PERIOD,
    arrival_time,
    correct_form,
    rehearsal_plan,
)
from wyexcel.practice.rehearsal.draft_form import DraftForm
from wyexcel.practice.rehearsal.file_mistakes import FILE_MISTAKES
from wyexcel.practice.rehearsal.mistake import ArrivalOrder, Mistake
from wyexcel.practice.rehearsal.number_mistakes import NUMBER_MISTAKES
from wyexcel.stages import check, close, issue, new_workspace, read_plan, write_workbooks

ANSWER_KEY: Final = "答案.xlsx"

MISTAKES: Final[Mapping[str, Mistake]] = {
    **FILE_MISTAKES.mistakes,
    **NUMBER_MISTAKES.mistakes,
    **COMPARISON_MISTAKES.mistakes,
}
"""Every mistake by the code of its rule."""

_CORRECT_MINUTE: Final = 200
"""The minute at which correct forms arrive; those with a mistake arrive before or after it."""

_FIRST_MINUTE: Final[Mapping[ArrivalOrder, int]] = {
    ArrivalOrder.BEFORE: 0,
    ArrivalOrder.INSTEAD: _CORRECT_MINUTE,
    ArrivalOrder.AFTER: _CORRECT_MINUTE + 1,
}


class NoSuchMistake(WyexcelError):
    """A code for which the rehearsal has no mistake."""


class Rehearsal(Struct, frozen=True, kw_only=True):
    """A workspace full of mistakes, what there is to find in it, and the file that says so."""

    workspace: Workspace
    answer_key: tuple[AnswerKeyEntry, ...]
    file: Path


def chosen_mistakes(codes: Sequence[str]) -> tuple[Mistake, ...]:
    """The mistakes of *codes*, or every one there is; raise NoSuchMistake for an unknown code."""
    wanted = [code.upper() for code in codes]
    unknown = [code for code in wanted if code not in MISTAKES]
    if unknown:
        known = "、".join(sorted(MISTAKES))
        message = f"没有“{'、'.join(unknown)}”这条规则的演练。可以演练的有：{known}。"
        raise NoSuchMistake(message)
    return tuple(MISTAKES[code] for code in sorted(wanted or MISTAKES))


def make_rehearsal(root: Path, codes: Sequence[str] = ()) -> Rehearsal:
    """A workspace at *root* with the files of the rehearsal in its inbox, and 答案.xlsx."""
    mistakes = chosen_mistakes(codes)
    workspace = new_workspace.create(root, rehearsal_plan(), chosen=PERIOD)
    plan = read_plan.plan_of(workspace)
    _fill_archive(workspace, plan, mistakes)
    issue.issue(workspace, plan, PERIOD)
    drafts = tuple(_drafts(workspace, plan, mistakes))
    for _, draft in drafts:
        if not draft.withheld:
            _send(draft, workspace)
    periods = sorted({draft.period for _, draft in drafts})
    seasons = {period: check.examine(workspace, plan, period) for period in periods}
    key = tuple(
        _answer_key_entry(mistake, draft, seasons[draft.period]) for mistake, draft in drafts
    )
    sheet = answer_key_sheet(key, PERIOD, workspace)
    file = write_workbooks.write_sheets((sheet,), workspace.root / ANSWER_KEY, plan)
    return Rehearsal(workspace=workspace, answer_key=key, file=file)


def _fill_archive(workspace: Workspace, plan: Plan, mistakes: Sequence[Mistake]) -> None:
    """Put what was reported before into the archive, and close the periods that must be closed.

    A unit that is `silent_before` lacks the last period.
    """
    silent = {mistake.silent_before for mistake in mistakes}
    for period in sorted({*PAST, *(past for m in mistakes for past in m.earlier_periods)}):
        prefilled = history.prefilled_values(workspace, plan, period)
        flash = {m.unit for m in mistakes if m.preliminary and m.period == period}
        for unit in plan.reporting:
            if period != PAST[-1] or unit not in silent:
                draft = correct_form(plan, unit, period, known=prefilled[unit])
                _send(draft.choose_vintage(Vintage.FLASH) if unit in flash else draft, workspace)
        manifest.adopt(workspace, check.examine(workspace, plan, period))
        if any(m.period == period and not m.preliminary for m in mistakes):
            close.close(workspace, plan, period, by="演练")


def _drafts(
    workspace: Workspace, plan: Plan, mistakes: Sequence[Mistake]
) -> Iterator[tuple[Mistake | None, DraftForm]]:
    """Every form with a mistake, then the correct ones, each with its time of arrival."""
    replaced: set[str] = set()
    periods = {PERIOD, *(mistake.period for mistake in mistakes)}
    prefilled = {period: history.prefilled_values(workspace, plan, period) for period in periods}
    for number, mistake in enumerate(mistakes):
        known = prefilled[mistake.period][mistake.unit]
        correct = correct_form(plan, mistake.unit, mistake.period, known=known)
        spoilt = _with_mistake(correct, mistake, number)
        if spoilt.withheld or mistake.arrival is ArrivalOrder.INSTEAD:
            replaced.add(mistake.unit)
        yield mistake, spoilt
    for unit in plan.reporting:
        if unit not in replaced:
            correct = correct_form(plan, unit, PERIOD, known=prefilled[PERIOD][unit])
            yield None, replace(correct, sent=arrival_time(PERIOD, _CORRECT_MINUTE))


def _with_mistake(draft: DraftForm, mistake: Mistake, number: int) -> DraftForm:
    """*draft* with the mistake in it, its file named by *number*, which gives nothing away."""
    numbered = replace(
        draft,
        file=f"{number + 1:02}_{mistake.unit}.xlsx",
        sent=arrival_time(mistake.period, _FIRST_MINUTE[mistake.arrival] + number),
    )
    return mistake.spoil(numbered)


def _send(draft: DraftForm, workspace: Workspace) -> None:
    """Write *draft* into the inbox of its period, with its time of arrival."""
    path = folder(workspace.inbox(draft.period)) / draft.file
    content = draft.content()
    disk.write(path, lambda file: file.write(content))
    moment = draft.sent.timestamp()
    os.utime(path, (moment, moment))


def _answer_key_entry(mistake: Mistake | None, draft: DraftForm, season: Season) -> AnswerKeyEntry:
    """What there is to find in *draft*, with the finding as the check words it."""
    file = _file_shown(mistake, draft, season) if mistake else draft.file
    findings = [f for f in season.findings if mistake and f.rule == mistake.code and f.file == file]
    findings.sort(key=lambda finding: not _is_at_mistake(finding, draft))
    finding = findings[0] if findings else None
    return AnswerKeyEntry(draft=draft, mistake=mistake, file=file, finding=finding)


def _file_shown(mistake: Mistake, draft: DraftForm, season: Season) -> str:
    """The file in which the mistake shows; "" where no file is at fault."""
    if not draft.withheld:
        return draft.file
    return next((s.file for s in season.adopted if s.unit == mistake.seen_with), "")


def _is_at_mistake(finding: Finding, draft: DraftForm) -> bool:
    return (finding.sheet, finding.cell) == (draft.sheet, draft.cell)
