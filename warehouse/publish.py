"""Publishing: analysts read one file, the pipeline writes another, and one swap replaces the first whole."""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import suppress
from pathlib import Path

import duckdb

from warehouse import connection as opened
from warehouse.connection import STORAGE_VERSION
from warehouse.errors import WarehouseError

_FEW_BLOCKS = 64  # of 256 KB: below that, a file need not be made smaller


def working_file(published: Path) -> Path:
    """Name the pipeline's own file beside a published one; ``publish`` copies the first over the second."""
    return published.parent / ".pledgebook" / f"{published.stem}.working.duckdb"


def publish(working: Path, published: Path, *, compact: bool = False) -> None:
    """Replace the published file by a copy of the working one, in one step.

    Readers that hold the old file keep it whole; the next to open gets the new one whole; nobody waits. A crash on
    the way leaves the old file in place, and the next publish takes away what it left. With ``compact``, and when most
    of the working file is free blocks, both files are written anew, so that what was deleted stands in no free block
    of either; else the copy is one of bytes, which takes a fiftieth of the time (docs/decisions/0020). Raises
    WarehouseError when the folder can't be written to or has no room.
    """
    fresh = working_file(published).with_name(f"{published.stem}.fresh.duckdb")
    try:
        fresh.parent.mkdir(parents=True, exist_ok=True)
        _give_back(fresh)
        with opened.open(working) as connection:
            connection.execute("checkpoint")
            compact = compact or _mostly_free(connection)
            if compact:
                _copy(connection, fresh, published)
                _flush(fresh)
                replace_by_copy(fresh, working)
        if not compact:
            _copy_bytes(working, fresh)
            _flush(fresh)
        # the log of someone who wrote into the old file must not be played back onto the new one
        published.with_name(f"{published.name}.wal").unlink(missing_ok=True)
        os.replace(fresh, published)
        _flush(published.parent)
    except OSError as error:
        _give_back(fresh)
        raise WarehouseError(
            f"{published} can't be written: {(error.strerror or str(error)).lower()}",
            path=published,
            remedy="Check that the folder may be written to and has room; the last good file stays in place",
        ) from error
    except WarehouseError:
        _give_back(fresh)
        raise


def replace_by_copy(source: Path, target: Path) -> None:
    """Put a copy of a whole file in the place of another in one step, and take away the log beside the other."""
    partial = target.with_name(f"{target.name}.part")
    try:
        shutil.copyfile(source, partial)
        _flush(partial)
        target.with_name(f"{target.name}.wal").unlink(missing_ok=True)
        os.replace(partial, target)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def _copy(connection: duckdb.DuckDBPyConnection, fresh: Path, published: Path) -> None:
    """Copy table by table: the copy is compact, of the chosen storage version, and whole without a log beside it."""
    name = connection.execute("select current_database()").fetchone()
    assert name is not None  # a connection always has a database
    target = str(fresh).replace("'", "''")
    source = str(name[0]).replace('"', '""')
    try:
        connection.execute(f"attach '{target}' as fresh (storage_version '{STORAGE_VERSION}')")
        connection.execute(f'copy from database "{source}" to fresh')
        connection.execute("detach fresh")
    except duckdb.Error as error:
        if fresh.name in str(error):  # else it is the working file that can't be read
            raise opened.explained(error, published) from error
        raise


def _mostly_free(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether a file holds more free blocks than used ones, and is large enough for that to matter."""
    found = connection.execute(
        "select used_blocks, free_blocks from pragma_database_size() where database_name = current_database()"
    ).fetchone()
    return found is not None and found[1] > max(found[0], _FEW_BLOCKS)


def _copy_bytes(working: Path, fresh: Path) -> None:
    """Copy a file that was checkpointed and closed, and that nobody can open for writing meanwhile."""
    with working.open("rb") as source, fresh.open("xb") as target:
        # the lock that DuckDB itself asks for; ours on the turn keeps only our own programs away
        fcntl.lockf(source, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if working.with_name(f"{working.name}.wal").exists():
            raise WarehouseError(
                f"{working} was written to while it was published", path=working, remedy="Run again: nothing is lost"
            )
        shutil.copyfileobj(source, target, 1 << 20)


def _give_back(fresh: Path) -> None:
    """Take away what a publish that failed or was killed left behind, and the room that it takes."""
    for leftover in (fresh, fresh.with_name(f"{fresh.name}.wal")):
        with suppress(OSError):
            leftover.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """See that a file, or the names in a folder, are on the disk and not only in the system's memory."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
