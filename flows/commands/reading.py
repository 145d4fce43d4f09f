"""Commands that read documents and touch no database: extract, explain, evaluate."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from flows.commands.options import files_argument, json_option
from flows.exits import WRONG_USE


@click.command()
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


@click.command()
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


@click.command()
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
