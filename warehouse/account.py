"""The account of runs, and decisions about what was set aside; row by row, without Arrow, so that it costs little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb

from warehouse.connection import statement, transaction
from warehouse.rows import run_row, utc

DUCKDB_VERSION: str = duckdb.__version__
"""For the account, told by those who may import it."""


def account(connection: duckdb.DuckDBPyConnection, run: Mapping[str, Any], *, counts: bool = True) -> None:
    """Write the row of a run, in place of what was there of it. Without ``counts`` it alone is no news to publish.

    ``run`` has the fields of ``schemas.Run``, as plain values: Pydantic would take longer than the run.
    One run writes at a time, so any other that still seems to go on was killed, and is said to be interrupted.
    """
    row = run_row(run)
    names = ", ".join(row)
    values = ", ".join(map(literal, row.values()))
    with transaction(connection, counts=counts):
        connection.execute(f"delete from store.run where run_id = {literal(row['run_id'])}")
        if connection.execute("select 1 from store.run where status = 'running'").fetchone():
            connection.execute(statement("close_interrupted"))
        connection.execute(f"insert into store.run ({names}) values ({values})")


def literal(value: str | int | datetime | list[str] | None) -> str:
    """Write a value as SQL: to hand it over would have DuckDB import pandas, in a run that has nothing to do."""
    if value is None:
        return "null"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]::varchar[]"
    if isinstance(value, datetime):
        return f"timestamp '{value.isoformat(sep=' ')}'"
    if isinstance(value, int):
        return str(value)
    quoted = value.replace("'", "''").replace("\0", "")  # the only character that means something in such a string
    return f"'{quoted}'"


def waiting(connection: duckdb.DuckDBPyConnection) -> int:
    """Count what waits in quarantine: what a person decided to leave there doesn't."""
    found = connection.execute("select count(*) from quarantine where dismissed_at is null").fetchone()
    return int(found[0]) if found else 0


def dismiss(connection: duckdb.DuckDBPyConnection, ids: Sequence[str], *, because: str, at: datetime) -> None:
    """Write down that a person leaves these items in quarantine, and why; said again, the new reason holds."""
    with transaction(connection):
        asked = {"ids": list(ids)}
        connection.execute(statement("undo_dismissal"), asked)
        connection.execute(statement("dismiss"), asked | {"because": because, "at": utc(at)})


def take_up(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> None:
    """Take back that items were dismissed: they wait again."""
    with transaction(connection):
        connection.execute(statement("undo_dismissal"), {"ids": list(ids)})
