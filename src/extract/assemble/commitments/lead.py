"""Read the words that lead a list: what they promise last, and how they close.

"The ministers agreed to:" promises, "The following measures:" does so by its noun, "Participants included:" names
things. The nouns count only where the list stands for them: before "include", after "following", or in a bare label.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extract.find.commitments.forms import WILL, who_will
from extract.lexicon import alternation

CUES = ("undertakes", "announces", "recommends", "next", "done", "aims", "orders", "describes", "reader")
_CLOSES = {
    "en": re.compile(
        r"(?P<purpose>\bin order to|\bso as to)\s?:$"
        r"|(?P<modal>\b(?:will|shall|should|must|would|could|to)(?: also| now| then)?)\s?:$|\bby\s?:$"
    ),
    "fr": re.compile(
        r"(?P<purpose>\bafin de|\bpour|\bde manière à)\s?:$"
        r"|(?P<modal>\b(?:à|de|va|vont|allons|doi(?:t|vent)|dev(?:ons|ez)|devr\w+|il faut))\s?:$|\b(?:en|par)\s?:$"
    ),
}
_NAMES_THEM = {
    "en": re.compile(
        r"(?P<before>[^,;:]*?)(?:,? (?:including|such as)|\b(?:will |would |also |now |currently )*"
        r"(?:includ(?:e|es|ed)|are|is|were|was))\b(?P<after>[^,;:]{0,60}),?\s?:$|\bfollowing\b(?P<after2>[^;:]*):$",
        re.I,
    ),
    "fr": re.compile(
        r"(?P<before>[^,;:]*?)(?:,? (?:notamment|dont|soit|y compris)"
        r"|\b(?:compren(?:d|nent)|sont|est|inclu(?:t|ent)))\b"
        r"(?P<after>[^,;:]{0,60}),?\s?:$|(?P<after2>[^,;:]*\bsuivant(?:e?s|e)?\b[^,;:]{0,40}):$",
        re.I,
    ),
}
_POINTING = re.compile(r"(?:th(?:is|ese|ey)|it|some of these|cela|ceci|ces|ce|il s['’]agit|elles?|ils?)\b", re.I)
_MAX_HEADING = 110
_LABEL_WORDS = 8
_NEAR_END = 40  # characters in which what is listed is named, before the words that close a lead


class Lead(NamedTuple):
    """``cues`` is all that the words say, ``turn`` what they say last; ``close`` how they end.

    ``turn`` is promises, recommends, next, announces, done, aims, orders, describes, reader, things or "" (none of
    these); ``close`` is modal ("will:", "to:"), purpose, by, names ("include:"), label, colon, heading, sentence or
    "" (no words).
    """

    cues: frozenset[str]
    turn: str
    close: str

    @property
    def colon(self) -> bool:
        """Whether the words end with a colon."""
        return self.close in ("modal", "purpose", "by", "names", "label", "colon")


NO_LEAD = Lead(frozenset(), "", "")


def read_lead(words: str, language: str) -> Lead:
    """Say what the words before a list promise. Whole sentences that don't end with a colon promise nothing."""
    words = words.rstrip()
    if not words:
        return NO_LEAD
    if not words.endswith(":"):
        heading = len(words) < _MAX_HEADING and not words.endswith((".", "!", "»", "”"))
        return Lead(frozenset(), "", "heading" if heading else "sentence")
    last = last_sentence(words)
    label = len(last.split()) <= _LABEL_WORDS and not any(_cue(language, cue).search(last) for cue in CUES)
    ends = _CLOSES[language].search(last)
    if ends:
        lead = _read(last, ends.lastgroup or "by", "", language)
        return lead._replace(turn="describes") if _brings_about(last, lead, language) else lead
    if label:
        return _read(last, "label", last, language)
    named = _NAMES_THEM[language].search(last)
    if named:
        return _read(last, "names", " ".join(part for part in named.groups() if part), language)
    return _read(last, "colon", "", language)


def _read(words: str, close: str, listed: str, language: str) -> Lead:
    """Read the cues of a lead; ``listed`` are the words that name what the list holds."""
    ends = {cue: max((match.end() for match in _cue(language, cue).finditer(words)), default=-1) for cue in CUES}
    cues = frozenset(cue for cue, end in ends.items() if end >= 0)
    turn = ""
    if cues:
        last = max(CUES, key=lambda cue: (ends[cue], cue == "describes"))  # of two that end alike, the first
        turn = "promises" if last == "undertakes" else last
    if "reader" in cues and turn not in ("done", "describes"):
        turn = "reader"
    elif turn == "recommends":
        return Lead(cues, turn, close)
    elif "done" in cues and close in ("names", "label", "by"):
        turn = "done"
    elif listed and not _agreed_on(words, ends["undertakes"]):
        if _cue(language, "deeds").search(listed):
            turn = "promises"
        elif _cue(language, "things").search(listed):
            turn = "things"
    return Lead(cues, turn, close)


def _agreed_on(words: str, end: int) -> bool:
    """Tell whether what follows is just what was agreed: "They agreed on the following priorities:"."""
    return end >= 0 and re.match(r" ?(?:the )?following\b", words[end:]) is not None


def _brings_about(words: str, lead: Lead, language: str) -> bool:
    """Tell whether a thing is said to do what is listed: "The fund will:" tells its effects, "Our plan will:" plans."""
    if lead.close == "purpose":
        return lead.turn == "promises" and not _cue(language, "deeds").search(words[-_NEAR_END:])
    if lead.turn != "promises" or who_will(words, language) != "thing":
        return False
    will = WILL[language].search(words)
    subject = words[: will.start()][-_NEAR_END:] if will else ""
    return not _cue(language, "deeds").search(subject)


@cache
def _cue(language: str, cue: str) -> re.Pattern[str]:
    return alternation("commitment", language, cue)


def last_sentence(lead: str) -> str:
    """Give the sentence that leads a list; with the one before it if it only points back ("These include:")."""
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý])", lead)
    pointing = _POINTING.match(sentences[-1]) and len(sentences[-1].split()) <= 6
    return " ".join(sentences[-2:]) if pointing else sentences[-1]
