"""What entity resolution needs of the warehouse: what is new, what it shares with the rest, and what that touches.

Ties, signs and members are kept beside the records, so that a document added to many costs what it shares with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from schemas import Judgement, Member, Resolution, Tie
from warehouse.connection import statement, transaction
from warehouse.load import append, check, write_clusters
from warehouse.rows import Row


def untied(connection: duckdb.DuckDBPyConnection, *, engine: str) -> list[str]:
    """Give the documents whose records are not tied yet, or were by other rules."""
    rows = connection.execute(
        "select document_id from store.document where document_id not in "
        "(select document_id from store.tied where engine = ?) order by document_id",
        [engine],
    ).fetchall()
    return [row[0] for row in rows]


def write_signs(connection: duckdb.DuckDBPyConnection, signs: Mapping[str, Iterable[str]]) -> None:
    """Write the signs by which documents are compared, in place of what was there of them."""
    _fresh(connection, list(signs))
    with transaction(connection):
        connection.execute("delete from store.sign where document_id in (select document_id from fresh)")
        rows: list[Row] = [{"document_id": key, "sign": sign} for key, found in signs.items() for sign in found]
        append(connection, "store.sign", rows)


def sharing(
    connection: duckdb.DuckDBPyConnection, documents: Sequence[str], *, common: int, enough: int
) -> list[tuple[str, str]]:
    """Pair each of the documents with those that share ``enough`` signs that no more than ``common`` documents have."""
    _fresh(connection, documents)
    rows = connection.execute(statement("sharing"), {"common": common, "enough": enough}).fetchall()
    return sorted({(row[0], row[1]) for row in rows})


def write_ties(
    connection: duckdb.DuckDBPyConnection,
    documents: Sequence[str],
    members: Iterable[Member],
    ties: Iterable[Tie],
    *,
    engine: str,
) -> None:
    """Write the ties of documents' records, in place of what was there of them; their clusters are to be settled."""
    _fresh(connection, documents)
    told = {(tie.record_id, tie.node): tie for tie in ties}
    incoming: list[Row] = [
        {"record_id": t.record_id, "node": t.node, "rule": t.rule, "score": t.score} for t in told.values()
    ]
    with transaction(connection):
        connection.execute("create or replace temporary table telling as from store.tie limit 0")
        append(connection, "telling", incoming)
        connection.execute(statement("delete_ties"))
        rows: list[Row] = [
            {"record_id": m.record_id, "document_id": m.document_id, "states": sorted(m.states)} for m in members
        ]
        append(connection, "store.member", rows)
        append(connection, "store.touched", [{"record_id": row["record_id"]} for row in rows])
        append(connection, "store.tied", [{"document_id": key, "engine": engine} for key in documents])
        connection.execute("insert into store.tie from telling")


@dataclass(frozen=True, slots=True)
class Near:
    """What new records lead to: their ties with the cluster at the other end and whether its one holder is woken, the
    members that stand for the clusters, the register entries that clusters are tied to, and the clusters that are torn.
    """

    members: Mapping[str, Member]
    leads: Sequence[tuple[Tie, str | None, bool]]
    standing: Mapping[str, Member]
    entries: Mapping[str, str]
    torn: frozenset[str]


def near(connection: duckdb.DuckDBPyConnection) -> Near:
    """Look where the records lead that wait to be settled and are joined to none yet."""
    connection.execute(statement("near"))
    rows = connection.execute("from near").fetchall()
    members = connection.execute(
        "select m.record_id, m.document_id, d.published_on, m.states from store.member as m "
        "join fresh_records using (record_id) join store.document as d using (document_id)"
    ).fetchall()
    standing = connection.execute("from standing").fetchall()
    torn = connection.execute("select canonical_id from torn").fetchall()
    return Near(
        members={row[0]: Member(row[0], row[1], row[2], frozenset(row[3])) for row in members},
        leads=[(Tie(*row[:4]), row[4], bool(row[5])) for row in rows],
        standing={row[0]: Member(row[0], row[1], row[2], frozenset(row[4] or ())) for row in standing},
        entries={row[0]: row[3] for row in standing if row[3]},
        torn=frozenset(row[0] for row in torn),
    )


def write_joined(connection: duckdb.DuckDBPyConnection, resolutions: Sequence[Resolution]) -> None:
    """Write where new records belong that touched nothing else; they don't wait any more."""
    with transaction(connection):
        write_clusters(connection, resolutions)
        connection.execute("delete from store.touched where record_id in (select record_id from resolved)")


def touched(connection: duckdb.DuckDBPyConnection, judgements: Sequence[Judgement]) -> tuple[list[Member], list[Tie]]:
    """Give the records whose clusters may have changed, with their ties: all that is joined, by whatever way, to a
    record that is new, that lost one it was joined to, or that a judgement new or taken back speaks of."""
    said = [(*j.pair, j.verdict) for j in judgements]
    before = connection.execute("select left_id, right_id, verdict from store.judgement").fetchall()
    changed = {record for pair in set(said) ^ set(before) for record in pair[:2]}
    connection.execute("create or replace temporary table judged (left_id varchar, right_id varchar)")
    append(
        connection,
        "judged",
        [{"left_id": left, "right_id": right} for left, right, verdict in {*said, *before} if verdict != "unsure"],
    )
    connection.execute(
        "create or replace temporary table reached as select distinct record_id from "
        "(from store.touched union all select unnest(?::varchar[]))",
        [sorted(changed)],
    )
    connection.execute("create or replace temporary table newly as from reached")
    while connection.execute("select 1 from newly limit 1").fetchone():
        connection.execute("create or replace temporary table settled as from reached")
        connection.execute(statement("touched"))
        connection.execute(
            "create or replace temporary table newly as from reached anti join settled using (record_id)"
        )
    members = connection.execute(
        "select m.record_id, m.document_id, d.published_on, m.states from store.member as m "
        "join reached using (record_id) join store.document as d using (document_id)"
    ).fetchall()
    ties = connection.execute("select t.* from store.tie as t join reached using (record_id)").fetchall()
    return [Member(row[0], row[1], row[2], frozenset(row[3])) for row in members], [Tie(*row) for row in ties]


def write_settled(
    connection: duckdb.DuckDBPyConnection, resolutions: Sequence[Resolution], judgements: Sequence[Judgement]
) -> None:
    """Write where the touched records belong; nothing waits to be settled then."""
    with transaction(connection):
        write_clusters(connection, resolutions)
        connection.execute("delete from store.touched")
        connection.execute("delete from store.judgement")
        append(
            connection,
            "store.judgement",
            [{"left_id": j.pair[0], "right_id": j.pair[1], "verdict": j.verdict} for j in judgements],
        )
        check(connection)


def _fresh(connection: duckdb.DuckDBPyConnection, documents: Sequence[str]) -> None:
    connection.execute("create or replace temporary table fresh (document_id varchar)")
    append(connection, "fresh", [{"document_id": key} for key in documents])
