"""What stands around a sum: its sentence, the words up to the next sums, the cues in them, the lead of its list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.document import Document, Element, Mention
from extract.find.money import MoneyMention
from extract.lexicon.scan import scan

_BOUNDARY = re.compile(r"[;:]|(?<![A-Z])\.\s|\s[–—]\s")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that tells of money's nature: ``subject`` is funding or not_funding, ``value`` the row's meaning."""

    subject: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Context:
    """A sum in its place: ``low`` and ``high`` end its sentence, ``left`` and ``right`` the nearest sums."""

    document: Document
    mention: Mention
    language: str
    low: int
    high: int
    left: int
    right: int
    cues: tuple[Cue, ...]
    lead_cues: tuple[Cue, ...]
    lead: tuple[int, int] | None
    element: Element | None
    sums: int

    @property
    def start(self) -> int:
        """Where the sum begins."""
        return self.mention.start

    @property
    def end(self) -> int:
        """Where the sum ends."""
        return self.mention.end

    @property
    def money(self) -> MoneyMention:
        """The sum as the finder read it."""
        value: MoneyMention = self.mention.value
        return value

    @cached_property
    def before(self) -> tuple[Cue, ...]:
        """The cues before the sum in its sentence, nearest first."""
        return tuple(sorted((c for c in self.cues if c.end <= self.start), key=lambda c: -c.end))

    @cached_property
    def after(self) -> tuple[Cue, ...]:
        """The cues after the sum in its sentence, nearest first."""
        return tuple(sorted((c for c in self.cues if c.start >= self.end), key=lambda c: c.start))

    def words(self, start: int, end: int) -> str:
        """Give the words between two offsets."""
        return self.document.text[start:end]

    @cached_property
    def quote(self) -> tuple[int, int]:
        """The clause that states the sum: its sentence, cut at semicolons, colons and dashes outside the sum."""
        low, high = self.low, self.high
        for mark in _BOUNDARY.finditer(self.document.text, low, high):
            if mark.end() <= self.start:
                low = mark.end()
            elif mark.start() >= self.end:
                high = mark.start()
                break
        text = self.document.text
        while low < self.start and text[low].isspace():
            low += 1
        while high > self.end and text[high - 1].isspace():
            high -= 1
        return low, high


def contexts(document: Document, mentions: Sequence[Mention]) -> list[Context]:
    """Give the context of every sum, in the order of the text."""
    sums = [mention for mention in mentions if mention.kind == "money"]
    leads = _leads(document) if sums else {}
    scanned: dict[tuple[int, int], tuple[Cue, ...]] = {}
    found = []
    for index, mention in enumerate(sums):
        low, high, language = _sentence(document, mention)
        cues = scanned.setdefault((low, high), ()) or scanned_cues(document, language, low, high)
        scanned[low, high] = cues
        element = document.element_at(mention.start)
        lead = leads.get(element.start) if element else None
        before = sums[index - 1].end if index and sums[index - 1].end > low else low
        after = sums[index + 1].start if index + 1 < len(sums) and sums[index + 1].start < high else high
        found.append(
            Context(
                document,
                mention,
                language,
                low,
                high,
                min(before, mention.start),
                max(after, mention.end),
                tuple(c for c in cues if c.end <= mention.start or c.start >= mention.end),
                scanned_cues(document, language, *lead) if lead else (),
                lead,
                element,
                sum(low <= other.start < high for other in sums[max(0, index - 12) : index + 12]),
            )
        )
    return found


def scanned_cues(document: Document, language: str, low: int, high: int) -> tuple[Cue, ...]:
    """Find the cues of both subjects in a stretch of text."""
    return tuple(
        Cue(subject, hit.row.value, hit.start, hit.end)
        for subject in ("funding", "not_funding")
        for hit in scan(subject, language, document.text, low, high)
    )


def _sentence(document: Document, mention: Mention) -> tuple[int, int, str]:
    sentence = document.sentence_at(mention.start)
    if sentence is not None:
        high = max(sentence.end, mention.end)
        return sentence.start, high, sentence.language if sentence.language in ("en", "fr") else document.language
    element = document.element_at(mention.start)
    low, high = (element.start, element.end) if element else (mention.start, mention.end)
    return low, max(high, mention.end), document.language


def _leads(document: Document) -> dict[int, tuple[int, int]]:
    """Map the start of each list item to the sentence that leads its list."""
    found: dict[int, tuple[int, int]] = {}
    lead: tuple[int, int] | None = None
    for element in document.elements:
        words = document.words(element.start, element.end).rstrip()
        if element.category == "list_item" and not words.endswith(":"):
            if lead is not None:
                found[element.start] = lead
            continue
        if element.category == "list_item" and lead is not None:
            found[element.start] = lead
        sentences = list(document.sentences_in(element.start, element.end)) if words.endswith(":") else []
        lead = (sentences[-1].start, element.end) if sentences else None
    return found
