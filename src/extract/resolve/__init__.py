"""Entity resolution: which records, of one document or of many, speak of the same thing.

Rules propose links between records; links make clusters; the record of the earliest document stands for its
cluster, and its id is the canonical id. A record never loses its own id: the canonical one stands beside it.
The result depends on the set of records alone, not on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from extract.resolve import actors, agreements, twins
from extract.resolve.links import Link, Rule
from schemas import Document, Record, Resolution

# Rules by which records are linked. A new rule is a function and a place in this tuple.
RULES: tuple[Rule, ...] = (
    actors.same_register_entry,
    actors.same_name,
    actors.same_long_alias,
    agreements.same_register_entry,
    agreements.same_title_and_parties,
    agreements.same_telling_title,
    twins.twin_sums,
)


def resolve(records: Sequence[Record], documents: Iterable[Document]) -> list[Resolution]:
    """Give every record its canonical id, in the order of record ids."""
    by_id = {document.document_id: document for document in documents}
    ordered = sorted(records, key=lambda record: record.id)
    links = sorted(
        (link for rule in RULES for link in rule(ordered, by_id)),
        key=lambda link: (-link.score, link.rule, link.left, link.right),
    )
    return _cluster(ordered, links, by_id)


def _cluster(records: Sequence[Record], links: Iterable[Link], documents: Mapping[str, Document]) -> list[Resolution]:
    heads = {record.id: record.id for record in records}

    def head(identifier: str) -> str:
        while heads[identifier] != identifier:
            heads[identifier] = heads[heads[identifier]]
            identifier = heads[identifier]
        return identifier

    best: dict[str, Link] = {}
    for link in links:
        left, right = head(link.left), head(link.right)
        heads[max(left, right)] = min(left, right)
        for side in (link.left, link.right):
            best.setdefault(side, link)
    members: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        members[head(record.id)].append(record)
    first = {key: min(cluster, key=lambda r: _age(r, documents)).id for key, cluster in members.items()}
    return [_resolution(record.id, first[head(record.id)], best.get(record.id)) for record in records]


def _resolution(record_id: str, canonical_id: str, link: Link | None) -> Resolution:
    if record_id == canonical_id or link is None:
        return Resolution(record_id=record_id, canonical_id=canonical_id, rule="self", score=1.0)
    return Resolution(record_id=record_id, canonical_id=canonical_id, rule=link.rule, score=link.score)


def _age(record: Record, documents: Mapping[str, Document]) -> tuple[str, str, str]:
    """Order records by the date of their document (undated last), then by ids: the first stands for its cluster."""
    document = documents.get(record.document_id)
    published = document.published_on if document else None
    return (published.first.isoformat() if published else "9999", record.document_id, record.id)
