"""A weekday alone ("on Monday"): whether it names a day at all, and whether a past or a coming one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache

from extract import lexicon
from extract.find.dates.distance import exact
from extract.find.dates.mention import DateMention
from extract.normalise.calendar import weekdays

_REACH = 120
_STOP = re.compile(r"[.;:!?\n]\s")


@cache
def _habit(language: str) -> re.Pattern[str]:
    """Match the end of what stands before a weekday and makes it a habit, a span of the week, or part of a name."""
    words = "|".join(row.pattern for row in lexicon.rows("weekday_habit", language)) or "(?!)"
    return re.compile(rf"(?:\b(?:{words})|[-–—/&'’])\s?$")


@cache
def _span(language: str) -> re.Pattern[str]:
    """Match what follows a weekday that opens a span or a list: "Monday to Friday"."""
    names = "|".join(sorted(weekdays(language)))
    links = "|".join(row.pattern for row in lexicon.rows("weekday_habit", language) if row.value == "span") or "(?!)"
    return re.compile(rf"\s?(?:[-–—/&]|de la semaine|(?:{links})\s(?:{names}))")


def told(mention: DateMention, small: str, language: str) -> DateMention | None:
    """Settle a weekday by the tense before it: the last one after a past verb, else the coming one; None if a habit."""
    lead = small[max(0, mention.start - _REACH) : mention.start]
    if _habit(language).search(lead) or _span(language).match(small, mention.end):
        return None
    tense = _tense(small, mention.start, mention.end, language)
    if tense == "past":
        return replace(mention, value=exact(mention.value.first - timedelta(weeks=1)), form="relative")
    return replace(mention, form="relative") if tense == "future" else mention


def is_past(small: str, start: int, end: int, language: str) -> bool:
    """Tell whether the sentence around some words speaks of the past."""
    return _tense(small, start, end, language) == "past"


def _tense(small: str, start: int, end: int, language: str) -> str | None:
    """Read the tense of a sentence before some words, else after them; None without a verb that tells."""
    before = _STOP.split(small[max(0, start - _REACH) : start])[-1]
    after = _STOP.split(small[end : end + _REACH])[0]
    for part in (before, after):
        for tense in ("future", "past"):
            if lexicon.alternation("tense", language, tense).search(part):
                return tense
    return None
