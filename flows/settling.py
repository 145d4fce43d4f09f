"""Files that arrive in a folder, and the moment at which each is complete.

A file is complete when it stands still and nobody has it open for writing. The second is asked of Linux, which knows it
of files on its own disks; where nobody can tell (a share, another system), a file must stand still for longer.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

STILL = 0.2
"""Seconds that a file must not have changed, where the system says that nobody writes it."""

STILL_UNSEEN = 2.0
"""Seconds that it must not have changed where nobody can say: a program at the other end of a share may write on."""

PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds until a file is tried again that could not be loaded: the first time, and at most."""

Stamp = tuple[int, int, int]


@dataclass(slots=True)
class _Arrival:
    stamp: Stamp | None = None
    since: float = 0.0
    not_before: float = 0.0


@dataclass(slots=True)
class Arrivals:
    """Files that wait to be complete. Times are seconds of one clock that never goes back.

    ``shared`` says that programs on other machines may write: then what the system says of writers is no proof.
    """

    shared: bool = False
    _waiting: dict[Path, _Arrival] = field(default_factory=dict)
    _given: dict[Path, Stamp | None] = field(default_factory=dict)

    def add(self, paths: Iterable[Path]) -> None:
        """Take note of files that came or changed."""
        for path in paths:
            self._waiting.setdefault(path, _Arrival())

    def add_missed(self, paths: Iterable[Path]) -> None:
        """Take note of files that were found in the folder, but for those that were given out as they are now."""
        self.add(path for path in paths if self._given.get(path) != _stamp(path))

    def __len__(self) -> int:
        return len(self._waiting)

    def complete(self, now: float, *, most: int) -> list[Path]:
        """Give files that are complete, ``most`` of them at most, in the order of their names; they wait no more."""
        ready: list[Path] = []
        for path in sorted(self._waiting):
            arrival = self._waiting[path]
            stamp = _stamp(path)
            if stamp is None:  # taken away again, or renamed
                del self._waiting[path]
            elif stamp != arrival.stamp:
                arrival.stamp, arrival.since = stamp, now
            elif now >= arrival.not_before and self._is_complete(path, now - arrival.since):
                ready.append(path)
                if len(ready) == most:
                    break
        for path in ready:
            self._given[path] = self._waiting.pop(path).stamp
        return ready

    def put_back(self, paths: Iterable[Path], now: float, *, tried: int) -> float:
        """Let files wait that could not be loaded, longer each time they were ``tried``; give the seconds."""
        pause = min(LONGEST_PAUSE, PAUSE * 2.0 ** (tried - 1))
        for path in paths:
            self._waiting[path] = _Arrival(not_before=now + pause)
        return pause

    def _is_complete(self, path: Path, still: float) -> bool:
        if still < STILL:
            return False
        written = None if self.shared else being_written(path)
        return not written if written is not None else still >= STILL_UNSEEN


def being_written(path: Path) -> bool | None:
    """Tell whether any program has a file open for writing; None where the system can't say.

    Linux grants a lease for reading only on a file that nobody writes (fcntl(2), F_SETLEASE); it is given back at once.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return None
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        # a program that opens the file meanwhile waits a moment, and the signal that we get for it is one we ignore
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return True if error.errno == errno.EAGAIN else None
    finally:
        os.close(handle)
    return False


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
