"""Each document is parsed in a process of its own making: what it costs, breaks or never ends, the run goes on.

One warm worker reads document after document, so that none pays for starting it. It is killed and replaced when a
document takes too long, takes too much memory or brings it down; of an archive, the documents behind that one are read
by the next worker. The clock of a document starts when its worker has loaded what reads it. The limits come from the
environment (``docs/quarantine.md`` lists them).
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.document import Document
    from extract.errors import ParseError, ParseReason
    from extract.parse import Leaf

MB = 1_000_000
_LOADING = 60.0  # seconds that a worker may take beyond the limit to start and to load a format's library
_BREAKS = 5  # documents of one archive that may break the worker before the rest of it is left
_HELD_OPEN = 5  # times the limit of one document that a file of many may take altogether
_WORN = 1_000  # documents after which a worker is replaced: what libraries leak stays small
_SERVE = "from flows.workers import serve; serve()"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds, megabytes of memory, of its file, and of what is read out of it.

    A long document may take ``page_seconds`` for each of its pages and ``picture_seconds`` for each that is a picture,
    where that is more than ``seconds``.
    """

    seconds: float = 120.0
    page_seconds: float = 0.2
    picture_seconds: float = 20.0
    memory_mb: int = 3_000
    input_mb: int = 200
    output_mb: int = 200

    @classmethod
    def configured(cls) -> Limits:
        """Read the limits from the environment."""
        return cls(
            seconds=float(os.environ.get("PLEDGEBOOK_PARSE_SECONDS", cls().seconds)),
            page_seconds=float(os.environ.get("PLEDGEBOOK_PARSE_PAGE_SECONDS", cls().page_seconds)),
            picture_seconds=float(os.environ.get("PLEDGEBOOK_PARSE_PICTURE_SECONDS", cls().picture_seconds)),
            memory_mb=int(os.environ.get("PLEDGEBOOK_PARSE_MEMORY_MB", cls().memory_mb)),
            input_mb=int(os.environ.get("PLEDGEBOOK_PARSE_INPUT_MB", cls().input_mb)),
        )


class WorkerError(Exception):
    """A bug that showed in the worker; its traceback is in the notes."""


def bug(error: Exception) -> WorkerError:
    """Give an error of ours as it travels: its name and words, with the traceback in the notes."""
    return _told(f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error)))


def _told(message: str, trace: str) -> WorkerError:
    error = WorkerError(message)
    error.add_note(trace)
    return error


@dataclass(slots=True)
class _Reading:
    """How far the reading of one file has come: what was found, the document now read, and when its time is up."""

    found: list[Document | ParseError | WorkerError]
    done: int = 0  # documents of the file that are finished, whatever came of them
    name: str = ""
    holds_more: bool = False
    allowed: float = 0.0  # seconds for that document
    ends: float = 0.0  # when the time of the whole file is up


