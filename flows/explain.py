"""Why the engine read what it read: every mention with its rule, every candidate with the reasons for and against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extract.decide import Decision, weights
from extract.pipeline import Extraction
from schemas import Actor, Agreement, Commitment, Funding, Record

REASONS = 4
"""How many reasons the readable form shows for a candidate; ``--json`` gives all."""


def explanation(extraction: Extraction) -> dict[str, Any]:
    """Give the mentions and the candidates of one document as plain data."""
    document = extraction.document
    return {
        "document": {"name": document.record.name, "language": document.language, "kind": document.record.kind},
        "mentions": [
            {
                "kind": mention.kind,
                "start": mention.start,
                "end": mention.end,
                "text": document.words(mention.start, mention.end),
                "rule": mention.finder,
                "value": None if mention.value is None else str(mention.value),
            }
            for mention in extraction.mentions
        ],
        "candidates": [_candidate(decision) for decision in extraction.decisions],
    }


def readable(extraction: Extraction) -> Iterator[str]:
    """Give the same as lines for a person."""
    told = explanation(extraction)
    document = told["document"]
    yield f"{document['name']}: {document['kind']}, language {document['language']}"
    yield ""
    yield f"Mentions ({len(told['mentions'])}): where, what kind, which rule, the words"
    for mention in told["mentions"]:
        where = f"{mention['start']}-{mention['end']}"
        value = f"  = {mention['value']}" if mention["value"] else ""
        yield f"  {where:>13}  {mention['kind']:<11} {mention['rule']:<28} {_short(mention['text'])!r}{value}"
    yield ""
    yield f"Candidates ({len(told['candidates'])}): kept or not, probability, type, rule, what it would say"
    for candidate in told["candidates"]:
        sign = "kept    " if candidate["kept"] else "rejected"
        yield (
            f"  {sign} {candidate['probability']:.2f}  {candidate['type']:<10} {candidate['rule']:<24} "
            f"{_short(candidate['says'])!r}"
        )
        yield f"           {candidate['why']}"


def _candidate(decision: Decision[Record]) -> dict[str, Any]:
    candidate = decision.candidate
    return {
        "type": candidate.record.record_type,
        "says": label(candidate.record),
        "rule": candidate.rule,
        "probability": round(decision.probability, 3),
        "kept": decision.kept,
        "why": _why(decision),
        "vetoed": candidate.vetoed,
        "reasons": [{"feature": name, "weight": round(weight, 3)} for name, weight in decision.reasons],
        "evidence": [
            {"field": proof.field, "start": proof.start, "end": proof.end, "quote": proof.quote, "rule": proof.finder}
            for proof in decision.record.evidence
        ],
    }


def _why(decision: Decision[Record]) -> str:
    if decision.candidate.vetoed:
        return f"excluded by the rule {decision.candidate.vetoed}"
    threshold = weights(decision.candidate.record.record_type).threshold
    relation = "at or above" if decision.kept else "below"
    strongest = ", ".join(f"{name} {weight:+.2f}" for name, weight in decision.reasons[:REASONS])
    return f"{relation} the threshold {threshold:.2f}" + (f": {strongest}" if strongest else "")


def label(record: Record) -> str:
    """Say in a few words what a record says."""
    match record:
        case Actor():
            return f"{record.name} ({record.kind})"
        case Agreement():
            return f"{record.title} ({record.kind}, {record.status})"
        case Funding():
            money = record.money
            upper = f"-{money.amount_max:f}" if money.amount_max is not None else ""
            use = f" for {record.purpose}" if record.purpose else ""
            return f"{money.amount:f}{upper} {money.currency} ({money.qualifier}, {record.status}){use}"
        case Commitment():
            return f"{record.text} ({record.kind})"
    return record.id


def _short(text: str, width: int = 90) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"
