"""The intake (收表): everything that arrived for one period, read, judged and decided once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from wyexcel.errors import WyexcelError
from wyexcel.files import crash_log
from wyexcel.files.address import parse
from wyexcel.files.pause_gc import gc_paused
from wyexcel.files.reading.book import Book
from wyexcel.files.reading.refusal import Reason, Unreadable, phrase
from wyexcel.findings import Finding, Severity
from wyexcel.forms.filled import open_forms, read_form
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.forms.submission import Decision, Received, Season
from wyexcel.intake.archives import with_archives
from wyexcel.intake.arrivals import Arrival, in_order, sha256_if_readable
from wyexcel.intake.attachments import with_attachments
from wyexcel.intake.decision import FileDecision, ReplacedForm, compare_forms, decision_of
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.rules import all_rules, file_itself, identity, resubmission
from wyexcel.rules.file_itself import ArrivedFile, EarlierCopy
from wyexcel.rules.history import NO_HISTORY, History
from wyexcel.rules.identity import ClaimedIdentity, MissingForm
from wyexcel.rules.rule import Levels

OLDER: Final = "S02"
"""The rule that finds a form of an earlier plan or layout."""


def judge_arrivals(  # noqa: PLR0913  by name only, and nothing of it follows from the rest
    arrivals: Sequence[Arrival],
    *,
    plan: Plan,
    period: Period,
    today: date,
    history: History = NO_HISTORY,
    progress: Tell | None = None,
    selected: bool = False,
) -> Season:
    """The files that came for *period*, the findings on them, and the units that are missing.

    Files are taken in the order in which they came. A file of the inbox that is already in the
    archive is listed once. A later accepted form of a unit replaces its earlier one; a rejected one
    leaves it. Forms are held against *history* each, and against each other last. Where only
    *selected* files are looked at, nothing is said of the units whose files were not.
    """
    books = _books(in_order(arrivals), plan, progress)
    with gc_paused():
        by_itself = _decide_files(books, Reference(plan, period, history, today))
        settled = with_attachments(with_archives(by_itself, plan, period), plan)
        decisions = compare_forms(settled, plan, selected=selected)
    received = tuple(sorted((decision.received for decision in decisions), key=_by_arrival))
    reporting = {file.unit for file in received if not file.attachment}
    expected = () if selected else plan.reporting
    missing = tuple(unit for unit in expected if unit not in reporting)
    findings = [finding for decision in decisions for finding in decision.findings_with_hash]
    for unit in missing:
        silence = MissingForm(unit=unit, plan=plan, period=period, today=today)
        levels = plan.settings.levels
        findings += identity.MISSING_FORMS.findings(silence, file="", unit=unit, levels=levels)
    ranked = tuple(sorted(findings, key=_order))
    return Season(
        period=period, received=received, findings=ranked, missing=missing, selected=selected
    )


def _by_arrival(received: Received) -> tuple[datetime, str]:
    """The order in which files are listed, the same whether they have been archived or not."""
    return received.received, received.file


def _books(
    arrivals: Sequence[Arrival], plan: Plan, progress: Tell | None
) -> Iterator[tuple[Arrival, Book | Unreadable | None]]:
    """Each arrival with what reading it gave; clutter is not read, nor are archives."""
    books = open_forms.books([a.path for a in arrivals if a.is_read], plan, tell=progress)
    for arrival in arrivals:
        yield arrival, next(books) if arrival.is_read else arrival.refused
    next(books, None)  # so that the reading ends properly, with its last word


class Reference(NamedTuple):
    """What a file is held against: the plan, the open period, and what was reported before."""

    plan: Plan
    period: Period
    history: History
    today: date


def _decide_files(
    books: Iterable[tuple[Arrival, Book | Unreadable | None]], against: Reference
) -> list[FileDecision]:
    """What was decided about each file, in the order in which they came."""
    decisions: list[FileDecision] = []
    known: dict[str, int] = {}
    accepted: dict[str, int] = {}
    for arrival, book in books:
        same = None if book is None else known.get(book.sha256)
        earlier_copy = (
            None if same is None else _earlier_copy(decisions[same].received, decisions, accepted)
        )
        decision = _with_older_form(
            _decide_file(arrival, book, against, earlier_copy=earlier_copy), book
        )
        if decision.received.sha256:
            known.setdefault(decision.received.sha256, len(decisions))
        unit = decision.received.unit
        if decision.form is not None and unit is not None:
            if unit in accepted:
                earlier = decisions[accepted[unit]]
                replaces = ReplacedForm(accepted[unit], earlier, decision.findings)
                decision = replace(_replacing(decision, earlier, against.plan), replaces=replaces)
                decisions[accepted[unit]] = _superseded(earlier)
            accepted[unit] = len(decisions)
        decisions.append(decision)
    return decisions


def _with_older_form(decision: FileDecision, book: Book | Unreadable | None) -> FileDecision:
    """*decision* with its *book* where that is an older form that is to go on in a present one."""
    is_older = any(_carries_over(finding) for finding in decision.findings)
    if not is_older or not isinstance(book, Book):
        return decision
    return replace(decision, received=replace(decision.received, older=book))


def _carries_over(finding: Finding) -> bool:
    """Whether *finding* says of a form that it is an older one, and what it says is to go on."""
    return finding.rule == OLDER and finding.severity in {Severity.ERROR, Severity.REVIEW}


def _earlier_copy(
    earlier: Received, decisions: Sequence[FileDecision], accepted: Mapping[str, int]
) -> EarlierCopy:
    """The *earlier* file with the same content, and the form that replaced it since, if any."""
    replaced = earlier.unit if earlier.decision is Decision.SUPERSEDED else None
    since = "" if replaced is None else decisions[accepted[replaced]].received.file
    return EarlierCopy(earlier.file, since)


def _decide_file(
    arrival: Arrival,
    book: Book | Unreadable | None,
    against: Reference,
    *,
    earlier_copy: EarlierCopy | None,
) -> FileDecision:
    """The decision on one file by itself: clutter, a copy, no form, a faulty or a good one."""
    arrived = ArrivedFile(
        name=arrival.file,
        received=arrival.received,
        book=book if earlier_copy is None else None,
        period=against.period,
        earlier_copy=earlier_copy,
    )
    levels = against.plan.settings.levels
    findings = file_itself.FILE_ITSELF.findings(arrived, file=arrival.file, levels=levels)
    identity: Mapping[str, str] = read_form.identity(book) if isinstance(book, Book) else {}
    unit = against.plan.unit_named(identity.get("unit", ""))
    received = Received(
        file=arrival.file,
        sha256="" if book is None else book.sha256,
        unit=None if unit is None else unit.name,
        period=identity.get("period"),
        received=arrival.received,
        decision=_decision(arrival, book, findings, earlier_copy=earlier_copy),
        path=arrival.path,
        came=arrival.inbox_path,
        packed=arrival.packed,
    )
    if arrival.opened:
        archive = replace(received, sha256=sha256_if_readable(arrival.path))
        return FileDecision(received=archive, findings=(), opened=True)
    if arrived.form is None or any(finding.severity is Severity.BLOCK for finding in findings):
        unreadable = book if isinstance(book, Unreadable) else None
        return FileDecision(received=received, findings=tuple(findings), unreadable=unreadable)
    try:
        return _read(received, _named(arrived.form, arrival.file), findings, against)
    except WyexcelError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is costs this file alone; the log has it
        return _failed(received, error, arrived, levels)


def _failed(
    received: Received, error: Exception, arrived: ArrivedFile, levels: Levels
) -> FileDecision:
    """The decision on a form at which the program itself failed."""
    where = crash_log.record_crash(error)
    sentence = phrase(Reason.CRASHED, f"详情记在“{where}”，请把它发给技术人员")
    unread = Unreadable(received.file, received.sha256, Reason.CRASHED, sentence)
    arrived = replace(arrived, book=unread)
    findings = file_itself.FILE_ITSELF.findings(
        arrived, file=received.file, unit=received.unit, levels=levels
    )
    return FileDecision(
        received=replace(received, decision=Decision.REJECTED), findings=tuple(findings)
    )


def _named(book: Book, file: str) -> Book:
    """*book* under the file name with which it came."""
    return book if book.file == file else book._replace(file=file)


def _decision(
    arrival: Arrival,
    book: Book | Unreadable | None,
    findings: Iterable[Finding],
    *,
    earlier_copy: EarlierCopy | None,
) -> Decision:
    """What one file comes to by itself; what cannot be read goes back, however little it weighs."""
    if arrival.is_clutter or arrival.opened:
        return Decision.IGNORED
    if earlier_copy is not None:
        return Decision.DUPLICATE
    return decision_of(findings) if isinstance(book, Book) else Decision.REJECTED


def _read(
    received: Received, book: Book, findings: Sequence[Finding], against: Reference
) -> FileDecision:
    """The decision on a workbook that is a form: whose it is, and then what it says."""
    claim = ClaimedIdentity(
        name=received.file,
        identity=read_form.identity(book),
        plan=against.plan,
        period=against.period,
    )
    levels = against.plan.settings.levels
    claims = identity.IDENTITY.findings(claim, file=received.file, levels=levels)
    so_far = [replace(finding, unit=received.unit) for finding in (*findings, *claims)]
    if claim.unit is None or decision_of(claims) is Decision.REJECTED:
        rejected = replace(received, decision=Decision.REJECTED)
        return FileDecision(received=rejected, findings=tuple(so_far))
    unit, today = claim.unit.name, against.today
    form = read_form.read_form(book, against.plan, unit, against.period, today=today)
    if received.sha256 in against.history.kept:
        form = replace(form, adopted=True)
    so_far += all_rules.validate(form, against.history)
    if decision_of(so_far) is Decision.REJECTED:
        rejected = replace(received, decision=Decision.REJECTED)
        return FileDecision(received=rejected, findings=tuple(so_far))
    received = replace(received, submission=form.submission)
    return FileDecision(received=received, findings=tuple(so_far), form=form.without_sheets())


def _replacing(decision: FileDecision, earlier: FileDecision, plan: Plan) -> FileDecision:
    """*decision* with the question which of the two forms of its unit is to be used."""
    received = decision.received
    version = resubmission.Resubmission(now=received, before=earlier.received, plan=plan)
    levels = plan.settings.levels
    questions = resubmission.RESUBMISSIONS.findings(
        version, file=received.file, unit=received.unit, levels=levels
    )
    return replace(decision, findings=(*decision.findings, *questions))


def _superseded(decision: FileDecision) -> FileDecision:
    received = replace(decision.received, decision=Decision.SUPERSEDED, submission=None)
    return FileDecision(received=received, findings=decision.findings)


_RANK: Final = {severity: rank for rank, severity in enumerate(Severity)}


def _order(finding: Finding) -> tuple[int, str, str, int, int, str]:
    """Heaviest first, then by file, sheet, row and column."""
    row, column = parse(finding.cell.partition(":")[0]) if finding.cell else (-1, -1)
    sheet = finding.sheet or ""
    return _RANK[finding.severity], finding.file, sheet, row, column, finding.rule
