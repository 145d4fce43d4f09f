"""Entity resolution: which records, of one document or of many, speak of the same thing.

    records ──► ties to nodes ─────────┐
    documents ──► twins ──► alignment ─┴─► clusters ──► canonical ids
                             judgements ─┘

Rules tie each record to the nodes it belongs to: a register entry, a name, what a name says word by word. Twins (one
text in two languages) are found and aligned, and their records paired. The record of the earliest document stands for
its cluster: its id is the canonical id, and every record keeps its own beside it. The result depends on the set of
records, documents and judgements alone, not on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extract.resolve import actors, agreements, romanised, sums, twins
from extract.resolve.clusters import places, resolutions
from extract.resolve.judged import judged
from extract.resolve.links import Rule, by_document
from extract.resolve.pairing import align, twin_ties
from extract.resolve.proposals import Proposal, proposals
from schemas import Agreement, Document, Judgement, Member, Place, Record, Resolution, Tie

# Rules that tie a record to its nodes. A new rule is a function and a place in this tuple.
RULES: tuple[Rule, ...] = (
    actors.same_register_entry,
    actors.same_name,
    actors.same_words,
    actors.same_acronym,
    actors.same_office,
    romanised.same_romanised_name,
    agreements.same_register_entry,
    agreements.same_title,
    sums.same_sum_and_use,
    sums.same_sum_and_parties,
)


def resolve(
    records: Sequence[Record], documents: Iterable[Document], judgements: Iterable[Judgement] = ()
) -> list[Resolution]:
    """Give every record its canonical id, in the order of record ids.

    Raises JudgementConflictError when judgements contradict each other.
    """
    by_id = {document.document_id: document for document in documents}
    own = list(own_ties(records, by_id))
    signs = {identifier: twins.signs(document) for identifier, document in sorted(by_id.items())}
    paired = ties_of_twins(records, signs, by_id, twins.pairs(by_id, signs), own)
    found = list(members(records, by_id))
    return resolutions(found, settle(found, [*own, *paired], judgements))


def members(records: Iterable[Record], documents: Mapping[str, Document]) -> Iterator[Member]:
    """Give what settling needs to know of each record."""
    for record in records:
        document = documents.get(record.document_id)
        published = document.published_on.first if document and document.published_on else None
        states = agreements.bound_states(record) if isinstance(record, Agreement) else frozenset[str]()
        yield Member(record.id, record.document_id, published, states)


def settle(members: Iterable[Member], ties: Iterable[Tie], judgements: Iterable[Judgement] = ()) -> list[Place]:
    """Make clusters of records by their ties and by what people said.

    Records that share no node with any other given here may be left out: they don't change the result for the rest.
    Raises JudgementConflictError when judgements contradict each other.
    """
    return places(members, ties, judged(judgements))


def own_ties(records: Iterable[Record], documents: Mapping[str, Document]) -> Iterator[Tie]:
    """Tie records to nodes by what each of them says by itself."""
    for record in records:
        document = documents.get(record.document_id)
        for rule in RULES:
            yield from rule(record, document)


def ties_of_twins(
    records: Sequence[Record],
    signs: Mapping[str, twins.Signs],
    documents: Mapping[str, Document],
    pairs: Iterable[tuple[str, str]],
    own: Iterable[Tie],
) -> Iterator[Tie]:
    """Tie the records of each pair of twins to each other; ``own`` are the ties of each of them by itself."""
    found = by_document(records)
    nodes: dict[str, set[str]] = defaultdict(set)
    for tie in own:
        nodes[tie.record_id].add(tie.node)
    for left, right in pairs:
        aligned = align(signs[left], signs[right], (len(documents[left].text), len(documents[right].text)))
        yield from twin_ties(found.get(left, []), found.get(right, []), aligned, nodes)


__all__ = ["RULES", "Proposal", "members", "own_ties", "proposals", "resolve", "settle", "ties_of_twins"]