class ParseWorker:
    """A process that parses one file after the other. ``read`` may be called from any thread."""

    def __init__(self, limits: Limits, *, code: str = _SERVE, records: bool = False) -> None:
        self.limits = limits
        self._wanted = ["records"] if records else []
        self._code = code  # what the process runs; tests make it misbehave
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: Connection | None = None
        self._read = 0
        self._turn = threading.Lock()
        self._stopped = False

    def start(self) -> None:
        """Start the process, unless it runs. It gets ready while the caller does something else."""
        if self._process is not None and self._process.poll() is None and self._read < _WORN:
            return
        self.close()
        command = [sys.executable, "-P", "-c", self._code, str(self.limits.memory_mb), str(self.limits.output_mb)]
        command += self._wanted
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        self._answers = Connection(os.dup(self._process.stdout.fileno()), writable=False)
        self._read = 0

    def close(self) -> None:
        """End the process at once."""
        if self._answers is not None:
            self._answers.close()
            self._answers = None
        if self._process is not None:
            self._process.kill()
            for pipe in (self._process.stdin, self._process.stdout):
                _closed(pipe)
            self._process.wait()
            self._process = None

    def kill(self) -> None:
        """End the process from another thread: what it reads counts as broken, and nothing more is read of its file."""
        self._stopped = True
        if (process := self._process) is not None:
            process.kill()

    def read(self, path: Path, data: bytes) -> list[Document | ParseError | WorkerError]:
        """Parse a file and the files inside it; what can't be parsed is given as its error.

        A bug of ours in a file inside another is given as its WorkerError, too; otherwise that is raised.
        """
        with self._turn:
            self._stopped = False
            reading, breaks = _Reading([], ends=time.monotonic() + _HELD_OPEN * self.limits.seconds + _LOADING), 0
            while not self._ask(path, data, reading):
                breaks += 1
                reading.ends += _LOADING  # the next worker has to start, too
                if not reading.holds_more or self._stopped:
                    break
                if breaks == _BREAKS or time.monotonic() > reading.ends:
                    reading.found.append(self._left(path))
                    break
        if len(reading.found) == 1 and isinstance(reading.found[0], WorkerError) and not reading.holds_more:
            raise reading.found[0]
        return reading.found

    def _ask(self, path: Path, data: bytes, reading: _Reading) -> bool:
        """Read on from the document where the reading stands; False when that one took the worker down."""
        self.start()
        reading.name, reading.allowed = printable(path.name), self.limits.seconds + _LOADING
        last_resort = self._killed_after(_HELD_OPEN * reading.allowed)
        try:
            self._send(path, data, reading.done)
            while True:
                kind, answer = self._answer(min(reading.allowed, reading.ends - time.monotonic()))
                if kind == "end":
                    self._read += 1
                    return True
                if kind in ("ready", "loading"):
                    reading.allowed = self.limits.seconds + (_LOADING if kind == "loading" else 0)
                    last_resort.cancel()
                    last_resort = self._killed_after(reading.allowed + 1)
                    continue
                if kind == "leaf":
                    reading.name, pages, pictures, reading.holds_more = answer
                    reading.allowed = self._allowed(pages, pictures)
                    reading.ends += reading.allowed - self.limits.seconds
                    last_resort.cancel()
                    last_resort = self._killed_after(reading.allowed + 1)
                    continue
                reading.done += 1
                reading.allowed = self.limits.seconds
                last_resort.cancel()
                last_resort = self._killed_after(reading.allowed + 1)
                self._take(kind, answer, reading)
                if kind == "last":  # out of memory: what is left of the process is not to be trusted
                    self.close()
                    return False
        except TimeoutError:
            reading.found.append(self._failed(reading, "timeout"))
        except (EOFError, OSError):
            reading.found.append(self._failed(reading, "crashed"))
        finally:
            last_resort.cancel()
        reading.done += 1
        self.close()
        return False

    def _allowed(self, pages: int, pictures: int) -> float:
        limits = self.limits
        return max(limits.seconds, pages * limits.page_seconds + pictures * limits.picture_seconds)

    def _killed_after(self, seconds: float) -> threading.Timer:
        """Set an end to a process that stops in the middle of an answer, or of taking a file, and holds a pipe open."""
        assert self._process is not None
        timer = threading.Timer(seconds, self._process.kill)
        timer.daemon = True
        timer.start()
        return timer

    @staticmethod
    def _take(kind: str, answer: Any, reading: _Reading) -> None:
        if kind != "bug":
            reading.found += [answer] if answer is not None else []
            return
        reading.found.append(_told(*answer))

    def _send(self, path: Path, data: bytes, skipped: int) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        pickle.dump((os.fspath(path), data, skipped), self._process.stdin)
        self._process.stdin.flush()

    def _answer(self, seconds: float) -> Any:
        assert self._answers is not None
        if not self._answers.poll(max(0.0, seconds)):
            raise TimeoutError
        return pickle.loads(self._answers.recv_bytes(self.limits.output_mb * 2 * MB))

    def _failed(self, reading: _Reading, reason: ParseReason) -> ParseError:
        from extract.errors import ParseError

        long = reading.allowed > self.limits.seconds + _LOADING
        setting = "PLEDGEBOOK_PARSE_PAGE_SECONDS" if long else "PLEDGEBOOK_PARSE_SECONDS"
        problem, remedy = {
            "timeout": (f"reading it takes more than {reading.allowed:g} s.", f"Split it, or set {setting} higher."),
            "crashed": ("reading it brought its reader down.", "Open it and save it again, or as PDF."),
        }[reason]
        return ParseError(reading.name, reason, problem, remedy)

    @staticmethod
    def _left(path: Path) -> ParseError:
        from extract.errors import ParseError

        problem = "several of the files inside it could not be read, and the rest was left."
        return ParseError(printable(path.name), "timeout", problem, "Unpack it and add its documents.")


