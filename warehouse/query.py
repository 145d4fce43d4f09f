"""Asking: what is loaded, what was refused, and any question in SQL."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from schemas import Quarantined
from warehouse import connection as opened
from warehouse.errors import QueryError
from warehouse.load import FileState


def query(path: Path, sql: str, *, limit: int | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Ask a question; give the names of the columns and the rows, at most ``limit`` of them.

    The file is opened for reading only. Raises WarehouseError for the file and QueryError for the question.
    """
    with opened.open(path, read_only=True) as connection:
        try:
            answer = connection.execute(sql)
            rows = answer.fetchall() if limit is None else answer.fetchmany(limit)
        except duckdb.Error as error:
            raise QueryError(
                str(error).strip(), sql=sql, remedy="`show tables` lists the views, `describe VIEW` their columns"
            ) from error
        return [column[0] for column in answer.description or ()], rows


def known(path: Path) -> dict[str, str]:
    """Map the ids of the documents that a file holds to the fingerprint they were read with; {} without a file."""
    if not path.is_file():
        return {}
    _, rows = query(path, "select document_id, fingerprint from store.document")
    return dict(rows)


def known_files(path: Path) -> dict[str, FileState]:
    """Map paths to the state in which they were last read; {} without a file."""
    if not path.is_file():
        return {}
    _, rows = query(path, "select path, size, mtime_ns, sha256 from store.file")
    return {name: FileState(size=size, mtime_ns=mtime, sha256=sha256) for name, size, mtime, sha256 in rows}


def quarantine(path: Path) -> list[Quarantined]:
    """Give everything that was refused, in the order of names, whole, so that it can be tried again."""
    columns = "document_id, name, stage, reason_code, message, payload"
    names, rows = query(path, f"select {columns} from store.quarantine order by name, quarantine_id")
    refused = (dict(zip(names, row, strict=True)) for row in rows)
    return [Quarantined.model_validate(row | {"payload": json.loads(row["payload"])}) for row in refused]
