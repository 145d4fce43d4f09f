"""Names of months, weekdays and days by CLDR (Babel), and partial dates made of parts."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Literal

from extract import lexicon
from schemas import PartialDate

_WIDTHS: tuple[Literal["wide"], Literal["abbreviated"]] = ("wide", "abbreviated")
_CONTEXTS: tuple[Literal["format"], Literal["stand-alone"]] = ("format", "stand-alone")
_PLACES = {"en": ("en_GB", "en_CA", "en"), "fr": ("fr_CA", "fr")}
"""Where a language is written with abbreviations of its own (juill. in Canada, juil. in France)."""


@cache
def months(language: str) -> dict[str, int]:
    """Give the names and abbreviations of months, in lower case and without a point, with their numbers."""
    from babel.dates import get_month_names

    tables = [
        get_month_names(width, context, locale=place)
        for width in _WIDTHS
        for context in _CONTEXTS
        for place in _PLACES.get(language, (language,))
    ]
    return _named(tables, "month", language)


@cache
def weekdays(language: str) -> dict[str, int]:
    """Give the names and abbreviations of weekdays, in lower case and without a point; Monday is 0."""
    from babel.dates import get_day_names

    return _named([get_day_names(width, "format", locale=language) for width in _WIDTHS], "weekday", language)


def _named(tables: Sequence[Mapping[int, str]], subject: str, language: str) -> dict[str, int]:
    found = {name.lower().rstrip("."): number for table in tables for number, name in table.items()}
    return found | {word: int(row.value) for row in lexicon.rows(subject, language) for word in row.pattern.split("|")}


@cache
def ordinals(language: str) -> dict[str, int]:
    """Give the words for the days of a month ("first", "premier") and for quarters, in lower case."""
    return {word: int(row.value) for row in lexicon.rows("ordinal", language) for word in row.pattern.split("|")}


def partial(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """Make a partial date, None if the calendar has no such day."""
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    if month is None:
        return PartialDate(text=f"{year:04d}")
    return PartialDate(text=f"{year:04d}-{month:02d}" if day is None else f"{year:04d}-{month:02d}-{day:02d}")


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """Give the nth Monday (0), Tuesday (1) … of a month, the last one for -1; None if the month has no such day."""
    last = calendar.monthrange(year, month)[1]
    days = [day for day in range(1, last + 1) if date(year, month, day).weekday() == weekday]
    return date(year, month, days[nth if nth < 0 else nth - 1]) if nth <= len(days) else None
