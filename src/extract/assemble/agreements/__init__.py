"""Assemble agreements: one candidate an instrument and document, with its title, kind, status, parties and date."""

from __future__ import annotations

from collections.abc import Sequence

from extract.assemble.agreements.dating import date_of
from extract.assemble.agreements.features import features_of, veto_of
from extract.assemble.agreements.joining import join
from extract.assemble.agreements.named import ActorIndex, index_actors
from extract.assemble.agreements.naming import names_of
from extract.assemble.agreements.parties import evidence_of, parties_of
from extract.assemble.agreements.places import Cluster, Place, places_of
from extract.assemble.agreements.status import status_of
from extract.decide import Candidate
from extract.document import Document, Mention
from extract.find.agreements.instrument import Instrument
from extract.qualify import qualify
from schemas import Actor, Agreement, Evidence, fold

__all__ = ["assemble_agreements"]


def assemble_agreements(
    document: Document, mentions: Sequence[Mention], actors: Sequence[Actor]
) -> list[Candidate[Agreement]]:
    """Propose one agreement for every instrument that the document names, in the order of the text."""
    places = places_of(document, mentions)
    clusters = join(document, places)
    named = index_actors(document, actors, places)
    dates = [mention for mention in mentions if mention.kind == "date"]
    return [_candidate(document, cluster, named, dates, places) for cluster in clusters]


def _candidate(
    document: Document, cluster: Cluster, actors: ActorIndex, dates: Sequence[Mention], places: Sequence[Place]
) -> Candidate[Agreement]:
    readings = [qualify(document, *place.value.full) for place in cluster.places]
    title, aliases = names_of(document, cluster)
    status, cues = status_of(document, cluster, readings)
    parties, said_by = parties_of(document, cluster, actors)
    date = date_of(document, cluster, dates)
    kinds = [actors.by_name[fold(p.name)].kind for p in parties if fold(p.name) in actors.by_name]
    evidence = [
        document.evidence("title", p.mention.start, p.mention.end, finder=p.mention.finder) for p in cluster.places
    ]
    kind_at = kind_place(cluster)
    evidence.append(document.evidence("kind", *kind_at.head, finder="agreement.head"))
    evidence += [document.evidence("status", cue.start, cue.end, finder=f"status.{cue.value}") for cue in cues]
    evidence += evidence_of(document, parties)
    if date:
        evidence.append(document.evidence("date", date[1], date[2], finder="agreement.date"))
    record = Agreement(
        document_id=document.record.document_id,
        evidence=_once(evidence),
        title=title,
        kind=kind_at.kind,
        status=status,
        aliases=aliases,
        parties=tuple(party.name for party in parties),
        date=date[0] if date else None,
        language=cluster.first.value.language,
    )
    return Candidate(
        record=record,
        rule=cluster.first.mention.finder,
        features=features_of(
            document, cluster, readings, record, places, kinds, business=actors.business, said_by=said_by
        ),
        vetoed=veto_of(document, cluster),
    )


def kind_place(cluster: Cluster) -> Instrument:
    """Give the instrument whose head noun decides the kind: the register's, else the fullest name's."""
    known: Instrument | None = next(
        (m.value for p in cluster.places for m in (p.mention, *p.others) if m.value.entry), None
    )
    if known:
        return known
    fullest = max(cluster.places, key=lambda p: (p.value.titled, len(p.content), -p.mention.start))
    return fullest.value


def _once(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple({(e.field, e.start, e.end): e for e in evidence}.values())
