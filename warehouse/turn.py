"""Whose turn it is: two programs that write the same warehouse go one after the other.

The lock is the system's own (``flock`` on a file in ``.pledgebook/``), so that it ends with the process that holds it,
however that ends: nothing of a dead run ever blocks the next. A library for it was tried and takes as long to import
as DuckDB, in each run that finds nothing to do.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from warehouse.errors import Busy, WarehouseError

log = logging.getLogger(__name__)

WAIT = 600.0
"""Seconds that a run waits for another to end, unless told otherwise."""

_STEP = 0.1  # seconds between two looks

# Threads of this process, and how often each took a turn that it already had.
_threads: dict[Path, threading.RLock] = defaultdict(threading.RLock)
_taken: dict[Path, int] = defaultdict(int)


@contextmanager
def turn(lock: Path, *, wait: float = WAIT) -> Iterator[None]:
    """Be the only one to hold the file ``lock`` while the block runs; taken again within, it is held already.

    Raises Busy when another still holds it after ``wait`` seconds (0: at once), and WarehouseError when the folder
    can't be written to or its file system knows no locks.
    """
    ends = time.monotonic() + wait
    lock = lock.absolute()
    if not _threads[lock].acquire(timeout=min(max(wait, 0), threading.TIMEOUT_MAX)):
        raise _busy(lock, _holder(lock))
    try:
        if _taken[lock]:
            yield from _counted(lock)
            return
        handle = _open(lock)
        try:
            _take(handle, lock, ends=ends)
            _sign(handle)
            yield from _counted(lock)
            os.ftruncate(handle, 0)
        finally:
            os.close(handle)  # and with it goes the lock
    finally:
        _threads[lock].release()


def _counted(lock: Path) -> Iterator[None]:
    _taken[lock] += 1
    try:
        yield
    finally:
        _taken[lock] -= 1


def _open(lock: Path) -> int:
    try:
        return os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise _not_lockable(lock, error) from error


def _take(handle: int, lock: Path, *, ends: float) -> None:
    said = False
    while not _free(handle, lock):
        left = ends - time.monotonic()
        if left <= 0:
            raise _busy(lock, _holder(lock))
        if not said:
            log.warning("Waiting up to %.0f s for %s to end", left, _holder(lock))
            said = True
        time.sleep(min(_STEP, left))


def _free(handle: int, lock: Path) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise _not_lockable(lock, error) from error
    return True


def _sign(handle: int) -> None:
    """Write who we are, for the words of those who wait; a full disk is no reason not to begin."""
    who = {"pid": os.getpid(), "host": socket.gethostname(), "since": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"}
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(who).encode(), 0)
    except OSError:
        log.debug("The lock could not be signed", exc_info=True)


def _holder(lock: Path) -> str:
    try:
        who = json.loads(lock.read_text("utf-8"))
        return f"another run (process {who['pid']} on {who['host']}, since {who['since']})"
    except (OSError, ValueError, KeyError, TypeError):  # just taken, or not signed for want of room
        return "another run"


def _busy(lock: Path, holder: str) -> Busy:
    name = lock.name.removesuffix(".lock")
    return Busy(
        f"{holder[0].upper()}{holder[1:]} is loading {name}.duckdb",
        path=lock,
        remedy="Run again when it has ended, or give --wait more seconds",
    )


def _not_lockable(lock: Path, error: OSError) -> WarehouseError:
    return WarehouseError(
        f"{lock.parent} can't be used: {(error.strerror or str(error)).lower()}",
        path=lock,
        remedy="Name a file in a folder that you may write to, with --db",
    )
