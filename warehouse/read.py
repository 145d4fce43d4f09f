"""Reading back: rows as the documents and records that they were loaded from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb

from schemas import RECORD_TYPES, Document, Money, Record
from warehouse.connection import statement
from warehouse.rows import Row

# How much of an ISO day each precision keeps: a month was never read as a day.
_PRINTED = {"year": 4, "month": 7, "day": 10}


def documents(connection: duckdb.DuckDBPyConnection, ids: Sequence[str] | None = None) -> list[Document]:
    """Give every document that is loaded, or those of ``ids``, in the order of ids."""
    only = _only(connection, ids)
    rows = _rows(connection, f"select * from store.document where {only} order by document_id")
    return [
        Document.model_validate(
            {name: row[name] for name in Document.model_fields}
            | {"published_on": _date(row["published_on"], row["published_precision"])}
        )
        for row in rows
    ]


def records(connection: duckdb.DuckDBPyConnection, of: Sequence[str] | None = None) -> list[Record]:
    """Give every record that is loaded, or those of the documents ``of``, type by type in the order of ids."""
    only = _only(connection, of)
    return [
        _record(model, row)
        for model in RECORD_TYPES
        for row in _rows(connection, statement("read_records").format(table=model.record_type, only=only))
    ]


def _only(connection: duckdb.DuckDBPyConnection, ids: Sequence[str] | None) -> str:
    """Give the condition that keeps the documents of ``ids``; None keeps all."""
    if ids is None:
        return "true"
    connection.execute("create or replace temporary table wanted (document_id varchar)")
    if ids:
        connection.execute("insert into wanted select unnest(?::varchar[])", [list(ids)])
    return "document_id in (select document_id from wanted)"


def _record(model: type[Record], row: Row) -> Record:
    if model.record_type == "funding":
        row["money"] = {name: row[name] for name in Money.model_fields}
        row["agreement_id"] = row["agreement_record_id"]
    if "date" in row:
        row["date"] = _date(row["date"], row["date_precision"])
    return model.model_validate({name: row[name] for name in model.model_fields})


def _date(day: date | None, precision: str | None) -> dict[str, str] | None:
    return {"text": day.isoformat()[: _PRINTED[precision]]} if day and precision else None


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    answer = connection.execute(sql)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
