"""Join the mentions of one actor in a document: one candidate an actor, with what speaks for and against it."""

from __future__ import annotations

from collections.abc import Sequence

from extract.assemble.actors.cluster import Cluster, clusters
from extract.assemble.actors.features import features, survey
from extract.assemble.actors.kind import country_of, kind_of
from extract.assemble.actors.known import excluded
from extract.assemble.actors.names import aliases, canonical_name
from extract.decide import Candidate
from extract.document import Document, Mention
from schemas import Actor


def assemble_actors(document: Document, mentions: Sequence[Mention]) -> list[Candidate[Actor]]:
    """Propose one candidate for every actor that the mentions of kind ``actor`` may name."""
    found = clusters(document, [mention for mention in mentions if mention.kind == "actor"])
    about = survey(document, found)
    return [_candidate(document, cluster, features(document, cluster, about)) for cluster in found]


def _candidate(document: Document, cluster: Cluster, signs: dict[str, float]) -> Candidate[Actor]:
    name = canonical_name(cluster)
    spans = {(mention.start, mention.end): mention.finder for mention in cluster.mentions}
    record = Actor(
        document_id=document.record.document_id,
        name=name,
        kind=kind_of(document, cluster),
        country=country_of(cluster),
        aliases=aliases(document, cluster, name),
        language=cluster.language,
        evidence=tuple(
            document.evidence("name", start, end, finder=f"actors.{finder}") for (start, end), finder in spans.items()
        ),
    )
    return Candidate(record, f"actors.{cluster.rule}", signs, excluded(cluster, name))
