"""Distances and stretches counted from the reference: "two weeks ago", "in three days", "the next five years"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from extract import lexicon
from extract.find.dates.distance import Span, exact, shifted
from extract.normalise.numbers import number, number_words

_LONGEST_DAYS = 400
"""A count of days or weeks beyond this is a duration by habit ("5,000 days ago"), not a date."""
_LONGEST_AHEAD = 60
"""The same after "in" ("300 million shots in 150 days")."""
_LONGEST_STRETCH = 60
_LASTING = "".join(
    f"(?<!{word} )"
    for word in ("time", "times", "first", "largest", "highest", "lowest", "once", "twice", "day", "days")
)
"""Before "in five days" these tell how long something took ("twice in five days"); "in five years" mostly does."""
_EN_UNIT, _EN_BACK, _EN_FORTH = "days?|weeks?|months?|years?", "last|past|previous|preceding", "next|coming|upcoming"
_FR_UNIT = "jours?|semaines?|mois|années?|annees?"


@cache
def counted_pattern(language: str) -> re.Pattern[str]:
    """Match what is counted from the reference; a language without a pattern matches nothing."""
    small = (word for word, value in number_words(language).items() if 0 < value < 100 and value == int(value))
    words = "|".join(sorted(small, key=len, reverse=True))
    unit = "|".join(f"(?P<{row.value}>{row.pattern})" for row in lexicon.rows("time_unit", language))
    many = rf"\d{{1,3}}|(?:{words})(?:[- ](?:{words}))?"
    patterns = {"en": _english, "fr": _french}
    return re.compile(patterns[language](words, unit, many) if language in patterns else "(?!)")


def _english(words: str, unit: str, many: str) -> str:
    forms = (
        rf"(?P<count>{many}|an?) (?:{unit}|(?P<fortnight>fortnight)) (?:(?P<ago>ago)|from now|from today|hence)",
        rf"{_LASTING}in (?P<count2>{many}|an?) "
        rf"(?:(?P<ahead>days?|weeks?)|(?P<ahead2>{_EN_UNIT})(?=['’]s? time))(?! of)",
        rf"(?<!to )(?:(?P<past>{_EN_BACK})|{_EN_FORTH}) (?P<many>{many}) (?P<span>{_EN_UNIT})",
        rf"(?P<many2>{many}) (?:(?P<past2>{_EN_BACK})|{_EN_FORTH}) (?P<span2>{_EN_UNIT})",
    )
    gate = rf"(?=\d|last|past|previous|preceding|next|coming|upcoming|in |(?:{words}|an?)[- ])"
    return rf"(?<!\w){gate}(?:{'|'.join(forms)})(?!\w)"


def _french(words: str, unit: str, many: str) -> str:
    back, after = "derni[eè]re?s?|passée?s?|précédente?s?", "passée?s|précédente?s"
    forms = (
        rf"(?:(?P<ago>il y a)|dans|d['’]ici(?: à)?) (?P<count>{many}|une?) (?:{unit})",
        rf"(?P<many>{many}) (?:(?P<past>{back})|prochaine?s?) (?P<span>{_FR_UNIT})",
        rf"(?P<many2>{many}) (?P<span2>{_FR_UNIT}) (?:(?P<past2>{after})|suivante?s?(?! l)|à venir)",
    )
    gate = r"(?=il y a|dans|d['’]ici|\d|[a-zé-]+ (?:derni|prochain|jours|semaines|mois|ann|ans))"
    return rf"(?<!\w){gate}(?:{'|'.join(forms)})(?!\w)"


def read_counted(match: re.Match[str], language: str, reference: date) -> Span:
    """Read a match: a day, month or year at a distance, or the stretch of units before or after the reference's."""
    parts = match.groupdict()
    if many := parts.get("many") or parts.get("many2"):
        back = bool(parts.get("past") or parts.get("past2"))
        return _stretch(_count(many, language), _unit(parts), reference, back=back)
    count, unit = _count(parts.get("count") or parts.get("count2") or "", language), _unit(parts)
    longest = _LONGEST_AHEAD if parts.get("ahead") else _LONGEST_DAYS
    if not count or (unit in ("day", "week") and count > longest):
        return None, None
    steps = -count if parts["ago"] else count
    if unit in ("week", "fortnight"):
        return exact(reference + timedelta(weeks=steps * (2 if unit == "fortnight" else 1))), None
    return shifted(reference, unit, steps)


def _count(words: str, language: str) -> int:
    return 1 if words in ("a", "an") else int(number(words, language) or 0)


_STARTS = (("da", "day"), ("j", "day"), ("w", "week"), ("s", "week"), ("mo", "month"), ("y", "year"), ("an", "year"))


def _unit(parts: dict[str, str | None]) -> str:
    for unit in ("fortnight", "day", "week", "month", "year"):
        if parts.get(unit):
            return unit
    word = next(parts[name] or "" for name in ("span", "span2", "ahead", "ahead2") if parts.get(name))
    return next(unit for start, unit in _STARTS if word.startswith(start))


def _stretch(count: int, unit: str, reference: date, *, back: bool) -> Span:
    """Read "the next three years" as the whole calendar years after this one; the same with weeks, months and days."""
    if not 1 <= count <= (_LONGEST_DAYS if unit == "day" else _LONGEST_STRETCH):
        return None, None
    first, _ = shifted(reference, unit, -count if back else 1)
    near_end, far_end = shifted(reference, unit, -1 if back else count)
    return first, far_end or near_end
