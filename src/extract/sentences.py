"""Sentences of a passage, as character ranges: English, French and Korean by the same few rules.

A full stop ends a sentence unless an abbreviation or an initial stands before it or a small letter after it. An
abbreviation that often ends a sentence itself ("Inc.", "U.S.") ends it only where the next word is one that mostly
opens sentences ("The", "Le"). The words are rows of ``lexicon/abbreviation.*.tsv`` and ``lexicon/opener.*.tsv``.
"""

from __future__ import annotations

import re
from functools import cache

from extract.lexicon import LANGUAGES, alternation

# a mark, what closes around it (French sets a space before »), white space, and what may open a sentence
_BOUNDARY = re.compile(r"([.!?…。]+)((?:\s?»|[”\"’'\)\]])*)(\s+)(?=([\w«“\"‘'(\[—–]))")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]|[.’'](?=[^\W\d_])|(?<=p\. )ex)+$|\d+$")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[A-ZÀ-ÖØ-Þ](?:-[A-ZÀ-ÖØ-Þ])?")
_LOOK_BACK = 24  # no abbreviation is longer


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Give the half-open ranges of the sentences in a passage; white space between them belongs to none.

    Lines are never joined: a line break ends a sentence, as in the rows of a table.
    """
    spans: list[tuple[int, int]] = []
    offset = 0
    for line in text.split("\n"):
        _split_line(line, offset, spans)
        offset += len(line) + 1
    return spans


def _split_line(line: str, offset: int, spans: list[tuple[int, int]]) -> None:
    start = len(line) - len(line.lstrip())
    end = len(line.rstrip())
    for match in _BOUNDARY.finditer(line):
        if match.end() < end and _ends_sentence(line, start, match):
            spans.append((offset + start, offset + match.start(3)))
            start = match.end()
    if start < end:
        spans.append((offset + start, offset + end))


def _ends_sentence(line: str, start: int, match: re.Match[str]) -> bool:
    opening = match[4]
    if opening.islower():
        return False
    if match[1] != ".":
        # a question inside quotes goes on: « Quoi ? » dit-il; and so does an elided word: Yahoo! Inc.
        return True
    before = line[max(start, match.start() - _LOOK_BACK) : match.start()]
    if not match[2]:
        if before.isdigit() and len(before) <= 3 and match.start() - len(before) == start:
            return False  # the number of an item: "1. Sign the agreement"
        abbreviation = _abbreviation(before)
        if abbreviation == "inner":
            return False
        if abbreviation == "number":
            return not opening.isdigit()
        if abbreviation == "final":
            return _opens_sentence(line, match.end())
    return True


def _abbreviation(before: str) -> str | None:
    """Tell which kind of row the word before a full stop is, None when it is no abbreviation."""
    match = _WORD_BEFORE.search(before)
    if match is None:
        return None
    word = re.split(r"['’]", match[0])[-1]  # L’hon. is an hon.
    if _abbreviations("inner").fullmatch(word):
        # "5 M. Le" is a sum, "M. Roy" a gentleman
        return "final" if re.search(r"\d\s?$", before[: match.start()]) else "inner"
    if _abbreviations("number").fullmatch(word):
        return "number"
    if _INITIAL.fullmatch(word) or _abbreviations("final").fullmatch(word):
        return "final"
    return None


def _opens_sentence(line: str, position: int) -> bool:
    return _openers().match(line, position) is not None


@cache
def _abbreviations(value: str) -> re.Pattern[str]:
    return re.compile("|".join(alternation("abbreviation", language, value).pattern for language in LANGUAGES))


@cache
def _openers() -> re.Pattern[str]:
    words = "|".join(alternation("opener", language).pattern for language in LANGUAGES)
    return re.compile(rf"[«“\"‘']?\s?(?:{words})")
