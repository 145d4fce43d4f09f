"""The commands. Heavy libraries are imported by the command that needs them, so that ``--help`` answers at once.

Exit status: 0 all well, also when some documents were quarantined; 1 some were and ``--strict`` was given, or a check
of a whole table failed and nothing was published; 2 wrong use (a missing folder, a file that can't be opened …).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

CHECK_FAILED = 1
WRONG_USE = 2


class Failure(click.ClickException):
    """An error as one line, with the exit status that it means."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.exit_code = status  # type: ignore[misc]  # click reads it from the instance


class Commands(click.Group):
    """Commands whose errors end in one clear line instead of a traceback."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; an error that a person can mend becomes a message and an exit status."""
        try:
            return super().invoke(context)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except _ours() as error:
            raise Failure(str(error), CHECK_FAILED if type(error).__name__ == "SuiteFailed" else WRONG_USE) from error


def _ours() -> type[Exception]:
    """Give our root error; only asked for once something went wrong, because schemas take most of a second."""
    from schemas.errors import PledgebookError

    return PledgebookError


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pledgebook")
def main() -> None:
    """Read documents into agreements, funding, actors and commitments, each row with the words that prove it."""


database = click.option(
    "--db",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("pledgebook.duckdb"),
    show_default=True,
    envvar="PLEDGEBOOK_DB",
    help="The DuckDB file that analysts open.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
inbox_argument = click.argument("inbox", type=click.Path(path_type=Path), default=Path("inbox"))
files_argument = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))


@main.command()
@inbox_argument
@database
@json_option
@click.option("--prefect", is_flag=True, help="Run as a Prefect flow, on Prefect's own server if none is configured.")
@click.option("--strict", is_flag=True, help="Exit with 1 when anything was quarantined.")
@click.option("--reprocess", is_flag=True, help="Read again what an earlier version of Pledgebook read.")
def run(inbox: Path, db: Path, as_json: bool, prefect: bool, strict: bool, reprocess: bool) -> None:
    """Load what is new in the folder INBOX, and publish the file.

    Runs the Prefect flow when a Prefect server is configured (PREFECT_API_URL, or the active profile), else the same
    stages directly. A run that finds nothing new ends at once.
    """
    from flows.ingest import ingest
    from flows.progress import progress_bar
    from flows.screen import show_summary

    with progress_bar(shown=not as_json):
        summary = ingest(inbox, db, prefect=prefect, reprocess=reprocess)
    if as_json:
        click.echo(summary.as_json())
    else:
        show_summary(summary)
    if strict and summary.quarantined:
        sys.exit(CHECK_FAILED)


@main.command()
@files_argument
def extract(files: tuple[Path, ...]) -> None:
    """Print the records of FILES as JSON lines, one a document (a file may hold several); no database is touched."""
    from extract.answer import answer_line
    from extract.parse import parse_all
    from extract.pipeline import extract as read

    failed = 0
    for piece in (piece for path in files for piece in parse_all(path)):
        if isinstance(piece, Exception):
            failed += 1
            click.echo(f"Error: {piece}", err=True)
        else:
            click.echo(answer_line(read(piece)))
    if failed:
        sys.exit(WRONG_USE)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def explain(file: Path, as_json: bool) -> None:
    """Show for FILE each mention with its rule, and why each candidate was kept or rejected."""
    from extract.parse import parse
    from extract.pipeline import extract as read
    from flows.explain import explanation, readable

    extraction = read(parse(file))
    if as_json:
        click.echo(json.dumps(explanation(extraction), ensure_ascii=False))
    else:
        click.echo("\n".join(readable(extraction)))


@main.command()
@inbox_argument
@database
@json_option
def watch(inbox: Path, db: Path, as_json: bool) -> None:
    """Load documents as they are dropped into the folder INBOX, until stopped (Ctrl-C or SIGTERM)."""
    from flows import stages
    from flows.inbox import list_inbox
    from flows.watch import stop_on_signals
    from flows.watch import watch as follow

    def ingest(paths: list[Path]) -> None:
        summary = stages.run(inbox, db, paths=paths or None)
        if summary.lines or not paths:
            click.echo(summary.as_json() if as_json else summary.sentence())

    list_inbox(inbox)
    stop = stop_on_signals()
    click.echo(f"Watching {inbox}; stop with Ctrl-C", err=True)
    follow(inbox, ingest, stop=stop)
    click.echo("Stopped", err=True)


