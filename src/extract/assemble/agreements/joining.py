"""Join the places that name one instrument: same entry, acronym or words, or taken up again ("the Agreement")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from extract.document import Document, Mention
from extract.find.agreements.instrument import Instrument
from extract.lexicon import rows
from schemas import fold

_GROUPS: dict[str, str] = {
    "mou": "memorandum", "letter": "memorandum", "arrangement": "memorandum",
    "fta": "trade", "trade": "trade", "trade_agreement": "trade",
    "treaty": "treaty", "convention": "treaty", "pact": "treaty", "accord": "agreement", "charter": "charter",
    "protocol": "treaty",
    "strategic": "partnership", "partnership": "partnership", "alliance": "alliance", "coalition": "coalition",
    "venture": "partnership", "collaboration": "partnership", "consortium": "consortium", "initiative": "initiative",
    "plan": "plan", "roadmap": "roadmap", "framework": "framework", "blueprint": "plan", "action_plan": "plan",
    "statement": "declaration", "declaration": "declaration", "code": "code", "pledge": "pledge", "call": "call",
    "principles": "principles",
    "agreement": "agreement", "contract": "contract", "deal": "agreement", "principle": "agreement",
    "settlement": "agreement", "ceasefire": "agreement", "cooperation_agreement": "agreement",
    "memorandum": "memorandum",
}  # fmt: skip
_DURATION = frozenset(
    ["year", "years", "multi", "ans", "annee", "annees", "decennal", "quinquennal", "pluriannuel", "pluriannuelle"]
)
_POINTING = ("definite", "demonstrative", "possessive")
_TAKEN_UP_BY_AGREEMENT = ("agreement", "trade", "memorandum", "treaty", "contract")


@dataclass(slots=True)
class Place:
    """One place in the text that names an instrument: the mention that reads it best, and others on the same words."""

    mention: Mention
    others: list[Mention] = field(default_factory=list)
    content: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    """The words of ``content`` that say what it is about, not with whom."""

    @property
    def value(self) -> Instrument:
        """The instrument as the best mention reads it."""
        value: Instrument = self.mention.value
        return value

    @property
    def entry(self) -> str | None:
        """The register entry that any of the mentions names."""
        return next((m.value.entry for m in (self.mention, *self.others) if m.value.entry), None)

    @property
    def group(self) -> str:
        """The group of head nouns within which an instrument may be named again."""
        return _GROUPS.get(self.value.family, self.value.family)


@dataclass(slots=True)
class Cluster:
    """The places of one instrument."""

    places: list[Place]

    @property
    def first(self) -> Place:
        """The place that founded the cluster."""
        return self.places[0]

    def content(self) -> frozenset[str]:
        """The words that any place gives it beside its head noun."""
        return frozenset().union(*(place.content for place in self.places))


def places_of(document: Document, mentions: Sequence[Mention]) -> list[Place]:
    """Merge the mentions that read the same words: a head noun, a register entry, two head nouns of one name."""
    places: list[Place] = []
    for mention in mentions:
        if mention.kind != "agreement":
            continue
        same = next(
            (
                p
                for p in reversed(places[-4:])
                if _same_words(p.mention, mention) or _subject_of(document, p.mention, mention)
            ),
            None,
        )
        if same is None:
            places.append(Place(mention))
        elif not _subject_of(document, same.mention, mention) and _reads_better(document, mention, same.mention):
            same.others.append(same.mention)
            same.mention = mention
        else:
            same.others.append(mention)
    for place in places:
        place.content = content_words(document, place, partners=True)
        place.subject = content_words(document, place, partners=False)
    return places


def join(document: Document, places: Sequence[Place]) -> list[Cluster]:
    """Group places into instruments, in the order of the text: names first, then the words that take them up again."""
    clusters: list[Cluster] = []
    by_key: dict[str, Cluster] = {}
    bare: list[Place] = []
    for place in places:
        keys = _keys(document, place)
        if not keys and not place.content:
            bare.append(place)
            continue
        known = next((by_key[key] for key in keys if key in by_key), None) or _alike(document, clusters, place)
        if known is None and not keys and not place.subject and place.value.determiner in _POINTING:
            known = _taken_up([c for c in clusters if not _other_partner(c, place)], place)
        if known is None:
            known = Cluster([])
            clusters.append(known)
        known.places.append(place)
        for key in keys:
            by_key.setdefault(key, known)
    for place in bare:
        purpose = _purpose(document, place)
        known = _taken_up(
            [c for c in clusters if not purpose or not c.content() or purpose & _all_words(document, c)], place
        )
        if known is None:
            clusters.append(Cluster([place]))
        else:
            known.places.append(place)
    for cluster in clusters:
        cluster.places.sort(key=lambda place: place.mention.start)
    return sorted(clusters, key=lambda cluster: cluster.first.mention.start)


def content_words(document: Document, place: Place, *, partners: bool) -> frozenset[str]:
    """Give the folded words of the name that are its own: without head nouns, articles, evaluative words.

    ``partners`` takes the words of "with …" and "between …" in.
    """
    value = place.value
    spans = [(value.name[0], value.head[0]), (value.head[1], value.name[1])]
    spans += [
        (tail.start, tail.end)
        for tail in value.tails
        if tail.start >= value.name[1]
        and (partners or tail.role not in ("with", "between"))
        and (tail.role != "to" or document.words(tail.start, tail.end).startswith("that "))
    ]
    words = {w for start, end in spans if end > start for w in _folded(document.words(start, end))}
    return frozenset(word for word in words - weak_words() if not word.isdigit() and word not in _DURATION)


def _folded(words: str) -> Iterator[str]:
    """Fold the words of a name; "R-D" stays one word, "Canada–Korea" is two, single letters are dropped."""
    for word in words.split():
        parts = fold(word).split()
        if len(parts) > 1 and all(len(part) == 1 for part in parts):
            yield "".join(parts)
        else:
            yield from (part for part in parts if len(part) > 1)


@cache
def weak_words() -> frozenset[str]:
    """The words that don't tell one instrument from another: those of ``title_word`` and ``title_weak``."""
    weak: set[str] = set()
    for language in ("en", "fr"):
        for row in rows("title_word", language):
            if not any(c in row.pattern for c in "(["):
                weak.add(fold(row.pattern.replace("?", "")))
                weak.add(fold(row.pattern.replace("s?", "").replace("e?", "")))
    return frozenset(weak)


