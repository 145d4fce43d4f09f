"""A progress bar that any stage can move on, wherever it runs.

The bar is held in a context variable rather than passed along: Prefect would have to store it with a flow's parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress


class Bar(Protocol):
    """What a stage may say of its progress."""

    def __call__(self, done: int = 1, *, total: int | None = None, doing: str | None = None) -> None:
        """Move on by ``done`` documents; ``total`` sets the length, ``doing`` says what is under way."""
        ...


def _nothing(done: int = 1, *, total: int | None = None, doing: str | None = None) -> None:
    pass


_bar: ContextVar[Bar] = ContextVar("bar", default=_nothing)


def advance(done: int = 1, *, total: int | None = None, doing: str | None = None) -> None:
    """Move the bar on, if one is shown."""
    _bar.get()(done, total=total, doing=doing)


@contextmanager
def progress_bar(*, shown: bool = True) -> Iterator[Callable[[], None]]:
    """Show a bar on standard error while the block runs; it appears with the first document."""
    if not shown:
        yield lambda: None
        return
    started: list[Progress] = []

    def move(done: int = 1, *, total: int | None = None, doing: str | None = None) -> None:
        if not started:  # only now: a run with nothing to do shows no bar, and imports none
            started.append(_started())
        started[0].update(started[0].task_ids[0], advance=done, total=total, description=doing)

    token = _bar.set(move)
    try:
        yield move
    finally:
        _bar.reset(token)
        for progress in started:
            progress.stop()


def _started() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    progress.add_task("Reading", total=None)
    progress.start()
    return progress
