"""The command that settles which records are one, and asks people where it is unsure."""

from __future__ import annotations

from pathlib import Path

import click

from flows.commands.options import database


@click.command()
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
    from flows.hold import hold

    path = judgements or file_of.beside(db)
    with hold(db) as standing:
        working = walk.loaded(standing.working, db)
        if take_back:
            click.echo(f"Took back {file_of.take_back(path, *take_back)} judgements")
        settled = walk.resolve_and_publish(working, db, path)
    if review:  # people take their time: the file is theirs alone only while it is written
        judged = walk.review(working, path, by=by, today=date.today(), limit=limit)
        with hold(db):
            settled += walk.resolve_and_publish(working, db, path)
        click.echo(f"{judged} judgements in {path}")
    click.echo(f"Settled {settled} records")
