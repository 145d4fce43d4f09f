"""Asking: what is loaded, what was refused, and any question in SQL."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

import schemas
from warehouse import connection as opened
from warehouse.connection import statement
from warehouse.errors import QueryError
from warehouse.load import FileState

if TYPE_CHECKING:
    from schemas import Quarantined

_REMEDY = "`show tables` lists the views, `describe VIEW` their columns"


def query(
    path: Path, sql: str, *, limit: int | None = None, given: Mapping[str, Any] | None = None
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Ask a question; give the names of the columns and the rows, at most ``limit`` of them.

    ``given`` are the values of the question's ``$names``. The file is opened for reading only. Raises WarehouseError
    for the file and QueryError for the question.
    """
    with opened.open(path, read_only=True) as connection:
        try:
            answer = connection.execute(sql, given) if given else connection.execute(sql)
            if answer is None:  # nothing but blanks or a comment
                raise QueryError("There is no question in it", sql=sql, remedy=_REMEDY)
            rows = answer.fetchall() if limit is None else answer.fetchmany(limit)
        except duckdb.Error as error:
            raise QueryError(_one_line(error), sql=sql, remedy=_REMEDY) from error
        return [column[0] for column in answer.description or ()], rows


def _one_line(error: Exception) -> str:
    """Give what DuckDB says without the drawing that points at the place, which takes lines of its own."""
    said = str(error).strip().partition("\n\nLINE ")[0]
    return " ".join(said.split()).rstrip("!.")


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a file remembers of earlier runs: documents with the engine that read them, refused ones with the engine
    that refused them, and the files by path with their state."""

    documents: Mapping[str, str]
    refused: frozenset[tuple[str, str]]
    files: Mapping[str, FileState]


def remembered(path: Path) -> Remembered:
    """Give what a file remembers, by one look into it; nothing without a file."""
    if not path.is_file():
        return Remembered({}, frozenset(), {})
    with opened.open(path, read_only=True) as connection:
        documents = connection.execute("select document_id, fingerprint from store.document").fetchall()
        refused = connection.execute(statement("refused")).fetchall()
        files = connection.execute("select path, size, mtime_ns, sha256 from store.file").fetchall()
    return Remembered(dict(documents), frozenset(refused), _states(files))


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
    return _states(rows)


def known_held(path: Path, documents: Collection[str]) -> set[str]:
    """Give the paths of the files in which documents lay when they were last read."""
    _, rows = query(path, "select path, document_id from store.held")
    return {name for name, identity in rows if identity in documents}


def quarantine(path: Path) -> list[Quarantined]:
    """Give everything that was refused, in the order of names, whole, so that it can be tried again."""
    columns = "document_id, name, stage, reason_code, message, payload"
    names, rows = query(path, f"select {columns} from store.quarantine order by name, quarantine_id")
    refused = (dict(zip(names, row, strict=True)) for row in rows)
    return [schemas.Quarantined.model_validate(row | {"payload": json.loads(row["payload"])}) for row in refused]


def _states(rows: list[tuple[Any, ...]]) -> dict[str, FileState]:
    return {name: FileState(size=size, mtime_ns=mtime, sha256=sha256) for name, size, mtime, sha256 in rows}
