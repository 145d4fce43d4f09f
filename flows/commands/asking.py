"""Commands that ask the published file: sql, status, report."""

from __future__ import annotations

from pathlib import Path

import click

from flows.commands.options import csv_form, database, json_form, json_option, metrics_option


@click.command()
@click.argument("question")
@database
@csv_form
@json_form
def sql(question: str, db: Path, form: str | None) -> None:
    """Ask the published file a QUESTION in SQL (reading only)."""
    from flows.tables import show
    from warehouse import query

    columns, rows = query(db, question)
    show(columns, rows, form=form or "table")  # type: ignore[arg-type]


@click.command()
@database
@json_option
@click.option(
    "--inbox", type=click.Path(path_type=Path), help="Of which to count the backlog; else that of the last run."
)
@metrics_option
def status(db: Path, as_json: bool, inbox: Path | None, metrics: Path | None) -> None:
    """Show the last runs, the backlog, sizes, what waits in quarantine, and when the next run is due."""
    from flows import metrics as monitoring
    from flows.screen import show_status
    from flows.status import status as look

    show_status(look(db, inbox=inbox), as_json=as_json)
    if metrics:
        monitoring.write(metrics, db)


@click.command()
@database
def report(db: Path) -> None:
    """Print a summary of what the file holds, in Markdown."""
    from flows.report import report as write

    click.echo(write(db))
