"""Loading: one transaction a batch, the same result when run twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.connection import count_change, statement, transaction
from warehouse.errors import SuiteFailed
from warehouse.rows import (
    FIELDS,
    Columns,
    Row,
    document_row,
    evidence_columns,
    party_columns,
    quarantine_row,
    record_columns,
    run_row,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from schemas import Document, Quarantined, Record, Resolution, Run

_shapes: dict[str, pa.Schema] = {}


@dataclass(frozen=True, slots=True)
class FileState:
    """What a file looked like when it was last read: enough to skip it without opening it."""

    size: int
    mtime_ns: int
    sha256: str


def load(
    connection: duckdb.DuckDBPyConnection,
    documents: Sequence[Document],
    records: Sequence[Record],
    resolutions: Sequence[Resolution],
    quarantined: Sequence[Quarantined],
    run: Run,
    *,
    fingerprint: str = "",
    files: Mapping[str, FileState] | None = None,
    held: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write a batch in one transaction; what was there of these documents goes first, so twice is once.

    ``fingerprint`` says which code, schema and lexicon read the documents; ``files`` the state of the files that
    held them, by path, and ``held`` the ids of the documents that were found in each, whether loaded or refused: what
    a file held before and no file holds any more goes. ``resolutions`` may also speak of records that were loaded
    before. A record without one stands for itself. Raises SuiteFailed, with nothing written, when a promise between
    the tables would break.
    """
    of_type: dict[str, list[Record]] = {record_type: [] for record_type in FIELDS}
    for record in records:
        of_type[record.record_type].append(record)
    with transaction(connection):
        replaced = _delete(connection, documents, quarantined)
        append(connection, "store.document", [document_row(d, fingerprint=fingerprint, run=run) for d in documents])
        for table, found in of_type.items():
            append_columns(connection, f"store.{table}", record_columns(table, found))
        append_columns(connection, "store.evidence", evidence_columns(records))
        append_columns(connection, "store.party", party_columns(records))
        refusals = {q.id: quarantine_row(q, run=run) for q in quarantined}
        append(connection, "store.quarantine", list(refusals.values()))
        _remember(connection, files or {})
        gone = _hold(connection, held or {}) if held or replaced else 0
        _write_run(connection, run)
        if replaced or gone or resolutions:
            write_clusters(connection, resolutions)
            check(connection)
        else:
            _stand_alone(connection, documents, records)


def _stand_alone(
    connection: duckdb.DuckDBPyConnection, documents: Sequence[Document], records: Sequence[Record]
) -> None:
    """Let records that were only added stand for themselves, and check them.

    Where nothing was changed or taken away, no promise can break but those of the added rows, so the others are
    looked at only for the same ids.
    """
    added = dict.fromkeys([*(d.document_id for d in documents), *(r.document_id for r in records)])
    _fill(connection, "added", [(identity, "") for identity in added])
    connection.execute(statement("stand_alone"))
    _raise_broken(connection, "checks_added")


