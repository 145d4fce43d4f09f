"""Loading: one transaction a batch, the same result when run twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from schemas import Document, Quarantined, Record, Resolution, Run
from warehouse.connection import count_change, statement, transaction
from warehouse.errors import SuiteFailed
from warehouse.rows import Row, document_row, evidence_rows, party_rows, quarantine_row, record_row, run_row

if TYPE_CHECKING:
    import pyarrow as pa


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
    tables: dict[str, list[Row]] = {
        "document": [document_row(d, fingerprint=fingerprint, run=run) for d in documents],
        "actor": [],
        "agreement": [],
        "funding": [],
        "commitment": [],
        "evidence": [],
        "party": list(party_rows(records)),
        "quarantine": list({q.id: quarantine_row(q, run=run) for q in quarantined}.values()),
    }
    for record in records:
        tables[record.record_type].append(record_row(record))
        tables["evidence"].extend(evidence_rows(record))
    with transaction(connection):
        _delete(connection, documents, quarantined)
        for table, rows in tables.items():
            _insert(connection, table, rows)
        _remember(connection, files or {})
        _hold(connection, held or {})
        write_clusters(connection, resolutions)
        _write_run(connection, run)
        check(connection)


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
    broken = connection.execute(statement("checks")).fetchone()
    if broken is not None:
        table, promise, times = broken
        raise SuiteFailed(f"{table}: {times} rows break '{promise}'", table=table, expectation=promise)


def _delete(
    connection: duckdb.DuckDBPyConnection, documents: Iterable[Document], quarantined: Iterable[Quarantined]
) -> None:
    loaded = [(d.document_id, d.name) for d in documents]
    _fill(connection, "leaving", loaded)
    _fill(connection, "retried", loaded + [(q.document_id, q.name) for q in quarantined])
    connection.execute(statement("delete_document"))
    connection.execute(statement("delete_quarantine"))


def _hold(connection: duckdb.DuckDBPyConnection, held: Mapping[str, Sequence[str]]) -> None:
    """Write what each file holds now, and let go what none holds any more."""
    rows = [(identity, path) for path, found in held.items() for identity in dict.fromkeys(found)]
    _fill(connection, "found", rows)
    connection.execute(statement("hold"))
    _drop_unheld(connection)


def _drop_unheld(connection: duckdb.DuckDBPyConnection) -> None:
    """Take out the documents in the temporary table dropped(document_id) that no file holds."""
    connection.execute(statement("leaving_unheld"))
    _leave(connection)


def _leave(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(statement("delete_document"))
    connection.execute(statement("delete_traces"))


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("select count(*) from store.document").fetchone()
    return int(row[0]) if row else 0


def _fill(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[str | None, str]]) -> None:
    connection.execute(f"create or replace temporary table {name} (document_id varchar, name varchar)")
    append(connection, name, [{"document_id": row[0], "name": row[1]} for row in rows])


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    append(connection, f"store.{table}", rows)


def append(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows by way of Arrow: a hundred times faster than row by row."""
    if not rows:
        return
    with _registered(connection, _arrow(connection, table, rows)):
        connection.execute(f"insert into {table} by name select * from incoming")


@contextmanager
def _registered(connection: duckdb.DuckDBPyConnection, table: pa.Table) -> Iterator[None]:
    connection.register("incoming", table)
    try:
        yield
    finally:
        connection.unregister("incoming")


def _arrow(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> pa.Table:
    """Build an Arrow table with the columns and types of the DuckDB table."""
    import pyarrow as pa

    shape = connection.sql(f"from {table} limit 0").to_arrow_table().schema
    fields = [shape.field(name) for name in rows[0]]
    plain = [pa.field(f.name, pa.string()) if pa.types.is_null(f.type) else f for f in fields]
    columns: list[Any] = [pa.array([row[f.name] for row in rows], f.type) for f in plain]
    return pa.Table.from_arrays(columns, schema=pa.schema(plain))


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
    _insert(connection, "run", [run_row(run)])


def file_state(path: Path, *, sha256: str) -> FileState:
    """Give the state of a file as it stands now."""
    found = path.stat()
    return FileState(size=found.st_size, mtime_ns=found.st_mtime_ns, sha256=sha256)
