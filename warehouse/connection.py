"""Opening a warehouse file: tables and views in place, and clear words when it can't be opened."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError

Connection = duckdb.DuckDBPyConnection
"""An open warehouse, for callers that hand it on and don't talk to DuckDB themselves."""

# The shape of the base tables. Raise it when a table changes, and say in sql/ how an older file becomes a newer one.
VERSION = 1

# Files are written so that DuckDB clients from 1.2 on can open them (newer formats shut older clients out).
STORAGE_VERSION = "v1.2.0"

# Views in the order in which they build on each other, one file each.
VIEWS = (
    "documents",
    "resolution",
    "actors",
    "agreement_parties",
    "agreements",
    "funding_parties",
    "funding",
    "commitments",
    "evidence",
    "quarantine",
    "runs",
)

_SQL = Path(__file__).parent / "sql"


def statement(name: str) -> str:
    """Give the text of ``sql/NAME.sql``."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


@contextmanager
def open(path: Path, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a warehouse file, made when it is missing, with every table and view in place.

    Raises WarehouseError when the file is missing (read-only), locked, not writable, not DuckDB's, or written by
    a newer version of Pledgebook.
    """
    connection = _connect(path, read_only=read_only)
    try:
        _prepare(connection, path, read_only=read_only)
        yield connection
    finally:
        connection.close()


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    if read_only and not path.is_file():
        raise WarehouseError(f"{path} does not exist", path=path, remedy="Load some documents first")
    try:
        if read_only:
            return duckdb.connect(str(path), read_only=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE_VERSION})
    except (duckdb.Error, OSError) as error:
        raise _explained(error, path) from error


def _explained(error: Exception, path: Path) -> WarehouseError:
    """Say what DuckDB's message means for the person who sees it; the library has one class for all of them."""
    said = str(error)
    if "lock" in said.lower():
        return WarehouseError(
            f"{path} is in use by another program",
            path=path,
            remedy="Wait for the other run to end, or close the program that holds the file for writing",
        )
    if "not a valid DuckDB" in said:
        return WarehouseError(f"{path} is not a DuckDB file", path=path, remedy="Name another file")
    if "version number" in said:
        return WarehouseError(
            f"{path} was written by a newer DuckDB than {duckdb.__version__}",
            path=path,
            remedy="Update Pledgebook, or name another file",
        )
    return WarehouseError(
        f"{path} can't be opened: {said.splitlines()[0]}",
        path=path,
        remedy="Check that the folder exists, may be written to, and has room",
    )


def _prepare(connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool) -> None:
    found = _found_version(connection)
    if found is None and read_only:
        raise WarehouseError(
            f"{path} holds no Pledgebook tables", path=path, remedy="Name a file that Pledgebook published"
        )
    if found is not None and found[0] > VERSION:
        raise WarehouseError(
            f"{path} has tables of version {found[0]}, newer than {VERSION}",
            path=path,
            remedy="Update Pledgebook, or name another file",
        )
    if not read_only and found != (VERSION, _definition()):
        _create(connection)


def _found_version(connection: duckdb.DuckDBPyConnection) -> tuple[int, str] | None:
    try:
        row = connection.execute("select version, definition from store.version").fetchone()
    except duckdb.CatalogException:
        return None
    return (int(row[0]), str(row[1])) if row else None


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    with transaction(connection):
        connection.execute(statement("tables"))
        for view in VIEWS:
            connection.execute(statement(f"view_{view}"))
        connection.execute("delete from store.version")
        connection.execute("insert into store.version values (?, ?)", [VERSION, _definition()])


def _definition() -> str:
    files = ("tables", *(f"view_{view}" for view in VIEWS))
    return hashlib.sha256("\n".join(map(statement, files)).encode()).hexdigest()[:16]


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Do everything inside or nothing."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