def _same_words(one: Mention, other: Mention) -> bool:
    if not one.overlaps(other.start, other.end):
        return False
    a, b = one.value, other.value
    covers = a.name[0] <= b.head[0] and b.head[1] <= a.name[1] and b.name[0] <= a.head[0]
    covered = b.name[0] <= a.head[0] and a.head[1] <= b.name[1] and a.name[0] <= b.head[0]
    same_start = a.name[0] == b.name[0] and (a.entry or b.entry)
    within_entry = bool(a.entry) and a.name[0] <= b.head[0] and b.head[1] <= a.name[1]
    in_bracket = a.acronym is not None and a.acronym[0] <= b.head[0] and b.head[1] <= a.acronym[1]
    return bool(covers or covered or same_start or within_entry or in_bracket)


def _subject_of(document: Document, outer: Mention, inner: Mention) -> bool:
    """Tell whether a name is the subject of another title: "Roadmap for a Renewed A–B Partnership" is one."""
    a, b = outer.value, inner.value
    within = a.language == "en" and a.titled and b.entry is None and a.head[1] < b.head[0] and b.head[1] <= a.name[1]
    return bool(within and document.words(a.head[1], b.name[0]).split()[:1] in (["for"], ["on"]))


def _reads_better(document: Document, mention: Mention, than: Mention) -> bool:
    """Choose the head noun that names the whole: the last of a compound, the first before a preposition."""
    new: Instrument = mention.value
    old: Instrument = than.value
    if new.entry and not old.entry:
        return bool(new.name[1] - new.name[0] > old.name[1] - old.name[0])
    if old.entry and not new.entry:
        longer = new.name[0] <= old.name[0] and new.name[1] > old.name[1]
        return bool(longer or (new.tails and new.name == old.name))
    if old.acronym and old.acronym[0] <= new.head[0] < old.acronym[1]:
        return False
    between = document.words(old.head[1], new.head[0]) if new.head[0] > old.head[1] else ""
    linked = not {"for", "of", "on", "to"}.isdisjoint(between.split())
    return new.head[0] > old.head[0] and not linked


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
    if place.entry:
        return None
    best: Cluster | None = None
    for cluster in reversed(clusters):
        if cluster.first.group != place.group or any(p.entry for p in cluster.places):
            continue
        for known in cluster.places:
            if known.content and known.content == place.content:
                return cluster
            if known.subject and known.subject == place.subject and not (_partners(known) and _partners(place)):
                return cluster
            smaller, larger = sorted((known.content, place.content), key=len)
            if best is None and smaller and smaller < larger and _short_for(document, known, place):
                best = cluster
    return best


def _partners(place: Place) -> frozenset[str]:
    return place.content - place.subject


def _purpose(document: Document, place: Place) -> frozenset[str]:
    """Give the words of "to …" after a bare head noun: "the memorandum to strengthen ports" is one of its own."""
    return (
        frozenset(word for t in place.value.tails if t.role == "to" for word in _folded(document.words(t.start, t.end)))
        - weak_words()
    )


def _all_words(document: Document, cluster: Cluster) -> frozenset[str]:
    return frozenset(word for p in cluster.places for word in _folded(document.words(*p.value.full)))


def _short_for(document: Document, one: Place, other: Place) -> bool:
    """Tell whether one of two names may be short for the other: capitalised ones must end (English) or begin alike."""
    if not (one.value.titled and other.value.titled):
        return True
    names = sorted((fold(document.words(*place.value.name)).split() for place in (one, other)), key=len)
    short, long = names
    if one.value.language == "en" and other.value.language == "en":
        return long[-len(short) :] == short or long[: len(short)] == short
    return long[: len(short)] == short or (
        set(short) < set(long) and long[0] == short[0] and len(one.value.tails) != len(other.value.tails)
    )


def _taken_up(clusters: Sequence[Cluster], place: Place) -> Cluster | None:
    """Find the instrument that a bare head noun takes up again: the nearest before it, else the nearest after."""
    fits = [c for c in clusters if _may_take_up(c.first, place)]
    if place.value.plural and place.value.determiner not in ("definite", "demonstrative", "possessive"):
        return None
    before = [c for c in fits if c.first.mention.start < place.mention.start]
    if before:
        return max(
            before, key=lambda c: max(p.mention.start for p in c.places if p.mention.start < place.mention.start)
        )
    return min(fits, key=lambda c: c.first.mention.start, default=None)


def _other_partner(cluster: Cluster, place: Place) -> bool:
    """Tell whether an instrument names partners, and none of them is this place's."""
    named = frozenset().union(*(p.content - p.subject for p in cluster.places))
    return bool(named) and not named & place.content


def _may_take_up(founder: Place, place: Place) -> bool:
    if founder.value.plural != place.value.plural and place.value.plural:
        return False
    if founder.entry and place.value.determiner in ("indefinite", "generic"):
        return False
    if founder.group == place.group:
        return True
    pointing = place.value.determiner in ("definite", "demonstrative")
    return (
        pointing and place.value.family in ("agreement", "deal", "accord") and founder.group in _TAKEN_UP_BY_AGREEMENT
    )
