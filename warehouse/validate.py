"""Sorting what may be loaded from what is set aside, with the reason."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from schemas import RECORD_TYPES, Document, Funding, Money, PartialDate, Quarantined, Record
from schemas.quarantined import Stage
from warehouse.errors import SuiteFailed
from warehouse.expectations import Breach, breaches
from warehouse.promises import Promise, names_one_of, promises
from warehouse.rows import Row

# Why each refused row was refused: its place in its sequence, and the promises that it broke.
Reasons = dict[int, list[Promise]]

_OF_REFUSED_DOCUMENT = Promise("", "document_quarantined", "its document was set aside")


class Accepted(NamedTuple):
    """What may be loaded."""

    documents: list[Document]
    records: list[Record]


def validate(
    documents: Sequence[Document], records: Sequence[Record], *, tolerance: float = 0.5, least: int = 20
) -> tuple[Accepted, list[Quarantined]]:
    """Check a batch against the suites; give what may be loaded, and what is set aside with its reason.

    A document that is set aside takes its records with it; a sum whose agreement is set aside loses the link and is
    marked for review. Raises SuiteFailed when more than the share ``tolerance`` of a table's rows fail (and at least
    ``least`` of them): then something is wrong with the program rather than with a document.
    """
    failing = _failing_documents(documents)
    _tolerate("document", failing, len(documents), tolerance=tolerance, least=least)
    sound = {d.document_id: d for index, d in enumerate(documents) if index not in failing}
    reasons: Reasons = {}
    for table, places in _by_type(records).items():
        broken = _failing_records(table, [records[place] for place in places], sound, records)
        _tolerate(table, broken, len(places), tolerance=tolerance, least=least)
        reasons |= {places[index]: why for index, why in broken.items()}
    refused = {d.document_id for index, d in enumerate(documents) if index in failing} - sound.keys()
    for place, record in enumerate(records):
        if record.document_id in refused:
            reasons[place] = [_OF_REFUSED_DOCUMENT]
    names = {d.document_id: d.name for d in documents}
    quarantined = [_refused(documents[index], documents[index].name, why) for index, why in failing.items()]
    quarantined += [
        _refused(records[place], names.get(records[place].document_id), why) for place, why in sorted(reasons.items())
    ]
    return Accepted(list(sound.values()), _linked(records, reasons)), quarantined


def from_validation_error(
    error: ValidationError, *, document_id: str | None, name: str, stage: Stage = "extract"
) -> Quarantined:
    """Set aside what Pydantic refused at the record's border, with all of its complaints."""
    complaints = json.loads(error.json(include_url=False))
    first = complaints[0]
    where = ".".join(str(part) for part in first["loc"]) or error.title
    more = f" (and {len(complaints) - 1} more)" if len(complaints) > 1 else ""
    return Quarantined(
        document_id=document_id,
        name=name,
        stage=stage,
        reason_code="invalid_record",
        message=f"{error.title}: {where}: {first['msg']}{more}",
        payload={"type": error.title, "errors": complaints},
    )


def _by_type(records: Sequence[Record]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {model.record_type: [] for model in RECORD_TYPES}
    for place, record in enumerate(records):
        places[record.record_type].append(place)
    return places


def _failing_documents(documents: Sequence[Document]) -> Reasons:
    rows = [_flat(document) for document in documents]
    return _reasons(breaches("document", rows, promises("document")), [d.document_id for d in documents])


def _failing_records(
    table: str, records: Sequence[Record], sound: dict[str, Document], batch: Iterable[Record]
) -> Reasons:
    """Check the records of one type, and their evidence: one quote that doesn't stand refuses its record."""
    expected = [*promises(table), names_one_of("document_id", list(sound), reason_code="unknown_document")]
    if table == "funding":
        agreements = [record.id for record in batch if record.record_type == "agreement"]
        expected.append(names_one_of("agreement_id", agreements, reason_code="unknown_agreement"))
    rows = [_flat(record) | {"id": record.id} for record in records]
    failing = _reasons(breaches(table, rows, expected), [record.id for record in records])
    owners, quotes = [], []
    for index, record in enumerate(records):
        document = sound.get(record.document_id)
        for evidence in record.evidence if document else ():
            owners.append(index)
            quotes.append(_flat(evidence) | {"printed": _printed(document, evidence.start, evidence.end)})
    for breach in breaches("evidence", quotes, promises("evidence")):
        why = failing.setdefault(owners[breach.row], [])
        if breach.promise not in why:
            why.append(breach.promise)
    return failing


def _printed(document: Document | None, start: Any, end: Any) -> str | None:
    """Give what stands at the offsets; None where there is no such place, so that no quote can equal it."""
    if document is None or not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return None
    return document.text[start:end]


def _reasons(found: Iterable[Breach], ids: Sequence[str]) -> Reasons:
    """Gather breaches by row. Of several rows with one id the first may stay; the others are refused."""
    reasons: dict[int, list[Promise]] = defaultdict(list)
    for breach in found:
        if breach.promise.reason_code != "duplicate_id" or ids.index(ids[breach.row]) != breach.row:
            reasons[breach.row].append(breach.promise)
    return dict(reasons)


def _flat(model: BaseModel) -> Row:
    """Lay a model out as one row: money by its parts, dates as written, sequences by their length."""
    row: Row = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Money):
            row |= {f"{name}.{part}": getattr(value, part) for part in Money.model_fields}
        elif isinstance(value, PartialDate):
            row[name] = value.text
        else:
            row[name] = len(value) if isinstance(value, tuple) else value
    return row


def _tolerate(table: str, failing: Reasons, rows: int, *, tolerance: float, least: int) -> None:
    if len(failing) >= least and len(failing) > tolerance * rows:
        raise SuiteFailed(
            f"{table}: {len(failing)} of {rows} rows failed, more than the share {tolerance} that may",
            table=table,
            expectation=f"share of failing rows <= {tolerance}",
        )


def _linked(records: Sequence[Record], reasons: Reasons) -> list[Record]:
    """Give the accepted records; a sum whose agreement was refused loses the link and is marked for review."""
    kept = [record for place, record in enumerate(records) if place not in reasons]
    there = {record.id for record in kept}
    return [
        record.model_copy(update={"agreement_id": None, "review": True})
        if isinstance(record, Funding) and record.agreement_id is not None and record.agreement_id not in there
        else record
        for record in kept
    ]


def _refused(thing: Document | Record, name: str | None, why: Sequence[Promise]) -> Quarantined:
    payload = thing.model_dump(mode="json", warnings=False)
    kind = thing.record_type if isinstance(thing, Record) else "document"
    return Quarantined(
        document_id=thing.document_id,
        name=name or thing.document_id,
        stage="validate",
        reason_code=why[0].reason_code,
        message=f"{kind}: " + "; ".join(dict.fromkeys(promise.says for promise in why)),
        payload={"record_type": kind, **payload},
    )
