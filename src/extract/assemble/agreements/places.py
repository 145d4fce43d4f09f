"""The places that name an instrument, and the instruments that joining makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from extract.document import Document, Mention
from extract.find.agreements.instrument import Instrument
from extract.find.agreements.korean import POINTING
from extract.find.agreements.wording import word_class
from extract.lexicon import rows
from schemas import fold

_GROUPS: dict[str, str] = {
    "mou": "memorandum", "letter": "memorandum", "arrangement": "memorandum",
    "fta": "trade", "trade": "trade", "trade_agreement": "trade",
    "treaty": "treaty", "convention": "treaty", "pact": "treaty", "accord": "agreement", "charter": "charter",
    "protocol": "protocol",
    "strategic": "partnership", "partnership": "partnership", "alliance": "alliance", "coalition": "coalition",
    "venture": "partnership", "collaboration": "partnership", "consortium": "consortium", "initiative": "initiative",
    "plan": "plan", "roadmap": "roadmap", "framework": "framework", "blueprint": "plan", "action_plan": "plan",
    "statement": "declaration", "declaration": "declaration", "code": "code", "pledge": "pledge", "call": "call",
    "principles": "principles",
    "agreement": "agreement", "contract": "contract", "procurement": "contract",
    "deal": "agreement", "principle": "agreement",
    "settlement": "agreement", "ceasefire": "agreement", "cooperation_agreement": "agreement",
    "memorandum": "memorandum",
}  # fmt: skip
_EDGE = " ,;:.()[]“”\"«»‘’'–—-"
_DURATION = frozenset(
    ["year", "years", "multi", "ans", "annee", "annees", "decennal", "quinquennal", "pluriannuel", "pluriannuelle"]
)
_LOOSE_PARTNERSHIPS = ("alliance", "collaboration")


@dataclass(slots=True)
class Place:
    """One place in the text that names an instrument: the mention that reads it best, and others on the same words."""

    mention: Mention
    others: list[Mention] = field(default_factory=list)
    content: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    """The words of ``content`` that say what it is about, not with whom."""
    words: frozenset[str] = frozenset()
    """All words of the name, folded."""
    entry: str | None = None
    """The register entry that any of the mentions names."""
    group: str = ""
    """The group of head nouns within which an instrument may be named again."""

    @property
    def value(self) -> Instrument:
        """The instrument as the best mention reads it."""
        value: Instrument = self.mention.value
        return value


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
        place.words = frozenset(folded(document.words(*place.value.name)))
        place.entry = next((m.value.entry for m in (place.mention, *place.others) if m.value.entry), None)
        place.group = _group(place.value)
    return places


def _group(value: Instrument) -> str:
    """Give the group; only a capitalised name tells an alliance between partners from their partnership."""
    if value.family in _LOOSE_PARTNERSHIPS and not value.titled:
        return "partnership"
    return _GROUPS.get(value.family, value.family)


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
    words = {w for start, end in spans if end > start for w in folded(document.words(start, end))}
    words -= set(folded(document.words(*value.acronym))) if value.acronym else set()
    return frozenset(word for word in words - weak_words() if not word.isdigit() and word not in _DURATION)


def folded(words: str) -> Iterator[str]:
    """Fold the words of a name; "R-D" stays one word, "Canada–Korea" is two, single letters are dropped."""
    for word in words.split():
        if _is_weak(word.strip(_EDGE).lower()):
            continue
        parts = fold(word).split()
        if len(parts) > 1 and all(len(part) == 1 for part in parts):
            yield "".join(parts)
        else:
            yield from (part for part in parts if len(part) > 1)


@lru_cache(maxsize=8192)
def _is_weak(word: str) -> bool:
    """Tell whether a word is a row of ``title_word`` in either language: an article, a verb, a praise."""
    return bool(word_class(word, "en") or word_class(word, "fr"))


@cache
def weak_words() -> frozenset[str]:
    """The words that don't tell one instrument from another: those of ``title_word``, and words of grammar."""
    weak: set[str] = set(POINTING)
    for language in ("en", "fr"):
        weak.update(fold(row.pattern) for row in rows("function", language))
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
