"""Opening a warehouse file: tables and views in place, and clear words when it can't be opened, read or written."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from warehouse import migrate
from warehouse.errors import Damaged, InUse, Newer, WarehouseError
from warehouse.migrate import VIEWS, statement

__all__ = ["STORAGE_VERSION", "VIEWS", "Connection", "count_change", "edition", "open", "statement", "transaction"]

Connection = duckdb.DuckDBPyConnection
"""An open warehouse, for callers that hand it on and don't talk to DuckDB themselves."""

# Files are written so that DuckDB clients from 1.2 on can open them (newer formats shut older clients out).
STORAGE_VERSION = "v1.2.0"

# A commit is safe in the log beside the file; the log is written into the file at the end, or when it holds so much,
# rather than with every batch or two (at 16 MB, as DuckDB has it).
WRITING: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": STORAGE_VERSION,
    "checkpoint_threshold": "64MB",
}

# Seconds that a writer waits for one who only looks into the pipeline's own file, as `status` does.
PATIENCE = 2.0

# The schema of the base tables. In a file of that name DuckDB can't tell the one from the other.
OURS = "store"

# What a disk, a share or a broken file does to a question that is right.
FAILURES = (
    duckdb.IOException,
    duckdb.TransactionException,
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.SerializationException,
)

_kept: dict[Path, duckdb.DuckDBPyConnection] = {}

_IN_USE = ("Conflicting lock", "Could not set lock")
_NO_ROOM = ("No space left", "File too large", "Disk quota exceeded", "not enough disk space")
_NOT_ALLOWED = ("Permission denied", "Read-only file system")
_DAMAGED = (
    "Corrupt database file",
    "Could not read enough bytes",
    "Serialization Error",
    "INTERNAL Error",
    "FATAL Error",
)


@contextmanager
def open(path: Path, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a warehouse file, made when it is missing, with every table and view in place.

    A file of an older version is brought up to date when it is opened for writing, after a copy of it was made.
    Raises WarehouseError when the file is missing (read-only), not writable or out of room, its kinds InUse, Damaged
    (also when it is not DuckDB's) and Newer (written by a newer version of Pledgebook or DuckDB); also for what goes
    wrong with the file while it is open. Within ``kept_open`` it costs next to nothing.
    """
    if (shared := _kept.get(path.absolute())) is not None:
        with _closing(shared.cursor(), path) as connection:
            yield connection
        return
    connection = _connect(path, read_only=read_only)
    try:
        if read_only:
            _look(connection, path)
        else:
            _newer(connection, path)
            migrate.bring_up_to_date(connection, path)
        yield connection
    except FAILURES as error:
        raise explained(error, path) from error
    finally:
        connection.close()


@contextmanager
def kept_open(path: Path) -> Iterator[None]:
    """Keep a file open while the block runs, for all that open it within: a file is opened and closed in 0.05 s.

    Raises what ``open`` raises. Only for one thread at a time, which holds the turn.
    """
    with open(path) as connection:
        _kept[path.absolute()] = connection
        try:
            yield
        finally:
            del _kept[path.absolute()]


@contextmanager
def _closing(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        yield connection
    except FAILURES as error:
        raise explained(error, path) from error
    finally:
        connection.close()


def edition(connection: duckdb.DuckDBPyConnection) -> int:
    """Give the count of changes that a file went through; a published file has that of what it was copied from."""
    found = migrate.found_version(connection)
    if found is None or found[0] == 1:  # the first version did not count
        return 0
    row = connection.execute("select edition from store.version").fetchone()
    return int(row[0]) if row else 0


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    if path.name.lower().split(".")[0] == OURS:
        raise WarehouseError(
            f"{path}: DuckDB names a file's tables after the file, and {OURS} is what ours are called inside it",
            path=path,
            remedy="Name another file, such as pledges.duckdb",
        )
    if read_only and not path.is_file():
        raise WarehouseError(f"{path} does not exist", path=path, remedy="Load some documents first")
    ends = time.monotonic() + (0 if read_only else PATIENCE)
    while True:
        try:
            if read_only:
                return duckdb.connect(str(path), read_only=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            return duckdb.connect(str(path), config=WRITING)
        except (duckdb.Error, OSError) as error:
            problem = explained(error, path)
            if not isinstance(problem, InUse) or time.monotonic() >= ends:
                raise problem from error
        time.sleep(0.02)


def explained(error: Exception, path: Path) -> WarehouseError:
    """Say what DuckDB's message means for the person who sees it; the library has one class for most of them."""
    said = str(error).replace(str(path), "")  # a folder may well be called "lock"

    def speaks_of(words: tuple[str, ...]) -> bool:
        return any(word.lower() in said.lower() for word in words)

    if speaks_of(_IN_USE):
        return InUse(
            f"{path} is in use by another program",
            path=path,
            remedy="Wait for the other run to end, or close the program that holds the file for writing",
        )
    if speaks_of(_NO_ROOM):
        return WarehouseError(
            f"{path} can't be written: the disk is full",
            path=path,
            remedy="Make room and run again; what was published before stays in place, and nothing is lost",
        )
    if speaks_of(_NOT_ALLOWED):
        return WarehouseError(
            f"{path} can't be opened: permission denied", path=path, remedy="See that you may read and write it"
        )
    if speaks_of(("not a valid DuckDB",)):
        return Damaged(f"{path} is not a DuckDB file", path=path, remedy="Name another file")
    if speaks_of(("version number",)):
        return Newer(
            f"{path} was written by a newer DuckDB than {duckdb.__version__}",
            path=path,
            remedy="Update Pledgebook, or name another file",
        )
    if speaks_of(_DAMAGED):
        return Damaged(
            f"{path} is damaged: {_first_line(error)}", path=path, remedy="Put back a copy of it, if you have one"
        )
    return WarehouseError(
        f"{path} can't be opened: {_first_line(error)}",
        path=path,
        remedy="Check that the folder exists, may be written to, and has room",
    )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _look(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """See that a file is ours, and not newer than we are."""
    if _newer(connection, path) is None:
        raise WarehouseError(
            f"{path} holds no Pledgebook tables", path=path, remedy="Name a file that Pledgebook published"
        )


def _newer(connection: duckdb.DuckDBPyConnection, path: Path) -> int | None:
    found = migrate.found_version(connection)
    if found is not None and found[0] > migrate.newest():
        raise Newer(
            f"{path} has tables of version {found[0]}, newer than {migrate.newest()}",
            path=path,
            remedy="Update Pledgebook, or name another file",
        )
    return found[0] if found else None


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection, *, counts: bool = True) -> Iterator[None]:
    """Do everything inside or nothing. With ``counts`` it is a change that readers are to see at the next publish."""
    connection.begin()
    try:
        yield
        if counts:
            count_change(connection)
        connection.commit()
    except BaseException:
        with suppress(duckdb.Error):  # a commit that failed, or a file that broke, has nothing left to take back
            connection.rollback()
        raise


def count_change(connection: duckdb.DuckDBPyConnection) -> None:
    """Count a change that readers are to see at the next publish, within a transaction."""
    connection.execute("update store.version set edition = edition + 1")
