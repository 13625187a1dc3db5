"""Damaged forms, given to the check until something goes wrong.

`python -m tests.support.fuzz 30` goes on for thirty minutes, and with `--other` it does so with
forms saved as .xls, .ods and .xlsb; what goes wrong is kept, file by file, in the folder
`fuzz` of the repository. Every file is made from its number alone, so that a number is a seed.

An .xls has no checksum: a damaged byte of it may be another digit, and no program can tell. All
that is asked of it is an answer, in time; and the reader of .xls and .xlsb may lose its way, which
costs that one file its place.
"""

import argparse
import io
import random
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from openpyxl import load_workbook

from tests.support import saved_as, xlsb_file
from tests.support.repository import ROOT
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.files.reading.refusal import Reason, Unreadable
from wyexcel.files.writing import xlsx
from wyexcel.findings import Finding, Severity
from wyexcel.forms.filled import open_forms, read_form
from wyexcel.forms.submission import Decision, Season, Submission
from wyexcel.intake import check_arrivals
from wyexcel.intake.arrivals import Arrival
from wyexcel.plan.plan import Plan
from wyexcel.practice import demo
from wyexcel.practice.demo import demo_plan, sample_submission
from wyexcel.practice.fill_form import fill_form

BATCH = 50
SLOWEST = 15.0
"""How long a batch may take, in seconds; a good one takes half of one."""

TODAY = date(2025, 10, 20)
MOMENT = datetime(2025, 10, 10, tzinfo=UTC)
WORDS = (
    *(
        b"0",
        b"1",
        b"-1",
        b"1e308",
        b"99999999999999999999",
        b"NaN",
        b"inf",
        b"",
        b"A1",
        b"XFD1048576",
    ),
    *(b"&#0;", b"&amp;", b"<", b">", b'"', b"\xff\xfe", b"\x00", "万".encode(), b"A" * 5000),
    *(b't="s"', b't="str"', b't="inlineStr"', b't="e"', b't="b"', b't="d"', b"<f>1/0</f>"),
    *(b"<v>14</v>", b"<v/>", b"</row>", b'<row r="7">', b"<c>", b"<!--", b"]]>", b"<![CDATA["),
)

Mutation: TypeAlias = Callable[[bytes, random.Random], bytes]


def spoiled(data: bytes, chance: random.Random) -> bytes:
    """*data* with a byte, a few bytes or a stretch of it changed."""
    there = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 8, 64))):
        at = chance.randrange(len(there))
        there[at] ^= 1 << chance.randrange(8)
    return bytes(there)


def cut(data: bytes, chance: random.Random) -> bytes:
    """*data* without its end, without a stretch, or with a stretch of it twice."""
    first, last = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    last = min(last, first + chance.choice((1, 4, 64, 4096)))
    return chance.choice(
        (data[:first], data[:first] + data[last:], data[:last] + data[first:], data[last:])
    )


def rewritten(data: bytes, chance: random.Random) -> bytes:
    """A workbook of which one part says something else, in a sound container."""
    content = parts(data)
    name = chance.choice([n for n in content if n.endswith((".xml", ".rels"))])
    for _ in range(chance.choice((1, 1, 2, 5))):
        content[name] = _worded(content[name], chance)
    return packed(content)


def _worded(text: bytes, chance: random.Random) -> bytes:
    """*text* with a word put in, a stretch of tags moved or left out, or a digit changed."""
    tags = [n for n, sign in enumerate(text) if sign == ord("<")] or [0]
    first = chance.choice(tags)
    last = tags[min(tags.index(first) + chance.choice((1, 1, 2, 3, 9)), len(tags) - 1)]
    stretch, way = text[first:last], chance.randrange(6)
    if way == 0:
        return text[:first] + text[last:]
    if way == 1:
        return text[:last] + stretch + text[last:]
    if way == 2:
        at = chance.choice(tags)
        return text[:at] + stretch + text[at:]
    if way == 3:
        at = chance.randrange(len(text) + 1)
        return text[:at] + chance.choice(WORDS) + text[at:]
    digits = [n for n, sign in enumerate(text) if chr(sign).isdigit()] or [0]
    at = chance.choice(digits)
    word = chance.choice(WORDS) if way == 4 else b"%d" % chance.randrange(10)
    return text[:at] + word + text[at + 1 :]


def reordered(data: bytes, chance: random.Random) -> bytes:
    """A workbook of which one part is lacking, or stands where another stood."""
    content = parts(data)
    names = list(content)
    one, other = chance.choice(names), chance.choice(names)
    if chance.randrange(2):
        content.pop(one)
    else:
        content[one], content[other] = content[other], content[one]
    return packed(content)


