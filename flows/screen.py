"""What a person sees on the terminal after a run, and when asking for the state of things."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import warehouse
from flows.questions import statement
from flows.summary import HEADINGS, RunSummary
from flows.tables import show

if TYPE_CHECKING:
    from flows.status import Status

RUN_HEADINGS = ("started (UTC)", "status", "seconds", "seen", "loaded", "records", "set aside", "version")
SAMPLE = "Who pays whom, and how much?"


def show_summary(summary: RunSummary) -> None:
    """Print the documents of a run, where the file is, and one question with its answer."""
    if summary.lines:
        show(HEADINGS, [line.cells() for line in summary.lines], title="Documents")
    click.echo(f"{summary.sentence()} in {summary.seconds:.1f} s")
    for warning in summary.warnings:
        click.echo(f"Warning: {warning}")
    if summary.waiting:
        items = "1 item waits" if summary.waiting == 1 else f"{summary.waiting} items wait"
        click.echo(f"In quarantine {items}: pledgebook quarantine --db {_shown(summary.database)}")
    if summary.stale:
        click.echo(
            f"Read by an earlier version: {summary.stale} documents; `pledgebook run --reprocess` reads them again"
        )
    click.echo(f"The DuckDB file: {_shown(summary.database)}")
    if not summary.lines:
        return
    question = statement("sample_question")
    columns, rows = warehouse.query(summary.database, question)
    if rows:
        click.echo(f"\n{SAMPLE}\n")
        click.echo("\n".join(f"    {line}" for line in question.strip().splitlines()))
        show(columns, rows)


def _shown(path: Path) -> Path:
    """Give a path as short as it can be typed here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def show_status(told: Status, *, as_json: bool) -> None:
    """Print how things stand."""
    if as_json:
        click.echo(json.dumps(_status_data(told), ensure_ascii=False, default=str))
        return
    size = ", ".join(f"{name} {_bytes(size)}" for name, size in told.sizes.items() if size)
    click.echo(f"{_shown(told.database)}  ({size})")
    counts = [(name, number) for name, number in told.counts.items() if name != "quarantine"]
    show(("view", "rows"), counts)
    show(RUN_HEADINGS, [_run_cells(run) for run in told.runs], title="Last runs")
    for line in _standing(told):
        click.echo(line)
    if told.reasons:
        show(list(told.reasons[0]), [list(row.values()) for row in told.reasons], title="In quarantine")


def _run_cells(run: Mapping[str, Any]) -> list[Any]:
    counts = [run[name] for name in ("documents_seen", "documents_loaded", "records_loaded", "records_quarantined")]
    return [f"{run['started_at']:%Y-%m-%d %H:%M:%S}", run["status"], run["seconds"], *counts, run["version"]]


def _standing(told: Status) -> Iterator[str]:
    last = told.last
    if last and last["error"]:
        ended = {"failed": "failed", "refused": "was refused"}.get(last["status"], "was interrupted")
        yield f"The last run {ended}: {last['error']}"
    for warning in last["warnings"] if last else ():
        yield f"Warning: {warning}"
    if told.backlog is None:
        yield "Backlog: unknown, because no run has said where its inbox is; name it with --inbox"
    elif told.backlog.problem:
        yield f"Backlog: unknown. {told.backlog.problem}"
    else:
        since = "" if told.backlog.oldest is None else f", the oldest since {_day(told.backlog.oldest)}"
        yield f"Backlog: {told.backlog.files} of {told.backlog.seen} files in {_shown(told.backlog.inbox)}{since}"
        if told.backlog.stale:
            yield f"Read by an earlier version: {told.backlog.stale} documents; redo them with `run --reprocess`"
    if told.waiting:
        oldest = told.waiting[0]
        yield f"Oldest in quarantine: {oldest['quarantine_id']}  {oldest['name']}, {oldest['since']:%Y-%m-%d %H:%M}"
    if told.dismissed:
        yield f"Left in quarantine on purpose: {told.dismissed}"
    if told.next is None:
        yield "Next scheduled run: none (no Prefect server is configured)"
    else:
        yield f"Next scheduled run: {told.next.problem or told.next.at or 'none'}"


def _status_data(told: Status) -> dict[str, Any]:
    due = told.next
    return {
        "database": str(told.database),
        "bytes": told.sizes["published"],
        "sizes": told.sizes,
        "rows": told.counts,
        "runs": told.runs,
        "last_run": told.last,
        "last_success": told.last_success,
        "backlog": asdict(told.backlog) if told.backlog else None,
        "quarantine": told.reasons,
        "quarantine_waiting": len(told.waiting),
        "quarantine_dismissed": told.dismissed,
        "quarantine_oldest": next(iter(told.waiting), None),
        "next_run": asdict(due) if due else None,
    }


def _bytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _day(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment):%Y-%m-%d %H:%M}"
