"""What a person sees on the terminal after a run, and when asking for the state of things."""

from __future__ import annotations

import json
from pathlib import Path

import click

import warehouse
from flows.questions import statement
from flows.summary import HEADINGS, RunSummary
from flows.tables import Form, show

SAMPLE = "Who pays whom, and how much?"
COUNTED = ("documents", "actors", "agreements", "funding", "commitments", "evidence", "quarantine")


def show_summary(summary: RunSummary) -> None:
    """Print the documents of a run, where the file is, and one question with its answer."""
    if summary.lines:
        show(HEADINGS, [line.cells() for line in summary.lines], title="Documents")
    click.echo(f"{summary.sentence()} in {summary.seconds:.1f} s")
    if summary.quarantined:
        click.echo(f"What was set aside, and why: pledgebook quarantine --db {_shown(summary.database)}")
    if summary.stale:
        click.echo(
            f"Read by an earlier version: {summary.stale} documents; `pledgebook run --reprocess` reads them again"
        )
    click.echo(f"The DuckDB file: {_shown(summary.database)}")
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


def show_status(db: Path, *, as_json: bool) -> None:
    """Print the last runs and how much the file holds."""
    union = " union all ".join(f"select '{view}', count(*) from {view}" for view in COUNTED)
    _, counted = warehouse.query(db, union)
    counts = {name: int(number) for name, number in counted}
    columns, runs = warehouse.query(db, statement("last_runs"))
    reasons = warehouse.query(db, statement("quarantine_by_reason"))
    if as_json:
        told = {
            "database": str(db),
            "bytes": db.stat().st_size,
            "rows": counts,
            "runs": [dict(zip(columns, row, strict=True)) for row in runs],
            "quarantine": [dict(zip(reasons[0], row, strict=True)) for row in reasons[1]],
        }
        click.echo(json.dumps(told, ensure_ascii=False, default=str))
        return
    click.echo(f"{db}  ({db.stat().st_size / 1e6:.1f} MB)")
    show(("view", "rows"), [(name, counts[name]) for name in COUNTED])
    show(columns, runs, title="Last runs")
    if reasons[1]:
        show(*reasons, title="In quarantine")


def show_quarantine(db: Path, *, form: Form) -> None:
    """Print what was set aside, by reason."""
    columns, rows = warehouse.query(db, statement("quarantined"))
    if form == "table" and not rows:
        click.echo("Nothing is in quarantine.")
        return
    show(columns, rows, form=form)
