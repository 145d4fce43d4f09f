"""Each document is parsed in a process of its own making: what it costs, breaks or never ends, the run goes on.

One warm worker reads document after document, so that none pays for starting it. It is killed and replaced when a
document takes too long, takes too much memory or brings it down. The limits come from the environment:
``PLEDGEBOOK_PARSE_SECONDS``, ``PLEDGEBOOK_PARSE_MEMORY_MB`` and ``PLEDGEBOOK_PARSE_INPUT_MB``.
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
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.document import Document
    from extract.errors import ParseError, ParseReason

MB = 1_000_000
_HELD_OPEN = 5  # times the limit of one document that a file of many may take altogether
_WORN = 1_000  # documents after which a worker is replaced: what libraries leak stays small
_SERVE = "from flows.workers import serve; serve()"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds, megabytes of memory, of its file, and of what is read out of it."""

    seconds: float = 120.0
    memory_mb: int = 3_000
    input_mb: int = 200
    output_mb: int = 200

    @classmethod
    def configured(cls) -> Limits:
        """Read the limits from the environment."""
        return cls(
            seconds=float(os.environ.get("PLEDGEBOOK_PARSE_SECONDS", cls().seconds)),
            memory_mb=int(os.environ.get("PLEDGEBOOK_PARSE_MEMORY_MB", cls().memory_mb)),
            input_mb=int(os.environ.get("PLEDGEBOOK_PARSE_INPUT_MB", cls().input_mb)),
        )


class WorkerError(Exception):
    """A bug that showed in the worker; its traceback is in the notes."""


class ParseWorker:
    """A process that parses one file after the other. ``read`` may be called from any thread."""

    def __init__(self, limits: Limits, *, code: str = _SERVE) -> None:
        self.limits = limits
        self._code = code  # what the process runs; tests make it misbehave
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: Connection | None = None
        self._read = 0
        self._turn = threading.Lock()

    def start(self) -> None:
        """Start the process, unless it runs. It gets ready while the caller does something else."""
        if self._process is not None and self._process.poll() is None and self._read < _WORN:
            return
        self.close()
        command = [sys.executable, "-P", "-c", self._code, str(self.limits.memory_mb), str(self.limits.output_mb)]
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

    def read(self, path: Path, data: bytes) -> list[Document | ParseError]:
        """Parse a file and the files inside it; what can't be parsed is given as its error.

        Raises WorkerError for a bug of ours.
        """
        with self._turn:
            return self._ask(path, data)

    def _ask(self, path: Path, data: bytes) -> list[Document | ParseError]:
        self.start()
        found: list[Document | ParseError] = []
        ends = time.monotonic() + _HELD_OPEN * self.limits.seconds
        assert self._process is not None
        # a process that stops in the middle of an answer, or of taking the file, holds no pipe open for ever
        last_resort = threading.Timer(_HELD_OPEN * self.limits.seconds + 1, self._process.kill)
        last_resort.daemon = True
        last_resort.start()
        try:
            self._send(path, data)
            while True:
                kind, answer = self._answer(min(self.limits.seconds, ends - time.monotonic()))
                if kind == "end":
                    self._read += 1
                    return found
                if kind == "bug":
                    error = WorkerError(answer[0])
                    error.add_note(answer[1])
                    raise error
                found.append(answer)
                if kind == "last":  # out of memory: what is left of the process is not to be trusted
                    self.close()
                    return found
        except TimeoutError:
            self.close()
            return [*found, self._failed(path, "timeout")]
        except (EOFError, OSError):
            self.close()
            return [*found, self._failed(path, "crashed")]
        finally:
            last_resort.cancel()

    def _send(self, path: Path, data: bytes) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        pickle.dump((os.fspath(path), data), self._process.stdin)
        self._process.stdin.flush()

    def _answer(self, seconds: float) -> Any:
        assert self._answers is not None
        if not self._answers.poll(max(0.0, seconds)):
            raise TimeoutError
        return pickle.loads(self._answers.recv_bytes(self.limits.output_mb * 2 * MB))

    def _failed(self, path: Path, reason: ParseReason) -> ParseError:
        from extract.errors import ParseError

        problem, remedy = {
            "timeout": (
                f"reading it takes more than {self.limits.seconds:g} s.",
                "Split it, or set PLEDGEBOOK_PARSE_SECONDS higher.",
            ),
            "crashed": ("reading it brought its reader down.", "Open it and save it again, or as PDF."),
        }[reason]
        return ParseError(printable(path.name), reason, problem, remedy)


@cache
def parse_worker() -> ParseWorker:
    """Give the worker that all runs of this process share; it ends when its input does, with this process."""
    return ParseWorker(Limits.configured())


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
    answers = Connection(os.dup(1), readable=False)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def answer(kind: str, value: object = None) -> None:
        answers.send_bytes(pickle.dumps((kind, value)))

    while True:
        try:
            path, data = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            _serve_one(Path(path), data, answer)
        except BrokenPipeError:
            return


def _serve_one(path: Path, data: bytes, answer: Callable[..., None]) -> None:
    from extract.errors import ParseError
    from extract.parse import parse_all

    try:
        for piece in parse_all(path, data=data):
            answer("piece", piece)
    except MemoryError:
        problem, remedy = "reading it takes too much memory.", "Split it, or set PLEDGEBOOK_PARSE_MEMORY_MB higher."
        answer("last", ParseError(printable(path.name), "out_of_memory", problem, remedy))
        sys.exit(0)
    except RecursionError:
        answer(
            "piece", ParseError(printable(path.name), "too_deep", "it is nested too deep.", "Save it as PDF or text.")
        )
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a library raises belongs to this document alone
        answer("bug", (f"{type(error).__name__}: {error}", traceback.format_exc()))
        return
    answer("end")


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
