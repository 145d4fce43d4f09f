"""A weekday alone ("on Monday"): whether it names a day at all, and whether a past or a coming one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from extract.find.dates.mention import DateMention
from extract.find.dates.relative import exact

_REACH = 120
_HABIT = re.compile(
    r"(?:\b(?:every|each|all|any|most|other|black|cyber|good|easter|palm|ash|super|following|to|through|from|and|or|chaque|le|les|du|au|de|et|ou|tous les)"
    r"|[-–—/&'’])\s?$"
)
"""Before a weekday these make it a habit ("every Monday", "le lundi"), a span of the week, or part of a name."""
_SPAN = re.compile(
    r"\s?(?:[-–—/&]|de la semaine|(?:to|through|thru|and|or|au|et|ou)\s(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim))"
)
_PAST = re.compile(
    r"\b(?:\w{2,}ed|said|met|held|was|were|took|made|told|gave|wrote|spoke|began|had|went|won|led|a|ont|avait|était|étaient|fut|"
    r"s['’]est)\b"
)
_FUTURE = re.compile(
    r"\b(?:will|shall|expected|scheduled|due|plans?|sera|seront|aura|auront|prévue?s?|doit|doivent|\w{3,}ront?)\b"
)
_STOP = re.compile(r"[.;:!?\n]\s")


def told(mention: DateMention, small: str) -> DateMention | None:
    """Settle a weekday by the tense before it: the last one after a past verb, else the coming one; None if a habit."""
    lead = small[max(0, mention.start - _REACH) : mention.start]
    if _HABIT.search(lead) or _SPAN.match(small, mention.end):
        return None
    tense = _tense(small, mention.start, mention.end)
    if tense == "past":
        return replace(mention, value=exact(mention.value.first - timedelta(weeks=1)), form="relative")
    return replace(mention, form="relative") if tense == "future" else mention


def is_past(small: str, start: int, end: int) -> bool:
    """Tell whether the sentence around some words speaks of the past."""
    return _tense(small, start, end) == "past"


def _tense(small: str, start: int, end: int) -> str | None:
    """Read the tense of a sentence before some words, else after them; None without a verb that tells."""
    before = _STOP.split(small[max(0, start - _REACH) : start])[-1]
    after = _STOP.split(small[end : end + _REACH])[0]
    for part in (before, after):
        if _FUTURE.search(part):
            return "future"
        if _PAST.search(part):
            return "past"
    return None
