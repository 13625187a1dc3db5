"""The intake (收表): everything that arrived for one period, read, judged and decided once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, NamedTuple

from wyexcel import collect, opening, rules
from wyexcel.address import parse
from wyexcel.arrivals import Arrival, in_order
from wyexcel.book import Book
from wyexcel.collect import Filled
from wyexcel.findings import Finding, Severity
from wyexcel.opening import Tell
from wyexcel.period import Period
from wyexcel.plan import Plan
from wyexcel.refusal import Unreadable
from wyexcel.rules import NO_HISTORY, Adopted, Claim, History, Opened, Silence, Twin, Version
from wyexcel.submission import Decision, Received, Season
from wyexcel.untracked import untracked

__all__ = ["Arrival", "Case", "Tell", "check"]


def check(  # noqa: PLR0913  by name only, and nothing of it follows from the rest
    arrivals: Sequence[Arrival],
    *,
    plan: Plan,
    period: Period,
    today: date,
    history: History = NO_HISTORY,
    progress: Tell | None = None,
) -> Season:
    """Everything that came for *period*, what is wrong with it, and who is missing.

    Files are taken in the order in which they came. A file of the inbox that is already in the
    archive is told once. A later accepted form of a unit replaces its earlier one; a rejected one
    leaves it. Forms are held against *history* each, and against each other last.
    """
    opened = _opened(in_order(arrivals), plan, progress)
    with untracked():
        cases = _compared(_cases(opened, Reference(plan, period, history, today)), plan)
    received = tuple(sorted((case.received for case in cases), key=_by_arrival))
    came = {one.unit for one in received}
    missing = tuple(unit for unit in plan.reporting if unit not in came)
    findings = [finding for case in cases for finding in case.told]
    for unit in missing:
        silence = Silence(unit=unit, plan=plan, period=period, today=today)
        levels = plan.settings.levels
        findings += rules.SILENCES.findings(silence, file="", unit=unit, levels=levels)
    ranked = tuple(sorted(findings, key=_order))
    return Season(period=period, received=received, findings=ranked, missing=missing)


def _by_arrival(received: Received) -> tuple[datetime, str]:
    """The order in which files are listed, the same whether they have been archived or not."""
    return received.received, received.file


def _opened(
    arrivals: Sequence[Arrival], plan: Plan, progress: Tell | None
) -> Iterator[tuple[Arrival, Book | Unreadable | None]]:
    """Each arrival with what reading it gave; clutter is not read."""
    paths = [arrival.path for arrival in arrivals if not arrival.is_clutter]
    books = opening.books(paths, plan, tell=progress)
    for arrival in arrivals:
        yield arrival, None if arrival.is_clutter else next(books)
    next(books, None)  # so that the reading ends properly, with its last word


class Reference(NamedTuple):
    """What a file is held against: the plan, the open period, and what was reported before."""

    plan: Plan
    period: Period
    history: History
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One file, what was decided about it and why; `form` where it is a form that can be used.

    `instead` is what is to be taken back if it is not used after all.
    """

    received: Received
    findings: tuple[Finding, ...]
    form: Filled | None = None
    instead: "Replaced | None" = None

    @property
    def told(self) -> Iterator[Finding]:
        """Its findings, each with the content of the file that it is about."""
        return (replace(finding, sha256=self.received.sha256) for finding in self.findings)


class Replaced(NamedTuple):
    """The case that another took the place of, where it stood, and what was told of the other."""

    place: int
    earlier: Case
    told: tuple[Finding, ...]


def _cases(
    opened: Iterable[tuple[Arrival, Book | Unreadable | None]], against: Reference
) -> list[Case]:
    """A case for each file, decided in the order in which they came."""
    cases: list[Case] = []
    known: dict[str, int] = {}
    accepted: dict[str, int] = {}
    for arrival, book in opened:
        same = None if book is None else known.get(book.sha256)
        twin = None if same is None else _twin(cases[same].received, cases, accepted)
        case = _case(arrival, book, against, twin=twin)
        if case.received.sha256:
            known.setdefault(case.received.sha256, len(cases))
        unit = case.received.unit
        if case.form is not None and unit is not None:
            if unit in accepted:
                earlier = cases[accepted[unit]]
                instead = Replaced(accepted[unit], earlier, case.findings)
                case = replace(_replacing(case, earlier, against.plan), instead=instead)
                cases[accepted[unit]] = _superseded(earlier)
            accepted[unit] = len(cases)
        cases.append(case)
    return cases


def _twin(earlier: Received, cases: Sequence[Case], accepted: Mapping[str, int]) -> Twin:
    """What there is to say of the *earlier* file that has the content of a later one."""
    replaced = earlier.unit if earlier.decision is Decision.SUPERSEDED else None
    since = "" if replaced is None else cases[accepted[replaced]].received.file
    return Twin(earlier.file, since)


