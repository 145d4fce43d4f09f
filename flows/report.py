"""A summary of what the published file holds, in Markdown, for a page or a mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import warehouse
from flows.questions import statement

SECTIONS = (
    ("Documents", "report_documents"),
    ("Largest sums", "report_funding"),
    ("Money by currency and status", "report_currencies"),
    ("Agreements", "report_agreements"),
    ("Most named actors", "report_actors"),
    ("Commitments", "report_commitments"),
    ("In quarantine", "quarantine_by_reason"),
)
"""Headings, and the questions that answer them."""


def report(db: Path) -> str:
    """Write the summary; a section without rows is left out."""
    parts = [f"# What {db.name} holds"]
    for heading, name in SECTIONS:
        columns, rows = warehouse.query(db, statement(name))
        if rows:
            parts.append(f"## {heading}\n\n" + "\n".join(_table(columns, rows)))
    return "\n\n".join(parts)


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    yield _line([column.replace("_", " ") for column in columns])
    yield _line("---" for _ in columns)
    for row in rows:
        yield _line(_cell(value) for value in row)


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        value = ", ".join(str(item) for item in value)
    elif hasattr(value, "as_tuple"):  # a Decimal: sums are read more easily in groups of three
        value = f"{value:,}"
    return " ".join(str(value).split()).replace("|", "\\|")
