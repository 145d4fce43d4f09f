"""How fast 100,000 records are loaded, beside DuckDB's own Arrow insert of the same rows."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import warehouse
from schemas import RECORD_TYPES, Actor, Agreement, Commitment, Document, Evidence, Funding, Money, Record, Run
from scripts.benches.figures import Ratio, Section, in_turns
from warehouse import rows

RECORDS = 100_000
_EACH = 50  # records a document: 25 actors, 5 agreements, 10 sums, 10 commitments
_BATCH = 200
RUN = Run(run_id="bench", started_at=datetime(2026, 3, 2, tzinfo=UTC), version="0")


def measure(*, rounds: int, records: int = RECORDS) -> Section:
    """Load the records as a run does, and insert their rows as DuckDB's Arrow interface does."""
    documents = [_document(number) for number in range(records // _EACH)]
    found = {document.document_id: _records(document) for document in documents}
    laid_out = _rows(documents, found)
    taken = in_turns(
        {"load": lambda: _load(documents, found), "insert": lambda: _insert(laid_out)},
        rounds=rounds,
    )
    number = sum(map(len, laid_out.values()))
    lines = [
        f"{records:,} records of {len(documents):,} documents, {number:,} rows with their evidence and parties.",
        "Loading starts from records, in batches of 200 documents, one transaction each, with the checks between",
        "tables; the insert starts from the same rows, ready made, one transaction in all",
        "(`pyarrow.Table.from_pylist`, `insert into … by name`). Both end with a checkpointed file.",
        "",
        "| what | seconds | records a second |",
        "| --- | ---: | ---: |",
        f"| loading records | {taken['load'].clock:.2f} | {records / taken['load'].clock:,.0f} |",
        f"| DuckDB's Arrow insert of their rows | {taken['insert'].clock:.2f} | "
        f"{records / taken['insert'].clock:,.0f} |",
    ]
    ratio = taken["insert"].clock / taken["load"].clock
    return Section(
        "Loading", lines, [Ratio("loading, beside DuckDB's Arrow insert of the same rows", ratio, least=0.5)]
    )


def _load(documents: Sequence[Document], found: dict[str, list[Record]]) -> None:
    with tempfile.TemporaryDirectory() as folder, warehouse.open(Path(folder) / "load.duckdb") as connection:
        for start in range(0, len(documents), _BATCH):
            batch = documents[start : start + _BATCH]
            records = [record for document in batch for record in found[document.document_id]]
            warehouse.load(connection, batch, records, [], [], RUN)


def _insert(laid_out: dict[str, list[rows.Row]]) -> None:
    import pyarrow as pa

    with tempfile.TemporaryDirectory() as folder, warehouse.open(Path(folder) / "insert.duckdb") as connection:
        connection.begin()
        for table, found in laid_out.items():
            incoming = pa.Table.from_pylist(found)
            connection.register("incoming", incoming)
            connection.execute(f"insert into store.{table} by name select * from incoming")
            connection.unregister("incoming")
        connection.commit()


def _rows(documents: Sequence[Document], found: dict[str, list[Record]]) -> dict[str, list[rows.Row]]:
    tables = {"document": [rows.document_row(document, fingerprint="", run=RUN) for document in documents]}
    records = [record for its in found.values() for record in its]
    tables["party"] = _turned(rows.party_columns(records))
    for model in RECORD_TYPES:
        its = [record for record in records if record.record_type == model.record_type]
        tables[model.record_type] = _turned(rows.record_columns(model.record_type, its))
    tables["evidence"] = _turned(rows.evidence_columns(records))
    return tables


def _turned(columns: rows.Columns) -> list[rows.Row]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _document(number: int) -> Document:
    text = f"Release {number}. " + "The Northern Ocean Institute gives $5 million to the port of Bergen. " * 8
    digest = hashlib.sha256(text.encode()).hexdigest()
    name = f"{number}.txt"
    return Document(
        document_id=digest[:16], name=name, uri=name, sha256=digest, language="en", words=len(text.split()), text=text
    )


def _records(document: Document) -> list[Record]:
    about: dict[str, Any] = {
        "document_id": document.document_id,
        "evidence": (Evidence(field="record", start=0, end=7, quote="Release", finder="bench"),),
    }
    parties = tuple(f"Institute {number}" for number in range(3))
    return [
        *(Actor(name=f"Institute {n}", kind="academic", aliases=(f"I{n}",), **about) for n in range(25)),
        *(Agreement(title=f"Ocean Accord {n}", kind="treaty", parties=parties, **about) for n in range(5)),
        *(Funding(money=Money(amount=Decimal(n + 1), currency="CAD"), funders=parties[:1], **about) for n in range(10)),
        *(Commitment(kind="next_step", text=f"publish map {n}", actors=parties[:1], **about) for n in range(10)),
    ]