def content(path: Path, limits: Limits) -> bytes:
    """Read a file whole.

    Raises ``ParseError`` (``too_large``, ``changed_while_reading``), or OSError if it can't be read at all.
    """
    from extract.errors import ParseError

    before = path.stat()
    if before.st_size > limits.input_mb * MB:
        raise ParseError(
            printable(path.name),
            "too_large",
            f"it has {before.st_size / MB:,.0f} MB.",
            "Split it, or set PLEDGEBOOK_PARSE_INPUT_MB higher.",
        )
    data = path.read_bytes()
    after = path.stat()
    if len(data) != before.st_size or (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        raise ParseError(
            printable(path.name), "changed_while_reading", "it is still being written.", "The next run reads it again."
        )
    return data


def printable(name: str) -> str:
    """Give a file's name as characters that can be stored: bytes that are no UTF-8 show as U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def serve() -> None:
    """Be the worker: parse what comes in on standard input until it ends. What libraries print goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer; it closes our input
    warnings.simplefilter("ignore")
    logging.disable()
    _limit_memory(int(sys.argv[1]))
    answers, records = Connection(os.dup(1), readable=False), "records" in sys.argv[3:]
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def answer(kind: str, value: object = None) -> None:
        answers.send_bytes(pickle.dumps((kind, value)))

    while True:
        try:
            path, data, skipped = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            _serve_one(Path(path), data, skipped, answer, records=records)
        except BrokenPipeError:
            return


def _serve_one(path: Path, data: bytes, skipped: int, answer: Callable[..., None], *, records: bool) -> None:
    """Read a file's documents one after the other, from the place where an earlier worker broke."""
    from extract.errors import ParseError
    from extract.parse import Leaf, leaves
    from extract.parse.ahead import load_reader

    load_reader("txt")
    answer("ready")
    name, first = printable(path.name), None
    try:
        for place, leaf in enumerate(leaves(path, data=data)):
            first = first or leaf
            if place < skipped:
                continue
            if isinstance(leaf, Leaf):
                name = leaf.name
                _read_one(
                    leaf, leaf is not first or leaf.covers or leaf.name != printable(path.name), answer, records=records
                )
            else:
                answer("piece", leaf)
    except MemoryError:
        problem, remedy = "reading it takes too much memory.", "Split it, or set PLEDGEBOOK_PARSE_MEMORY_MB higher."
        answer("last", ParseError(name, "out_of_memory", problem, remedy))
        sys.exit(0)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a library raises belongs to this file alone
        answer("bug", (f"{type(error).__name__}: {error}", traceback.format_exc()))
    answer("end")


def _read_one(leaf: Leaf, holds_more: bool, answer: Callable[..., None], *, records: bool) -> None:
    from extract.document import Document
    from extract.parse import read_leaf
    from extract.parse.ahead import load_reader

    answer("loading")
    load_reader(leaf.kind)
    answer("leaf", (leaf.name, leaf.pages, len(leaf.pictures), holds_more))
    try:
        start = time.perf_counter()
        piece: object = read_leaf(leaf)
        if records and isinstance(piece, Document):
            from flows.reading import read_records

            piece = read_records(piece, parse_seconds=time.perf_counter() - start)
        answer("piece", piece)
    except (MemoryError, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001  nor may it cost the documents beside it
        answer("bug", (f"{leaf.name}: {type(error).__name__}: {error}", traceback.format_exc()))


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the time limit alone must do
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes * MB
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))


def _closed(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:  # what it still held can't be sent to a process that is gone
        return
