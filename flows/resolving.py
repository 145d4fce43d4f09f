"""Entity resolution over the pipeline's own file: what is new is compared with what it shares something with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

import warehouse
from flows.inbox import fingerprint
from schemas import Judgement


def resolve(working: Path, judgements: Sequence[Judgement] = ()) -> int:
    """Find which records of all documents speak of the same thing, and write it; give how many records were settled.

    Touches only what changed: documents that are new or gone, judgements that are new or taken back, and what is
    joined to their records. Raises JudgementConflictError, with nothing settled, when judgements contradict each other.
    """
    from extract.resolve import settle

    with warehouse.open(working) as connection:
        tie_new(connection)
        members, ties = warehouse.touched(connection, judgements)
        resolutions = settle(members, ties, judgements)
        warehouse.write_settled(connection, resolutions, judgements)
    return len(resolutions)


def tie_new(connection: duckdb.DuckDBPyConnection) -> None:
    """Tie the records of documents that are new, and pair them with those of their twins."""
    from extract.resolve import members, own_ties, ties_of_twins, twins

    engine = fingerprint()
    new = warehouse.untied(connection, engine=engine)
    if not new:
        return
    documents = {document.document_id: document for document in warehouse.documents(connection, new)}
    signs = {key: twins.signs(document) for key, document in documents.items()}
    warehouse.write_signs(connection, {key: twins.keys(documents[key], read) for key, read in signs.items()})
    near = warehouse.sharing(connection, new, common=twins.COMMON, enough=twins.ENOUGH)
    others = sorted({key for pair in near for key in pair} - documents.keys())
    documents |= {document.document_id: document for document in warehouse.documents(connection, others)}
    signs |= {key: twins.signs(documents[key]) for key in others}
    pairs = [(a, b) for a, b in near if twins.are_twins(documents[a], documents[b], signs[a], signs[b])]
    partners = sorted({key for pair in pairs for key in pair} - set(new))
    records = warehouse.records(connection, new)
    own = list(own_ties(records, documents))
    theirs = warehouse.records(connection, partners)
    paired = ties_of_twins([*records, *theirs], documents, pairs, [*own, *own_ties(theirs, documents)])
    warehouse.write_ties(connection, new, members(records, documents), [*own, *paired], engine=engine)
