"""Publishing: analysts read one file, the pipeline writes another, and one swap replaces the first whole."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from warehouse import connection as opened
from warehouse.connection import STORAGE_VERSION
from warehouse.errors import WarehouseError


def working_file(published: Path) -> Path:
    """Name the pipeline's own file beside a published one; ``publish`` copies the first over the second."""
    return published.parent / ".pledgebook" / f"{published.stem}.working.duckdb"


def publish(working: Path, published: Path) -> None:
    """Replace the published file by a copy of the working one, in one step.

    Readers that hold the old file keep it whole; the next to open gets the new one whole; nobody waits. A crash on
    the way leaves the old file in place, and the next publish takes away what it left. Raises WarehouseError when the
    folder can't be written to.
    """
    fresh = working_file(published).with_name(f"{published.stem}.fresh.duckdb")
    try:
        fresh.parent.mkdir(parents=True, exist_ok=True)
        with opened.open(working) as connection:  # held to the end: one publisher at a time
            _copy(connection, fresh)
            _flush(fresh)
            # the log of someone who wrote into the old file must not be played back onto the new one
            published.with_name(f"{published.name}.wal").unlink(missing_ok=True)
            os.replace(fresh, published)
        _flush(published.parent)
    except (OSError, duckdb.IOException) as error:
        raise WarehouseError(
            f"{published} can't be written: {error}",
            path=published,
            remedy="Check that the folder may be written to and has room",
        ) from error


def _copy(connection: duckdb.DuckDBPyConnection, fresh: Path) -> None:
    """Copy table by table: the copy is compact, of the chosen storage version, and whole without a log beside it."""
    for leftover in (fresh, fresh.with_name(f"{fresh.name}.wal")):
        leftover.unlink(missing_ok=True)
    name = connection.execute("select current_database()").fetchone()
    assert name is not None  # a connection always has a database
    target = str(fresh).replace("'", "''")
    source = str(name[0]).replace('"', '""')
    connection.execute("checkpoint")
    connection.execute(f"attach '{target}' as fresh (storage_version '{STORAGE_VERSION}')")
    connection.execute(f'copy from database "{source}" to fresh')
    connection.execute("detach fresh")


def _flush(path: Path) -> None:
    """See that a file, or the names in a folder, are on the disk and not only in the system's memory."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
