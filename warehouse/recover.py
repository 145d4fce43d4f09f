"""Before a run: the pipeline's own file in place and up to date, whatever became of it or of the published one.

Nothing is ever deleted here: a file that can't be used is set aside under another name, and said to be.
"""

from __future__ import annotations

import glob
import logging
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse import connection as opened
from warehouse import migrate
from warehouse.errors import Damaged, InUse, WarehouseError
from warehouse.publish import replace_by_copy, working_file

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the files of a warehouse stand before a run.

    ``working`` is the pipeline's own, ``unpublished`` whether it holds what readers don't see yet, ``last_run`` when
    the last run began (UTC).
    """

    working: Path
    unpublished: bool
    last_run: datetime | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a look into a file shows: the version of its tables, the changes it went through, its last run."""

    version: int
    edition: int
    last_run: datetime | None


def recover(published: Path) -> Standing:
    """See that the pipeline's own file can be used, from the published one where need be.

    A working file that is damaged, or older than the published one, is set aside and made again from that; a
    published file that is damaged is set aside, and the next publish makes it again. Raises WarehouseError when
    there is no way on: neither file is sound (Damaged), one is of a newer version (Newer), another program writes the
    working file (InUse), or the folder can't be written to.
    """
    working = working_file(published)
    shown, own = _look(published), _look(working)
    assert not isinstance(own, InUse)  # raised instead
    if isinstance(own, Damaged):
        if not isinstance(shown, _Seen):
            raise _no_way_on(working, published)
        _set_aside(working, "damaged", own)
        own = None
    if isinstance(shown, Damaged):
        if own is None:
            raise shown
        _set_aside(published, "damaged", shown)
        shown = None
    if own is not None and isinstance(shown, _Seen) and own.edition < shown.edition:
        why = f"{published} went through {shown.edition} changes, it only through {own.edition}"
        _set_aside(working, "older", why)
        own = None
    if isinstance(shown, InUse) and own is None:
        raise shown
    if isinstance(shown, _Seen) and own is None:
        _copy(published, working)
        own = shown
    if own is not None and own.version < migrate.newest():
        own = _brought_up_to_date(working)
    unpublished = own is not None and (not isinstance(shown, _Seen) or own.edition != shown.edition)
    return Standing(working, unpublished, own.last_run if own else None)


def start_again(published: Path, why: WarehouseError) -> Standing:
    """Set a working file aside that turned out to be damaged on the way, and start from the published one.

    Raises ``why`` when there is no sound published file to start from.
    """
    if not isinstance(_look(published), _Seen):
        raise why
    _set_aside(working_file(published), "damaged", why)
    return recover(published)


def copies(published: Path) -> list[Path]:
    """Give the copies that were kept of a warehouse: before a change of version, or because they were damaged."""
    folders = (published.parent, working_file(published).parent)
    name = glob.escape(published.stem)
    patterns = (f"{name}.v[0-9]*-*.duckdb", f"{name}.*damaged-*.duckdb", f"{name}.*older-*.duckdb")
    return sorted(copy for folder in folders for pattern in patterns for copy in folder.glob(pattern))


def _look(path: Path) -> _Seen | Damaged | InUse | None:
    """Look into a file, or give why that can't be done; None when there is no file."""
    if not path.is_file():
        return None
    try:
        with opened.open(path, read_only=True) as connection:
            return _seen(connection)
    except Damaged as error:
        return error
    except InUse as error:
        if path.parent.name == ".pledgebook":
            raise
        return error  # someone writes into the published file: their copy, and replaced whole by the next publish


def _seen(connection: opened.Connection) -> _Seen:
    found = migrate.found_version(connection)
    last = connection.execute("select max(started_at) from store.run").fetchone()
    began = last[0].replace(tzinfo=UTC) if last and last[0] else None
    return _Seen(found[0] if found else 0, opened.edition(connection), began)


def _brought_up_to_date(working: Path) -> _Seen:
    with opened.open(working) as connection:
        return _seen(connection)


def _copy(published: Path, working: Path) -> None:
    try:
        replace_by_copy(published, working)
    except OSError as error:
        raise WarehouseError(
            f"{working} can't be written: {(error.strerror or str(error)).lower()}",
            path=working,
            remedy="Check that the folder may be written to and has room",
        ) from error


def _set_aside(path: Path, what: str, why: object) -> None:
    """Rename a file, with the log beside it, so that it is out of the way and can be looked at."""
    kept = path.with_name(f"{path.stem}.{what}-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.duckdb")
    os.replace(path, kept)
    log_file = path.with_name(f"{path.name}.wal")
    if log_file.is_file():
        os.replace(log_file, kept.with_name(f"{kept.name}.wal"))
    log.warning("%s could not be used and is now %s (%s)", path, kept.name, why)


def _no_way_on(working: Path, published: Path) -> Damaged:
    return Damaged(
        f"{working} is damaged, and there is no sound {published.name} to start from",
        path=working,
        remedy=f"Put back a copy of {published.name}, or move both files away to read the inbox from the start",
    )
