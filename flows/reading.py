"""Files become records in worker processes: several read side by side, and what they say comes in the order asked.

Each worker reads a file whole, from its bytes to the records that it says. While the caller checks and loads one batch,
the workers go on with the next one, and no further, so that memory stays flat. How many there are is told by
``--workers`` or PLEDGEBOOK_WORKERS.
"""

from __future__ import annotations

import atexit
import os
import queue
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, cast

from flows.inbox import state_of
from flows.workers import Limits, ParseWorker, WorkerError, bug, content

if TYPE_CHECKING:
    from extract.document import Document as Parsed
    from extract.errors import ParseError
    from schemas import Document, Record
    from warehouse import FileState

MOST = 4
"""Workers by default at most: each takes some 200 MB, and one process checks and loads what all of them read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says: its records, the seconds it took, and the bug of ours that was met on the way."""

    document: Document
    records: tuple[Record, ...]
    parse_seconds: float
    extract_seconds: float
    failure: WorkerError | None = None


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file as it stood when it was read, and what was found in it: readings, and what can't be read as its error."""

    state: FileState
    pieces: list[Reading | ParseError | WorkerError]


def read_records(parsed: Parsed, *, parse_seconds: float) -> Reading:
    """Read the records out of a document; a bug of ours is told beside the document, with its traceback."""
    from extract.pipeline import extract

    start, failure = perf_counter(), None
    records: tuple[Record, ...] = ()
    try:
        records = extract(parsed).records
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  it costs this document, not those beside it
        failure = bug(error)
    return Reading(parsed.record, records, parse_seconds, perf_counter() - start, failure)


class Readers:
    """Worker processes, and a thread for each that waits for its answers. Started when they are first needed."""

    def __init__(self, count: int, *, limits: Limits | None = None, code: str | None = None) -> None:
        self.limits = limits or Limits.configured()
        told = {"code": code} if code else {}
        self._workers = [ParseWorker(self.limits, records=True, **told) for _ in range(count)]
        # the one that was busy last comes first: a file alone wakes no second worker
        self._idle: queue.LifoQueue[ParseWorker] = queue.LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reader")
        self._begun: dict[Path, Future[FileRead]] = {}
        self._to_come: deque[Path] = deque()

    @contextmanager
    def expecting(self, paths: Sequence[Path]) -> Iterator[None]:
        """Say which files will be asked for while the block runs, so that they may be read ahead."""
        self._to_come.extend(paths)
        try:
            yield
        finally:
            self._to_come.clear()
            for begun in self._begun.values():
                begun.cancel()
            self._begun.clear()

    def read(self, paths: Sequence[Path]) -> Iterator[tuple[Path, Future[FileRead]]]:
        """Read files; give each with the future of what is found, in the order asked.

        The future raises ParseError, OSError or WorkerError for a file that can't be read at all. When the caller is
        interrupted, the workers end at once.
        """
        asked = [(path, self._begin(path)) for path in paths]
        while self._to_come and len(self._begun) < len(paths):
            following = self._to_come[0]
            self._begun[following] = self._begin(following)
        try:
            for path, reading in asked:
                reading.exception()  # waits
                yield path, reading
        except BaseException:
            for _, reading in asked:
                reading.cancel()
            self.stop()
            raise

    def warm(self) -> None:
        """Start every worker and have it load what it needs, by reading a few words in each language."""
        words = b"Canada and Norway today signed the Ocean Accord.\n\nLe Canada investit 5 millions de dollars."
        done = [self._threads.submit(worker.read, Path("warm.txt"), words) for worker in self._workers]
        for started in done:
            started.result()

    def stop(self) -> None:
        """End the workers at once, and wait for nothing; they start again when they are needed."""
        for begun in self._begun.values():
            begun.cancel()
        self._begun.clear()
        for worker in self._workers:
            worker.kill()

    def _begin(self, path: Path) -> Future[FileRead]:
        if self._to_come and self._to_come[0] == path:
            self._to_come.popleft()
        return self._begun.pop(path, None) or self._threads.submit(self._read, path)

    def _read(self, path: Path) -> FileRead:
        worker = self._idle.get()
        try:
            data = content(path, self.limits)
            state = state_of(path, data)
            found = cast("list[Reading | ParseError | WorkerError]", worker.read(path, data))  # asked for records
            return FileRead(state, found)
        finally:
            self._idle.put(worker)


def workers() -> int:
    """Give the number of workers: PLEDGEBOOK_WORKERS, or one for each core that we may use, MOST at most."""
    told = os.environ.get("PLEDGEBOOK_WORKERS", "")
    return max(1, int(told)) if told.isdecimal() else min(MOST, cores())


def cores() -> int:
    """Count the cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # not on macOS and Windows
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def readers() -> Readers:
    """Give the readers that all runs of this process share; they end with this process."""
    return _readers(workers())


@cache
def _readers(count: int) -> Readers:
    made = Readers(count)
    atexit.register(made.stop)
    return made
