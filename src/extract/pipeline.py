"""The main path of a document. Read this file first.

    parse ──► find ──► assemble ──► decide ──► records
    Document  Mentions Candidates   Decisions  Extraction

Finders yield spans and judge nothing; assembling sees all mentions at once and proposes candidates; deciding keeps
those that a careful reader would list. Agreements see the actors that were kept, funding sees both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from extract.assemble.actors import assemble_actors
from extract.assemble.agreements import assemble_agreements
from extract.assemble.commitments import assemble_commitments
from extract.assemble.funding import assemble_funding
from extract.decide import Candidate, Decision, decide
from extract.document import Document, Mention
from extract.find import find_mentions
from schemas import Actor, Agreement, Commitment, Funding, Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document says: its records, and everything that was considered on the way (for ``explain``)."""

    document: Document
    actors: tuple[Actor, ...]
    agreements: tuple[Agreement, ...]
    funding: tuple[Funding, ...]
    commitments: tuple[Commitment, ...]
    mentions: tuple[Mention, ...]
    decisions: tuple[Decision[Record], ...]

    @property
    def records(self) -> tuple[Record, ...]:
        """All records, type by type."""
        return (*self.actors, *self.agreements, *self.funding, *self.commitments)


def extract(document: Document) -> Extraction:
    """Read one document. The same document always gives the same records, in the same order."""
    mentions = find_mentions(document)
    actors = _judge(assemble_actors(document, mentions))
    named = _kept(actors)
    agreements = _judge(assemble_agreements(document, mentions, named))
    agreed = _kept(agreements)
    funding = _judge(assemble_funding(document, mentions, named, agreed))
    commitments = _judge(assemble_commitments(document, mentions, named))
    return Extraction(
        document=document,
        actors=named,
        agreements=agreed,
        funding=_kept(funding),
        commitments=_kept(commitments),
        mentions=tuple(mentions),
        decisions=(*actors, *agreements, *funding, *commitments),  # type: ignore[arg-type]
    )


def _judge(candidates: Sequence[Candidate[R]]) -> list[Decision[R]]:
    return [decide(candidate) for candidate in candidates]


def _kept(decisions: Sequence[Decision[R]]) -> tuple[R, ...]:
    return tuple({d.record.id: d.record for d in decisions if d.kept}.values())
