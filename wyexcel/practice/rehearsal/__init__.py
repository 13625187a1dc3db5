"""The rehearsal (演练): an invented season in which every rule is broken once, and its answers.

To add a fault, write one function under `@….fault(…)` in the module where its rule would look:
`whole_files`, `numbers` or `seasons`.
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
from wyexcel.practice.rehearsal import quarters
from wyexcel.practice.rehearsal.answers import Answer, sheet
from wyexcel.practice.rehearsal.fault import Fault, Turn
from wyexcel.practice.rehearsal.numbers import NUMBERS
from wyexcel.practice.rehearsal.paper import Paper
from wyexcel.practice.rehearsal.quarters import PAST, PERIOD
from wyexcel.practice.rehearsal.seasons import SEASONS
from wyexcel.practice.rehearsal.whole_files import WHOLE_FILES
from wyexcel.stages import (
    check,
    close,
    issue,
    new_workspace,
    output,
    read_plan,
)

ANSWERS: Final = "答案.xlsx"

FAULTS: Final[Mapping[str, Fault]] = {**WHOLE_FILES.faults, **NUMBERS.faults, **SEASONS.faults}
"""Every fault by the code of its rule."""


class NoSuchFault(WyexcelError):
    """A code for which there is no fault to put in."""


class Rehearsal(Struct, frozen=True, kw_only=True):
    """A workspace full of mistakes, and what there is to find in it."""

    workspace: Workspace
    answers: tuple[Answer, ...]
    file: Path


def chosen(codes: Sequence[str]) -> tuple[Fault, ...]:
    """The faults of *codes*, or every one there is; raise NoSuchFault where there is none."""
    wanted = [code.upper() for code in codes]
    unknown = [code for code in wanted if code not in FAULTS]
    if unknown:
        message = (
            f"没有“{'、'.join(unknown)}”这条规则的演练。可以演练的有：{'、'.join(sorted(FAULTS))}。"
        )
        raise NoSuchFault(message)
    return tuple(FAULTS[code] for code in sorted(wanted or FAULTS))


def make(root: Path, codes: Sequence[str] = ()) -> Rehearsal:
    """A workspace at *root* with the files of the rehearsal in its inbox, and 答案.xlsx."""
    faults = chosen(codes)
    workspace = new_workspace.found(root, quarters.plan(), chosen=PERIOD)
    plan = read_plan.plan_of(workspace)
    _remember(workspace, plan, faults)
    issue.issue(workspace, plan, PERIOD)
    papers = tuple(_papers(workspace, plan, faults))
    for _, paper in papers:
        if not paper.withheld:
            _send(paper, workspace)
    periods = sorted({paper.period for _, paper in papers})
    seasons = {period: check.examine(workspace, plan, period) for period in periods}
    answers = tuple(_answer(fault, paper, seasons[paper.period]) for fault, paper in papers)
    written = sheet(answers, PERIOD, workspace)
    file = output.write_sheets((written,), workspace.root / ANSWERS, plan)
    return Rehearsal(workspace=workspace, answers=answers, file=file)


def _remember(workspace: Workspace, plan: Plan, faults: Sequence[Fault]) -> None:
    """Put what was reported before into the archive, and close what must be closed.

    A unit that is to be *unheard* lacks the last period.
    """
    unheard = {fault.unheard for fault in faults}
    for period in sorted({*PAST, *(period for fault in faults for period in fault.since)}):
        known = history.known(workspace, plan, period)
        flash = {fault.unit for fault in faults if fault.preliminary and fault.period == period}
        for unit in plan.reporting:
            if period != PAST[-1] or unit not in unheard:
                paper = quarters.paper(plan, unit, period, known=known[unit])
                _send(paper.called(Vintage.FLASH) if unit in flash else paper, workspace)
        manifest.adopt(workspace, check.examine(workspace, plan, period))
        if any(fault.period == period and not fault.preliminary for fault in faults):
            close.close(workspace, plan, period, by="演练")


def _papers(
    workspace: Workspace, plan: Plan, faults: Sequence[Fault]
) -> Iterator[tuple[Fault | None, Paper]]:
    """Every paper with its fault, then those in order, each at the moment at which it comes."""
    withheld: set[str] = set()
    periods = {PERIOD, *(fault.period for fault in faults)}
    known = {period: history.known(workspace, plan, period) for period in periods}
    for number, fault in enumerate(faults):
        before = known[fault.period][fault.unit]
        good = quarters.paper(plan, fault.unit, fault.period, known=before)
        spoilt = _spoilt(fault, good, number)
        if spoilt.withheld or fault.turn is Turn.INSTEAD:
            withheld.add(fault.unit)
        yield fault, spoilt
    for unit in plan.reporting:
        if unit not in withheld:
            good = quarters.paper(plan, unit, PERIOD, known=known[PERIOD][unit])
            yield None, replace(good, sent=quarters.sent(PERIOD, _AMONG))


_AMONG: Final = 200
"""The minute at which the forms in order come; the others lie before it and behind."""

_PLACE: Final = {Turn.BEFORE: 0, Turn.INSTEAD: _AMONG, Turn.AFTER: _AMONG + 1}


def _spoilt(fault: Fault, paper: Paper, number: int) -> Paper:
    """*paper* with the mistake in it, named by its *number* so that its name gives nothing away."""
    named = replace(
        paper,
        file=f"{number + 1:02}_{fault.unit}.xlsx",
        sent=quarters.sent(fault.period, _PLACE[fault.turn] + number),
    )
    return fault.spoil(named)


def _send(paper: Paper, workspace: Workspace) -> None:
    """Drop *paper* into the inbox of its period, at its moment."""
    path = folder(workspace.inbox(paper.period)) / paper.file
    content = paper.content()
    disk.write(path, lambda file: file.write(content))
    moment = paper.sent.timestamp()
    os.utime(path, (moment, moment))


def _answer(fault: Fault | None, paper: Paper, season: Season) -> Answer:
    """What there is to find in *paper*: the sentence that will be read, as the check says it."""
    file = _shown_in(fault, paper, season) if fault else paper.file
    told = [f for f in season.findings if fault and f.rule == fault.code and f.file == file]
    told.sort(key=lambda finding: not _there(finding, paper))
    return Answer(paper=paper, fault=fault, file=file, finding=told[0] if told else None)


def _shown_in(fault: Fault, paper: Paper, season: Season) -> str:
    """The file in which the fault shows; "" where no file is at fault."""
    if not paper.withheld:
        return paper.file
    adopted = (s.file for s in season.adopted if s.unit == fault.seen_with)
    return next(adopted, "")


def _there(finding: Finding, paper: Paper) -> bool:
    return (finding.sheet, finding.cell) == (paper.sheet, paper.cell)


__all__ = ["FAULTS", "PERIOD", "Answer", "Fault", "NoSuchFault", "Rehearsal", "chosen", "make"]
