"""Dates said by their distance from the day on which the text speaks: "yesterday", "last June", "il y a deux ans"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

from extract import lexicon
from extract.find.dates.counted import counted_pattern, read_counted
from extract.find.dates.distance import Span, exact, near, shifted
from extract.find.dates.mention import DateMention
from extract.normalise.calendar import months, partial, weekdays
from schemas import PartialDate

_LAST = ("last", "this past", "dernier", "dernière", "passé", "past", "previous")
_NEXT = ("next", "this coming", "prochain", "prochaine", "coming", "upcoming", "suivant")


def small_letters(text: str) -> str:
    """Give the text in small letters, each character at its place (a plain ``lower`` may lengthen a text)."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


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
        month_of = r"(?:(?:fin|début|milieu) )?(?:au|du|le) mois d(?:e|['’](?=a|o))"
        link = rf"(?P<link>en|depuis|dès|d['’]ici|fin|début|mi-|{month_of}|jusqu['’]en)(?: |(?<=-)|(?<=['’]))"
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


def relative_dates(text: str, language: str, reference: date) -> Iterator[DateMention]:
    """Give the dates that are said relative to the reference."""
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str, date], Span]], ...] = (
        (_words(language)[0], _word),
        (_turns(language), _turned),
        (counted_pattern(language), read_counted),
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
                counted = read is read_counted and until is not None
                form = "period" if counted else "relative"
                yield DateMention(start, match.end(), text[start : match.end()], value, until, form)


def _word(match: re.Match[str], language: str, reference: date) -> Span:
    value = next(value for pattern, value in _words(language)[1] if pattern.fullmatch(match[0]))
    unit, steps = re.fullmatch(r"([a-z]+)([+-]\d+)?", value).groups("0")  # type: ignore[union-attr]
    return shifted(reference, unit, int(steps))


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
