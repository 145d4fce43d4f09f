"""Find the names around a sum of those who may give or get it: actors, programmes and laws, groups, and "we".

A naming is a place in the text with the name it stands for. Actors are the document's own records; the rest is read
here, since a programme or a group is no actor and still gives or gets money.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.assemble.funding.frame import EXCHANGE, Frame
from extract.assemble.funding.phrases import phrase
from extract.lexicon import rows
from extract.lexicon.scan import scan, words

_TOKEN = r"[A-ZÀ-ÖØ-Þ](?:[\w&-]|[.](?=[A-Z])|['’](?![sS]\b))*"
_RUN = re.compile(
    rf"\b{_TOKEN}(?:\s(?:(?:of the|for the|of|for|and|on|to|in|with|through|de la|du|des|de|et|pour|sur|aux?)\s)?"
    rf"(?:{_TOKEN}|(?<=Budget )\d{{4}}(?:-\d\d)?))*"
)
"""Words with capitals, with the small words that join them: "Fund for the Coastal Arts"."""
_ACRONYM = re.compile(r"[A-Z][A-Za-z]?[A-Z]+(?:[ -][A-Z]{2,})*")
_BUDGET = re.compile(r"[Bb]udget (?:(?:of|de|for) )?(?:20\d\d(?:-\d\d)?)|Federal Budget|budget fédéral")
_ADMINISTRATION = re.compile(r"(?:(?<=[Tt]he )|(?<=[Tt]his )|(?<=[Oo]ur ))Administration(?! for)|[Mm]y Administration")
_DEFINED = re.compile(r"\s?\(([A-Z][A-Za-z-]{1,11})\)")
_AUXILIARY = re.compile(r"(?:\s\([A-Z]{2,10}\))?,?\s(?:(?:will|has|have|had|also|a|ont|va|is|are)\s)*")
_PLURAL = re.compile(r"(?i:.*[^s]s|people|.*peoples?|jeunes|PME|congress)")


@dataclass(frozen=True, slots=True)
class Naming:
    """A place that stands for a name. ``kind`` is an actor's kind, else programme, group, or how the frame is meant."""

    start: int
    end: int
    name: str
    kind: str
    home: bool = False


def namings(frame: Frame, low: int, high: int, language: str) -> list[Naming]:
    """Give the namings between two offsets in the order of the text; the longest where two overlap."""
    if (low, high) not in frame.read:
        frame.read[low, high] = _namings(frame, low, high, language)
    return frame.read[low, high]


def _namings(frame: Frame, low: int, high: int, language: str) -> list[Naming]:
    text = frame.document.text
    actors = [
        Naming(p.start, p.end, p.actor.name, p.actor.kind, p.actor == frame.government)
        for p in frame.within(low, high)
        if not EXCHANGE.search(p.actor.name)
    ]
    programmes = [
        Naming(start, end, text[start:end], "programme") for start, end in _programmes(frame, low, high, language)
    ]
    # "Coastal Bank" is an actor though a programme's name may hold it; "Canada" inside a programme's name is none
    programmes = [p for p in programmes if not any(a.start <= p.start and p.end <= a.end for a in actors)]
    found_groups = [
        (_after_and(text, start, head, actors), head, end) for start, head, end in _groups(text, low, high, language)
    ]
    groups = [
        Naming(start, end, text[start:end], "group")
        for start, head, end in found_groups
        if all(n.end < start or n.start >= end or n.end <= head for n in (*actors, *programmes))
    ]
    spoken = list(_spoken(frame, low, high, language))
    found = sorted(_apart([*actors, *programmes, *spoken, *groups]), key=lambda naming: naming.start)
    # "the Coastal Bank (CB)" is one naming
    return [
        n
        for i, n in enumerate(found)
        if not (i and n.name == found[i - 1].name and text[found[i - 1].end : n.start] == " (")
    ]


def _after_and(text: str, start: int, head: int, actors: Sequence[Naming]) -> int:
    """Give where a group begins after an actor that "and" joins to it: "Canada and partners" names two."""
    inside = [
        a.end for a in actors if start <= a.start and a.end < head and text[a.end : a.end + 5] in (" and ", " et l")
    ]
    return inside[-1] + 5 if inside else start


def is_programme(naming: Naming, language: str) -> bool:
    """Tell whether a name is that of a programme, also where it was taken for an actor."""
    if naming.kind in ("person", "state", "group") or naming.kind.startswith("spoken"):
        return False
    return naming.kind == "programme" or bool(_head(language).search(naming.name))


def _apart(found: Iterable[Naming]) -> Iterator[Naming]:
    taken: list[Naming] = []
    for naming in sorted(found, key=lambda n: (-(n.end - n.start), n.kind == "group", n.start)):
        if not any(naming.start < other.end and other.start < naming.end for other in taken):
            taken.append(naming)
            yield naming


