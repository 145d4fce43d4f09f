"""Entity resolution over the pipeline's own file: what is new is compared with what it shares something with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import warehouse
from flows.inbox import fingerprint
from schemas import Judgement

FEW = 50
"""So many new documents are looked at one record at a time; more are settled with all that they touch."""


def resolve(working: Path, judgements: Sequence[Judgement] = ()) -> int:
    """Find which records of all documents speak of the same thing, and write it; give how many records were settled.

    Touches only what changed: documents that are new or gone, judgements that are new or taken back, and what is
    joined to their records. Raises JudgementConflictError, with nothing settled, when judgements contradict each other.
    """
    from extract.resolve import settle

    with warehouse.open(working) as connection:
        new = tie_new(connection)
        joined = join_new(connection) if 0 < new <= FEW else 0
        members, ties = warehouse.touched(connection, judgements)
        resolutions = settle(members, ties, judgements)
        warehouse.write_settled(connection, resolutions, judgements)
    return len(resolutions) + joined


def join_new(connection: warehouse.Connection) -> int:
    """Settle the records of new documents that join what is there without stirring it; give how many."""
    from extract.resolve.joining import Lead, join_quietly

    near = warehouse.near(connection)
    leads = [Lead(*row) for row in near.leads]
    joined = join_quietly(near.members, leads, near.standing, near.entries, near.torn)
    warehouse.write_joined(connection, joined)
    return len(joined)


def tie_new(connection: warehouse.Connection) -> int:
    """Tie the records of documents that are new, and pair them with those of their twins; give how many documents."""
    from extract.resolve import members, own_ties, ties_of_twins, twins

    engine = fingerprint()
    new = warehouse.untied(connection, engine=engine)
    if not new:
        return 0
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
    return len(new)
