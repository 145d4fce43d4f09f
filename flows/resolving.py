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
    with warehouse.open(working) as connection:
        return resolve_in(connection, judgements)


def resolve_in(connection: warehouse.Connection, judgements: Sequence[Judgement] = ()) -> int:
    """Do the same in a file that is open."""
    from extract.resolve import settle
    from extract.resolve.clusters import SURE

    new = tie_new(connection)
    joined = join_new(connection) if 0 < new <= FEW else 0
    if not warehouse.unsettled(connection, judgements):
        return joined
    members, ties, settled = warehouse.touched(connection, judgements, sure=SURE)
    warehouse.write_settled(connection, settle(members, ties, judgements), judgements)
    return settled + joined


def join_new(connection: warehouse.Connection) -> int:
    """Settle the records of new documents that join what is there without stirring it; give how many."""
    from extract.resolve.joining import Around, Lead, join_quietly

    near = warehouse.near(connection)
    around = Around(near.standing, near.entries, near.holds, near.torn)
    joined, heirs = join_quietly(near.members, [Lead(*row) for row in near.leads], around)
    warehouse.write_joined(connection, joined, heirs)
    return len(joined)


def tie_new(connection: warehouse.Connection) -> int:
    """Tie the records of documents that are new, and pair them with those of their twins; give how many documents.

    Documents that were there are paired anew when what came or went changes which names are common.
    """
    from extract.resolve import members, own_ties, ties_of_twins, twins

    engine = fingerprint()
    new = warehouse.untied(connection, engine=engine)
    if not new and not warehouse.stirred(connection):
        return 0
    documents = {document.document_id: document for document in warehouse.documents(connection, new)}
    signs = {key: twins.signs(document) for key, document in documents.items()}
    warehouse.write_signs(connection, {key: twins.keys(documents[key], read) for key, read in signs.items()})
    near = warehouse.sharing(connection, common=twins.COMMON, enough=twins.ENOUGH)
    others = sorted({key for pair in near for key in pair} - documents.keys())
    documents |= {document.document_id: document for document in warehouse.documents(connection, others)}
    signs |= {key: twins.signs(documents[key]) for key in others}
    pairs = [(a, b) for a, b in near if twins.are_twins(documents[a], documents[b], signs[a], signs[b])]
    partners = sorted({key for pair in pairs for key in pair} - set(new))
    both = warehouse.records(connection, [*new, *partners])
    fresh = frozenset(new)
    records = [record for record in both if record.document_id in fresh]
    theirs = [record for record in both if record.document_id not in fresh]
    own = list(own_ties(records, documents))
    paired = ties_of_twins(both, signs, documents, pairs, [*own, *own_ties(theirs, documents)])
    warehouse.write_ties(connection, new, members(records, documents), [*own, *paired], pairs, engine=engine)
    return len(new)
