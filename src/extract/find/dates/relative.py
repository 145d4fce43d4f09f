"""Dates said by their distance from the day on which the text speaks: "yesterday", "last June", "il y a deux ans"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from extract import lexicon
from extract.find.dates.mention import DateMention
from extract.normalise.calendar import months, partial, weekdays
from extract.normalise.numbers import number, number_words
from schemas import PartialDate

Span = tuple[PartialDate | None, PartialDate | None]
_LAST = ("last", "this past", "dernier", "dernière", "passé", "past", "previous")
_NEXT = ("next", "this coming", "prochain", "prochaine", "coming", "upcoming", "suivant")
_LONGEST_DAYS = 400
"""A count of days or weeks beyond this is a duration by habit ("in 5,000 days"), not a date."""


def small_letters(text: str) -> str:
    """Give the text in small letters, each character at its place (a plain ``lower`` may lengthen a text)."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def near(reference: date, month: int, day: int | None = None) -> PartialDate | None:
    """Read a day or month without a year as the one nearest to the reference."""
    years = (reference.year - 1, reference.year, reference.year + 1)
    candidates = [found for year in years if (found := partial(year, month, day))]
    return min(candidates, key=lambda found: abs((found.first - reference).days), default=None)


@cache
def _words(language: str) -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]:
    rows = lexicon.rows("relative_date", language)
    joined = "|".join(sorted((row.pattern for row in rows), key=len, reverse=True)) or "(?!)"
    end = "" if language == "ko" else r"(?![\w’']|-\w)"
    whole = re.compile(rf"(?<!\w)(?:{joined}){end}")
    return whole, tuple((re.compile(row.pattern), row.value) for row in rows)


def _names(words: dict[str, int]) -> str:
    return "|".join(
        sorted((re.escape(word) for word in words if len(word) > 3 or word == "may"), key=len, reverse=True)
    )


@cache
def _turns(language: str) -> re.Pattern[str]:
    """Months and weekdays with a word that says which one: "last June", "lundi prochain", "in March", "en mars"."""
    month, week = _names(months(language)), _names(weekdays(language))
    if language == "fr":
        link = r"(?P<link>en|depuis|dès|d['’]ici|fin|début|mi-|(?:(?:fin|début|milieu) )?(?:au|du|le) mois d(?:e|['’](?=a|o))|jusqu['’]en)(?: |(?<=-)|(?<=['’]))"
        alone = rf"(?:{link}(?P<alone>{month}))(?! \d| et )"
        turned = rf"(?P<name>{month}|{week}) (?P<turn>dernier|prochain|passé)"
    elif language == "en":
        alone = (
            rf"(?:(?P<link>in|since|by|until|early|late|mid|of|end of|for|from|during)[ -](?P<alone>{month}))(?! \d)"
        )
        turned = rf"(?P<turn>last|next|this past|this coming|this) (?P<name>{month}|{week})(?! \d)"
    else:
        return re.compile("(?!)")
    return re.compile(rf"(?<!\w)(?:{turned}|{alone})(?!\w)")


_LASTING = (
    r"(?<!time )(?<!first )(?<!largest )(?<!highest )(?<!lowest )(?<!once )(?<!twice )(?<!times )(?<!day )(?<!days )"
)
"""Before "in five days" these tell how long something took ("twice in five days"), not when; "in five years" mostly does."""


@cache
def _counts(language: str) -> re.Pattern[str]:
    """Match distances ("two weeks ago", "in three days") and stretches counted from the reference ("the next 3 years")."""
    unit = "|".join(f"(?P<{row.value}>{row.pattern})" for row in lexicon.rows("time_unit", language)) or "(?!)"
    words = "|".join(
        sorted((w for w, v in number_words(language).items() if 0 < v < 100 and v == int(v)), key=len, reverse=True)
    )
    number_word = rf"(?:{words or '(?!)'})(?:[- ](?:{words or '(?!)'}))?"
    count = rf"(?P<count>\d{{1,3}}|{number_word}|an?)"
    if language == "fr":
        gate = r"(?=il y a|dans|d['’]ici|\d|[a-zé-]+ (?:derni|prochain|jours|semaines|mois|ann|ans))"
        back = r"derni[eè]re?s?|passée?s?|précédente?s?"
        plain = "jours?|semaines?|mois|années?|annees?"
        spans = rf"(?P<many>\d{{1,3}}|{number_word}) (?:(?P<past>{back})|(?P<coming>prochaine?s?)) (?P<span>{plain})"
        return re.compile(
            rf"(?<!\w){gate}(?:(?:(?P<ago>il y a)|(?P<ahead>dans|d['’]ici(?: à)?)) {count} (?:{unit})|{spans}"
            rf"|(?P<many2>\d{{1,3}}|{number_word}) (?P<span2>{plain}) (?:(?P<past2>passée?s|précédente?s)|(?P<coming2>suivante?s?(?! l)|à venir)))(?!\w)"
        )
    if language != "en":
        return re.compile("(?!)")
    plain = "days?|weeks?|months?|years?"
    gate = rf"(?=\d|last|past|previous|next|coming|upcoming|in |(?:{words}|an?)[- ])"
    back, forth = "last|past|previous|preceding", "next|coming|upcoming"
    return re.compile(
        rf"(?<!\w){gate}(?:{count} (?:{unit}|(?P<fortnight>fortnight)) (?:(?P<ago>ago)|(?P<ahead>from now|from today|hence))"
        rf"|{_LASTING}in {count.replace('count', 'count3')} (?:(?P<unit3>days?|weeks?)|(?P<unit4>{plain})(?=['’]s? time))(?! of)"
        rf"|(?<!to )(?:(?P<past>{back})|(?P<coming>{forth})) (?P<many>\d{{1,3}}|{number_word}) (?P<span>{plain})"
        rf"|(?P<many2>\d{{1,3}}|{number_word}) (?:(?P<past2>{back})|(?P<coming2>{forth})) (?P<span2>{plain}))(?!\w)"
    )


