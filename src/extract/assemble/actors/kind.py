"""The kind and country of an actor, from the register, the words of its names and what stands around them."""

from __future__ import annotations

from collections import Counter

from extract import register
from extract.assemble.actors.cluster import Cluster
from extract.document import Document
from schemas import ActorKind, fold

_WEIGHT = {"register": 8.0, "company": 6.0, "person": 3.0, "body": 3.0, "titled": 2.0}


def kind_of(document: Document, cluster: Cluster) -> ActorKind:
    """Weigh what each mention says; with nothing said, a city is a government and all else most likely a firm."""
    votes: Counter[ActorKind] = Counter()
    for mention in (mention for form in cluster.telling for mention in form.mentions):
        if mention.value.kind is not None:
            votes[mention.value.kind] += _WEIGHT.get(mention.finder, 1.0)  # type: ignore[assignment]
    if any({"ticker", "wire_mark", "publisher"} & mention.value.signs for mention in cluster.mentions):
        return "company"
    if votes:
        return max(sorted(votes), key=lambda kind: votes[kind])
    alone = cluster.forms[0].words
    if (
        len(alone) == 1
        and len(cluster.forms) == 1
        and alone[0] in register.given_names()
        and not cluster.forms[0].text.isupper()
    ):
        return "person"
    if all(fold(form.text).replace(".", "") in register.cities() for form in cluster.forms):
        return "state"  # a city that acts is named for its government
    return "company"


def country_of(cluster: Cluster) -> str | None:
    """Give the country of the register entry, or the one that the name tells."""
    if cluster.entry is not None:
        return cluster.entry.country
    return next((m.value.country for form in cluster.telling for m in form.mentions if m.value.country), None)
