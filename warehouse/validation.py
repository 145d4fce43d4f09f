"""Sorting what may be loaded from what is set aside, with the reason."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from schemas import RECORD_TYPES, Document, Funding, Money, PartialDate, Quarantined, Record
from schemas.quarantined import Stage
from warehouse.errors import SuiteFailed
from warehouse.expectations import Breach, breaches, wrong_types
from warehouse.promises import Promise, found, names_one_of, promises
from warehouse.rows import Row

# A row, and the place of the document or record that it is of.
Placed = tuple[int, Row]
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
    tables = _laid_out(documents, records)
    misshapen = wrong_types({table: [row for _, row in rows] for table, rows in tables.items()})
    failing = _failing(tables["document"], misshapen["document"], "document", [])
    _tolerate("document", failing, len(documents), tolerance=tolerance, least=least)
    sound = {d.document_id: d for index, d in enumerate(documents) if index not in failing}
    reasons = _failing_records(tables, misshapen, sound, records)
    for model in RECORD_TYPES:
        rows = tables[model.record_type]
        broken = {place: reasons[place] for place, _ in rows if place in reasons}
        _tolerate(model.record_type, broken, len(rows), tolerance=tolerance, least=least)
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


def _laid_out(documents: Sequence[Document], records: Sequence[Record]) -> dict[str, list[Placed]]:
    """Lay everything out as the rows of its table, each with the place of its document or record."""
    tables: dict[str, list[Placed]] = {"document": [(place, _flat(d)) for place, d in enumerate(documents)]}
    tables |= {model.record_type: [] for model in RECORD_TYPES} | {"evidence": []}
    for place, record in enumerate(records):
        tables[record.record_type].append((place, _flat(record) | {"id": record.id}))
        tables["evidence"] += [(place, _flat(evidence)) for evidence in record.evidence]
    return tables


def _failing_records(
    tables: Mapping[str, list[Placed]],
    misshapen: Mapping[str, list[Breach]],
    sound: Mapping[str, Document],
    records: Sequence[Record],
) -> Reasons:
    """Check the records and their evidence: one quote that doesn't stand refuses its record."""
    reasons: Reasons = {}
    agreements = {row["id"] for _, row in tables["agreement"]}
    for model in RECORD_TYPES:
        table = model.record_type
        expected = [_leads("document_id", tables[table], sound.keys(), "unknown_document")]
        if table == "funding":
            expected.append(_leads("agreement_id", tables[table], agreements, "unknown_agreement"))
        reasons |= _failing(tables[table], misshapen[table], table, expected)
    quotes = tables["evidence"]
    lost = {number for number, (place, _) in enumerate(quotes) if records[place].document_id not in sound}
    for number, (place, row) in enumerate(quotes):
        if number not in lost:
            row["printed"] = _printed(sound[records[place].document_id], row["start"], row["end"])
    for place, why in _failing(quotes, misshapen["evidence"], "evidence", [], lost=lost).items():
        known = reasons.setdefault(place, [])
        known += [promise for promise in why if promise not in known]
    return reasons


def _failing(
    placed: Sequence[Placed],
    misshapen: Sequence[Breach],
    table: str,
    more: Sequence[Promise],
    *,
    lost: Collection[int] = (),
) -> Reasons:
    """Check the rows of one table: the promises that each place broke. Of rows with one id the first may stay.

    A row of the wrong shape is spared the other promises; of ``lost`` rows nothing is asked.
    """
    rows = [row for _, row in placed]
    apart = {breach.row for breach in misshapen} | set(lost)
    broken = [breach for breach in misshapen if breach.row not in lost]
    broken += breaches(table, rows, [*promises(table), *more], apart=apart)
    identifier = "document_id" if table == "document" else "id"
    firsts: dict[Any, int] = {}
    for number, row in enumerate(rows):
        firsts.setdefault(row.get(identifier), number)
    reasons: dict[int, list[Promise]] = defaultdict(list)
    for breach in broken:
        place, row = placed[breach.row]
        first = breach.promise.reason_code == "duplicate_id" and firsts[row[identifier]] == breach.row
        if not first and breach.promise not in reasons[place]:
            reasons[place].append(breach.promise)
    return {place: why for place, why in reasons.items() if why}


def _leads(column: str, placed: Sequence[Placed], known: Collection[str], reason_code: str) -> Promise:
    """Write beside a foreign key what it leads to, and give the promise that this is what it names."""
    for _, row in placed:
        name = row[column]
        row[found(column)] = name if isinstance(name, str) and name in known else None
    return names_one_of(column, reason_code=reason_code)


def _printed(document: Document, start: Any, end: Any) -> str | None:
    """Give what stands at the offsets; None where there is no such place, so that no quote can equal it."""
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return None
    return document.text[start:end]


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
