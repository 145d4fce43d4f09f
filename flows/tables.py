"""Rows on a terminal: a table that fits, CSV, or JSON lines."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Literal

Form = Literal["table", "csv", "json"]


def show(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, form: Form = "table", title: str = "") -> None:
    """Print rows to standard output."""
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_plain(value, ", ") for value in row] for row in rows)
    elif form == "json":
        for row in rows:
            print(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, default=str))
    else:
        _table(columns, list(rows), title)


def _table(columns: Sequence[str], rows: list[Sequence[Any]], title: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for at, column in enumerate(columns):
        numeric = bool(rows) and all(_is_number(row[at]) for row in rows)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_plain(value, "\n") for value in row))
    # a pipe has no width of its own; 80 columns would fold every title
    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 160)
    console.print(table)


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return not value or value.replace(".", "", 1).isdigit()
    return value is None or (not isinstance(value, bool) and hasattr(value, "__float__"))


def _plain(value: Any, between: str) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return between.join(str(each) for each in value)
    if hasattr(value, "as_tuple"):  # a Decimal; sums are read more easily in groups of three
        return f"{value:,}" if between == "\n" else str(value)
    return str(value)
