"""The actors of a document as parties: where each is named, the two states that the document is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.assemble.agreements.joining import Place
from extract.document import Document
from extract.lexicon.scan import compiled, scan
from schemas import Actor, fold

Named = tuple[int, int, Actor]
"""A span that names an actor."""


@dataclass(frozen=True, slots=True)
class ActorIndex:
    """Where the kept actors of a document are named, in the order of the text, without bystanders.

    ``frame`` is the pair of states that the document is about, empty if there is none; ``business`` tells that it
    names companies more often than states and their bodies.
    """

    spans: tuple[Named, ...]
    by_name: dict[str, Actor]
    frame: tuple[Actor, ...]
    business: bool

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
    kinds = Counter(span[2].kind for span in spans)
    business = kinds["company"] > kinds["state"] + kinds["government_body"]
    return ActorIndex(tuple(spans), by_name, _frame(document, actors), business)


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
