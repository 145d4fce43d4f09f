"""How things stand: runs, backlog, sizes, the quarantine, when the next run is due; as data, for people and monitors.

Nothing is written and no lock is waited for; what can't be found out (a server that does not answer) is told as such.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import warehouse
from flows.inbox import InboxError, list_inbox, news
from flows.latest import latest, rows
from flows.schedule import NextRun, next_run

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Backlog:
    """Files in the inbox that are not loaded yet; ``oldest`` is when the oldest of them was last changed."""

    inbox: Path
    seen: int
    files: int
    oldest: float | None
    stale: int
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """How a warehouse stands. ``sizes`` in bytes; ``waiting`` are the open items of the quarantine, oldest first."""

    database: Path
    counts: dict[str, int]
    sizes: dict[str, int]
    runs: list[Row]
    last: Row | None
    last_success: datetime | None
    reasons: list[Row]
    waiting: list[Row] = field(repr=False)
    dismissed: int
    backlog: Backlog | None
    next: NextRun | None


def status(db: Path, *, inbox: Path | None = None) -> Status:
    """Look how things stand; ``inbox`` unless told is that of the last run. Raises WarehouseError without a file."""
    path = latest(db)
    items = rows(path, "quarantine_items")
    runs, last = rows(path, "last_runs"), next(iter(rows(path, "last_run")), None)
    if not _running(db):  # a run that was killed can't say so itself
        for row in [*runs, *([last] if last else [])]:
            row["status"] = "interrupted" if row["status"] == "running" else row["status"]
    inbox = inbox or (Path(last["inbox"]) if last and last["inbox"] else None)
    return Status(
        database=db,
        counts={row["name"]: int(row["number"]) for row in rows(path, "counts")},
        sizes=sizes(db),
        runs=runs,
        last=last,
        last_success=rows(path, "last_success")[0]["ended_at"],
        reasons=rows(path, "quarantine_by_reason"),
        waiting=sorted((i for i in items if i["dismissed_at"] is None), key=lambda i: (i["since"], i["name"])),
        dismissed=sum(i["dismissed_at"] is not None for i in items),
        backlog=backlog(path, inbox) if inbox else None,
        next=next_run(db),
    )


def sizes(db: Path) -> dict[str, int]:
    """Give the bytes that each of our files takes, the logs beside them and Prefect's own database included."""
    working = warehouse.working_file(db)
    parts = {
        "published": [db],
        "working": [working, working.with_name(f"{working.name}.wal")],
        "prefect": [path for path in (working.parent / "prefect").rglob("*") if path.is_file()],
    }
    return {name: sum(path.stat().st_size for path in paths if path.is_file()) for name, paths in parts.items()}


def backlog(path: Path, inbox: Path) -> Backlog:
    """Count the files of the inbox that a run would read now, and the documents that an earlier engine read."""
    try:
        listed = list_inbox(inbox)
    except InboxError as error:
        return Backlog(inbox, 0, 0, None, 0, problem=str(error))
    found = news(listed, states=warehouse.known_files(path), known=warehouse.known(path))
    changed = [file.stat().st_mtime for file in found.new if file.is_file()]
    return Backlog(inbox, found.seen, len(found.new), min(changed, default=None), found.stale)


def _running(db: Path) -> bool:
    lock = warehouse.working_file(db).with_name(f"{db.stem}.lock")
    if not lock.is_file():
        return False
    try:
        with warehouse.turn(lock, wait=0):
            return False
    except warehouse.WarehouseError:  # held by a run, or in a folder that is not ours to write
        return True
