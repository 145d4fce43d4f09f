"""Records as rows: what each base table holds of a document, a record and its evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import schemas
from schemas import Actor, Agreement, Commitment, Document, Evidence, Funding, Money, PartialDate, Record, fold

Row = dict[str, Any]

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


def record_row(record: Record) -> Row:
    """Give the row of the record's own table."""
    row: Row = {
        "record_id": record.id,
        "document_id": record.document_id,
        "confidence": record.confidence,
        "review": record.review,
    }
    if isinstance(record, Actor):
        aliases = list(record.aliases)
        return row | {
            "name": record.name,
            "kind": record.kind,
            "country": record.country,
            "aliases": aliases,
            "language": record.language,
        }
    if isinstance(record, Agreement):
        return row | _agreement(record)
    if isinstance(record, Funding):
        return row | _funding(record)
    assert isinstance(record, Commitment), record.record_type
    return row | {"kind": record.kind, "text": record.text, "section": record.section}


def _agreement(record: Agreement) -> Row:
    day, precision = _date(record.date)
    return {
        "title": record.title,
        "kind": record.kind,
        "status": record.status,
        "aliases": list(record.aliases),
        "date": day,
        "date_precision": precision,
        "language": record.language,
    }


def _funding(record: Funding) -> Row:
    day, precision = _date(record.date)
    return _money(record.money) | {
        "restated": [_money(money) for money in record.restated],
        "status": record.status,
        "purpose": record.purpose,
        "date": day,
        "date_precision": precision,
        "agreement_record_id": record.agreement_id,
    }


def _money(money: Money) -> Row:
    return money.model_dump(include={"amount", "amount_max", "currency", "qualifier", "per"})


def _date(value: PartialDate | None) -> tuple[Any, str | None]:
    return (value.first, value.precision) if value else (None, None)


def evidence_rows(record: Record) -> Iterator[Row]:
    """Give the rows of ``store.evidence``, in the record's own order."""
    for position, evidence in enumerate(record.evidence):
        yield _evidence(record, position, evidence)


def _evidence(record: Record, position: int, evidence: Evidence) -> Row:
    return {
        "record_id": record.id,
        "record_type": record.record_type,
        "document_id": record.document_id,
        "position": position,
        "field": evidence.field,
        "char_start": evidence.start,
        "char_end": evidence.end,
        "page": evidence.page,
        "quote": evidence.quote,
        "finder": evidence.finder,
        "recognised": evidence.recognised,
        "rectangles": [rectangle.model_dump() for rectangle in evidence.rectangles] or None,
    }


def party_rows(records: Sequence[Record]) -> Iterator[Row]:
    """Give the rows of ``store.party``: each name, and the actor of the same document that bears it."""
    bearers = _bearers(records)
    for record in records:
        for attribute, role in ROLES.get(record.record_type, ()):
            for position, name in enumerate(getattr(record, attribute)):
                folded = fold(name)
                yield {
                    "record_id": record.id,
                    "document_id": record.document_id,
                    "role": role,
                    "position": position,
                    "name": name,
                    "folded": folded,
                    "actor_record_id": bearers.get((record.document_id, folded)),
                }


def _bearers(records: Iterable[Record]) -> dict[tuple[str, str], str]:
    """Map the folded names of each document to its actors; a full name outranks another actor's alias."""
    actors = sorted((r for r in records if isinstance(r, Actor)), key=lambda actor: actor.id)
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


def run_row(run: schemas.Run) -> Row:
    """Give the row of ``store.run``."""
    return run.model_dump() | {
        "started_at": utc(run.started_at),
        "ended_at": utc(run.ended_at) if run.ended_at else None,
        "stages": json.dumps(run.stages, sort_keys=True),
        "versions": json.dumps(run.versions, sort_keys=True),
        "warnings": list(run.warnings),
    }
