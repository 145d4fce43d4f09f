"""How a command ends: the exit status, and the one line that goes with an error."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

WELL = 0
"""All well, also when documents were set aside."""
REFUSED = 1
"""Something is not to be trusted: a check refused to publish, or ``--strict`` and the quarantine isn't empty."""
WRONG_USE = 2
"""Something that the caller can mend: a missing folder, a file that is locked, a wrong option or question."""
OURS = 3
"""A mistake of ours; the traceback is printed."""
INTERRUPTED = 130
"""Stopped by Ctrl-C (128 + signal 2)."""
TERMINATED = 143
"""Stopped by SIGTERM, as systemd sends it (128 + signal 15)."""

MEANINGS = {
    WELL: "all well, also when documents were set aside",
    REFUSED: "a check refused to publish and the last good file stays, or --strict and something waits in quarantine",
    WRONG_USE: "wrong use, or something you can mend: one line says what and how",
    OURS: "a mistake of ours, with its traceback",
    INTERRUPTED: "stopped by Ctrl-C",
    TERMINATED: "stopped by SIGTERM",
}


class Terminated(BaseException):
    """SIGTERM came. No Exception, so that nothing that guards one document takes it for that document's fault."""


@contextmanager
def sigterm_raises() -> Iterator[None]:
    """Turn SIGTERM into Terminated while the block runs, so that a run can still write its account."""
    if threading.current_thread() is not threading.main_thread():  # Prefect runs flows in threads of its own
        yield
        return

    def stop(*_: object) -> None:
        raise Terminated

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Failure(click.ClickException):
    """An error as one line, with the exit status that it means."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.exit_code = status  # type: ignore[misc]  # click reads it from the instance


class Refusal(click.ClickException):
    """What ``--strict`` says when something waits in quarantine."""

    exit_code = REFUSED


def writable_file(path: Path | None) -> Path | None:
    """Look that a file can be written before the work begins; raises Failure that names the folder."""
    if path is not None and (not path.parent.is_dir() or path.is_dir()):
        problem = "is a folder" if path.is_dir() else f"can't be written: there is no folder {path.parent}"
        raise Failure(f"{path} {problem}. Name a file in a folder that exists", WRONG_USE)
    return path
