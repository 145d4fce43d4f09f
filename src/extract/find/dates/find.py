"""The main path of the date finder: forms found in one pass, read into partial dates, then relative words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from extract import lexicon
from extract.document import Document, Mention
from extract.find.dates.forms import forms, scanner
from extract.find.dates.mention import DateMention
from extract.find.dates.read import read_form
from extract.find.dates.relative import relative_dates, small_letters
from extract.find.spans import language_runs
from schemas import PartialDate

LANGUAGES = ("en", "fr", "ko")
"""Text in another language is read by the English forms."""
_REACH = 40
_WHOLE = ("day", "iso", "numeric")
"""Forms whose parts mean nothing alone: no month is read out of 31 November 2024."""


def find_dates(text: str, *, language: str, reference: date | PartialDate | None = None) -> list[DateMention]:
    """Find the dates in a text.

    ``reference`` is the day on which the text speaks (its publication): "today" and days without a year are read
    against it, and left out without it, or if it is no exact day.
    """
    if language not in LANGUAGES:
        language = "en"
    if isinstance(reference, PartialDate):
        reference = reference.first if reference.precision == "day" else None
    found = list(_forms(text, language, reference))
    if reference:
        taken = [(mention.start, mention.end) for mention in found]
        relative = relative_dates(text, language, reference)
        found += [m for m in relative if not any(start < m.end and m.start < end for start, end in taken)]
    return sorted((replace(m, bound=_bound(text, m.start, language)) for m in found), key=lambda m: m.start)


def date_mentions(document: Document) -> Iterator[Mention]:
    """Give the dates of a document as mentions (kind "date"), read against the day it was published."""
    for start, end, language in language_runs(document):
        text = document.text[start:end]
        for found in find_dates(text, language=language, reference=document.record.published_on):
            moved = replace(found, start=found.start + start, end=found.end + start)
            yield Mention("date", moved.start, moved.end, f"date/{found.form}", moved)


def _forms(text: str, language: str, reference: date | None) -> Iterator[DateMention]:
    scan, table, position, small = scanner(language), forms(language), 0, small_letters(text)
    while match := scan.search(small, position):
        position = max(match.end(), match.start() + 1)
        form, pattern = table[next(i for i in range(len(table)) if match[f"f{i}"] is not None)]
        inner = pattern.match(small, match.start())
        if inner is None or _is_verb(inner, text):
            continue
        if form == "bare" and not _is_year(text, inner, language):
            continue
        value, until = read_form(form, inner.groupdict(), language, reference)
        if value is None or (until is not None and until.last < value.first):
            position = match.end() if form in _WHOLE else match.start() + 1
            continue
        start, end = inner.span("core")
        words = text[start:end].rstrip(" ,")
        if words.endswith(".") and form == "month":
            words = words[:-1]
        position = max(start + len(words), match.start() + 1)
        yield DateMention(start, start + len(words), words, value, until, "year" if form == "bare" else form)


def _is_verb(match: re.Match[str], text: str) -> bool:
    """Tell the verb from the month in "we may 2 …": a small letter and no year."""
    groups = match.groupdict()
    if groups.get("month") not in ("may", "mar") or groups.get("year") or groups.get("year2"):
        return False
    return text[match.start("month")].islower()


@cache
def _contexts(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    by_value: dict[str, list[str]] = {"before": [], "after": [], "counted": []}
    for row in lexicon.rows("year_context", language):
        by_value[row.value].append(row.pattern)
    before, after, counted = ("|".join(by_value[name]) or "(?!)" for name in ("before", "after", "counted"))
    return (
        re.compile(rf"(?:^|[^\w])(?:{before})$", re.IGNORECASE),
        re.compile(rf"\s(?:{after})(?!\w)|\s(?-i:[A-ZÀ-Ý])", re.IGNORECASE),
        re.compile(rf"\s(?:{counted})(?!\w)", re.IGNORECASE),
    )


def _is_year(text: str, match: re.Match[str], language: str) -> bool:
    """Tell a year from a quantity by the words around it: "in 2025", "(2014)", "the 2023 budget", not "2025 jobs"."""
    start, end = match.span("core")
    before, after, counted = _contexts(language)
    if counted.match(text, end):
        return False
    lead = text[max(0, start - _REACH) : start]
    if lead.endswith("("):
        return text[end : end + 1] in (")", ",", ";", ":")
    if before.search(lead) or _NAMED.search(lead):
        return True
    modified = _DETERMINED.search(lead) or (language == "en" and _WORD.search(lead))
    return bool(modified and after.match(text, end))


_DETERMINED = re.compile(r"(?<!\w)(?:the|its|their|our|a|this|le|la|l['’])\s?$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2}(?:['’]s?)?\s$")
_NAMED = re.compile(
    r"(?<!\w)(?!(?:Room|Suite|Section|Form|Regulation|Directive|Highway|Route|Box|Bill|Resolution|Article|Rule|Unit|Building|"
    r"Street|Flight|Page|Line|Step|Type|Model|Standard|Norme|Salle|Règlement|Résolution|Décret|Bureau|Local|Projet)\b)"
    r"[A-ZÀ-Ý][\w’'&.-]{2,},?\s$"
)
"""A name before a year ("Climate Week 2024", "Geneva, 2004"), unless such names bear numbers ("Room 2024")."""


@cache
def _bounds(language: str) -> re.Pattern[str]:
    by_value: dict[str, list[str]] = {}
    for row in lexicon.rows("date_bound", language):
        by_value.setdefault(row.value, []).append(row.pattern)
    named = "|".join(f"(?P<{value}>{'|'.join(patterns)})" for value, patterns in by_value.items())
    filler = (
        r"(?:\s+(?:the|le|la|les|in|on|en|the end of|end of|early|late|la fin de|fin|mid|of|year|l['’]année|month of))*"
    )
    return re.compile(rf"(?<!\w)(?:{named or '(?!)'}){filler}(?:\s+|(?<=['’]))$", re.IGNORECASE)


def _bound(text: str, start: int, language: str) -> str | None:
    match = _bounds(language).search(text, max(0, start - _REACH), start)
    return match.lastgroup if match else None
