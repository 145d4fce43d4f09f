"""Sums in tables: the heads of the other columns say who gets a sum, from whom, for what and when, row by row.

A row is one line of its element: cells between tabs below a line of heads, or cells that each name their column
("Recipient: Aurora College; Contribution: 450 thousand CAD"), as ``extract.parse.tables`` writes spreadsheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.assemble.funding.context import Context
from extract.document import Document, Element, Mention
from extract.lexicon import LANGUAGES, rows
from schemas import PartialDate

Place = tuple[int, int]

_LABELLED = re.compile(r"(?:^|; )(?P<head>[^:;\t\n]{1,60}): (?P<cell>(?:(?!; [^:;\t\n]{1,60}: )[^\t\n])+)", re.M)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTHING = re.compile(r"[-–—.\s]*|n\.?/?[ad]\.?|s\.?o\.?|various|divers", re.IGNORECASE)
_LONGEST_HEAD = 60  # characters; a longer first line is no line of heads


@dataclass(frozen=True, slots=True)
class Row:
    """The row that a sum stands in: where it is, and what its other cells say of the sum."""

    place: Place
    recipients: tuple[tuple[str, Place], ...] = ()
    funders: tuple[tuple[str, Place], ...] = ()
    purpose: Place | None = None
    date: tuple[PartialDate, Place] | None = None
    total: bool = False


def table_rows(document: Document, contexts: Sequence[Context], dates: Sequence[Mention]) -> dict[int, Row]:
    """Give the row of every sum that stands in a table whose heads are told, by the place where the sum begins."""
    read: dict[int, list[tuple[Place, list[tuple[str, Place]]]]] = {}
    found = {}
    for context in contexts:
        element = context.element
        if element is None or element.category != "table":
            continue
        if element.start not in read:
            read[element.start] = list(_rows(document, element))
        for place, cells in read[element.start]:
            if place[0] <= context.start < place[1]:
                found[context.start] = _row(document, context, place, cells, dates)
    return found


def _rows(document: Document, element: Element) -> Iterator[tuple[Place, list[tuple[str, Place]]]]:
    """Give each row of a table: its place, and its cells as the head of their column and their place."""
    lines = list(_split(document.text, element.start, element.end, "\n"))
    heads = [document.words(*cell).strip() for cell in _split(document.text, *lines[0], "\t")]
    if len(heads) == 1:
        for line in lines:
            labelled = list(_LABELLED.finditer(document.text, *line))
            if len(labelled) > 1:
                yield line, [(match["head"].removeprefix("; "), match.span("cell")) for match in labelled]
        return
    if any(len(head) > _LONGEST_HEAD for head in heads):
        return
    for line in lines[1:]:
        cells = list(_split(document.text, *line, "\t"))
        if len(cells) == len(heads):
            yield line, list(zip(heads, cells, strict=True))


def _split(text: str, start: int, end: int, sign: str) -> Iterator[Place]:
    while (place := text.find(sign, start, end)) >= 0:
        yield start, place
        start = place + 1
    yield start, end


def _row(
    document: Document, context: Context, place: Place, cells: Sequence[tuple[str, Place]], dates: Sequence[Mention]
) -> Row:
    beside = [(head, cell) for head, cell in cells if not cell[0] <= context.start < cell[1]]
    beside = [(head, cell) for head, cell in beside if not _NOTHING.fullmatch(document.text, *cell)]
    chosen = {kind: _chosen(beside, kind) for kind in ("recipient", "funder", "purpose", "date")}
    first = document.words(*cells[0][1]).strip()
    when = chosen["date"]
    return Row(
        place,
        recipients=_named(document, chosen["recipient"]),
        funders=_named(document, chosen["funder"]),
        purpose=_trimmed(document, chosen["purpose"]) if chosen["purpose"] else None,
        date=_date(document, when, dates) if when else None,
        total=_rank(first, "total") is not None and len(first.split()) <= 3,
    )


def _chosen(cells: Sequence[tuple[str, Place]], kind: str) -> Place | None:
    """Choose the cell whose head says most plainly that it is of the kind."""
    ranked = [(rank, cell) for head, cell in cells if (rank := _rank(head, kind)) is not None]
    return min(ranked)[1] if ranked else None


def _rank(head: str, kind: str) -> int | None:
    patterns = _patterns(kind)
    return next((rank for rank, pattern in enumerate(patterns) if pattern.search(head)), None)


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    told = [
        row.pattern
        for index in range(max(len(rows("column", language)) for language in LANGUAGES))
        for language in LANGUAGES
        for row in rows("column", language)[index : index + 1]
        if row.value == kind
    ]
    return tuple(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) for pattern in told)


def _named(document: Document, cell: Place | None) -> tuple[tuple[str, Place], ...]:
    if cell is None:
        return ()
    place = _trimmed(document, cell)
    return ((document.words(*place), place),)


def _trimmed(document: Document, cell: Place) -> Place:
    words = document.words(*cell)
    return cell[0] + len(words) - len(words.lstrip()), cell[1] - len(words) + len(words.rstrip())


def _date(document: Document, cell: Place, dates: Sequence[Mention]) -> tuple[PartialDate, Place] | None:
    for mention in dates:
        if cell[0] <= mention.start and mention.end <= cell[1] and isinstance(mention.value.value, PartialDate):
            return mention.value.value, (mention.start, mention.end)
    place = _trimmed(document, cell)
    year = _YEAR.fullmatch(document.text, *place)
    return (PartialDate(text=year[0]), place) if year else None
