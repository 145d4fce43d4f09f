"""Join the places that name one instrument: same entry, acronym or words, or taken up again ("the Agreement")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.assemble.agreements.places import Cluster, Place, folded, weak_words
from extract.document import Document
from schemas import fold

_IS_A = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:,|\bis\b|\bwas\b|\best\b)\s+(?:an?|une?)\s+(?:[\w’'-]+\s+){0,2}")
_AHEAD = 1500
"""How many characters a heading may stand before the words that name its instrument in full."""
_BRACKET = re.compile(r"\s*\([^()]*\)")
_STATE_FORM = frozenset({"republic", "republique", "kingdom", "royaume", "of", "the", "de", "du", "la", "le"})
"""What the full name of a state adds to its short one."""
_DEALS = {"partnership", "agreement"}
_POINTING = ("definite", "demonstrative", "possessive")
_TAKEN_UP_BY_PROTOCOL = ("memorandum", "treaty")
_TAKEN_UP_BY_AGREEMENT = ("agreement", "trade", "memorandum", "treaty", "contract", "partnership")


def join(document: Document, places: Sequence[Place]) -> list[Cluster]:
    """Group places into instruments, in the order of the text: names first, then the words that take them up again."""
    clusters: list[Cluster] = []
    by_key: dict[str, Cluster] = {}
    bare: list[Place] = []
    for before, place in zip((None, *places), places, strict=False):
        keys = _keys(document, place)
        explained = before and next((c for c in clusters if before in c.places), None)
        if explained and before and _explains(document, before, place):
            explained.places.append(place)
            continue
        if not keys and not place.content:
            bare.append(place)
            continue
        known = next((by_key[key] for key in keys if key in by_key), None) or _alike(document, clusters, place)
        known = known or next((c for c in clusters if _headed(document, c, place)), None)
        if known is None and not keys and not place.subject and place.value.determiner in _POINTING:
            near = place.mention.end + _AHEAD
            known = _taken_up([c for c in clusters if not _other_partner(c, place)], place, until=near)
        if known is None:
            known = Cluster([])
            clusters.append(known)
        known.places.append(place)
        for key in keys:
            by_key.setdefault(key, known)
    for index, place in enumerate(bare):
        purpose = _purpose(document, place)
        again = next((p.mention.start for p in bare[index + 1 :] if p.group == place.group), None)
        known = _taken_up(
            [c for c in clusters if not purpose or not c.content() or purpose & _all_words(document, c)],
            place,
            until=place.mention.end + _AHEAD if again is None else again,
        )
        if known is None:
            clusters.append(Cluster([place]))
        else:
            known.places.append(place)
    for cluster in clusters:
        cluster.places.sort(key=lambda place: place.mention.start)
    return sorted(clusters, key=lambda cluster: cluster.first.mention.start)


def _keys(document: Document, place: Place) -> list[str]:
    keys = []
    if place.entry:
        keys.append(f"entry:{place.entry}")
    for mention in (place.mention, *place.others):
        if mention.value.acronym:
            acronym = document.words(*mention.value.acronym).rstrip("s")
            if acronym.upper() not in ("MOU", "LOI", "FTA", "PE"):
                keys.append(f"acronym:{acronym}")
    return keys


def _alike(document: Document, clusters: Sequence[Cluster], place: Place) -> Cluster | None:
    """Find the instrument of the same group whose words hold this place's words, or the other way round."""
    best: Cluster | None = None
    for cluster in reversed(clusters):
        if any(_same_deal(known, place) for known in cluster.places):
            return cluster
        if cluster.first.group != place.group and cluster.first.value.family != place.value.family:
            continue
        for known in cluster.places:
            if known.content and known.content == place.content and not (known.entry and place.entry):
                return cluster
            if bool(known.entry) != bool(place.entry) and _spelt_otherwise(known, place):
                return cluster
            if known.entry or place.entry:
                continue
            if known.subject and known.subject == place.subject and not (_partners(known) and _partners(place)):
                return cluster
            smaller, larger = sorted((known.content, place.content), key=len)
            if best is None and smaller and smaller < larger and _short_for(document, known, place):
                best = cluster
    return best


def _spelt_otherwise(known: Place, place: Place) -> bool:
    """Tell whether two names differ in weak words only: "Economic and Trade Agreement", "Economic Trade Agreement"."""
    one, other = known.words, place.words
    return len(one & other) >= 3 and one ^ other <= weak_words()


def _explains(document: Document, before: Place, place: Place) -> bool:
    """Tell whether words only say what the name before them is: "the Lund Charter, a treaty that …"."""
    if place.value.titled or place.entry or not (before.value.titled or before.entry):
        return False
    between = document.words(before.value.full[1], place.value.name[0])
    return place.value.determiner == "indefinite" and bool(_IS_A.fullmatch(between))


