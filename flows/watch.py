"""A watched folder: what is dropped into it is loaded once it is complete.

The stages are called directly, in this process, so nothing is started a file: models and libraries stay loaded. A file
that came, changed or was renamed into the folder waits until it is complete (``flows.settling``); those that are go
together, a batch at a time. Now and then the whole folder is looked through, so that nothing depends on one event.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from flows.inbox import InboxError, documents_in
from flows.settling import Arrivals
from schemas.errors import PledgebookError

said = logging.getLogger(__name__)

MOST = 200
"""Files that are loaded together: one batch, so that a stop is heard after no more than that."""

STEP = 0.05
"""Seconds between two looks at files that wait."""

LOOK_THROUGH = 60.0
"""Seconds between two looks at the whole folder."""

POLL = 0.3
"""Seconds between two looks by a watcher that gets no events, on a share."""


def stop_on_signals() -> threading.Event:
    """Give an event that SIGTERM and SIGINT set, so that the batch in hand is still loaded."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def watch(
    inbox: Path,
    *,
    unread: Callable[[], Sequence[Path]],
    ingest: Callable[[Sequence[Path]], None],
    stop: threading.Event,
    polling: bool = False,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Call ``ingest`` with files as they become complete, until ``stop`` is set; what ``unread`` gives comes first.

    ``ingest`` is called once at the start, with nothing: it may have to finish what was stopped. Files for which it
    raises an error that may pass are tried again later; at the start such an error is raised. ``ready`` is called when
    the start is done, ``polling`` is for shares that tell of no change. Raises InboxError when the folder can't be
    watched.
    """
    arrivals = Arrivals(shared=polling)
    events = _events(inbox, stop=stop, polling=polling)
    next(events)  # the watcher stands before the first look, so that nothing falls between the two
    arrivals.add(unread())
    ingest([])
    ready()
    looked, failures = time.monotonic(), 0
    for places in events:
        for place in places:
            arrivals.add(_documents(place, inbox))
        if time.monotonic() - looked > LOOK_THROUGH:
            arrivals.add_missed(_looked_through(unread))
            looked = time.monotonic()
        complete = arrivals.complete(time.monotonic(), most=MOST)
        if complete and not stop.is_set():
            failures = 0 if _loaded(ingest, complete, arrivals, failures) else failures + 1


def _loaded(ingest: Callable[[Sequence[Path]], None], files: list[Path], arrivals: Arrivals, failures: int) -> bool:
    try:
        ingest(files)
    except PledgebookError as error:  # a lock, a full disk, a suite that fails: watching goes on
        pause = arrivals.put_back(files, time.monotonic(), tried=failures + 1)
        said.error("%d files wait for %.0f s: %s", len(files), pause, error)
        return False
    return True


def _documents(place: Path, inbox: Path) -> Sequence[Path]:
    try:
        return documents_in(place, inbox=inbox)
    except OSError:  # a folder that goes while it is listed; what stays is found when the folder is looked through
        return ()


def _looked_through(unread: Callable[[], Sequence[Path]]) -> Sequence[Path]:
    try:
        return unread()
    except PledgebookError as error:  # a share that is away, or a file that another run holds: there is a next time
        said.warning("%s", error)
        return ()


def _events(inbox: Path, *, stop: threading.Event, polling: bool) -> Iterator[list[Path]]:
    """Give the places where something came or changed, a list a step, also when it is empty; until ``stop`` is set."""
    import watchfiles

    step = int(STEP * 1000)
    changes = watchfiles.watch(
        inbox,
        watch_filter=None,
        stop_event=stop,
        debounce=step,
        step=step,
        rust_timeout=step,
        yield_on_timeout=True,
        raise_interrupt=False,
        force_polling=polling or None,
        poll_delay_ms=int(POLL * 1000),
    )
    try:
        for changed in changes:
            touched = {Path(name) for change, name in changed if change != watchfiles.Change.deleted}
            yield [inbox / place for place in sorted(_inside(touched, inbox))]
    except OSError as error:
        raise InboxError(
            f"{inbox} can't be watched: {error}",
            path=inbox,
            remedy="Raise the system's limit (sysctl fs.inotify.max_user_watches), or watch with --polling",
        ) from error


def _inside(places: set[Path], inbox: Path) -> Iterator[Path]:
    """Give places as they are named within the inbox, whichever way the watcher names them."""
    for place in places:
        for folder in (inbox, inbox.absolute(), inbox.resolve()):
            if place.is_relative_to(folder):
                yield place.relative_to(folder)
                break
