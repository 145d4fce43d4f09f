"""Publishing: analysts read one file, the pipeline writes another, and one swap replaces the first whole."""

from __future__ import annotations

import os
import tempfile
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
    the way leaves the old file in place (and a temporary one beside the working file). Raises WarehouseError when
    the folder can't be written to.
    """
    try:
        published.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".pledgebook-", dir=published.parent) as folder:
            fresh = Path(folder) / published.name
            _copy(working, fresh)
            _flush(fresh)
            os.replace(fresh, published)
        _flush(published.parent)
    except (OSError, duckdb.IOException) as error:
        raise WarehouseError(
            f"{published} can't be written: {error}",
            path=published,
            remedy="Check that the folder may be written to and has room",
        ) from error


def _copy(working: Path, fresh: Path) -> None:
    """Copy table by table: the copy is compact, of the chosen storage version, and whole without a log beside it."""
    with opened.open(working) as connection:
        name = connection.execute("select current_database()").fetchone()
        assert name is not None  # a connection always has a database
        target = str(fresh).replace("'", "''")
        connection.execute("checkpoint")
        connection.execute(f"attach '{target}' as fresh (storage_version '{STORAGE_VERSION}')")
        connection.execute(f'copy from database "{name[0]}" to fresh')
        connection.execute("detach fresh")


def _flush(path: Path) -> None:
    """See that a file, or the names in a folder, are on the disk and not only in the system's memory."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