def relative_dates(text: str, language: str, reference: date) -> Iterator[DateMention]:
    """Give the dates that are said relative to the reference."""
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str, date], Span]], ...] = (
        (_words(language)[0], _word),
        (_turns(language), _turned),
        (_counts(language), _counted),
    )
    small = small_letters(text)
    for pattern, read in readers:
        for match in pattern.finditer(small):
            value, until = read(match, language, reference)
            if value:
                alone = match.start("alone") if match.groupdict().get("alone") else -1
                if alone >= 0 and language == "en" and text[alone].islower():
                    continue  # "it may", "they march"
                start = max(alone, match.start())
                counted = read is _counted and until is not None
                form = "period" if counted else "relative"
                yield DateMention(start, match.end(), text[start : match.end()], value, until, form)


def _word(match: re.Match[str], language: str, reference: date) -> Span:
    value = next(value for pattern, value in _words(language)[1] if pattern.fullmatch(match[0]))
    unit, steps = re.fullmatch(r"([a-z]+)([+-]\d+)?", value).groups("0")  # type: ignore[union-attr]
    return shifted(reference, unit, int(steps))


def shifted(reference: date, unit: str, steps: int) -> Span:
    """Move the reference by some days, weeks, months, quarters or years; a week or quarter is a stretch."""
    if unit == "day":
        return exact(reference + timedelta(days=steps)), None
    if unit == "week":
        return stretch(reference - timedelta(days=reference.weekday()) + timedelta(weeks=steps), 7)
    if unit == "weekend":
        return stretch(reference + timedelta(days=5 - reference.weekday(), weeks=steps), 2)
    if unit == "year":
        return partial(reference.year + steps), None
    if unit == "quarter":
        years, nth = divmod((reference.month - 1) // 3 + steps, 4)
        return partial(reference.year + years, nth * 3 + 1), partial(reference.year + years, nth * 3 + 3)
    years, month = divmod(reference.month - 1 + steps, 12)
    return partial(reference.year + years, month + 1), None


def exact(day: date) -> PartialDate:
    """Make a partial date of a day."""
    return PartialDate(text=day.isoformat())


def nearest(days: Sequence[date], reference: date) -> date:
    """Choose the day nearest to the reference, the earlier of two as near."""
    return min(days, key=lambda day: (abs((day - reference).days), day))


def stretch(first: date, days: int) -> Span:
    """Give a number of days from the first on."""
    return exact(first), exact(first + timedelta(days=days - 1))


def _turned(match: re.Match[str], language: str, reference: date) -> Span:
    if match["alone"]:
        return _alone(match["link"], months(language)[match["alone"]], reference), None
    name, turn = match["name"].lower(), match["turn"].lower()
    if name in months(language):
        month, year = months(language)[name], reference.year
        year += -(month >= reference.month) if turn in _LAST else (month <= reference.month) if turn in _NEXT else 0
        return partial(year, month), None
    away = (weekdays(language)[name] - reference.weekday()) % 7
    if turn in _LAST:
        return exact(reference + timedelta(days=away - 7)), None
    return exact(reference + timedelta(days=away or (7 if turn in _NEXT else 0))), None


def _alone(link: str, month: int, reference: date) -> PartialDate | None:
    if link.startswith(("since", "depuis")):
        return partial(reference.year - (month > reference.month), month)
    if link.startswith(("by", "until", "d'ici", "d’ici", "dès", "jusqu")):
        return partial(reference.year + (month < reference.month), month)
    return near(reference, month)


def _counted(match: re.Match[str], language: str, reference: date) -> Span:
    groups = match.groupdict()
    if many := groups.get("many") or groups.get("many2"):
        back = bool(groups.get("past") or groups.get("past2"))
        return _stretched(_count(many, language), _unit(groups, "span", "span2"), reference, back=back)
    count = _count(groups.get("count") or groups.get("count3") or "", language)
    unit = "fortnight" if groups.get("fortnight") else _unit(groups, "unit3", "unit4")
    longest = 60 if groups.get("unit3") else _LONGEST_DAYS
    if not count or (unit in ("day", "week") and count > longest):
        return None, None
    steps = -count if groups["ago"] else count
    if unit in ("week", "fortnight"):
        return exact(reference + timedelta(weeks=steps * (2 if unit == "fortnight" else 1))), None
    return shifted(reference, unit, steps)


def _count(words: str, language: str) -> int:
    return 1 if words in ("a", "an") else int(number(words, language) or 0)


def _unit(groups: dict[str, str | None], *names: str) -> str:
    for unit in ("day", "week", "month", "year"):
        if groups.get(unit):
            return unit
    word = next(groups[name] or "" for name in names if groups.get(name))
    return next(unit for start, unit in _UNITS if word.startswith(start))


_UNITS = (("da", "day"), ("j", "day"), ("w", "week"), ("s", "week"), ("mo", "month"), ("y", "year"), ("an", "year"))


def _stretched(count: int, unit: str, reference: date, *, back: bool) -> Span:
    """Read "the next three years" as the whole calendar years after this one; the same with weeks, months and days."""
    if not 1 <= count <= (_LONGEST_DAYS if unit == "day" else 60):
        return None, None
    first, _ = shifted(reference, unit, -count if back else 1)
    near_end, far_end = shifted(reference, unit, -1 if back else count)
    return first, far_end or near_end
