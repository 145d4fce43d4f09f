"""The work list of what was set aside: list, show, replay, dismiss."""

from __future__ import annotations

from pathlib import Path

import click

from flows.commands.options import csv_form, database, json_form, json_option, logging_options
from flows.exits import REFUSED

reason_option = click.option("--reason", metavar="CODE", help="Only what waits for this reason.")


@click.group(invoke_without_command=True)
@database
@csv_form
@json_form
@reason_option
@click.option("--all", "everything", is_flag=True, help="With what was dismissed.")
@click.pass_context
def quarantine(context: click.Context, db: Path, form: str | None, reason: str | None, everything: bool) -> None:
    """Show what was set aside as a work list: list (also without a command), show, replay, dismiss."""
    context.default_map = {name: {"db": db} for name in quarantine.commands}
    if context.invoked_subcommand is None:
        context.invoke(list_items, db=db, form=form, reason=reason, everything=everything)


@quarantine.command("list")
@database
@csv_form
@json_form
@reason_option
@click.option("--all", "everything", is_flag=True, help="With what was dismissed.")
def list_items(db: Path, form: str | None, reason: str | None, everything: bool) -> None:
    """List what waits: the reasons with their counts, then each item with its id."""
    from flows.quarantine import waiting
    from flows.worklist import show_waiting

    found = waiting(db, reason=reason, dismissed=everything)
    show_waiting(found, form=form or "table", reason=reason)  # type: ignore[arg-type]


@quarantine.command()
@click.argument("item")
@database
@json_option
def show(item: str, db: Path, as_json: bool) -> None:
    """Show ITEM (an id, or how it begins): message, quotes in their context, and all that was refused."""
    from flows import quarantine as work
    from flows.worklist import show_item

    show_item(*work.item(db, item), as_json=as_json)


@quarantine.command()
@click.argument("items", nargs=-1)
@database
@reason_option
@click.option("--strict", is_flag=True, help="Exit with 1 when an item still waits.")
@logging_options
def replay(items: tuple[str, ...], db: Path, reason: str | None, strict: bool) -> None:
    """Read the documents of ITEMS again, or of all that wait, and say what became of each."""
    from flows import quarantine as work
    from flows.prefect_settings import quiet
    from flows.progress import progress_bar
    from flows.worklist import show_tried

    quiet()
    with progress_bar():
        tried = work.replay(db, items, reason=reason)
    if not tried:
        click.echo("Nothing is in quarantine.")
        return
    if show_tried(tried) and strict:
        raise click.exceptions.Exit(REFUSED)


@quarantine.command()
@click.argument("items", nargs=-1, required=True)
@database
@click.option("--because", metavar="WORDS", help="Why; kept with the day.")
@click.option("--take-back", is_flag=True, help="Let them wait again.")
def dismiss(items: tuple[str, ...], db: Path, because: str | None, take_back: bool) -> None:
    """Leave ITEMS in quarantine for a reason: they no longer count, as long as their content stays as it is."""
    from datetime import UTC, datetime

    from flows import quarantine as work

    if take_back == (because is not None):
        raise click.UsageError('Say why with --because "…", or take a dismissal back with --take-back.')
    done = work.dismiss(db, items, because=because, at=datetime.now(UTC))
    for item in done:
        click.echo(f"{item['quarantine_id']}  {item['name']}: {'waits again' if take_back else 'dismissed'}")
