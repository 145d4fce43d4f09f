"""The actors of a document as parties: where each is named, the two states that the document is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.assemble.agreements.places import Place
from extract.document import Document
from extract.lexicon import rows
from extract.lexicon.scan import compiled, scan
from schemas import Actor, fold

_OPENING, _SUBJECT_REACH = 2500, 260
"""How far into a release its speaker is looked for, and how far before its verb: over an apposition."""
_SUBJECT = re.compile(
    r"(?:^|\s[-–—]+\s|[.\n]\s*)((?:[A-ZÀ-Ý][\w&.’'-]*)(?: (?:[A-ZÀ-Ý&][\w&.’'-]*))*)"
    r"(?:\s?\([^()]*\))*(?:,[^.\n\d/–—-]*,)?\s+$"
)
_COMMERCIAL = ("company", "academic", "civil_society")

Named = tuple[int, int, Actor]
"""A span that names an actor."""


@dataclass(frozen=True, slots=True)
class ActorIndex:
    """Where the kept actors of a document are named, in the order of the text, without bystanders.

    ``frame`` is the pair of states that the document is about, empty if there is none; ``business`` tells that it
    names companies more often than states and their bodies. ``publisher`` is the body that speaks, ``government`` and
    ``speaker`` are those for which it does; ``announcer`` is the firm that announces, with its place, actor or not.
    """

    spans: tuple[Named, ...]
    by_name: dict[str, Actor]
    frame: tuple[Actor, ...]
    business: bool
    speaker: Actor | None = None
    publisher: Actor | None = None
    government: Actor | None = None
    announcer: tuple[int, int, str] | None = None

    def within(self, start: int, end: int) -> list[Named]:
        """Give the actors named in ``[start, end)``, the longest of overlapping names, each once.

        The full stop of a name ("Co.") may stand outside, where it ends the sentence as well.
        """
        inside = sorted(
            (s for s in self.spans if start <= s[0] and s[1] - s[2].name.endswith(".") <= end),
            key=lambda s: (s[0], -s[1]),
        )
        kept: list[Named] = []
        for span in inside:
            if (not kept or span[0] >= kept[-1][1]) and all(span[2].id != k[2].id for k in kept):
                kept.append(span)
        return kept

    def bodies(self, start: int, end: int) -> list[Named]:
        """Give the actors named in ``[start, end)`` that are no persons: people sign for others."""
        return [span for span in self.within(start, end) if span[2].kind != "person"]

    @property
    def own(self) -> list[str]:
        """The names of the body that speaks, its government and its state."""
        return [actor.name for actor in (self.publisher, self.government, self.speaker) if actor]

    @property
    def firms(self) -> list[Named]:
        """The companies of the document, the one named most often first."""
        counts = Counter(span[2].id for span in self.spans)
        firms = {span[2].id: span for span in reversed(self.spans) if span[2].kind == "company"}
        return sorted(firms.values(), key=lambda span: (-counts[span[2].id], span[0]))

    def lead(self, partner: Actor | None, *, commercial: bool) -> Iterator[tuple[int, int, str]]:
        """Give who may be the other side of a lone partner, the likeliest first, each with its place.

        That is the publisher, its government or its state; the firm that announces; then, for a firm (``commercial``),
        the firm or institute named most, else the first body that is no state.
        """
        counts = Counter(span[2].id for span in self.spans)
        first = [next((s for s in self.spans if s[2].name == name), None) for name in self.own]
        kinds = _COMMERCIAL if commercial else ("government_body", *_COMMERCIAL)
        others = sorted(self.spans, key=lambda span: -counts[span[2].id]) if commercial else self.spans
        yield from ((s[0], s[1], s[2].name) for s in first if s)
        if self.announcer:
            yield self.announcer
        yield from ((s[0], s[1], s[2].name) for s in others if s[2].kind in kinds)


def index_actors(document: Document, actors: Sequence[Actor], places: Sequence[Place]) -> ActorIndex:
    """Index the actors by place and by name; a body named after an instrument is no party of it."""
    heads = [place.value.head for place in places]
    spans = sorted(
        (
            (e.start, e.end, actor)
            for actor in actors
            if not _bystander(actor.name)
            for e in actor.evidence
            if e.field in ("name", "record") and not any(e.start <= h[0] and h[1] <= e.end for h in heads)
        ),
        key=lambda span: (span[0], -span[1], span[2].name),
    )
    by_name = {fold(name): actor for actor in actors for name in (actor.name, *actor.aliases)}
    _add_other_names(by_name)
    kinds = Counter(span[2].kind for span in spans)
    business = kinds["company"] > kinds["state"] + kinds["government_body"]
    publisher = by_name.get(fold(document.record.publisher or ""))
    return ActorIndex(
        tuple(spans),
        by_name,
        _frame(document, actors),
        business,
        _speaker(document, by_name),
        publisher,
        _government(document, by_name),
        _announcer(document) if business else None,
    )


def _government(document: Document, by_name: dict[str, Actor]) -> Actor | None:
    """Give the government for which the publisher speaks: "Government of Canada"."""
    if not document.record.country or not document.record.publisher:
        return None
    of = {"en": "government of {}", "fr": "gouvernement du {}"}
    names = (of[code].format(fold(territory(document.record.country, code))) for code in of)
    return next((by_name[name] for name in names if name in by_name), None)


def _add_other_names(by_name: dict[str, Actor]) -> None:
    """Let a state answer to its other names too: "U.S." where the document speaks of the United States elsewhere."""
    groups = {name: row.value for row in rows("state_same", "any") for name in row.pattern.split("|")}
    for name, actor in list(by_name.items()):
        for other, group in groups.items() if name in groups and actor.kind != "person" else ():
            if group == groups[name]:
                by_name.setdefault(other, actor)


def _announcer(document: Document) -> tuple[int, int, str] | None:
    """Find the firm that speaks in a release: the capitalised name before the first "announces" or "is proud to"."""
    for hit in scan("announces", "en" if document.language == "en" else "fr", document.text, 0, _OPENING):
        subject = _SUBJECT.search(document.text, max(0, hit.start - _SUBJECT_REACH), hit.start)
        if subject:
            return subject.start(1), subject.end(1), subject[1]
    return None


def _speaker(document: Document, by_name: dict[str, Actor]) -> Actor | None:
    """Give the state for which the publisher speaks, by the country of the document."""
    if not document.record.country or not document.record.publisher:
        return None
    names = (name for code in ("en", "fr") if (name := territory(document.record.country, code)))
    return next((by_name[fold(name)] for name in names if fold(name) in by_name), None)


def _frame(document: Document, actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Give the two states of the document's title, else the two it names most, more than once each."""
    states = [a for a in actors if a.kind == "state" or any(_bloc(n) for n in (a.name, *a.aliases))]
    head = document.elements[0].end if document.elements else 0
    titled = [a for a in states if any(e.field == "name" and e.end <= head for e in a.evidence)]
    if len(titled) == 2:
        return tuple(sorted(titled, key=lambda a: min(e.start for e in a.evidence)))
    counted = sorted(states, key=lambda actor: (-len(actor.evidence), actor.name))[:2]
    return tuple(counted) if len(counted) == 2 and len(counted[1].evidence) >= 2 else ()


@cache
def territory(code: str, language: str) -> str:
    """Give the name of a country by its code, in a language; empty if there is none."""
    from babel import Locale

    return str(Locale(language).territories.get(code, ""))


@cache
def is_state(words: str) -> bool:
    """Tell whether words are the name of a country, or the short name of a state, a province or a bloc."""
    return fold(words) in _territories() or bool(_short_name(words))


def _bloc(words: str) -> bool:
    return _short_name(words) == "bloc" or words in ("EU", "UE")


@cache
def _short_name(words: str) -> str:
    for language in ("en", "fr"):
        pattern, rows = compiled("state_short", language)
        match = pattern.fullmatch(words)
        if match and match.lastgroup:
            return rows[match.lastgroup].value
    return ""


@cache
def _territories() -> frozenset[str]:
    from babel import Locale

    return frozenset(fold(name) for code in ("en", "fr") for name in Locale(code).territories.values())


@cache
def _bystander(name: str) -> bool:
    """Tell whether an actor only stands beside a deal: a news wire, a stock exchange, a court."""
    return next(scan("bystander", "en", name), None) is not None
