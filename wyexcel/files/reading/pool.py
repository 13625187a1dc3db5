"""Many workbooks read in processes of their own, so that none can take the others down.

A file that crashes its process, fills the memory or does not end in time costs only itself: what
is left unanswered is asked again, file by file, from a fresh process.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from threading import Timer
from types import TracebackType
from typing import Final, Self, TypeAlias

from wyexcel.errors import CannotRead
from wyexcel.files.reading import pool_decode
from wyexcel.files.reading.book import Book
from wyexcel.files.reading.refusal import Reason, Unreadable, phrase

Answer: TypeAlias = Book | Unreadable
ReportProgress: TypeAlias = Callable[[str, int, int], None]
"""What is told while it works: what is being done, how many are done, how many there are."""

SECONDS: Final = 20.0
"""How long one request may take, before its files are asked for one by one, and one file then."""

_BATCH: Final = 25
_BATCH_BYTES: Final = 4 << 20
_WORKERS: Final = 4
_FILES_A_WORKER: Final = 100
"""Below this a second worker costs more to start than it saves."""

_BUFFER: Final = 1 << 16
_WORKER: Final = (
    "import sys; sys.path += sys.argv[1:]; "
    "from wyexcel.files.reading.pool_worker import serve; serve()"
)
_PACKAGES: Final = ("wyexcel", "python_calamine", "msgspec", "isal")
_NOT_STARTED: Final = "启动不了读表用的进程“{}”，请检查程序是否完整、内存是否够用，再运行一次。"
_NO_WINDOW: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def read_all(
    paths: Sequence[os.PathLike[str]],
    *,
    skip: Collection[str] = (),
    need: str | None = None,
    seconds: float = SECONDS,
    progress: ReportProgress | None = None,
) -> Iterator[Answer]:
    """What `read_workbook.read` gives for each of *paths*, in order, whatever reading one does."""
    count = min(_WORKERS, os.cpu_count() or 1, -(-len(paths) // _FILES_A_WORKER))
    with _Crew(count, skip=skip, need=need, seconds=seconds) as crew:
        ahead: deque[Future[list[Answer]]] = deque()
        done = 0
        batches = _batches(map(Path, paths))
        ahead.extend(crew.begin(batch) for batch in islice(batches, 2 * count))
        while ahead:
            answers = ahead.popleft().result()
            ahead.extend(crew.begin(batch) for batch in islice(batches, 1))
            for answer in answers:
                yield answer
                done += 1
                if progress is not None:
                    progress("读表", done, len(paths))


def _batches(paths: Iterable[Path]) -> Iterator[list[Path]]:
    """*paths* in requests that are small in number and in bytes."""
    batch: list[Path] = []
    size = 0
    for path in paths:
        own = _size(path)
        if batch and (len(batch) == _BATCH or size + own > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(path)
        size += own
    if batch:
        yield batch


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


class _Crew:
    """Workers, and a thread to wait for each."""

    def __init__(
        self, count: int, *, skip: Collection[str], need: str | None, seconds: float
    ) -> None:
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._workers = [_Worker(skip=skip, need=need, seconds=seconds) for _ in range(count)]
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(max(count, 1), thread_name_prefix="wyexcel-reader")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.dismiss()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.end()

    def begin(self, batch: Sequence[Path]) -> Future[list[Answer]]:
        """The answers to come for *batch*, from the first worker that is free."""
        return self._threads.submit(self._read, batch)

    def _read(self, batch: Sequence[Path]) -> list[Answer]:
        worker = self._idle.get()
        try:
            return worker.read(batch)
        finally:
            self._idle.put(worker)


class _Worker:
    """One reading process, replaced by a fresh one whenever it dies."""

    def __init__(self, *, skip: Collection[str], need: str | None, seconds: float) -> None:
        self._skip = list(skip)
        self._need = [] if need is None else [need]
        self._seconds = seconds
        self._dismissed = False
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, batch: Sequence[Path]) -> list[Answer]:
        """The answer for each file of *batch*; where one crashes, the rest are asked alone."""
        answers = self._ask(batch)
        for path in batch[len(answers) :]:
            if self._dismissed:
                break
            answers += self._ask([path]) or [_crashed(path)]
        return answers

    def _ask(self, paths: Sequence[Path]) -> list[Answer]:
        """The answers for *paths* in order; fewer where the process died of one."""
        process = self._process = self._process or _start()
        asked = {"paths": [str(path) for path in paths], "skip": self._skip, "need": self._need}
        answers: list[Answer] = []
        timer = Timer(self._seconds, process.kill)
        timer.start()
        try:
            _send(process, asked)
            for path, line in zip(paths, process.stdout or (), strict=False):
                answers.append(pool_decode.decode(line, path.name))
        except (OSError, pool_decode.Garbled):
            pass
        finally:
            timer.cancel()
            if len(answers) < len(paths):
                self.end()
        return answers

    def dismiss(self) -> None:
        """Break off what is being read: nobody waits for it any more."""
        self._dismissed = True
        if process := self._process:
            process.kill()

    def end(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _start() -> subprocess.Popen[bytes]:
    """A fresh process that finds nothing but the standard library, calamine and this package.

    Raises CannotRead where the system starts none.
    """
    specs = [find_spec(package) for package in _PACKAGES]
    homes = {str(Path(spec.origin).parents[1]): None for spec in specs if spec and spec.origin}
    mode = ["-I", "-S", "-X", f"utf8={sys.flags.utf8_mode}"]
    try:
        return subprocess.Popen(  # noqa: S603  our own interpreter and our own words
            [sys.executable, *mode, "-c", _WORKER, *homes],
            bufsize=_BUFFER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        )
    except OSError as error:
        raise CannotRead(_NOT_STARTED.format(sys.executable)) from error


def _send(process: subprocess.Popen[bytes], asked: object) -> None:
    if process.stdin is not None:
        process.stdin.write(json.dumps(asked).encode("ascii") + b"\n")
        process.stdin.flush()


def _crashed(path: Path) -> Unreadable:
    """What is said of a file whose reading took its process with it."""
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        sha256 = ""
    return Unreadable(
        file=path.name, sha256=sha256, reason=Reason.CRASHED, detail=phrase(Reason.CRASHED)
    )