@main.command()
@click.argument("inbox", type=click.Path(path_type=Path), default=Path("inbox"))
@database
@click.option("--cron", required=True, metavar="CRON", help='When to run, as in crontab: "0 6 * * *" is daily at six.')
@click.option("--timezone", default="UTC", show_default=True, help="Of the cron line, such as America/Toronto.")
def serve(inbox: Path, db: Path, cron: str, timezone: str) -> None:
    """Serve the flow as a Prefect deployment that runs by the clock, until stopped. Needs a Prefect server."""
    from flows.serve import serve as serve_flow

    serve_flow(inbox, db, cron=cron, timezone=timezone)


@main.command()
@click.argument("question")
@database
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--json", "form", flag_value="json", help="Print JSON lines.")
def sql(question: str, db: Path, form: str | None) -> None:
    """Ask the published file a QUESTION in SQL (reading only)."""
    from flows.tables import show
    from warehouse import query

    columns, rows = query(db, question)
    show(columns, rows, form=form or "table")  # type: ignore[arg-type]


@main.command()
@database
@json_option
def status(db: Path, as_json: bool) -> None:
    """Show the last runs, what the file holds, and what waits in quarantine."""
    from flows.screen import show_status

    show_status(db, as_json=as_json)


@main.command()
@database
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--json", "form", flag_value="json", help="Print JSON lines.")
def quarantine(db: Path, form: str | None) -> None:
    """List what was set aside, with the reasons."""
    from flows.screen import show_quarantine

    show_quarantine(db, form=form or "table")  # type: ignore[arg-type]


@main.command()
@click.argument("document")
@database
def forget(document: str, db: Path) -> None:
    """Take all traces of DOCUMENT (a document_id or a file name) out of the file."""
    from flows.stages import forget as forget_document

    click.echo(forget_document(db, document))


@main.command()
@database
@click.option("--review", is_flag=True, help="Walk through the pairs that the program is unsure of.")
@click.option("--judgements", type=click.Path(path_type=Path, dir_okay=False), help="The file of judgements (CSV).")
@click.option("--by", default="", help="Who judges, for the file.")
@click.option("--limit", type=click.IntRange(min=1), help="Ask about no more pairs than this.")
@click.option("--take-back", nargs=2, metavar="RECORD RECORD", help="Take out what was said about two records.")
def resolve(
    db: Path, review: bool, judgements: Path | None, by: str, limit: int | None, take_back: tuple[str, str] | None
) -> None:
    """Settle which records are one actor, agreement or sum, heeding what people judged.

    Judgements are rows of judgements.csv beside the file: they outrank the program, and can be edited or taken back.
    """
    from datetime import date

    from flows import judgements as file_of
    from flows import review as walk
    from flows.stages import prepare

    path = judgements or file_of.beside(db)
    working = walk.loaded(prepare(db), db)
    if take_back:
        click.echo(f"Took back {file_of.take_back(path, *take_back)} judgements")
    settled = walk.resolve_and_publish(working, db, path)
    if review:
        judged = walk.review(working, path, by=by, today=date.today(), limit=limit)
        settled += walk.resolve_and_publish(working, db, path)
        click.echo(f"{judged} judgements in {path}")
    click.echo(f"Settled {settled} records")


@main.command()
@click.argument("gold", type=click.Path(path_type=Path))
@json_option
@click.option("--errors", is_flag=True, help="List every miss and false alarm.")
def evaluate(gold: Path, as_json: bool, errors: bool) -> None:
    """Score the engine against the gold answers in the folder GOLD; the documents lie beside it, in docs/."""
    from flows import evaluate as scoring
    from flows.progress import progress_bar
    from flows.tables import show

    with progress_bar(shown=not as_json) as advance:
        scored = scoring.run_gold(gold, advance=advance)
    if errors:
        click.echo("\n".join(scoring.errors(scored)))
    elif as_json:
        click.echo(json.dumps(scoring.as_json(scored)))
    else:
        show(scoring.HEADINGS, scoring.rows(scored))


@main.command()
@database
def report(db: Path) -> None:
    """Print a summary of what the file holds, in Markdown."""
    from flows.report import report as write

    click.echo(write(db))