def _headed(document: Document, cluster: Cluster, place: Place) -> bool:
    """Tell whether a heading named in brief what its first lines name in full: they share a head noun and a word."""
    near = place.mention.start - cluster.first.mention.end <= _AHEAD
    groups = {cluster.first.group, place.group}
    if not near or place.entry or not (len(groups) == 1 or groups == _DEALS) or _in_heading(document, place):
        return False
    # a Korean heading and its first lines seldom inflect their words alike
    shared = cluster.content() & place.content or place.value.language == cluster.first.value.language == "ko"
    return bool(shared) and all(_in_heading(document, p) and not p.entry for p in cluster.places)


def _in_heading(document: Document, place: Place) -> bool:
    element = document.element_at(place.mention.start)
    if element is None:
        return False
    title = document.record.title or ""
    opens = element is document.elements[0] and len(title) > 0 and document.text[element.start :].startswith(title[:40])
    return element.category == "title" or opens


def _same_deal(known: Place, place: Place) -> bool:
    """Tell whether a deal and a partnership are with the same partner: companies call one thing by both words."""
    if {known.group, place.group} != _DEALS:
        return False
    if "deal" not in (known.value.family, place.value.family):
        return False
    one, other = _partners(known), _partners(place)
    return bool(one and other) and (one <= other or other <= one)


def _partners(place: Place) -> frozenset[str]:
    return place.content - place.subject


def _purpose(document: Document, place: Place) -> frozenset[str]:
    """Give the words of "to …" after a bare head noun: "the memorandum to strengthen ports" is one of its own."""
    return (
        frozenset(word for t in place.value.tails if t.role == "to" for word in folded(document.words(t.start, t.end)))
        - weak_words()
    )


def _all_words(document: Document, cluster: Cluster) -> frozenset[str]:
    return frozenset(word for p in cluster.places for word in folded(document.words(*p.value.full)))


def _short_for(document: Document, one: Place, other: Place) -> bool:
    """Tell whether one of two names may be short for the other: capitalised ones must end (English) or begin alike."""
    if not (one.value.titled and other.value.titled):
        return True
    names = (fold(_BRACKET.sub("", document.words(*place.value.name))).split() for place in (one, other))
    short, long = sorted(names, key=len)
    if set(long) ^ set(short) <= _STATE_FORM:
        return True
    if one.value.language == "en" and other.value.language == "en":
        return long[-len(short) :] == short or long[: len(short)] == short
    return long[: len(short)] == short or (
        set(short) < set(long) and long[0] == short[0] and len(one.value.tails) != len(other.value.tails)
    )


def _taken_up(clusters: Sequence[Cluster], place: Place, *, until: int) -> Cluster | None:
    """Find the instrument that a head noun takes up again: the nearest before it, else one that begins soon."""
    fits = [c for c in clusters if _may_take_up(c.first, place)]
    if place.value.plural and place.value.determiner not in ("definite", "demonstrative", "possessive"):
        return None
    fits = [c for c in fits if c.first.group == place.group] or fits
    before = [c for c in fits if c.first.mention.start < place.mention.start]
    if before:
        return max(
            before, key=lambda c: max(p.mention.start for p in c.places if p.mention.start < place.mention.start)
        )
    ahead = [c for c in fits if c.first.mention.start <= until]
    return min(ahead, key=lambda c: c.first.mention.start, default=None)


def _other_partner(cluster: Cluster, place: Place) -> bool:
    """Tell whether an instrument names partners, and none of them is this place's."""
    named = frozenset().union(*(p.content - p.subject for p in cluster.places))
    return bool(named) and not named & place.content


def _named_before(founder: Place, place: Place) -> bool:
    """Tell whether a capitalised name comes first: "a joint declaration" after it is another one."""
    return founder.value.titled and founder.mention.start < place.mention.start


def _may_take_up(founder: Place, place: Place) -> bool:
    new = place.value.determiner in ("indefinite", "generic", "count")
    if founder.value.plural != place.value.plural and (place.value.plural or new):
        return False
    if new and (founder.value.family != place.value.family or _named_before(founder, place)):
        return False
    if founder.entry and place.value.determiner in ("indefinite", "generic"):
        return False
    if founder.group == place.group:
        return True
    if place.value.determiner not in ("definite", "demonstrative"):
        return False
    if place.value.family == "protocol":  # "le protocole" is short for "le protocole d'entente"
        return founder.group in _TAKEN_UP_BY_PROTOCOL
    return place.value.family in ("agreement", "deal", "accord") and founder.group in _TAKEN_UP_BY_AGREEMENT
