"""Take items out of running text: lists within a sentence, sentences that count ("First, …"), labels with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.document import Document, Element
from extract.find.commitments.clue import Place
from extract.lexicon import alternation

_BULLET = re.compile(r"(?:[-•*–·▪◦‣]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_TAIL = re.compile(r"(?:[\s;,]|;\s*(?:and|or|et|ou)\b)+$")
_LABEL = re.compile(r"[^\n:;.]{2,90}?\s?:\s+(?=\S)")
_NUMBERED = re.compile(r"(?:^|(?<=\s))\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])\)\s+")
_COUNT = r"\s*(?:n[o°º]\.?\s*|#\s*)?(?:\d{1,3}(?:[.-]\d{1,2})?|[ivx]{1,5})\s*(?:[:.)]|[–—-](?=\s))\s+(?=\S)"


def trimmed(document: Document, start: int, end: int) -> Place | None:
    """Trim an item of its bullet and of what only joins it to the next."""
    words = document.words(start, end)
    bullet = _BULLET.match(words)
    start += bullet.end() if bullet else 0
    words = document.words(start, end)
    tail = _TAIL.search(words)
    end -= len(tail[0]) if tail else 0
    return (start, end) if end - start >= 8 else None


def unlabelled(document: Document, start: int, end: int) -> Place:
    """Leave a short label off: "Critical minerals: Develop …"."""
    label = _LABEL.match(document.words(start, end))
    return (start + label.end(), end) if label and len(label[0].split()) <= 6 else (start, end)


def run_on(document: Document, element: Element) -> tuple[Place | None, list[Place]] | None:
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
    return trimmed(document, start, end) if start < end else None


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


def counted(document: Document, element: Element) -> tuple[Place | None, list[Place]] | None:
    """Give the sentences of a paragraph that count what will be done ("First, …. Second, …"), without the number.

    The sentences before the first of them lead. None unless a second one follows the first.
    """
    sentences = list(document.sentences_in(element.start, element.end))
    marks = [_ordinals(s.language).match(document.words(s.start, s.end)) for s in sentences]
    first = next((i for i, mark in enumerate(marks) if mark), None)
    if first is None or sum(mark is not None for mark in marks) < 2:
        return None
    if not _ordinals(sentences[first].language, "first").match(document.words(sentences[first].start, element.end)):
        return None
    found = [trimmed(document, s.start + m.end(), s.end) for s, m in zip(sentences, marks, strict=True) if m]
    lead = (sentences[first - 1].start, sentences[first - 1].end) if first else None
    return lead, [place for place in found if place]


def numbered(document: Document) -> Iterator[tuple[Place, Element, list[tuple[Place, Place]]]]:
    """Give the paragraphs that a label with a number opens ("Recommendation 3: …"), by their word.

    Yields the label of the first, its element, and (label, item) of each; a single one is no list.
    """
    runs: dict[str, list[tuple[Element, Place, Place]]] = {}
    for element in document.elements:
        if element.category not in ("text", "title", "list_item"):
            continue
        label = _labels(document.language).match(document.words(element.start, element.start + 60))
        place = trimmed(document, element.start + label.end(), element.end) if label else None
        if label and place:
            span = (element.start, element.start + len(label[0].rstrip()))
            runs.setdefault(label[1].casefold(), []).append((element, span, place))
    for run in runs.values():
        if len(run) > 1:
            yield run[0][1], run[0][0], [(label, place) for _, label, place in run]


@cache
def _ordinals(language: str, value: str | None = None) -> re.Pattern[str]:
    return re.compile(alternation("sequence", language, value).pattern + r"[,:]?\s+(?=\S)", re.I)


@cache
def _labels(language: str) -> re.Pattern[str]:
    return re.compile("(" + alternation("numbered_label", language).pattern + ")" + _COUNT, re.I)
