"""Commands that change the file: run, watch, serve, forget."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from flows.commands.options import (
    database,
    inbox_argument,
    json_option,
    logging_options,
    metrics_option,
    sources_option,
    wait_option,
    workers_option,
)
from flows.exits import REFUSED, sigterm_raises


@click.command()
@inbox_argument
@database
@json_option
@click.option("--prefect", is_flag=True, help="Run as a Prefect flow, on Prefect's own server if none is configured.")
@click.option("--strict", is_flag=True, help="Exit with 1 when anything waits in quarantine.")
@click.option("--reprocess", is_flag=True, help="Read again what an earlier version of Pledgebook read.")
@click.option("--prune", is_flag=True, help="Take out documents whose files are gone from INBOX.")
@click.option("--skip", is_flag=True, help="Do nothing, rather than wait, while another run goes on.")
@wait_option
@workers_option
@sources_option
@metrics_option
@logging_options
def run(
    inbox: Path,
    db: Path,
    as_json: bool,
    prefect: bool,
    strict: bool,
    reprocess: bool,
    prune: bool,
    skip: bool,
    wait: float,
    sources: Path | None,
    metrics: Path | None,
) -> None:
    """Load what is new in the folder INBOX, and publish the file.

    Runs the Prefect flow when a Prefect server is configured (PREFECT_API_URL, or the active profile), else the same
    stages directly. A run that finds nothing new ends at once.
    """
    from flows.ingest import ingest
    from flows.progress import progress_bar
    from flows.screen import show_summary
    from warehouse import Busy

    try:
        with sigterm_raises(), monitored(metrics, db), progress_bar(shown=not as_json):
            summary = ingest(
                inbox,
                db,
                prefect=prefect,
                reprocess=reprocess,
                prune=prune,
                wait=0 if skip else wait,
                expectations=sources,
            )
    except Busy as error:
        if not skip:
            raise
        click.echo(f"Skipped. {error}", err=True)
        return
    if as_json:
        click.echo(summary.as_json())
    else:
        show_summary(summary)
    if strict and summary.waiting:
        sys.exit(REFUSED)


@contextmanager
def monitored(metrics: Path | None, db: Path) -> Iterator[None]:
    """Write the metrics file when the block ends, however it does; the library for it is imported only then."""
    try:
        yield
    finally:
        if metrics is not None:
            from flows.metrics import write

            write(metrics, db)


@click.command()
@inbox_argument
@database
@json_option
@workers_option
@click.option("--polling", is_flag=True, help="Look by the clock: for shares (NFS, SMB) that tell of no change.")
@sources_option
@metrics_option
@logging_options
def watch(inbox: Path, db: Path, as_json: bool, polling: bool, sources: Path | None, metrics: Path | None) -> None:
    """Load documents as they are dropped into the folder INBOX, until stopped (Ctrl-C or SIGTERM)."""
    import warehouse
    from flows import inbox as folder
    from flows import stages
    from flows.hold import hold
    from flows.reading import readers
    from flows.sources import SourceRefused
    from flows.watch import stop_on_signals
    from flows.watch import watch as follow

    def unread() -> list[Path]:
        with hold(db) as standing:
            return folder.unread(inbox, warehouse.remembered(standing.working).files)

    def ingest(paths: Sequence[Path]) -> None:
        try:
            with monitored(metrics, db):
                summary = stages.run(inbox, db, paths=paths, expectations=sources)
        except SourceRefused as error:  # what comes next may be sound, and is published with this once it is mended
            click.echo(f"Error: {error}", err=True)
            return
        if summary.lines:
            click.echo(summary.as_json() if as_json else summary.sentence())

    folder.list_inbox(inbox)
    stop = stop_on_signals()
    loading = warehouse.warm_up()
    readers().warm()
    loading.join()
    follow(
        inbox,
        unread=unread,
        ingest=ingest,
        stop=stop,
        polling=polling,
        ready=lambda: click.echo(f"Watching {inbox}; stop with Ctrl-C", err=True),
    )
    click.echo("Stopped", err=True)


@click.command()
@inbox_argument
@database
@click.option("--cron", required=True, metavar="CRON", help='When to run, as in crontab: "0 6 * * *" is daily at six.')
@click.option("--timezone", default="UTC", show_default=True, help="Of the cron line, such as America/Toronto.")
@click.option(
    "--overlap",
    type=click.Choice(["wait", "skip"]),
    default="wait",
    show_default=True,
    help="What a run does that is due while another goes on.",
)
@click.option("--name", default="scheduled", show_default=True, help="Of the deployment: one a schedule.")
@sources_option
@metrics_option
def serve(
    inbox: Path,
    db: Path,
    cron: str,
    timezone: str,
    overlap: str,
    name: str,
    sources: Path | None,
    metrics: Path | None,
) -> None:
    """Serve the flow as a Prefect deployment that runs by the clock, until stopped. Needs a Prefect server."""
    from flows.serve import serve as serve_flow

    serve_flow(
        inbox,
        db,
        cron=cron,
        timezone=timezone,
        skip=overlap == "skip",
        name=name,
        sources=sources,
        metrics=metrics,
    )


@click.command()
@click.argument("document")
@database
@wait_option
def forget(document: str, db: Path, wait: float) -> None:
    """Take all traces of DOCUMENT (a document_id or a file name) out of the file."""
    from flows.forget import forget as forget_document

    click.echo(forget_document(db, document, wait=wait))
