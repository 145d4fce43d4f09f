"""What speaks for and against a candidate: numbers by name, for the linear model that decides."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract import register
from extract.assemble.actors.cluster import Cluster
from extract.assemble.actors.names import canonical_name
from extract.assemble.actors.wording import wording
from extract.document import Document
from extract.find.actors.words import all_heads, is_head, words

_LOWER = re.compile(r"(?<![\w’'\-])[^\W\d_]+(?![\w])")
_BOILERPLATE = re.compile(
    r"(?m)^\W*(?:About (?:the )?[A-Z0-9]|À propos d|Forward-Looking Statements)"
    r"|/EINPresswire|/PRNewswire|GLOBE NEWSWIRE",
    re.IGNORECASE,
)
_LIST_GAP = re.compile(
    r"(?:[’']s)?(?:,|;)? ?(?:and |et |& |as well as |ainsi que )?"
    r"(?:the |le |la |les |l[’']|du |de la |de l[’']|de |d[’'])?"
)
_LINKS = frozenset(("of", "for", "on", "to", "in"))
_SHARES = (
    "initial",
    "after_place",
    "after_of",
    "determined",
    "title_case",
    "heading",
    "in_role",
    "in_parentheses",
    "quoted",
    "owned",
)
_ANY = (
    "acts",
    "possessive",
    "after_with",
    "after_of",
    "role_before",
    "title_before",
    "role_after",
    "label",
    "alone",
    "acronym_after",
    "listed",
    "early",
    "after_about",
    "determined",
    "owned",
    "ticker",
    "wire_mark",
    "publisher",
    "short_for_words",
)


@dataclass(frozen=True)
class Survey:
    """What features ask of the whole document: words in lower case, and whether it is a company's release."""

    lower: frozenset[str]
    wire: bool
    countries: int
    regions: int
    lists: Mapping[int, frozenset[str]]
    """By the start of a mention: what else stands in the list that it is part of."""


def survey(document: Document, found: Sequence[Cluster]) -> Survey:
    """Look the document over once."""
    lower = frozenset(word for word in _LOWER.findall(document.text) if word.islower())
    wire = any("ticker" in m.value.signs for cluster in found for m in cluster.mentions) or bool(
        _BOILERPLATE.search(document.text)
    )
    states = [cluster.entry.id for cluster in found if cluster.entry is not None and cluster.entry.kind == "state"]
    countries = sum(identity.startswith("state-") for identity in states)
    return Survey(lower, wire, countries, len(states) - countries, _lists(document, found))


def _lists(document: Document, found: Sequence[Cluster]) -> dict[int, frozenset[str]]:
    """Find runs of names with nothing but commas and "and" between them, and say what is known of their members."""
    known: dict[int, str] = {}
    spans: dict[int, int] = {}
    for cluster in found:
        entry = cluster.entry
        said = (
            entry.kind
            if entry is not None
            else cluster.rule
            if cluster.rule in ("company", "person", "body")
            else "other"
        )
        for mention in cluster.mentions:
            known[mention.start] = said
            spans[mention.start] = max(mention.end, spans.get(mention.start, 0))
    lists: dict[int, frozenset[str]] = {}
    run: list[int] = []
    for start in sorted(spans):
        if run and not _LIST_GAP.fullmatch(document.text, spans[run[-1]], start):
            _note(run, known, lists)
            run = []
        run.append(start)
    _note(run, known, lists)
    return lists


def _note(run: Sequence[int], known: Mapping[int, str], lists: dict[int, frozenset[str]]) -> None:
    for i, start in enumerate(run):
        if len(run) > 1:
            others = {known[other] for j, other in enumerate(run) if j != i}
            lists[start] = frozenset(others | ({"long"} if len(run) > 2 else set()))


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
            found[f"{level}&many"] = math.log1p(about.countries if level == "country" else about.regions)
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
        if _label_again(document, cluster):
            found["label_again"] = 1.0
    beside = Counter(other for mention in mentions for other in about.lists.get(mention.start, ()))
    for other, count in sorted(beside.items()):
        found[f"list:{other}"] = count / total
    if "city" in found and counts["after_place"]:
        found["city&after_place"] = counts["after_place"] / total
    found.update(dict.fromkeys(wording(document, mentions, canonical_name(cluster)), 1.0))
    return found


def _label_again(document: Document, cluster: Cluster) -> bool:
    """Tell whether an item "Name: …" names its label again: it describes an actor then."""
    seen: Counter[int] = Counter()
    for mention in cluster.mentions:
        element = document.element_at(mention.start)
        if element is not None:
            seen[element.start] += 1
    return any(count > 1 for count in seen.values())


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
    link = next((i for i, key in enumerate(keys) if key in _LINKS and i), len(keys))
    mark = words("en").nonactors.get(keys[link - 1])
    if mark and 1 < link < len(keys):
        found[f"headed:{mark}"] = 1.0  # "Comprehensive Agreement for …"
    if len(keys) == 1:
        _of_word(name, first, about, found)
    if any(key in words("en").demonyms for key in keys):
        found["demonym_inside"] = 1.0
    if all(key in words("en").demonyms for key in keys):
        found["only_demonym"] = 1.0
    if cluster.entry is None and " ".join(keys).replace(".", "").replace(",", "") in register.cities():
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
    found[f"everyday:{cluster.rule}"] = everyday
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
        if about.wire:
            found["odd_case&wire"] = 1.0
    if name.isupper():
        found[f"acronym:{min(len(name), 6)}"] = 1.0
    if key in register.given_names():
        found["given_alone"] = 1.0
    if key in register.family_names():
        found["family_alone"] = 1.0
    if is_head(key):
        found["head_alone"] = 1.0
        found[f"head_alone:{all_heads().get(key)}"] = 1.0
    if key in words("en").roles or key in words("fr").roles:
        found["role_alone"] = 1.0
