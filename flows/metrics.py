"""How things stand as an OpenMetrics file, for a monitor that reads files (node_exporter's textfile collector …).

All are gauges, so that readers of Prometheus' older text format take the file as well. The figures are those
of ``flows.status``, so a run that failed shows as well. Names begin with ``pledgebook_``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.logs import log
from flows.status import Status, status
from schemas import PledgebookError

ENDINGS = ("completed", "failed", "refused", "interrupted")


@contextmanager
def written(path: Path | None, db: Path) -> Iterator[None]:
    """Write the metrics when the block ends, however it does; None writes nothing."""
    try:
        yield
    finally:
        if path is not None:
            write(path, db)


def write(path: Path, db: Path) -> None:
    """Write the metrics in one step, so that no reader sees half a file.

    Where the warehouse can't be read there is only ``pledgebook_up 0``; where the file can't be written, a log line.
    """
    from prometheus_client.openmetrics.exposition import generate_latest

    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.write_bytes(generate_latest(registry(db)))  # type: ignore[no-untyped-call]
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        log.error("the metrics can't be written to %s: %s", path, error.strerror, extra={"stage": "metrics"})


def registry(db: Path) -> Any:
    """Gather the metrics of a warehouse in a registry of their own."""
    from prometheus_client import CollectorRegistry

    found = CollectorRegistry()
    try:
        told = status(db)
    except PledgebookError as error:
        log.error("%s", error, extra={"stage": "metrics"})
        _gauge(found, "up", "1 when the warehouse can be read.", 0)
        return found
    _gauge(found, "up", "1 when the warehouse can be read.", 1)
    _of_runs(found, told)
    _of_holdings(found, told)
    return found


def _of_runs(found: Any, told: Status) -> None:
    last = told.last
    if last is None:
        return
    _gauge(found, "run_started_timestamp_seconds", "When the last run started.", _epoch(last["started_at"]))
    if last["ended_at"]:
        _gauge(found, "run_ended_timestamp_seconds", "When the last run ended.", _epoch(last["ended_at"]))
    if told.last_success:
        name = "last_success_timestamp_seconds"
        _gauge(found, name, "When a run last completed.", _epoch(told.last_success))
    endings = {(ending,): float(last["status"] == ending) for ending in ENDINGS}
    _gauges(found, "run_status", "1 for how the last run ended.", ("status",), endings)
    counts = {(name,): last[f"documents_{name}"] for name in ("seen", "loaded")}
    _gauges(found, "run_documents", "Documents of the last run.", ("outcome",), counts)
    _gauge(found, "run_records", "Records that the last run loaded.", last["records_loaded"])
    _gauge(found, "run_quarantined", "Documents and records that the last run set aside.", last["records_quarantined"])
    _gauge(found, "run_warnings", "Expectations of sources that the last run fell short of.", len(last["warnings"]))
    seconds = {(stage,): value for stage, value in last["stages"].items()}
    _gauges(found, "run_stage_seconds", "Seconds that each stage of the last run took.", ("stage",), seconds)
    versions = {f"{name}_version" if name != "engine" else name: value for name, value in last["versions"].items()}
    if versions:
        says = "Versions of the last run, and the fingerprint of its engine."
        _gauges(found, "build_info", says, tuple(versions), {tuple(versions.values()): 1})


def _of_holdings(found: Any, told: Status) -> None:
    rows = {(view,): number for view, number in told.counts.items() if view != "quarantine"}
    _gauges(found, "rows", "Rows of each view.", ("view",), rows)
    waiting = {(row["stage"], row["reason_code"]): row["items"] for row in told.reasons}
    _gauges(found, "quarantine_items", "Items that wait in quarantine.", ("stage", "reason"), waiting)
    _gauge(found, "quarantine_dismissed", "Items that a person decided to leave in quarantine.", told.dismissed)
    if told.waiting:
        name = "quarantine_oldest_timestamp_seconds"
        _gauge(found, name, "Since when the oldest item waits in quarantine.", _epoch(told.waiting[0]["since"]))
    _gauges(found, "file_bytes", "Size of our files.", ("file",), {(name,): size for name, size in told.sizes.items()})
    if told.backlog and not told.backlog.problem:
        _gauge(found, "backlog_files", "Files in the inbox that are not loaded yet.", told.backlog.files)
        _gauge(found, "stale_documents", "Documents that an earlier engine read.", told.backlog.stale)
    if told.next and told.next.at:
        _gauge(found, "next_run_timestamp_seconds", "When the next scheduled run is due.", told.next.at.timestamp())


def _gauge(found: Any, name: str, says: str, value: float) -> None:
    from prometheus_client import Gauge

    Gauge(f"pledgebook_{name}", says, registry=found).set(value)


def _gauges(found: Any, name: str, says: str, labels: tuple[str, ...], values: Mapping[Any, float]) -> None:
    from prometheus_client import Gauge

    gauge = Gauge(f"pledgebook_{name}", says, labels, registry=found)
    for cells, value in values.items():
        gauge.labels(*cells).set(value)


def _epoch(moment: datetime) -> float:
    return moment.replace(tzinfo=UTC).timestamp()
