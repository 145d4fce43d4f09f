"""Find passages that may be commitments: items of lists, parts of run-on lists, sentences of plans and next steps.

A list has a lead (the words before it, "The parties will:") and a heading; both travel with each item, because an
item alone seldom says whether it is an undertaking or a fact. Nothing is judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from extract.document import Document, Element, Mention
from extract.lexicon import alternation

Form = Literal["bullet", "run_on", "sentence"]
Place = tuple[int, int]

_BULLET = re.compile(r"(?:[-•*–·▪◦‣]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_TAIL = re.compile(r"(?:[\s;,]|;\s*(?:and|or|et|ou)\b)+$")
_LABEL = re.compile(r"[^\n:;.]{2,90}?\s?:\s+(?=\S)")
_HEADING = re.compile(
    r"(?:pillar|pilier|part|partie|section|chapter|chapitre|theme|thème|axe|volet|objective|objectif)\s+[\divx]+\b",
    re.I,
)
_NUMBERED = re.compile(r"(?:^|(?<=\s))\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])\)\s+")


@dataclass(frozen=True, slots=True)
class CommitmentClue:
    """Where a passage stands: ``group`` is its list, ``lead`` the words before it, ``headings`` the path above it.

    ``position`` and ``size`` count within the list; ``nested`` tells that the lead is itself an item of a list.
    """

    form: Form
    group: int
    position: int
    size: int
    lead: Place | None
    headings: tuple[str, ...]
    nested: bool = False


def find_commitments(document: Document) -> Iterator[Mention]:
    """Yield each item of a list, each part of a run-on list, and each sentence where sentences are such items."""
    plan = is_plan(document)
    for group, (lead, elements, nested) in enumerate(_lists(document)):
        places = [_item(document, element.start, element.end) for element in elements]
        clue = CommitmentClue("bullet", group, 0, len(places), lead, elements[0].section, nested)
        yield from _mentions(document, [place for place in places if place], clue)
    for index, element in enumerate(document.elements):
        if element.category not in ("text", "list_item", "quote"):
            continue
        clue = CommitmentClue("run_on", -1 - index, 0, 0, None, element.section)
        parts = _run_on(document, element)
        if parts:
            yield from _mentions(document, parts[1], replace(clue, lead=parts[0]))
        elif _HEADING.match(document.text, element.start):
            continue
        elif element.category == "text" and (plan or _in_section(element.section, document.language)):
            sentences = document.sentences_in(element.start, element.end)
            whole = [
                s for s in sentences if document.words(s.start, s.end).rstrip().endswith((".", "!", "?", ";", "»", "”"))
            ]
            found = [_item(document, *_unlabelled(document, s.start, s.end)) for s in whole]
            yield from _mentions(document, [place for place in found if place], replace(clue, form="sentence"))


@cache
def _plan_title(language: str) -> re.Pattern[str]:
    return alternation("section", language, "plan")


def is_plan(document: Document) -> bool:
    """Tell whether the whole document is an agreed plan, whose paragraphs say what will be done."""
    if document.record.kind == "action_plan":
        return True
    title = document.record.title or ""
    match = _plan_title(document.language).search(title)
    return (
        match is not None and match.start() <= len(title) // 2 and not re.search(r"\b(?:announces?|annonce)\b", title)
    )


@cache
def section_kinds(heading: str, language: str) -> frozenset[str]:
    """Tell what a heading promises: recommendation, next_step, commitment, aside."""
    kinds = ("recommendation", "next_step", "commitment", "aside")
    return frozenset(kind for kind in kinds if alternation("section", language, kind).search(heading))


def _in_section(headings: tuple[str, ...], language: str) -> bool:
    kinds = section_kinds(headings[-1], language) if headings else frozenset()
    return bool(kinds & {"recommendation", "next_step", "commitment"})


def _lists(document: Document) -> Iterator[tuple[Place | None, list[Element], bool]]:
    """Yield each list: its lead, its items, and whether the lead is itself an item.

    Lists of lists often arrive flat: an item that ends with a colon leads the items after it. If the first of those
    ends with a semicolon, the inner list ends with the first that does not; and the outer lead holds again.
    """
    before: Element | None = None
    run: list[Element] = []
    for element in (*document.elements, None):
        if element is not None and element.category == "list_item":
            run.append(element)
            continue
        if run:
            yield from _split(document, run, before)
            run = []
        before = element


def _split(
    document: Document, run: list[Element], before: Element | None
) -> Iterator[tuple[Place | None, list[Element], bool]]:
    outer = (before.start, before.end) if before is not None and before.category != "table" else None
    lead, nested, inner = outer, False, False
    items: list[Element] = []
    for element in run:
        words = document.words(element.start, element.end).rstrip()
        if words.endswith(":"):
            if items:
                yield lead, items, nested
            lead, nested, items, inner = (element.start, element.end), True, [], False
            continue
        if nested and not items:
            inner = bool(re.search(r"(?:;|; ?(?:and|et))$", words))
        items.append(element)
        if nested and inner and not re.search(r"(?:;|,|\b(?:and|et))$", words):
            yield lead, items, True
            lead, nested, items, inner = outer, False, [], False
    if items:
        yield lead, items, nested


def _item(document: Document, start: int, end: int) -> Place | None:
    """Trim an item of its bullet and of what only joins it to the next."""
    words = document.words(start, end)
    bullet = _BULLET.match(words)
    start += bullet.end() if bullet else 0
    words = document.words(start, end)
    tail = _TAIL.search(words)
    end -= len(tail[0]) if tail else 0
    return (start, end) if end - start >= 8 else None


def _unlabelled(document: Document, start: int, end: int) -> Place:
    """Leave a short label off: "Critical minerals: Develop …"."""
    label = _LABEL.match(document.words(start, end))
    return (start + label.end(), end) if label and len(label[0].split()) <= 6 else (start, end)


def _run_on(document: Document, element: Element) -> tuple[Place | None, list[Place]] | None:
    """Split "Initiatives: a; b; c" and "(1) a; (2) b" into their parts; None if the element is no such list."""
    words = document.words(element.start, element.end)
    numbered = list(_NUMBERED.finditer(words))
    if len(numbered) >= 3:
        cuts = [(mark.start(), mark.end()) for mark in numbered]
        head = words[: cuts[0][0]]
        ends = [start for start, _ in cuts[1:]] + [_sentence_end(words, cuts[-1][1])]
        places = [(begin, end) for (_, begin), end in zip(cuts, ends, strict=True)]
    else:
        label = re.match(r"[^;]{2,200}?:\s+(?=\S)", words)
        if label is None or words.count(";") < 2:
            return None
        head, places = label[0], []
        begin = label.end()
        for end in [*_semicolons(words, begin), len(words)]:
            places.append((begin, end))
            begin = end + 1
        if any(len(words[b:e]) > 600 for b, e in places):
            return None
    lead = (element.start, element.start + len(head.rstrip())) if head.strip() else None
    found = [_spanned(document, element.start + b, element.start + e) for b, e in places]
    return lead, [place for place in found if place]


def _spanned(document: Document, start: int, end: int) -> Place | None:
    words = document.words(start, end)
    start += len(words) - len(words.lstrip())
    return _item(document, start, end) if start < end else None


def _semicolons(words: str, begin: int) -> list[int]:
    depth, found = 0, []
    for index in range(begin, len(words)):
        depth += (words[index] == "(") - (words[index] == ")")
        if words[index] == ";" and depth <= 0:
            found.append(index)
    return found


def _sentence_end(words: str, begin: int) -> int:
    stop = re.compile(r"[.!?](?=\s+[A-ZÀ-Ý]|$)").search(words, begin)
    return stop.end() if stop else len(words)


def _mentions(document: Document, places: list[Place], clue: CommitmentClue) -> Iterator[Mention]:
    for position, (start, end) in enumerate(places):
        value = replace(clue, position=position, size=len(places))
        yield Mention("commitment", start, end, f"commitments.{clue.form}", value)
