"""What settling needs of the warehouse: where new records lead, and all that what changed touches.

Ties and members are kept beside the records, so that a document added to many costs what it shares with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from schemas import Judgement, Member, Place, Resolution, Tie
from warehouse.connection import statement, transaction
from warehouse.errors import SuiteFailed
from warehouse.load import append


@dataclass(frozen=True, slots=True)
class Near:
    """What new records lead to: their ties with the cluster at the other end and whether its one holder is woken, the
    members that stand for the clusters with their ties and whether others there hold the node, the register entries
    that clusters are tied to, and the clusters that are torn.
    """

    members: Mapping[str, Member]
    leads: Sequence[tuple[Tie, str | None, bool]]
    standing: Mapping[str, Member]
    entries: Mapping[str, str]
    holds: Mapping[str, Sequence[tuple[Tie, bool]]]
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
    holds: dict[str, list[tuple[Tie, bool]]] = {row[0]: [] for row in standing}
    for row in connection.execute("from holds").fetchall():
        holds[row[0]].append((Tie(*row[:4]), bool(row[4])))
    torn = connection.execute("select canonical_id from torn").fetchall()
    return Near(
        members={row[0]: Member(row[0], row[1], row[2], frozenset(row[3])) for row in members},
        leads=[(Tie(*row[:4]), row[4], bool(row[5])) for row in rows],
        standing={row[0]: Member(row[0], row[1], row[2], frozenset(row[4] or ())) for row in standing},
        entries={row[0]: row[3] for row in standing if row[3]},
        holds=holds,
        torn=frozenset(row[0] for row in torn),
    )


def write_joined(
    connection: duckdb.DuckDBPyConnection, resolutions: Sequence[Resolution], heirs: Mapping[str, str]
) -> None:
    """Write where new records belong that touched nothing else, they don't wait any more; and which of them stand for
    clusters now in place of others."""
    with transaction(connection):
        connection.execute("create or replace temporary table heir (before varchar, after varchar)")
        append(connection, "heir", [{"before": before, "after": after} for before, after in heirs.items()])
        connection.execute(
            "update store.resolution set canonical_id = after from heir where resolution.canonical_id = heir.before"
        )
        connection.execute("create or replace temporary table joined as from store.resolution limit 0")
        append(connection, "joined", [r.model_dump() for r in resolutions])
        connection.execute("delete from store.resolution where record_id in (select record_id from joined)")
        connection.execute("insert into store.resolution from joined")
        connection.execute("delete from store.touched where record_id in (select record_id from joined)")


def unsettled(connection: duckdb.DuckDBPyConnection, judgements: Sequence[Judgement]) -> bool:
    """Tell whether any record waits to be settled, or people said something else than before."""
    touched = connection.execute("select 1 from store.touched limit 1").fetchone()
    return touched is not None or bool(_said(judgements) ^ _said_before(connection))


def touched(
    connection: duckdb.DuckDBPyConnection, judgements: Sequence[Judgement], *, sure: float
) -> tuple[list[Member], list[Tie], int]:
    """Give the records whose clusters may have changed, with their ties: all that is joined, by whatever way, to a
    record that is new, that lost one it was joined to, or that a judgement new or taken back speaks of.

    Actors that are tied alike, the surest of their ties being ``sure``, are given as one. How many records it is in
    all comes last.
    """
    _reach(connection, judgements)
    connection.execute(f"set variable sure = {sure:f}")
    connection.execute(statement("alike"))
    members = connection.execute(
        "select leader, any_value(document_id) filter (where record_id = leader), "
        "any_value(published_on) filter (where record_id = leader), "
        "any_value(states) filter (where record_id = leader), "
        "coalesce(list(document_id) filter (where record_id <> leader), []), count(*) from alike group by leader"
    ).fetchall()
    ties = connection.execute(
        "select t.record_id, t.node, t.rule, t.score from store.tie as t "
        "where t.record_id in (select leader from alike)"
    ).fetchall()
    found = [Member(row[0], row[1], row[2], frozenset(row[3]), tuple(row[4])) for row in members]
    return found, [Tie(*row) for row in ties], sum(row[5] for row in members)


def _reach(connection: duckdb.DuckDBPyConnection, judgements: Sequence[Judgement]) -> None:
    """Fill the temporary table reached: go from record to node to record until nothing new is found."""
    said, before = _said(judgements), _said_before(connection)
    changed = {record for pair in said ^ before for record in pair[:2]}
    connection.execute("create or replace temporary table judged (left_id varchar, right_id varchar)")
    append(
        connection,
        "judged",
        [{"left_id": left, "right_id": right} for left, right, verdict in sorted(said | before) if verdict != "unsure"],
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


def _said(judgements: Sequence[Judgement]) -> set[tuple[str, str, str]]:
    return {(*judgement.pair, judgement.verdict) for judgement in judgements}


def _said_before(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str, str]]:
    rows = connection.execute("select left_id, right_id, verdict from store.judgement").fetchall()
    return {(row[0], row[1], row[2]) for row in rows}


def write_settled(
    connection: duckdb.DuckDBPyConnection, places: Sequence[Place], judgements: Sequence[Judgement]
) -> None:
    """Write where the touched records belong; nothing waits to be settled then.

    Raises SuiteFailed, with nothing written, when a record would be left without its place.
    """
    with transaction(connection):
        connection.execute(
            "create or replace temporary table placed (record_id varchar, cluster varchar, rule varchar, score double)"
        )
        append(
            connection,
            "placed",
            [{"record_id": p.record_id, "cluster": p.cluster, "rule": p.rule, "score": p.score} for p in places],
        )
        connection.execute(statement("place"))
        connection.execute("delete from store.touched")
        connection.execute("delete from store.judgement")
        append(
            connection,
            "store.judgement",
            [{"left_id": j.pair[0], "right_id": j.pair[1], "verdict": j.verdict} for j in judgements],
        )
        _check(connection)


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    broken = connection.execute(statement("checks_resolution")).fetchone()
    if broken is not None:
        table, promise, times = broken
        raise SuiteFailed(f"{table}: {times} rows break '{promise}'", table=table, expectation=promise)
