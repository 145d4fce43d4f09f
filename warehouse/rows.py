"""Records as rows: what each base table holds of a document, a record and its evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import schemas

if TYPE_CHECKING:  # the models are imported when there is a row to make of one
    from schemas import Document, Money, PartialDate, Record

Row = dict[str, Any]

# The rows of a table, turned: each column's values, all as long as each other. None when there are no rows.
Columns = dict[str, Sequence[Any]]

# What each column of a table reads off a record or its evidence.
_OF_RECORDS = {"record_id": "id", "document_id": "document_id", "confidence": "confidence", "review": "review"}
_MONEY = {part: f"money.{part}" for part in ("amount", "amount_max", "currency", "qualifier", "per")}
FIELDS = {
    "actor": {name: name for name in ("name", "kind", "country", "aliases", "language")},
    "agreement": {name: name for name in ("title", "kind", "status", "aliases", "date", "language")},
    "funding": _MONEY
    | {name: name for name in ("restated", "status", "purpose", "date")}
    | {"agreement_record_id": "agreement_id"},
    "commitment": {name: name for name in ("kind", "text", "section")},
}
_WHOSE = {"record_id": "id", "record_type": "record_type", "document_id": "document_id"}
_EVIDENCE = {
    "field": "field",
    "char_start": "start",
    "char_end": "end",
    "page": "page",
    "quote": "quote",
    "finder": "finder",
    "recognised": "recognised",
    "rectangles": "rectangles",
}

# Fields of a record that name parties, and the role that each gives them.
ROLES = {
    "agreement": (("parties", "party"),),
    "funding": (("funders", "funder"), ("recipients", "recipient")),
    "commitment": (("actors", "actor"),),
}


def utc(moment: datetime) -> datetime:
    """Give a moment in UTC without its zone: reading a zoned column asks clients for a library more."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def document_row(document: Document, *, fingerprint: str, run: schemas.Run) -> Row:
    """Give the row of ``store.document``."""
    row = document.model_dump(exclude={"published_on"})
    day, precision = _date(document.published_on)
    return row | {
        "published_on": day,
        "published_precision": precision,
        "fingerprint": fingerprint,
        "ingested_at": utc(run.started_at),
        "run_id": run.run_id,
    }


def record_columns(record_type: str, records: Sequence[Record]) -> Columns:
    """Give the columns of the own table of these records, which are all of one type."""
    if not records:
        return {}
    columns = _read(records, _OF_RECORDS | FIELDS[record_type])
    if "date" in columns:
        dates = [_date(date) for date in columns["date"]]
        columns["date"], columns["date_precision"] = zip(*dates, strict=True)
    if "restated" in columns:
        columns["restated"] = [[_money(money) for money in several] for several in columns["restated"]]
    return columns


def _read(things: Sequence[object], fields: Mapping[str, str]) -> Columns:
    """Read columns off things, one after the other: a row each would keep the garbage collector busy."""
    return {name: list(map(attrgetter(path), things)) for name, path in fields.items()}


def _money(money: Money) -> Row:
    return money.model_dump(include={"amount", "amount_max", "currency", "qualifier", "per"})


def _date(value: PartialDate | None) -> tuple[Any, str | None]:
    return (value.first, value.precision) if value else (None, None)


def evidence_columns(records: Sequence[Record]) -> Columns:
    """Give the columns of ``store.evidence``, in each record's own order."""
    if not records:
        return {}
    columns = _read([record for record in records for _ in record.evidence], _WHOSE)
    columns |= _read([evidence for record in records for evidence in record.evidence], _EVIDENCE)
    columns["position"] = [place for record in records for place in range(len(record.evidence))]
    columns["rectangles"] = [[box.model_dump() for box in boxes] or None for boxes in columns["rectangles"]]
    return columns


def party_columns(records: Sequence[Record]) -> Columns:
    """Give the columns of ``store.party``: each name, and the actor of the same document that bears it."""
    names = ("record_id", "document_id", "role", "position", "name", "folded", "actor_record_id")
    return dict(zip(names, zip(*_parties(records), strict=True), strict=False))


def _parties(records: Sequence[Record]) -> Iterator[tuple[str, str, str, int, str, str, str | None]]:
    bearers, fold = _bearers(records), schemas.fold
    for record in records:
        for attribute, role in ROLES.get(record.record_type, ()):
            for position, name in enumerate(getattr(record, attribute)):
                document, folded = record.document_id, fold(name)
                yield record.id, document, role, position, name, folded, bearers.get((document, folded))


def _bearers(records: Iterable[Record]) -> dict[tuple[str, str], str]:
    """Map the folded names of each document to its actors; a full name outranks another actor's alias."""
    fold = schemas.fold
    actors = sorted((record for record in records if isinstance(record, schemas.Actor)), key=attrgetter("id"))
    bearers: dict[tuple[str, str], str] = {}
    for actor in actors:
        bearers.setdefault((actor.document_id, fold(actor.name)), actor.id)
    for actor in actors:
        for alias in sorted(actor.aliases):
            bearers.setdefault((actor.document_id, fold(alias)), actor.id)
    return bearers


def quarantine_row(refused: schemas.Quarantined, *, run: schemas.Run) -> Row:
    """Give the row of ``store.quarantine``."""
    row = refused.model_dump(exclude={"payload"})
    return row | {
        "quarantine_id": refused.id,
        "payload": json.dumps(refused.payload, ensure_ascii=False, sort_keys=True, default=str),
        "at": utc(run.started_at),
        "run_id": run.run_id,
    }


def run_row(columns: Mapping[str, Any]) -> Row:
    """Give the row of ``store.run`` of the fields of a ``Run``."""
    ended = columns["ended_at"]
    return {
        **columns,
        "started_at": utc(columns["started_at"]),
        "ended_at": utc(ended) if ended else None,
        "stages": json.dumps(columns["stages"], sort_keys=True),
        "versions": json.dumps(columns["versions"], sort_keys=True),
        "warnings": list(columns["warnings"]),
    }
