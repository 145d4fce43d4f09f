"""What speaks for and against a candidate: numbers by name, for the linear model that decides."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract import register
from extract.assemble.actors.cluster import Cluster
from extract.assemble.actors.names import canonical_name
from extract.document import Document
from extract.find.actors.words import is_head, words

_LOWER = re.compile(r"(?<![\w’'\-])[^\W\d_]+(?![\w])")
_BOILERPLATE = re.compile(r"(?m)^\W*(?:About (?:the )?[A-Z0-9]|À propos d|Forward-Looking Statements)|/EINPresswire|/PRNewswire|GLOBE NEWSWIRE", re.IGNORECASE)
_SHARES = ("initial", "after_place", "after_of", "determined", "title_case", "heading", "in_role", "in_parentheses", "quoted")
_ANY = (
    "acts", "possessive", "after_with", "after_of", "role_before", "title_before", "role_after", "label", "alone", "acronym_after", "listed",
    "early", "after_about", "determined", "ticker", "short_for_words",
)


@dataclass(frozen=True)
class Survey:
    """What features ask of the whole document: words in lower case, and whether it is a company's release."""

    lower: frozenset[str]
    wire: bool


def survey(document: Document, found: Sequence[Cluster]) -> Survey:
    """Look the document over once."""
    lower = frozenset(word for word in _LOWER.findall(document.text) if word.islower())
    wire = any("ticker" in m.value.signs for cluster in found for m in cluster.mentions) or bool(_BOILERPLATE.search(document.text))
    return Survey(lower, wire)


def features(document: Document, cluster: Cluster, about: Survey) -> dict[str, float]:
    """Give the named features of a candidate."""
    found: dict[str, float] = {}
    mentions = cluster.mentions
    counts: Counter[str] = Counter(sign for mention in mentions for sign in mention.value.signs)
    total = len(mentions)
    found["mentions"] = math.log(total)
    for sign in _SHARES:
        if counts[sign]:
            found[f"share:{sign}"] = counts[sign] / total
            if counts[sign] == total:
                found[f"all:{sign}"] = 1.0
    for sign in _ANY:
        if counts[sign]:
            found[f"any:{sign}"] = 1.0
    for rule in {mention.finder for mention in mentions}:
        found[f"rule:{rule}"] = 1.0
    kinds = Counter(m.value.kind for m in mentions if m.value.kind)
    kind = kinds.most_common(1)[0][0] if kinds else "none"
    found[f"kind:{kind}"] = 1.0
    entry = cluster.entry
    if entry is not None:
        level = "country" if entry.id.startswith("state-") else "region"
        found[f"register:{entry.kind}:{level}" if entry.kind == "state" else f"register:{entry.kind}"] = 1.0
        if entry.kind == "state":
            _of_state(document, cluster, counts, found, level)
    _of_name(cluster, about, found)
    strongest = cluster.rule
    for sign in ("initial", "after_place", "title_case"):
        if counts[sign] == total:
            found[f"{strongest}&all:{sign}"] = 1.0
    found[f"{strongest}&mentions"] = math.log(total)
    if mentions[0].start < 300:
        found["first"] = 1.0
        found[f"first&{strongest}"] = 1.0
    if document.language == "fr":
        found["french"] = 1.0
        found[f"french&{strongest}"] = 1.0
    if total == 1:
        found[f"once&{strongest}"] = 1.0
    found[f"document:{document.record.kind}"] = 1.0
    if about.wire:
        found["wire"] = 1.0
        found[f"wire&{strongest}"] = 1.0
        found[f"wire&kind:{kind}"] = 1.0
        if entry is not None:
            found[f"wire&register:{entry.kind}"] = 1.0
    if counts["label"] and counts["listed"]:
        found["label&listed"] = 1.0
    return found


def _of_state(document: Document, cluster: Cluster, counts: Counter[str], found: dict[str, float], level: str) -> None:
    total = len(cluster.mentions)
    for sign in ("acts", "possessive", "after_with", "determined", "listed", "initial", "after_of", "heading"):
        if counts[sign]:
            found[f"{level}&{sign}"] = 1.0
    found[f"{level}&after_place"] = counts["after_place"] / total
    found[f"{level}&mentions"] = math.log(total)
    if counts["after_place"] == total:
        found[f"{level}&only_place"] = 1.0
    if cluster.entry is not None and cluster.entry.country == document.record.country:
        found[f"{level}&home"] = 1.0


def _of_name(cluster: Cluster, about: Survey, found: dict[str, float]) -> None:
    name = canonical_name(cluster)
    parts = name.replace("’", "'").split()
    keys = [part.strip(".,'").lower() for part in parts]
    found[f"words:{min(len(parts), 5)}"] = 1.0
    first, last = keys[0], keys[-1]
    for language in ("en", "fr"):
        marks = words(language).nonactors
        for place, key in (("first", first), ("last", last)):
            if key in marks:
                found[f"{place}:{marks[key]}"] = 1.0
    if len(keys) == 1:
        _of_word(name, first, about, found)
    if any(key in words("en").demonyms for key in keys):
        found["demonym_inside"] = 1.0
    if all(key in words("en").demonyms for key in keys):
        found["only_demonym"] = 1.0
    if cluster.entry is None and " ".join(keys) in register.cities():
        found["city"] = 1.0
    if is_head(last) and len(keys) > 1:
        found["headed"] = 1.0
    if name.isupper() and len(parts) > 1:
        found["capitals"] = 1.0
    if any(c.isdigit() for c in name):
        found["digits"] = 1.0
    if "-" in name or "–" in name or "/" in name:
        found["hyphen"] = 1.0
    if all(key in about.lower for key in keys if len(key) > 3):
        found["all_in_lower"] = 1.0
    everyday = sum(key in register.everyday() for key in keys) / len(keys)
    found["everyday"] = everyday
    if everyday == 1.0:
        found[f"everyday&{cluster.rule}"] = 1.0
        if all("initial" in m.value.signs for m in cluster.mentions):
            found["everyday&all:initial"] = 1.0
    elif everyday == 0.0:
        found[f"rare&{cluster.rule}"] = 1.0
        if len(keys) == 1:
            found["rare&one_word"] = 1.0


def _of_word(name: str, key: str, about: Survey, found: dict[str, float]) -> None:
    """Features of a name of one word."""
    if key in about.lower:
        found["in_lower"] = 1.0
    if any(c.isupper() for c in name[1:]) and not name.isupper():
        found["odd_case"] = 1.0
    if name.isupper():
        found[f"acronym:{min(len(name), 6)}"] = 1.0
    if key in register.given_names():
        found["given_alone"] = 1.0
    if key in register.family_names():
        found["family_alone"] = 1.0
    if is_head(key):
        found["head_alone"] = 1.0
    if key in words("en").roles or key in words("fr").roles:
        found["role_alone"] = 1.0
