"""Qualify a span: what its clause says of the reality of the act, and of the state of the instrument or sum in it.

Cues are lexicon rows: ``modality`` (negation, hypothesis, future, past, present) and ``status`` (signed, in force,
under negotiation, proposed, ended; ``adjacent`` rows only right beside the span). A cue counts when it stands in the
same clause as the span; the nearest comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.document import Document
from extract.lexicon import LANGUAGES
from extract.lexicon.scan import scan

_CLAUSE_BREAK = re.compile(
    r";\s*|\s[–—]\s|\.\s|:\s|\n|,\s(?=(?:and|but|while|whereas|although|et|mais|tandis que|alors que|ainsi que)\s)"
    r"|,\s(?=(?:which|who|where|qui|dont|où)\s)|,\s(?:to|y compris|including|notamment)\s"
)


_ADJACENT = 14
"""Characters between an adjective and what it qualifies: "the existing bilateral agreement"."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that qualifies: its meaning, its half-open offsets in the document."""

    value: str
    start: int
    end: int

    def distance(self, start: int, end: int) -> int:
        """Count the characters between the cue and a span; 0 when they touch or overlap."""
        return max(0, start - self.end, self.start - end)


@dataclass(frozen=True, slots=True)
class Qualification:
    """What the clause of a span says. ``cues`` are the modality cues, ``states`` the status cues, nearest first."""

    negated: bool
    hypothetical: bool
    future: bool
    past: bool
    cues: tuple[Cue, ...]
    states: tuple[Cue, ...]
    clause: tuple[int, int]


def qualify(document: Document, start: int, end: int) -> Qualification:
    """Read the cues of the clause that holds ``[start, end)``; cues inside the span itself don't count."""
    clause = clause_of(document, start, end)
    language = language_at(document, start)
    cues = _cues(document, "modality", language, clause, (start, end))
    states = _cues(document, "status", language, clause, (start, end))
    before = [cue for cue in cues if cue.start < start]
    return Qualification(
        negated=any(cue.value == "negation" for cue in before) or _denied_after(cues, end),
        hypothetical=any(cue.value == "hypothesis" for cue in cues),
        future=any(cue.value == "future" for cue in cues),
        past=any(cue.value == "past" for cue in cues),
        cues=cues,
        states=states,
        clause=clause,
    )


def clause_of(document: Document, start: int, end: int) -> tuple[int, int]:
    """Give the clause around a span: its sentence, cut at semicolons, dashes, and commas before a new clause."""
    sentence = document.sentence_at(start)
    element = document.element_at(start)
    low = sentence.start if sentence else element.start if element else start
    high = max(end, sentence.end if sentence else element.end if element else end)
    for mark in _CLAUSE_BREAK.finditer(document.text, low, high):
        if mark.end() <= start:
            low = mark.end()
        elif mark.start() >= end:
            high = mark.start()
            break
    return low, high


def language_at(document: Document, offset: int) -> str:
    """Give the language of the sentence at an offset, that of the document between sentences; English if unknown."""
    sentence = document.sentence_at(offset)
    language = sentence.language if sentence else document.language
    return language if language in LANGUAGES else "en"


def _cues(
    document: Document, subject: str, language: str, clause: tuple[int, int], span: tuple[int, int]
) -> tuple[Cue, ...]:
    outside = []
    for hit in scan(subject, language, document.text, *clause):
        if hit.end <= span[0] or hit.start >= span[1]:
            value, _, scope = hit.row.value.partition(" ")
            cue = Cue(value, hit.start, hit.end)
            if scope != "adjacent" or cue.distance(*span) <= _ADJACENT:
                outside.append(cue)
    return tuple(sorted(outside, key=lambda cue: (cue.distance(*span), cue.start)))


def _denied_after(cues: tuple[Cue, ...], end: int) -> bool:
    """Tell whether the verb after the span is denied ("the accord was not signed"): a negation within a few words."""
    return any(cue.value == "negation" and 0 <= cue.start - end <= 25 for cue in cues)
