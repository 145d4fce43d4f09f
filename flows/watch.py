"""A watched folder: what is dropped into it is loaded once it is complete.

The stages are called directly, in this process, so nothing is started a file: models and libraries stay loaded.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

QUIET_SECONDS = 0.4
"""A file is complete when neither its size nor its time of change moved for so long."""


def stop_on_signals() -> threading.Event:
    """Give an event that SIGTERM and SIGINT set, so that the file in hand is still loaded."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def complete(paths: list[Path], *, stop: threading.Event) -> list[Path]:
    """Wait until the files stand still, and give those that are still there."""
    before: dict[Path, tuple[int, int]] = {}
    while not stop.is_set():
        now = dict(_stamps(paths))
        if now == before:
            break
        before = now
        stop.wait(QUIET_SECONDS)
    return sorted(before)


def watch(inbox: Path, ingest: Callable[[list[Path]], None], *, stop: threading.Event) -> None:
    """Call ``ingest`` with files as they become complete, until ``stop`` is set; all in the folder come first.

    A file that is renamed into the folder or changed in it counts as new; deleted ones are left alone.
    """
    import watchfiles

    # the watcher is started before the first look, so that nothing falls between the two
    changes = watchfiles.watch(
        inbox, stop_event=stop, debounce=300, step=50, rust_timeout=500, yield_on_timeout=True, raise_interrupt=False
    )
    next(changes, None)
    ingest([])
    for changed in changes:
        touched = [Path(name) for change, name in changed if change != watchfiles.Change.deleted]
        if touched and not stop.is_set():
            ingest(complete(touched, stop=stop))


def _stamps(paths: list[Path]) -> Iterator[tuple[Path, tuple[int, int]]]:
    for path in paths:
        try:
            status = path.stat()
        except FileNotFoundError:  # renamed or taken away again while it was copied
            continue
        yield path, (status.st_size, status.st_mtime_ns)
