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
from extract.find.dates.stretch import join_spans
from extract.find.dates.weekday import is_past, told
from extract.find.spans import language_runs
from schemas import PartialDate

LANGUAGES = ("en", "fr", "ko")
"""Text in another language is read by the English forms."""
VAGUE = ("weekday", "period", "near_quarter", "slashed_alone")
"""Forms that date no fact of a document: a weekday without a verb to say when, years to come, a quarter alone."""
_REACH = 40
WHOLE = ("day", "iso", "numeric")
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
    small = small_letters(text)
    found = list(_forms(text, small, language, reference))
    if reference:
        found = _longest([*found, *relative_dates(text, language, reference)])
    return [replace(m, bound=_bound(text, m.start, language)) for m in join_spans(found, text, language)]


def _longest(found: list[DateMention]) -> list[DateMention]:
    """Keep the longer of two mentions that share words, the first found of two as long; in the order of the text."""
    kept: list[DateMention] = []
    for mention in sorted(found, key=lambda m: m.start):
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start:
                kept[-1] = mention
        else:
            kept.append(mention)
    return kept


def date_mentions(document: Document) -> Iterator[Mention]:
    """Give the dates of a document as mentions (kind "date"), read against the day it was published."""
    for start, end, language in language_runs(document):
        text = document.text[start:end]
        for found in find_dates(text, language=language, reference=document.record.published_on):
            if found.form in VAGUE:
                continue
            moved = replace(found, start=found.start + start, end=found.end + start)
            yield Mention("date", moved.start, moved.end, f"date/{found.form}", moved)


def _forms(text: str, small: str, language: str, reference: date | None) -> Iterator[DateMention]:
    scan, table, position = scanner(language), forms(language), 0
    while match := scan.search(small, position):
        position = max(match.end(), match.start() + 1)
        index = next(i for i in range(len(table)) if match[f"f{i}"] is not None)
        for form, pattern in table[index:]:
            inner = pattern.match(small, match.start())
            if inner is None or _is_verb(form, inner, text) or (form == "bare" and not _is_year(text, inner, language)):
                continue
            mention = _mention(form, inner, text, small, language, reference)
            if mention:
                position = max(mention.end, match.start() + 1)
                yield mention
            elif form not in WHOLE:
                position = match.start() + 1
                continue
            break


def _mention(
    form: str, match: re.Match[str], text: str, small: str, language: str, reference: date | None
) -> DateMention | None:
    """Read a match of a form; None if its parts make no date, or nothing tells which one."""
    value, until = read_form(form, match.groupdict(), language, reference)
    if value is None or (until is not None and until.last < value.first):
        return None
    start, end = match.span("core")
    words = text[start:end].rstrip(" ,")
    if words.endswith(".") and form == "month":
        words = words[:-1]
    mention = DateMention(start, start + len(words), words, value, until, _NAMES.get(form, form))
    if reference and form == "weekday":
        return told(mention, small, language)
    if reference and form == "holiday" and is_past(small, start, end, language):
        parts = match.groupdict()
        if value.first != reference and not (parts["year"] or parts.get("which") or parts.get("turn")):
            past, _ = read_form(form, parts | {"turn": "last"}, language, reference)
            return replace(mention, value=past or value)
    return mention


_NAMES = {"bare": "year", "nth_weekday": "day", "weekday_day": "day", "slashed": "day"}
_NAMES |= {"ordinal": "day", "month_turn": "relative", "weekday_week": "relative", "days_turn": "days"}
"""What the forms of one kind of date are called outside."""


def _is_verb(form: str, match: re.Match[str], text: str) -> bool:
    """Tell the verb from the month in "we may 2 …", "they march last year": a small letter and no year."""
    groups = match.groupdict()
    verbs = ("may", "mar", "march") if form == "month_turn" else ("may", "mar")
    if groups.get("month") not in verbs or groups.get("year") or groups.get("year2"):
        return False
    return text[match.start("month")].islower()


_FILLER = (
    r"(?:\s(?:the|its|about|around|early|late|mid|approximately|both|at least))?"
    r"(?:\s(?:fiscal|calendar|tax|financial|full))?(?:\s(?:years?|l['’](?:an|année)))?"
)


@cache
def _contexts(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    by_value: dict[str, list[str]] = {"before": [], "after": [], "counted": []}
    for row in lexicon.rows("year_context", language):
        by_value[row.value].append(row.pattern)
    before, after, counted = ("|".join(by_value[name]) or "(?!)" for name in ("before", "after", "counted"))
    return (
        re.compile(rf"(?<!\w)(?:{before}){_FILLER}(?:[\s-]+|(?<=['’©)])\s?)$", re.IGNORECASE),
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
    if not lead and not text[end:].strip():
        return True  # nothing but the year: a cell of a table
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
