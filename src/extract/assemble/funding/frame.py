"""Who is who in a document: the places that name actors, and the government or firm in whose name it speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from extract.assemble.funding.phrases import phrase
from extract.document import Document
from schemas import Actor

EXCHANGE = re.compile(r"\b(?:NYSE|NASDAQ|TSX|OTC|stock exchange|bourse|newswire|wire)\b", re.IGNORECASE)
"""Bodies that stand in a release without being a party of anything."""
_NATIONAL = re.compile(
    r"(?:the )?(?:government of|gouvernement d|U\.?S\.? government|federal government|gouvernement fédéral)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A place that names an actor."""

    start: int
    end: int
    actor: Actor


@dataclass(frozen=True)
class Frame:
    """The actors of a document and what follows from who speaks in it."""

    document: Document
    actors: Sequence[Actor]
    countries: frozenset[int] = frozenset()
    """Where the register knows a country by its name."""
    acronyms: frozenset[str] = frozenset()
    """Acronyms that the document defines for programmes."""

    @cached_property
    def read(self) -> dict[tuple[int, int], list[Any]]:
        """What ``names`` has read between two offsets: several sums stand in one sentence, and each asks twice."""
        return {}

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """Every place that names an actor, in the order of the text, the longest where two overlap."""
        found = [
            Named(proof.start, proof.end, actor)
            for actor in self.actors
            for proof in actor.evidence
            if proof.field in ("name", "aliases")
        ]
        return tuple(sorted(_apart(found), key=lambda place: place.start))

    @cached_property
    def government(self) -> Actor | None:
        """The government that speaks or is spoken for; of it and the country itself the one that acts."""
        country = self.document.record.country
        bodies = [a for a in self.actors if a.kind in ("government_body", "state")]
        national = [a for a in bodies if any(_NATIONAL.match(name) for name in (a.name, *a.aliases))]
        own = next((a for a in national if country and a.country == country), None)
        if own is not None and self.state is not None:
            named = sum(1 for _ in phrase("the_government", self.language).finditer(self.document.text))
            acts = self._acts(self.state)
            return self.state if acts >= 2 and acts > self._acts(own) + named else own
        unknown = [a for a in national if not (country and a.country)]
        return own or self.state or (unknown[0] if len(unknown) == 1 else None)

    @cached_property
    def publisher(self) -> Actor | None:
        """The body that published the document, if it is an actor in it and no head of government."""
        publisher = self.document.record.publisher
        bodies = (a for a in self.actors if a.kind == "government_body")
        return next(
            (a for a in bodies if publisher and publisher in (a.name, *a.aliases) and "House" not in publisher), None
        )

    def _acts(self, actor: Actor) -> int:
        """Count the places where an actor is the subject of a verb."""
        text, verb = self.document.text, phrase("acting", self.language)
        return sum(1 for place in self.named if place.actor == actor and verb.match(text, place.end))

    @cached_property
    def state(self) -> Actor | None:
        """The country that the document comes from, if the document names it; provinces are none."""
        country = self.document.record.country
        states = [a for a in self.actors if a.kind == "state" and country and a.country == country]
        return next((a for a in states if not self.countries or a.evidence[0].start in self.countries), None)

    @cached_property
    def administration(self) -> str | None:
        """The actor that "the Administration" is short for."""
        return next((actor.name for actor in self.actors if actor.name.endswith(" Administration")), None)

    @cached_property
    def home(self) -> bool:
        """Tell whether the document is a government's own: a body or a head of government published it."""
        publisher = self.document.record.publisher
        if publisher is None:
            firm = len(self.firm.evidence) if self.firm else 0
            return self.government is not None and len(self.government.evidence) >= firm
        return bool(
            re.search(r"minist|government|gouvernement|agence|agency|commission|canada", publisher, re.IGNORECASE)
        )

    @property
    def language(self) -> str:
        """The language of the document, English where we have no words of our own."""
        return self.document.language if self.document.language in ("en", "fr") else "en"

    @cached_property
    def firm(self) -> Actor | None:
        """The company that the document is about: the one named most often."""
        companies = [a for a in self.actors if a.kind == "company" and not EXCHANGE.search(a.name)]
        return max(companies, key=lambda a: (len(a.evidence), -a.evidence[0].start), default=None)

    def within(self, start: int, end: int) -> list[Named]:
        """Give the places between two offsets; the stop of "Inc." may be taken for the end of a sentence."""
        stop = end + 1 if self.document.text[end : end + 1] == "." else end
        return [place for place in self.named if start <= place.start and place.end <= stop]

    def speaks_of_government(self, start: int, end: int) -> int:
        """Give the end of the last word that stands for the document's own government; 0 if there is none."""
        pattern = phrase("government", self.language)
        return max((match.end() for match in pattern.finditer(self.document.text, start, end)), default=0)

    def speaks_as_firm(self, start: int, end: int) -> bool:
        """Tell whether the document's own firm is meant: "the company", "we"."""
        return phrase("firm", self.language).search(self.document.text, start, end) is not None


def _apart(places: Iterable[Named]) -> list[Named]:
    kept: list[Named] = []
    last = -1
    for place in sorted(places, key=lambda p: (p.start, -p.end, p.actor.name)):
        if place.start >= last:
            kept.append(place)
            last = place.end
    return kept
