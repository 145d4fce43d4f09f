"""An extraction as plain data: one JSON object a document, as ``pledgebook extract`` prints it.

Sums are written as text, so that no reader rounds them; every record carries the mentions that prove it, each with
``text[start:end]`` equal to its words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from extract.pipeline import Extraction
from schemas import Actor, Agreement, Commitment, Document, Funding, Record

PROOF = {
    "actor": ("name", "aliases"),
    "agreement": ("title", "aliases"),
    "funding": ("record", "amount", "money"),
    "commitment": ("text",),
}
"""The evidence that shows a record of each type to exist: the first of these fields that has any."""


def answer(extraction: Extraction) -> dict[str, Any]:
    """Give the document and its records as plain data, in the order of the text."""
    return {
        "document": _document(extraction.document.record),
        "actors": [_actor(actor) for actor in extraction.actors],
        "agreements": [_agreement(agreement) for agreement in extraction.agreements],
        "funding": [_funding(funding) for funding in extraction.funding],
        "commitments": [_commitment(commitment) for commitment in extraction.commitments],
    }


def answer_line(extraction: Extraction) -> str:
    """Give the answer as one line of JSON."""
    return json.dumps(answer(extraction), ensure_ascii=False)


def answers(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Give records of any type as plain data."""
    return [_BY_TYPE[record.record_type](record) for record in records]


def mentions(record: Record) -> list[dict[str, Any]]:
    """Give the places that prove the record, in the order of the text."""
    for field in PROOF[record.record_type]:
        found = [proof for proof in record.evidence if proof.field == field]
        if found:
            break
    else:
        found = list(record.evidence)
    spans = sorted({(proof.start, proof.end, proof.quote) for proof in found})
    return [{"start": start, "end": end, "text": quote} for start, end, quote in spans]


def _document(document: Document) -> dict[str, Any]:
    return {
        "name": document.name,
        "language": document.language,
        "kind": document.kind,
        "title": document.title,
        "published_on": str(document.published_on) if document.published_on else None,
        "text": document.text,
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {"name": actor.name, "kind": actor.kind, "aliases": list(actor.aliases), **_proof(actor)}


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "title": agreement.title,
        "aliases": list(agreement.aliases),
        "kind": agreement.kind,
        "status": agreement.status,
        "parties": list(agreement.parties),
        "date": str(agreement.date) if agreement.date else None,
        **_proof(agreement),
    }


def _funding(funding: Funding) -> dict[str, Any]:
    money = funding.money
    return {
        "amount": format(money.amount, "f"),
        "amount_max": None if money.amount_max is None else format(money.amount_max, "f"),
        "currency": money.currency,
        "qualifier": money.qualifier,
        "status": funding.status,
        "funders": list(funding.funders),
        "recipients": list(funding.recipients),
        "purpose": funding.purpose,
        **_proof(funding),
    }


def _commitment(commitment: Commitment) -> dict[str, Any]:
    return {"text": commitment.text, "kind": commitment.kind, **_proof(commitment)}


def _proof(record: Record) -> dict[str, Any]:
    return {"confidence": record.confidence, "mentions": mentions(record)}


_BY_TYPE: dict[str, Callable[[Any], dict[str, Any]]] = {
    "actor": _actor,
    "agreement": _agreement,
    "funding": _funding,
    "commitment": _commitment,
}
