"""What finding twins needs of the warehouse: documents sharing signs with those that came, and twins that fell apart.

Signs stand beside the documents. A sign in many documents tells nothing. Which those are depends on all that is loaded
and on nothing else: a sign that turns common parts twins again, one that turns telling again brings some together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import duckdb

from schemas import Member, Tie
from warehouse.connection import statement, transaction
from warehouse.load import append
from warehouse.rows import Row

Pair = tuple[str, str]


def untied(connection: duckdb.DuckDBPyConnection, *, engine: str) -> list[str]:
    """Give the documents whose records are not tied yet, or were by other rules."""
    rows = connection.execute(
        "select document_id from store.document where document_id not in "
        "(select document_id from store.tied where engine = ?) order by document_id",
        [engine],
    ).fetchall()
    return [row[0] for row in rows]


def stirred(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether documents came or went whose signs were not looked at since."""
    return connection.execute("select 1 from store.stirred limit 1").fetchone() is not None


def write_signs(connection: duckdb.DuckDBPyConnection, signs: Mapping[str, Iterable[str]]) -> None:
    """Write the signs by which documents are compared, in place of what was there of them."""
    connection.execute("create or replace temporary table fresh (document_id varchar)")
    append(connection, "fresh", [{"document_id": key} for key in signs])
    with transaction(connection):
        old = "from store.sign where document_id in (select document_id from fresh)"
        connection.execute(f"insert into store.stirred select sign {old}")
        connection.execute(f"delete {old}")
        rows: list[Row] = [{"document_id": key, "sign": sign} for key, found in signs.items() for sign in found]
        append(connection, "store.sign", rows)
        connection.execute(f"insert into store.stirred select distinct sign {old}")


def sharing(connection: duckdb.DuckDBPyConnection, *, common: int, enough: int) -> list[Pair]:
    """Pair the documents whose signs were written last, and those that share a sign that tells again, with the ones
    that share ``enough`` signs that no more than ``common`` documents have."""
    connection.execute(f"set variable common = {common:d}; set variable enough = {enough:d}")
    connection.execute(statement("turned"))
    rows = connection.execute(statement("sharing")).fetchall()
    connection.execute(statement("parted"))
    return sorted({(row[0], row[1]) for row in rows})


def write_ties(
    connection: duckdb.DuckDBPyConnection,
    documents: Sequence[str],
    members: Iterable[Member],
    ties: Iterable[Tie],
    twins: Iterable[Pair],
    *,
    engine: str,
) -> None:
    """Write the ties of documents' records and the twins among what was compared, in place of what was there of them;
    the clusters of whoever loses or gains a tie are to be settled."""
    told = {(tie.record_id, tie.node): tie for tie in ties}
    incoming: list[Row] = [
        {"record_id": t.record_id, "node": t.node, "rule": t.rule, "score": t.score} for t in told.values()
    ]
    rows: list[Row] = [
        {"record_id": m.record_id, "document_id": m.document_id, "states": sorted(m.states)} for m in members
    ]
    with transaction(connection):
        connection.execute("create or replace temporary table telling as from store.tie limit 0")
        append(connection, "telling", incoming)
        connection.execute(statement("write_ties"))
        append(connection, "store.member", rows)
        append(connection, "store.touched", [{"record_id": row["record_id"]} for row in rows])
        append(connection, "store.tied", [{"document_id": key, "engine": engine} for key in documents])
        append(connection, "store.twin", [{"left_id": left, "right_id": right} for left, right in twins])