def write_run(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Write the account of a run, in place of what was there of it."""
    with transaction(connection):
        _write_run(connection, run)


def write_resolutions(connection: duckdb.DuckDBPyConnection, resolutions: Sequence[Resolution]) -> None:
    """Write where records belong, in place of what was there of them; the others keep their place."""
    with transaction(connection):
        write_clusters(connection, resolutions)
        check(connection)


def remember(
    connection: duckdb.DuckDBPyConnection,
    files: Mapping[str, FileState],
    *,
    moved: Sequence[str] = (),
    gone: Sequence[str] = (),
) -> int:
    """Write the state of files that need not be read, so that the next run can skip them by a look at size and time.

    Their content is known: they hold what another file with it holds. ``moved`` are paths where nothing lies any more
    and whose content lies elsewhere, ``gone`` those whose documents go with them. Gives how many documents went.
    """
    before = _count(connection)
    with transaction(connection, counts=False):
        _remember(connection, files)
        _fill(connection, "away", [(None, path) for path in (*moved, *gone)])
        connection.execute(statement("hold_again"))
        _drop_unheld(connection)
        connection.execute(statement("mend_resolution"))
        left = before - _count(connection)
        if left:
            count_change(connection)
        check(connection)
    return left


def forget(connection: duckdb.DuckDBPyConnection, document: str) -> list[str]:
    """Remove every trace of the documents with this id or name, and give their ids; empty when there was none.

    Their files are forgotten too, so that the next run reads them again if they are still there.
    """
    asked = {"document": document}
    found = connection.execute(statement("forgotten"), asked).fetchall()
    if not found:
        return []
    with transaction(connection):
        _fill(connection, "leaving", found)
        _leave(connection)
        connection.execute(statement("mend_resolution"))
        check(connection)
    return sorted({identity or name for identity, name in found})


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Look that the tables keep their promises to each other; raises SuiteFailed for the first that doesn't."""
    _raise_broken(connection, "checks")


def _raise_broken(connection: duckdb.DuckDBPyConnection, checks: str) -> None:
    broken = connection.execute(statement(checks)).fetchone()
    if broken is not None:
        table, promise, times = broken
        raise SuiteFailed(f"{table}: {times} rows break '{promise}'", table=table, expectation=promise)


def _delete(
    connection: duckdb.DuckDBPyConnection, documents: Iterable[Document], quarantined: Iterable[Quarantined]
) -> bool:
    """Take out what was there of documents and refusals; tell whether one of the documents was there."""
    loaded = [(d.document_id, d.name) for d in documents]
    _fill(connection, "leaving", loaded)
    _fill(connection, "retried", loaded + [(q.document_id, q.name) for q in quarantined])
    connection.execute(statement("delete_quarantine"))
    there = bool(_number(connection, "select count(*) from store.document semi join leaving using (document_id)"))
    if there:
        connection.execute(statement("delete_document"))
    return there


def _hold(connection: duckdb.DuckDBPyConnection, held: Mapping[str, Sequence[str]]) -> int:
    """Write what each file holds now, and let go what none holds any more; gives how many documents went."""
    rows = [(identity, path) for path, found in held.items() for identity in dict.fromkeys(found)]
    _fill(connection, "found", rows)
    connection.execute(statement("hold"))
    return _drop_unheld(connection)


def _drop_unheld(connection: duckdb.DuckDBPyConnection) -> int:
    """Take out the documents in the temporary table dropped(document_id) that no file holds; gives how many."""
    connection.execute(statement("leaving_unheld"))
    gone = _number(connection, "select count(*) from leaving")
    if gone:
        connection.execute(statement("delete_document"))
    connection.execute(statement("delete_traces"))
    return gone


def _leave(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(statement("delete_document"))
    connection.execute(statement("delete_traces"))


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    return _number(connection, "select count(*) from store.document")


def _number(connection: duckdb.DuckDBPyConnection, question: str) -> int:
    row = connection.execute(question).fetchone()
    return int(row[0]) if row else 0


def _fill(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[str | None, str]]) -> None:
    connection.execute(f"create or replace temporary table {name} (document_id varchar, name varchar)")
    append(connection, name, [{"document_id": row[0], "name": row[1]} for row in rows])


def append(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows by way of Arrow: a hundred times faster than row by row."""
    if rows:
        append_columns(connection, table, {name: [row[name] for row in rows] for name in rows[0]})


def append_columns(connection: duckdb.DuckDBPyConnection, table: str, columns: Columns) -> None:
    """Insert rows that are given by column, by way of Arrow."""
    if not columns:
        return
    with _registered(connection, _arrow(connection, table, columns)):
        connection.execute(f"insert into {table} by name select * from incoming")


@contextmanager
def _registered(connection: duckdb.DuckDBPyConnection, table: pa.Table) -> Iterator[None]:
    connection.register("incoming", table)
    try:
        yield
    finally:
        connection.unregister("incoming")


def _arrow(connection: duckdb.DuckDBPyConnection, table: str, columns: Columns) -> pa.Table:
    """Build an Arrow table with the columns and types of the DuckDB table."""
    import pyarrow as pa

    shape = _shapes.get(table) or connection.sql(f"from {table} limit 0").to_arrow_table().schema
    if table.startswith("store."):  # the same in every file that is open for writing
        _shapes[table] = shape
    fields = [shape.field(name) for name in columns]
    plain = [pa.field(f.name, pa.string()) if pa.types.is_null(f.type) else f for f in fields]
    arrays: list[Any] = [pa.array(columns[f.name], f.type) for f in plain]
    return pa.Table.from_arrays(arrays, schema=pa.schema(plain))


def write_clusters(connection: duckdb.DuckDBPyConnection, resolutions: Sequence[Resolution]) -> None:
    """Write where records belong, within a transaction; no cluster is left without the record that stands for it."""
    connection.execute("create or replace temporary table resolved as from store.resolution limit 0")
    append(connection, "resolved", [r.model_dump() for r in resolutions])
    connection.execute("delete from store.resolution where record_id in (select record_id from resolved)")
    connection.execute("insert into store.resolution from resolved")
    connection.execute(statement("mend_resolution"))


def _remember(connection: duckdb.DuckDBPyConnection, files: Mapping[str, FileState]) -> None:
    rows = [{"path": path, "size": f.size, "mtime_ns": f.mtime_ns, "sha256": f.sha256} for path, f in files.items()]
    connection.execute("create or replace temporary table seen as from store.file limit 0")
    append(connection, "seen", rows)
    connection.execute(
        "create or replace temporary table unchanged as from seen semi join store.file using (path, sha256)"
    )
    connection.execute("delete from store.file where path in (select path from seen)")
    connection.execute("insert into store.file from seen")


def _write_run(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    connection.execute("delete from store.run where run_id = ?", [run.run_id])
    append(connection, "store.run", [run_row(run.model_dump())])


def file_state(path: Path, *, sha256: str) -> FileState:
    """Give the state of a file as it stands now."""
    found = path.stat()
    return FileState(size=found.st_size, mtime_ns=found.st_mtime_ns, sha256=sha256)
