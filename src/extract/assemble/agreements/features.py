"""What speaks for and against a candidate agreement, as named numbers for the linear model."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from extract.assemble.agreements.parties import Source
from extract.assemble.agreements.places import Cluster, Place
from extract.document import Document
from extract.lexicon.scan import words
from extract.qualify import Qualification
from schemas import Agreement

_NAME_IN_TAIL = re.compile(r"[A-ZÀ-Ý]\w")
_ONLY_NAMES = ("pledge", "initiative", "principles", "call")
_KINDS = {"joint_statement": "declaration", "action_plan": "action_plan", "treaty": "treaty"}
"""What a document of a kind is, when its title names it."""
_COMPOUND = re.compile(r"[A-ZÀ-Ý][\w.]+\s?[-–—‑]\s?[A-ZÀ-Ý]")


def features_of(
    document: Document,
    cluster: Cluster,
    readings: list[Qualification],
    record: Agreement,
    others: Sequence[Place],
    kinds: Sequence[str],
    *,
    business: bool,
    said_by: Source,
) -> dict[str, float]:
    """Give the features by name; absent ones are left out.

    ``kinds`` are those of the parties; ``business`` tells that the document speaks of companies more than of states;
    ``said_by`` tells what names the parties.
    """
    places = cluster.places
    values = [place.value for place in places]
    f: dict[str, float] = {f"family={cluster.first.value.family}": 1.0}
    f["mentions"] = min(3.0, math.log2(len(places)) if len(places) > 1 else 0.0)
    f["titled"] = float(any(v.titled for v in values))
    f["own_words"] = float(min(4, max(len(p.content) for p in places)))
    f["register"] = float(any(p.entry for p in places))
    f["acronym"] = float(any(v.acronym for v in values))
    f["plural"] = float(all(v.plural for v in values))
    f["bare"] = float(not any(p.content or p.entry or p.value.acronym or p.value.quoted for p in places))
    f["named"] = float(any(p.content and p.value.titled for p in places))
    f["described"] = float(not f["named"] and not f["bare"] and not f["register"])
    f[f"group={cluster.first.group}"] = 1.0
    f["joint"] = float(any(words("frame", "joint", "en", "fr").search(document.words(*v.full)) for v in values))
    f["with_name"] = float(
        any(
            _NAME_IN_TAIL.search(document.words(t.start, t.end))
            for v in values
            for t in v.tails
            if t.role in ("with", "between")
        )
    )
    f["states_in_title"] = float(any(_COMPOUND.search(document.words(*v.name)) for v in values))
    for kind in sorted(set(kinds)):
        f[f"party={kind}"] = 1.0
    if f["with_name"] and cluster.first.group == "partnership":
        body = any(kind in ("company", "academic", "civil_society") for kind in kinds)
        f["partner=body" if body else "partner=state" if kinds else "partner=other"] = 1.0
    if record.parties:
        f[f"parties_by={said_by}"] = 1.0
        f[f"parties_by={said_by}&{cluster.first.group}"] = 1.0
    if business:
        f["business"] = 1.0
        f[f"business&{cluster.first.group}"] = 1.0
    shared = bool(f["joint"] or f["states_in_title"] or any(t.role == "between" for v in values for t in v.tails))
    f["shared"] = float(shared)
    f["unilateral"] = float(
        not shared and cluster.first.group in ("plan", "roadmap", "framework", "code", "initiative")
    )
    f["unilateral&lone"] = f["unilateral"] * (len(record.parties) < 2)
    f["whole_title"] = float(any(_is_title(document, p) for p in places))
    f["two_parties"] = float(len(record.parties) >= 2)
    f["no_parties"] = float(not record.parties)
    f["unnamed_plural"] = float(f["plural"] and f["described"] and not f["with_name"])
    f["owned"] = float(any(v.determiner == "possessive" for v in values) and not f["with_name"])
    group = "lower" if not (f["named"] or f["register"]) else "upper"
    f[f"{group}&{cluster.first.group}"] = 1.0
    for state in ("signed", "in_force", "under_negotiation", "proposed"):
        f[f"close={state}"] = float(
            any(
                c.value == state and c.distance(*p.value.full) <= 12
                for p, r in zip(places, readings, strict=True)
                for c in r.states[:2]
            )
        )
    f["nested"] = float(all(_nested(place, others) for place in places))
    f["quoted"] = float(any(v.quoted for v in values))
    f["parties"] = float(min(3, len(record.parties)))
    f["dated"] = float(record.date is not None)
    for name in ("definite", "indefinite", "demonstrative", "possessive", "generic", "count"):
        f[f"determiner={name}"] = float(any(v.determiner == name for v in values))
    for role in ("with", "between", "on", "to"):
        f[f"tail={role}"] = float(any(t.role == role for v in values for t in v.tails))
    states = {
        c.value for p, r in zip(places, readings, strict=True) for c in r.states[:3] if c.distance(*p.value.full) <= 50
    }
    for state in sorted(states):
        f[f"state={state}"] = 1.0
    f["negated"] = float(any(r.negated for r in readings))
    f["hypothetical"] = float(all(r.hypothetical for r in readings))
    f["future"] = float(all(r.future for r in readings))
    f["heading"] = float(any(_category(document, p.mention.start) == "title" for p in places))
    f["only_heading"] = float(all(_category(document, p.mention.start) == "title" for p in places))
    f["plural_heading"] = float(f["plural"] and f["only_heading"])
    f["title_of_kind"] = float(
        any(p.mention.start < 200 and _category(document, p.mention.start) == "title" for p in places)
        and _KINDS.get(document.record.kind) == record.kind
    )
    f["list_item"] = float(any(_category(document, p.mention.start) == "list_item" for p in places))
    f["title_of_document"] = float(
        any(p.mention.start < 200 and _category(document, p.mention.start) == "title" for p in places)
    )
    f[f"language={cluster.first.value.language}"] = 1.0
    return {name: value for name, value in f.items() if value}


def veto_of(document: Document, cluster: Cluster) -> str | None:
    """Name the rule that excludes a candidate whatever the model says."""
    values = [place.value for place in cluster.places]
    if any(p.entry or p.value.quoted or p.value.acronym for p in cluster.places):
        return None
    if cluster.first.value.family in _ONLY_NAMES and not any(p.content for p in cluster.places):
        return "a head noun alone, which names nothing"  # a heading "Initiatives", "Engagements"
    partnered = any(tail.role in ("with", "between") for value in values for tail in value.tails)
    if not partnered and all(v.family == "contract" and v.plural and not v.titled for v in values):
        return "contracts in general"
    return None


def _nested(place: Place, others: Sequence[Place]) -> bool:
    """Tell whether a name stands within the longer name of another instrument."""
    start, end = place.value.name
    return any(
        other is not place
        and other.value.name[0] <= start
        and end <= other.value.name[1]
        and other.value.name != place.value.name
        for other in others
    )


def _is_title(document: Document, place: Place) -> bool:
    """Tell whether the document's title is this name and hardly more: the document is the instrument itself."""
    title, name = document.record.title or "", document.words(*place.value.full)
    return place.mention.start < len(title) + 40 and name in title and len(name) >= 0.7 * len(title)


def _category(document: Document, offset: int) -> str:
    element = document.element_at(offset)
    return element.category if element else ""
