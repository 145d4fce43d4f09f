"""Dates said by their distance from the day on which the text speaks: "yesterday", "last June", "il y a deux ans"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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
        link = r"(?P<link>en|depuis|dès|d['’]ici|fin|début|mi-|au mois de|du mois de|jusqu['’]en)(?: |(?<=-))"
        alone = rf"(?:{link}(?P<alone>{month}))(?! \d| et )"
        turned = rf"(?P<name>{month}|{week}) (?P<turn>dernier|prochain|passé)"
    elif language == "en":
        alone = (
            rf"(?:(?P<link>in|since|by|until|early|late|mid|of|end of|for|from|during)[ -](?P<alone>{month}))(?! \d)"
        )
        turned = rf"(?P<turn>last|next|this past|this coming|this) (?P<name>{month}|{week})"
    else:
        return re.compile("(?!)")
    return re.compile(rf"(?<!\w)(?:{turned}|{alone})(?!\w)")


@cache
def _counts(language: str) -> re.Pattern[str]:
    unit = "|".join(f"(?P<{row.value}>{row.pattern})" for row in lexicon.rows("time_unit", language)) or "(?!)"
    words = "|".join(
        sorted((w for w, v in number_words(language).items() if 0 < v < 100 and v == int(v)), key=len, reverse=True)
    )
    count = rf"(?P<count>\d{{1,3}}|(?:{words or '(?!)'})(?:[- ](?:{words or '(?!)'}))?|an?)"
    if language == "fr":
        return re.compile(rf"(?<!\w)(?:(?P<ago>il y a)|(?P<ahead>dans)) {count} (?:{unit})(?!\w)")
    return re.compile(rf"(?<!\w){count} (?:{unit}) (?:(?P<ago>ago|earlier)|(?P<ahead>from now|from today))(?!\w)")


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
                yield DateMention(start, match.end(), text[start : match.end()], value, until, "relative")


def _word(match: re.Match[str], language: str, reference: date) -> Span:
    value = next(value for pattern, value in _words(language)[1] if pattern.fullmatch(match[0]))
    unit, steps = re.fullmatch(r"([a-z]+)([+-]\d+)?", value).groups("0")  # type: ignore[union-attr]
    return shifted(reference, unit, int(steps))


def shifted(reference: date, unit: str, steps: int) -> Span:
    """Move the reference by some days, weeks, months, quarters or years; a week or quarter is a stretch."""
    if unit == "day":
        return _exact(reference + timedelta(days=steps)), None
    if unit == "week":
        monday = reference - timedelta(days=reference.weekday()) + timedelta(weeks=steps)
        return _exact(monday), _exact(monday + timedelta(days=6))
    if unit == "year":
        return partial(reference.year + steps), None
    if unit == "quarter":
        years, nth = divmod((reference.month - 1) // 3 + steps, 4)
        return partial(reference.year + years, nth * 3 + 1), partial(reference.year + years, nth * 3 + 3)
    years, month = divmod(reference.month - 1 + steps, 12)
    return partial(reference.year + years, month + 1), None


def _exact(day: date) -> PartialDate | None:
    return partial(day.year, day.month, day.day)


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
        return _exact(reference + timedelta(days=away - 7)), None
    return _exact(reference + timedelta(days=away or (7 if turn in _NEXT else 0))), None


def _alone(link: str, month: int, reference: date) -> PartialDate | None:
    if link.startswith(("since", "depuis")):
        return partial(reference.year - (month > reference.month), month)
    if link.startswith(("by", "until", "d'ici", "d’ici", "dès", "jusqu")):
        return partial(reference.year + (month < reference.month), month)
    return near(reference, month)


def _counted(match: re.Match[str], language: str, reference: date) -> Span:
    words = match["count"].lower()
    count = 1 if words in ("a", "an") else int(number(words, language) or 0)
    unit = next(name for name in ("day", "week", "month", "year") if match[name])
    if not count or (unit in ("day", "week") and count > _LONGEST_DAYS):
        return None, None
    steps = -count if match["ago"] else count
    if unit == "week":
        return _exact(reference + timedelta(weeks=steps)), None
    return shifted(reference, unit, steps)