def _case(
    arrival: Arrival, book: Book | Unreadable | None, against: Reference, *, twin: Twin | None
) -> Case:
    """What one file is by itself: clutter, a *twin*, no form, a faulty form, or a good one."""
    opened = Opened(
        name=arrival.file,
        received=arrival.received,
        book=book if twin is None else None,
        period=against.period,
        twin=twin,
    )
    levels = against.plan.settings.levels
    findings = rules.FILES.findings(opened, file=arrival.file, levels=levels)
    said: Mapping[str, str] = collect.identity(book) if isinstance(book, Book) else {}
    unit = against.plan.unit_named(said.get("unit", ""))
    received = Received(
        file=arrival.file,
        sha256="" if book is None else book.sha256,
        unit=None if unit is None else unit.name,
        period=said.get("period"),
        received=arrival.received,
        decision=_decision(arrival, findings, twin=twin),
        path=arrival.path,
        came=arrival.came,
    )
    if isinstance(book, Book) and received.decision is Decision.ACCEPTED:
        return _read(received, _named(book, arrival.file), findings, against)
    return Case(received=received, findings=tuple(findings))


def _named(book: Book, file: str) -> Book:
    """*book* under the name by which its file came."""
    return book if book.file == file else book._replace(file=file)


def _decision(arrival: Arrival, findings: Iterable[Finding], *, twin: Twin | None) -> Decision:
    if arrival.is_clutter:
        return Decision.IGNORED
    if twin is not None:
        return Decision.DUPLICATE
    return _by(findings)


def _by(findings: Iterable[Finding]) -> Decision:
    """Whether *findings* let a form pass."""
    stopped = any(finding.severity.rejects for finding in findings)
    return Decision.REJECTED if stopped else Decision.ACCEPTED


def _read(received: Received, book: Book, findings: Sequence[Finding], against: Reference) -> Case:
    """The case of a workbook that is a form: whose it is, and then what it says."""
    claim = Claim(
        name=received.file,
        said=collect.identity(book),
        plan=against.plan,
        period=against.period,
    )
    levels = against.plan.settings.levels
    claims = rules.CLAIMS.findings(claim, file=received.file, levels=levels)
    found = [replace(finding, unit=received.unit) for finding in (*findings, *claims)]
    if claim.unit is None or _by(found) is Decision.REJECTED:
        rejected = replace(received, decision=Decision.REJECTED)
        return Case(received=rejected, findings=tuple(found))
    unit, today = claim.unit.name, against.today
    form = collect.filled(book, against.plan, unit, against.period, today=today)
    form = replace(form, adopted=received.sha256 in against.history.kept)
    found += rules.validate(form, against.history)
    if _by(found) is Decision.REJECTED:
        rejected = replace(received, decision=Decision.REJECTED)
        return Case(received=rejected, findings=tuple(found))
    received = replace(received, submission=form.submission)
    return Case(received=received, findings=tuple(found), form=form.lighter())


def _replacing(case: Case, earlier: Case, plan: Plan) -> Case:
    """*case* with the question which of the two forms of its unit is to be used."""
    received = case.received
    version = Version(now=received, before=earlier.received, plan=plan)
    levels = plan.settings.levels
    found = rules.VERSIONS.findings(version, file=received.file, unit=received.unit, levels=levels)
    return replace(case, findings=(*case.findings, *found))


def _superseded(case: Case) -> Case:
    received = replace(case.received, decision=Decision.SUPERSEDED, submission=None)
    return Case(received=received, findings=case.findings)


def _compared(cases: Sequence[Case], plan: Plan) -> Sequence[Case]:
    """*cases* with what is wrong between the adopted forms; who is at fault is rejected.

    Where that one took the place of an earlier form, the earlier one counts, and all are compared
    again.
    """
    compared = _held_together(cases, plan)
    for number, case in enumerate(compared):
        if case.instead is not None and case.received.decision is Decision.REJECTED:
            place, earlier, told = case.instead
            found = (f for f in case.findings[len(cases[number].findings) :] if f.severity.rejects)
            again = list(cases)
            again[number] = Case(received=case.received, findings=(*told, *found))
            again[place] = earlier
            return _compared(again, plan)
    return compared


def _held_together(cases: Sequence[Case], plan: Plan) -> Sequence[Case]:
    """*cases* with what is found where the adopted forms are held against each other."""
    forms = {c.received.unit: c.form for c in cases if c.form is not None and c.received.unit}
    adopted = Adopted(plan=plan, forms=forms)
    between: dict[str | None, list[Finding]] = {}
    for finding in rules.ACROSS.findings(adopted, file="", levels=plan.settings.levels):
        between.setdefault(finding.unit, []).append(finding)
    return [
        _with(case, between[case.received.unit])
        if case.form is not None and case.received.unit in between
        else case
        for case in cases
    ]


def _with(case: Case, found: Sequence[Finding]) -> Case:
    received = case.received
    if received.submission is not None:
        found = rules.waived(found, received.submission)
    if _by(found) is Decision.REJECTED:
        received = replace(received, decision=Decision.REJECTED, submission=None)
    return replace(case, received=received, findings=(*case.findings, *found))


_RANK: Final = {severity: rank for rank, severity in enumerate(Severity)}


def _order(finding: Finding) -> tuple[int, str, str, int, int, str]:
    """Heaviest first, then by file, sheet, row and column."""
    row, column = parse(finding.cell.partition(":")[0]) if finding.cell else (-1, -1)
    sheet = finding.sheet or ""
    return _RANK[finding.severity], finding.file, sheet, row, column, finding.rule
