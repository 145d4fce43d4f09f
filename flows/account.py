"""The account of a run while it goes on: its row in ``runs``, also when it failed, was refused or stopped."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import warehouse
from flows.inbox import fingerprint
from flows.logs import log
from flows.sources import Shortfall, SourceRefused
from flows.summary import DocumentLine, RunSummary

if TYPE_CHECKING:
    from schemas import Run, RunStatus

said = logging.getLogger(__name__)


@dataclass(slots=True)
class Account:
    """What a run saw and did so far; ``seconds`` by stage."""

    inbox: Path
    db: Path
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    seen: int = 0
    stale: int = 0
    lines: list[DocumentLine] = field(default_factory=list)
    seconds: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=time.perf_counter)
    shortfalls: list[Shortfall] = field(default_factory=list)
    waiting: int = 0

    @property
    def run_id(self) -> str:
        """Name a run by its time, to the microsecond, so that names are in the order of runs; and by its process."""
        return f"{self.started:%Y%m%dT%H%M%S.%fZ}-{os.getpid()}"

    def add(self, lines: Sequence[DocumentLine], seconds: Counter[str]) -> None:
        """Take in what became of a batch, and log it document by document."""
        self.lines += lines
        self.seconds.update(seconds)
        for line in lines:
            about = {"stage": "load", "document": line.name}
            if line.loaded:
                number = sum(line.records.values())
                log.info(
                    "%s, %s, %d records", line.kind, line.language, number, extra=about | {"seconds": line.seconds}
                )
            if line.refused:
                log.warning("%d set aside (%s)", line.refused, line.reason or "records", extra=about)

    def closed(self, working: Path) -> RunSummary:
        """End the account of a run that completed: the seconds of the last stage are known only now."""
        summary = self.summary()
        for warning in summary.warnings:
            log.warning("%s", warning, extra={"stage": "sources"})
        log.info("%s", summary.sentence(), extra={"stage": "run", "seconds": summary.seconds})
        if "publish" in self.seconds:
            _write(working, self.columns("completed"))
        return summary

    def summary(self) -> RunSummary:
        """Give the account as it is told to people."""
        return RunSummary(
            self.run_id,
            self.inbox,
            self.db,
            self.started,
            self.started + timedelta(seconds=time.perf_counter() - self.began),  # whatever becomes of the clock
            self.seen,
            tuple(self.lines),
            dict(self.seconds),
            self.stale,
            tuple(map(str, self.shortfalls)),
            self.waiting,
        )

    def columns(self, status: RunStatus = "running", *, error: str | None = None) -> dict[str, Any]:
        """Give the account as a row of ``runs``: the fields of ``Run``, which is not imported where nothing is read."""
        summary = self.summary()
        return {
            "run_id": self.run_id,
            "started_at": self.started,
            "ended_at": None if status == "running" else summary.ended_at,
            "status": status,
            "documents_seen": self.seen,
            "documents_loaded": summary.loaded,
            "records_loaded": summary.records,
            "records_quarantined": summary.quarantined,
            "version": versions()["pledgebook"],
            "stages": {name: round(seconds, 3) for name, seconds in self.seconds.items()},
            "inbox": str(self.inbox.absolute()),
            "versions": dict(versions()),
            "warnings": summary.warnings,
            "error": error,
        }

    def row(self) -> Run:
        """Give the account of a run that goes on, checked, for what loads documents."""
        from schemas import Run

        return Run.model_validate(self.columns())


def after(last: datetime | None, now: datetime) -> datetime:
    """Give the time at which a run begins: now, or just after the last one where the clock was set back since."""
    if last is None or last < now:
        return now
    said.warning("The clock stands at %s, before the last run (%s): this one is dated just after that", now, last)
    return last + timedelta(microseconds=1)


@cache
def versions() -> Mapping[str, str]:
    """Give the versions that tell why one run reads otherwise than another."""
    from importlib.metadata import version

    return {
        "pledgebook": version("pledgebook"),
        "duckdb": warehouse.DUCKDB_VERSION,
        "python": ".".join(map(str, sys.version_info[:3])),
        "engine": fingerprint(),
    }


def ended_by(error: BaseException) -> RunStatus:
    """Tell what became of a run that an error ended."""
    if isinstance(error, warehouse.SuiteFailed | SourceRefused):
        return "refused"
    return "failed" if isinstance(error, Exception) else "interrupted"


@contextmanager
def timed(seconds: Counter[str], stage: str) -> Iterator[None]:
    """Add the seconds that the block takes to those of a stage."""
    start = time.perf_counter()
    try:
        yield
    finally:
        took = time.perf_counter() - start
        log.debug("done", extra={"stage": stage, "seconds": took})
        seconds[stage] += took  # type: ignore[assignment]  # a Counter adds floats as well


@contextmanager
def kept(account: Account, working: Path) -> Iterator[None]:
    """Write the row of a run that ends with an error; it is published with the next run that is.

    Where the file itself is the trouble there is no row, only the log.
    """
    try:
        yield
    except BaseException as error:
        status = ended_by(error)
        said = str(error) or type(error).__name__
        log.error("run %s: %s", status, said, extra={"stage": "run", "seconds": account.summary().seconds})
        try:
            _write(working, account.columns(status, error=said))
        except warehouse.WarehouseError as second:
            log.error("the account of this run can't be written: %s", second, extra={"stage": "run"})
        raise


def _write(working: Path, row: Mapping[str, Any]) -> None:
    if working.is_file():  # a run that could not even begin makes no file
        with warehouse.open(working) as connection:
            warehouse.account(connection, row, counts=False)
