"""The quarantine on a terminal: what waits by reason, and one item with its quotes in their context."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import click

from flows.quarantine import Quote, Tried
from flows.tables import Form, show

LONG = 400
"""Characters of a value that are shown of a payload."""

COLUMNS = ("id", "name", "stage", "reason", "message", "since", "dismissed", "because")
_FIELDS = ("quarantine_id", "name", "stage", "reason_code", "message", "since", "dismissed_at", "because")


def show_waiting(items: Sequence[Mapping[str, Any]], *, form: Form, reason: str | None = None) -> None:
    """Print what waits (for one ``reason``): for people the reasons first, as data the items alone."""
    if form != "table":
        show(COLUMNS, [[item[field] for field in _FIELDS] for item in items], form=form)
        return
    if not items:
        click.echo(f"Nothing waits for the reason {reason}." if reason else "Nothing is in quarantine.")
        return
    reasons = Counter((item["stage"], item["reason_code"]) for item in items)
    counted = sorted(((*reason, number) for reason, number in reasons.items()), key=lambda row: (-row[2], row))
    show(("stage", "reason", "items"), counted, title="By reason")
    shown = ["id", "name", "message"] + ["because"] * any(item["dismissed_at"] for item in items)
    fields = [_FIELDS[COLUMNS.index(column)] for column in shown]
    show(shown, [[item[field] for field in fields] for item in items], title="Items")
    click.echo("See one with `pledgebook quarantine show ID`; then replay it, or dismiss it with a reason")


def show_item(item: Mapping[str, Any], quotes: Sequence[Quote], *, as_json: bool) -> None:
    """Print one item whole: the message, the quotes in their context, the payload."""
    if as_json:
        click.echo(json.dumps({**item, "quotes": [asdict(q) for q in quotes]}, ensure_ascii=False, default=str))
        return
    click.echo(f"{item['quarantine_id']}  {item['name']}  ({item['stage']}, {item['at']:%Y-%m-%d})")
    click.echo(f"{item['reason_code']}: {item['message']}")
    if item["uri"]:
        click.echo(f"Its file: {item['uri']}")
    if item["because"]:
        click.echo(f"Dismissed on {item['dismissed_at']:%Y-%m-%d}: {item['because']}")
    for quote in quotes:
        click.echo("\n" + "\n".join(_quoted(quote)))
    click.echo("\n" + _readable(item["payload"]))


def show_tried(tried: Sequence[Tried]) -> int:
    """Print what became of items that were tried again; give how many still wait."""
    show(("id", "name", "became", "says"), [(t.quarantine_id, t.name, t.became, t.says) for t in tried])
    left = sum(t.became in ("refused", "gone") for t in tried)
    click.echo(f"{len(tried)} tried again: {len(tried) - left} off the list, {left} still on it")
    return left


def _quoted(quote: Quote) -> Iterator[str]:
    page = f", page {quote.page}" if quote.page else ""
    yield f"{quote.field}: “{quote.quote}” at {quote.start}-{quote.end}{page}"
    if quote.printed is None:
        yield "  the document has no such place"
        return
    says = "" if quote.printed == quote.quote else "the document says there: "
    yield f"  {says}… {_line(quote.before)}[{_line(quote.printed)}]{_line(quote.after)} …"


def _line(text: str) -> str:
    return text.replace("\n", " ⏎ ")


def _readable(payload: Mapping[str, Any]) -> str:
    """Lay the payload out for people: a traceback as lines, the text of a whole document cut short."""
    shown = {
        name: f"{value[:LONG]}…" if isinstance(value, str) and len(value) > LONG else value
        for name, value in payload.items()
        if name not in ("traceback", "evidence")
    }
    laid = json.dumps(shown, ensure_ascii=False, indent=2, default=str)
    return f"{laid}\n{payload['traceback']}" if "traceback" in payload else laid