def repacked(data: bytes, chance: random.Random) -> bytes:
    """A workbook of which one part is damaged, in a sound container."""
    content = parts(data)
    name = chance.choice([name for name, part in content.items() if part])
    content[name] = chance.choice((spoiled, cut))(content[name], chance)
    return packed(content)


MUTATIONS: Sequence[Mutation] = (spoiled, cut, rewritten, rewritten, rewritten, reordered)
OTHER: Mapping[str, Sequence[Mutation]] = {
    ".xls": (spoiled, cut),
    ".ods": (spoiled, cut, rewritten, rewritten, repacked, reordered),
    ".xlsb": (spoiled, cut, repacked, repacked, repacked, reordered),
}
"""What is done to a form in another format."""


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of the workbook in *data*, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        return {name: box.read(name) for name in box.namelist()}


def packed(content: Mapping[str, bytes]) -> bytes:
    """The workbook that *content* makes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as box:
        for name, part in content.items():
            box.writestr(name, part)
    return held.getvalue()


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """One thing that must not be: the seed, which file it is, and what happened."""

    seed: int
    what: str
    data: bytes
    kind: str


@dataclass(frozen=True, kw_only=True)
class Form:
    """A good form as bytes, what it says, and how the name of its file ends."""

    data: bytes
    says: Submission
    kind: str = ".xlsx"

    @property
    def mutations(self) -> Sequence[Mutation]:
        """What may be done to it."""
        return OTHER.get(self.kind, MUTATIONS)


def forms(plan: Plan, folder: Path) -> list[Form]:
    """The good forms of every unit, as we write them and as another program does."""
    found: list[Form] = []
    for number, unit in enumerate(plan.reporting):
        path = folder / f"{number}.xlsx"
        xlsx.write(fill_form(plan, sample_submission(plan, unit), demo.PERIOD), path)
        found.append(form(plan, path))
        other = load_workbook(path)
        other.save(path)
        found.append(form(plan, path))
    return found


def other_forms(plan: Plan, folder: Path) -> list[Form]:
    """Some of them as .xls and .ods, as a spreadsheet program saves them, and as .xlsb."""
    paths: list[Path] = []
    for number, unit in enumerate(plan.reporting[:3]):
        paths.append(folder / f"{number}.xlsx")
        xlsx.write(fill_form(plan, sample_submission(plan, unit), demo.PERIOD), paths[-1])
    others = [] if saved_as.ABSENT else [k for k in OTHER if k != ".xlsb"]
    saved = [saved_as.convert(paths, kind.removeprefix("."), folder) for kind in others]
    found = [path for paths in saved for path in paths.values()]
    return [form(plan, path) for path in (*found, *map(_binary, paths))]


def _binary(path: Path) -> Path:
    """The form at *path* as an .xlsb beside it."""
    book = read_workbook.read(path)
    assert isinstance(book, Book)
    sheets = {
        name: {
            (r, c): v for r, line in enumerate(rows) for c, v in enumerate(line) if v is not None
        }
        for name, rows in book.sheets.items()
    }
    return xlsb_file.write(path.with_suffix(".xlsb"), sheets)


def form(plan: Plan, path: Path) -> Form:
    """The good form at *path*."""
    season, [says] = checked(plan, [path])
    assert says is not None, [finding.message for finding in season.findings]
    assert not season.findings or not season.rejects
    return Form(data=path.read_bytes(), says=says, kind=path.suffix)


def checked(plan: Plan, paths: Sequence[Path]) -> tuple[Season, list[Submission | None]]:
    """What the check says of *paths*, and what each says itself where it was taken for a form."""
    arrivals = [Arrival(path=path, file=path.name, received=MOMENT) for path in paths]
    season = check_arrivals.judge_arrivals(arrivals, plan=plan, period=demo.PERIOD, today=TODAY)
    decided = {one.file: one.decision for one in season.received}
    assert sorted(decided) == sorted(path.name for path in paths)
    assert all(finding.message for finding in season.findings)
    failed = [finding.message for finding in season.findings if "wyexcel.log" in finding.message]
    assert not failed, failed
    books = open_forms.books(paths, plan)
    return season, [
        read_form.read_submission(book, plan, demo.PERIOD)
        if isinstance(book, Book) and decided[path.name] in {Decision.ACCEPTED, Decision.SUPERSEDED}
        else _crash(book, path)
        for path, book in zip(paths, books, strict=True)
    ]


def _crash(book: Book | Unreadable, path: Path) -> None:
    """Nothing; an .xlsx at which the reading process died or did not end is what is looked for."""
    if path.suffix not in OTHER and isinstance(book, Unreadable) and book.reason is Reason.CRASHED:
        raise RuntimeError(book.detail)


def made(seed: int, there: Sequence[Form]) -> tuple[Form, Mutation, bytes]:
    """The form, what is done to it and what comes of it, all from the number *seed*."""
    chance = random.Random(seed)  # noqa: S311 - seeds, not secrets
    one = chance.choice(there)
    mutation = chance.choice(one.mutations)
    return one, mutation, mutation(one.data, chance)


def tried(plan: Plan, there: Sequence[Form], seeds: Sequence[int]) -> list[Wrong]:
    """What goes wrong with the files of *seeds*; where something does, each is tried alone."""
    cases = {seed: made(seed, there) for seed in seeds}
    with TemporaryDirectory() as home:
        paths = [Path(home, f"{seed}{cases[seed][0].kind}") for seed in seeds]
        for seed, path in zip(seeds, paths, strict=True):
            path.write_bytes(cases[seed][2])
        started = time.monotonic()
        try:
            season, said = checked(plan, paths)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            if len(seeds) > 1:
                return [wrong for seed in seeds for wrong in tried(plan, there, [seed])]
            return [_wrong(seeds[0], cases, repr(error))]
        if time.monotonic() - started > SLOWEST:
            if len(seeds) > 1:
                return [wrong for seed in seeds for wrong in tried(plan, there, [seed])]
            return [_wrong(seeds[0], cases, "slow")]
        told = {finding.file for finding in season.findings if not _usual(finding)}
        return [
            _wrong(seed, cases, what)
            for seed, path, says in zip(seeds, paths, said, strict=True)
            if says is not None and path.name not in told
            for what in different(cases[seed], path, says)
        ]


def _wrong(seed: int, cases: Mapping[int, tuple[Form, Mutation, bytes]], what: str) -> Wrong:
    good, _, data = cases[seed]
    return Wrong(seed=seed, what=what, data=data, kind=good.kind)


def _usual(finding: Finding) -> bool:
    """Whether it is told of a good form too: that there are two, or in which format it is."""
    return finding.rule == "F05" or (finding.rule, finding.severity) == ("F01", Severity.NOTICE)


def different(case: tuple[Form, Mutation, bytes], path: Path, says: Submission) -> Iterator[str]:
    """What is read otherwise than it stands, though nothing was said of it."""
    good, mutation, _ = case
    if good.kind != ".xlsx" and (good.kind == ".xls" or mutation not in {spoiled, cut}):
        return  # nobody else is here who could bear witness of it
    if mutation in {spoiled, cut}:
        if (says.entries, says.items) != (good.says.entries, good.says.items):
            yield "other values than before"
        return
    with warnings.catch_warnings(action="ignore"):
        try:
            shown: Any = load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
        except Exception:  # noqa: BLE001 - what openpyxl cannot read, it cannot bear witness of
            return
    for entry in says.entries:
        if entry.sheet not in shown or shown[entry.sheet].max_row == 1:
            return  # it found nothing there, as where the namespace is not the one it knows
        there = shown[entry.sheet][entry.cell].value
        if isinstance(there, bool | int | float | str | None) and not _same(entry.raw, there):
            yield f"{entry.sheet}!{entry.cell}: {entry.raw!r}, and openpyxl {there!r}"


def _same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return float(one) == float(other)
    return (one or None) == (other.strip() if isinstance(other, str) else other or None)


def main(minutes: float, first: int, *, other: bool) -> None:
    """Go on for *minutes* from the seed *first*, and keep what goes wrong."""
    plan, end, seed = demo_plan(), time.monotonic() + minutes * 60, first
    home = ROOT / "fuzz"
    with TemporaryDirectory() as folder:
        there = (other_forms if other else forms)(plan, Path(folder))
    while time.monotonic() < end:
        for wrong in tried(plan, there, range(seed, seed + BATCH)):
            home.mkdir(exist_ok=True)
            (home / f"{wrong.seed}{wrong.kind}").write_bytes(wrong.data)
            print(wrong.seed, wrong.what, flush=True)  # noqa: T201 - it speaks to whoever runs it
        seed += BATCH
    print(f"{seed - first} files")  # noqa: T201 - as above


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("minutes", type=float)
    asked.add_argument("first", type=int, nargs="?", default=0)
    asked.add_argument("--other", action="store_true")
    main(**vars(asked.parse_args()))
