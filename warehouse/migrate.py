"""The shape of the tables through the versions: how a new file is made, and how an older one becomes a newer one.

``sql/tables.sql`` is version 1; each file ``sql/migrations/NNNN_what.sql`` makes version NNNN of the one before. A new
file walks the same way as an old one, so that a column is written down once. To add one, add a file.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError

log = logging.getLogger(__name__)

SQL = Path(__file__).parent / "sql"

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


def statement(name: str) -> str:
    """Give the text of ``sql/NAME.sql``."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """Give the steps from version 1 on: the version that each one makes, and its statements."""
    files = sorted((SQL / "migrations").glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return tuple((int(file.name[:4]), file.read_text(encoding="utf-8")) for file in files)


def newest() -> int:
    """Give the version of the tables that this Pledgebook writes."""
    return migrations()[-1][0] if migrations() else 1


@cache
def definition() -> str:
    """Hash all that makes a file what it is: another hash at the same version means other views."""
    parts = [statement("tables"), *(sql for _, sql in migrations()), *(statement(f"view_{view}") for view in VIEWS)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def found_version(connection: duckdb.DuckDBPyConnection) -> tuple[int, str] | None:
    """Give the version and the definition of the tables in an open file; None when they are not there."""
    try:
        row = connection.execute("select version, definition from store.version").fetchone()
    except duckdb.CatalogException:
        return None
    return (int(row[0]), str(row[1])) if row else None


def bring_up_to_date(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Make what is missing in a file that is open for writing, in one transaction.

    An older version is copied beside the published file first. Raises WarehouseError when there is no room for that.
    """
    found = found_version(connection)
    if found == (newest(), definition()):
        return
    if found is not None and found[0] < newest():
        kept = back_up(connection, path, version=found[0])
        log.warning("%s: version %d of the tables becomes %d; the file as it was is %s", path, found[0], newest(), kept)
    connection.begin()
    try:
        connection.execute(statement("tables"))
        for number, sql in migrations():
            if found is None or number > found[0]:
                connection.execute(sql)
        for view in VIEWS:
            connection.execute(statement(f"view_{view}"))
        _write_version(connection)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _write_version(connection: duckdb.DuckDBPyConnection) -> None:
    # values are written out: DuckDB imports pandas for those that are handed over
    edition = connection.execute("select max(edition) + 1 from store.version").fetchone()
    number = edition[0] if edition and edition[0] is not None else 0
    connection.execute("delete from store.version")
    connection.execute(
        f"insert into store.version (version, definition, edition) values ({newest()}, '{definition()}', {number})"
    )


def back_up(connection: duckdb.DuckDBPyConnection, path: Path, *, version: int) -> Path:
    """Copy an open file as it stands; give the copy: ``NAME.v1-20261122T061500Z.duckdb``, beside the published file.

    Raises WarehouseError when that can't be done.
    """
    folder = path.parent.parent if path.parent.name == ".pledgebook" else path.parent
    name = path.stem.removesuffix(".working")
    copy = folder / f"{name}.v{version}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.duckdb"
    partial = copy.with_suffix(".part")
    connection.execute("checkpoint")  # so that all of it is in the file, and nothing in the log beside it
    try:
        shutil.copyfile(path, partial)
        partial.replace(copy)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise WarehouseError(
            f"{path} is of an older version, and no copy could be made before it is changed: {error.strerror}",
            path=path,
            remedy=f"Make room in {folder}, or see that it may be written to, and run again",
        ) from error
    return copy