def _programmes(frame: Frame, low: int, high: int, language: str) -> Iterator[tuple[int, int]]:
    """Give programmes, funds, laws and budgets by the words that such names end or begin with."""
    text = frame.document.text
    if language == "fr":
        for match in _french().finditer(text, low, high):
            yield match.start(), match.start() + len(match[0].rstrip())
    for match in _RUN.finditer(text, low, high):
        start, end = _without_opener(text, match.start(), match.end(), language)
        run = text[start:end]
        if run.startswith("Budget "):
            continue
        if words("function", "function", language).fullmatch(run):
            continue
        low_head = _low_head(language).match(text, end)
        funds = _ACRONYM.fullmatch(run) and phrase("funds_of", language).match(text, end)
        headed = language == "en" and " " in run and _head("en").search(run)
        if low_head and language == "en":
            yield start, low_head.end()
        elif headed or funds or run in frame.acronyms:
            yield start, end


def _without_opener(text: str, start: int, end: int, language: str) -> tuple[int, int]:
    """Drop a word of grammar that has its capital from the start of the sentence."""
    opener = words("function", "function", language).match(text, start, end)
    while opener and opener.end() < end and text[opener.end()] == " ":
        start = opener.end() + 1
        opener = words("function", "function", language).match(text, start, end)
    return start, end


def capitals(text: str, start: int) -> tuple[int, int] | None:
    """Give the run of words with capitals that starts at an offset, after an article, if there are two of them."""
    article = re.compile(r"(?:the |la |le |l['’])?").match(text, start)
    match = _RUN.match(text, article.end() if article else start)
    return match.span() if match and " " in match[0] else None


def capitals_before(text: str, low: int, end: int) -> tuple[int, int] | None:
    """Give the run of words with capitals that ends right before an offset, but for an acronym and an auxiliary."""
    for match in _RUN.finditer(text, low, end):
        start, _ = _without_opener(text, *match.span(), "en")
        if " " in text[start : match.end()] and _AUXILIARY.fullmatch(text, match.end(), end):
            return start, match.end()
    return None


def acronyms(text: str, language: str) -> frozenset[str]:
    """Give the acronyms that a text defines for programmes: "the Port Fund (PF)"."""
    if language == "fr":
        found = (text[m.end() : m.end() + 12] for m in _french().finditer(text))
        return frozenset(m[1] for m in map(_DEFINED.match, found) if m)
    named = (m.end() for m in _RUN.finditer(text) if _head("en").search(m[0]))
    defined = (_DEFINED.match(text, end) for end in named)
    return frozenset(m[1] for m in defined if m)


@cache
def _low_head(language: str) -> re.Pattern[str]:
    """Give the pattern of a small word after a run of capitals that makes it a programme: "the Clean Ports program"."""
    return re.compile(r"\s(?:[a-z]+\s)?(?:agenda|programs?|programmes?|initiative|fund|plan|strategy)\b")


@cache
def _head(language: str) -> re.Pattern[str]:
    heads = "|".join(row.pattern for row in rows("programme", language))
    if language == "fr":
        return re.compile(rf"^(?:{heads})\b")
    return re.compile(rf"\b(?:{heads})(?:$|\s(?:of|for|on|to|in)\s)", re.IGNORECASE)


@cache
def _french() -> re.Pattern[str]:
    heads = "|".join(row.pattern for row in rows("programme", "fr"))
    return re.compile(rf"(?<![\w’'-])(?:{heads})\s[^,.;:()«»\"]{{4,90}}?{phrase('name_end', 'fr').pattern}")


def _groups(text: str, low: int, high: int, language: str) -> Iterator[tuple[int, int, int]]:
    """Give groups of people and bodies with the words that qualify them: "European allies", "school districts"."""
    for match in phrase("governments", language).finditer(text, low, high):
        yield match.start(), match.start(), match.end()
    for hit in scan("group", language, text, low, high):
        if not _PLURAL.fullmatch(text[hit.start : hit.end]):
            continue
        head, _ = _without_opener(text, hit.start, hit.end, language)
        start = head
        if language == "en" and head == hit.start:
            modifiers = phrase("modifiers", language).search(text[max(low, head - 60) : head])
            start -= len(modifiers[0]) if modifiers else 0
        yield start, head, hit.end


def _spoken(frame: Frame, low: int, high: int, language: str) -> Iterator[Naming]:
    """Give the words that stand for the document's own government or firm: "the government", "we", "the company"."""
    text = frame.document.text
    for match in _ADMINISTRATION.finditer(text, low, high):
        yield Naming(match.start(), match.end(), frame.administration or match[0], "spoken_administration", True)
    if frame.government:
        for match in phrase("government", language).finditer(text, low, high):
            yield Naming(match.start(), match.end(), frame.government.name, _manner(match[0]), True)
    for match in _BUDGET.finditer(text, low, high):
        yield Naming(
            match.start(), match.end(), frame.government.name if frame.government else match[0], "spoken_budget", True
        )
    if frame.firm and not frame.home:
        for match in phrase("firm", language).finditer(text, low, high):
            yield Naming(match.start(), match.end(), frame.firm.name, "spoken_firm")


def _manner(said: str) -> str:
    folded = said.casefold()
    if "prime minister" in folded or re.search(r"\bminist", folded):
        return "spoken_office"
    if folded in ("we", "nous"):
        return "spoken_we"
    if folded.startswith(("federal", "fédéra")):
        return "spoken_federal"
    return "spoken_budget" if "budget" in folded else "spoken_government"
