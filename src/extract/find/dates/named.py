"""Days told by their weekday, their name or their place in a month, and forms that leave the year to the reference."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from extract.find.dates.distance import exact, near, nearest, shifted, stretch
from extract.find.dates.parts import Parts, Span, day_number, integer, month_number
from extract.normalise.calendar import nth_weekday, weekdays
from extract.normalise.holidays import holiday
from schemas import PartialDate

_FAR = 100
"""Days within which "Thursday the 21st" is looked for: such a day comes round every few months."""
_STEPS = {
    "last": -1,
    "this": 0,
    "next": 1,
    "cette semaine": 0,
    "la semaine prochaine": 1,
    "la semaine dernière": -1,
    "ce mois": 0,
    "mois prochain": 1,
    "mois dernier": -1,
}
_NO_DAYS = ((24, 7), (9, 11))
"""Around the clock; and the day in 2001 that "9/11" always means."""
_NOTHING: Span = (None, None)


def _weekday(parts: Parts, language: str) -> int | None:
    word = parts.get("full") or parts.get("weekday")
    return weekdays(language).get((word or "").rstrip(". "))


def _turned(parts: Parts, unit: str, reference: date) -> PartialDate:
    value, _ = shifted(reference, unit, _STEPS[" ".join((parts["turn"] or "").split())])
    assert value is not None  # every step from a day leads to a day
    return value


def _month_of(parts: Parts, language: str, reference: date | None) -> PartialDate | None:
    """Read the month that a day is counted in: with its year, by turn ("this month"), or the nearest."""
    if parts.get("turn"):
        return _turned(parts, "month", reference) if reference else None
    month, year = month_number(parts.get("month"), language), integer(parts.get("year"))
    if month is None:
        return None
    if year is not None:
        return PartialDate(text=f"{year:04d}-{month:02d}")
    return near(reference, month) if reference else None


def _nth_weekday(parts: Parts, language: str, reference: date | None) -> Span:
    month, place = _month_of(parts, language, reference), parts["nth"] or ""
    if month is None:
        return _NOTHING
    nth = -1 if place in ("last", "dernier") else day_number(place, language)
    weekday = _weekday(parts, language)
    if weekday is None:
        return (exact(month.last) if nth < 0 else exact(month.first + timedelta(days=nth - 1))), None
    day = nth_weekday(month.first.year, month.first.month, weekday, nth)
    return (exact(day) if day else None), None


def _weekday_week(parts: Parts, language: str, reference: date | None) -> Span:
    weekday = _weekday(parts, language)
    if reference is None or weekday is None:
        return _NOTHING
    return exact(_turned(parts, "week", reference).first + timedelta(days=weekday)), None


def _month_turn(parts: Parts, language: str, reference: date | None) -> Span:
    month = month_number(parts["month"], language)
    if reference is None or month is None:
        return _NOTHING
    return PartialDate(text=f"{_turned(parts, 'year', reference)}-{month:02d}"), None


def _week(parts: Parts, language: str, reference: date | None) -> Span:
    month = _month_of(parts, language, reference)
    number = day_number(parts["day"], language)
    if month is None:
        return _NOTHING
    if parts.get("year") is None and reference:
        day = near(reference, month.first.month, number)
    else:
        day = exact(month.first + timedelta(days=number - 1)) if number <= month.last.day else None
    return stretch(day.first - timedelta(days=day.first.weekday()), 7) if day else _NOTHING


def _half_month(parts: Parts, language: str, reference: date | None) -> Span:
    month = _month_of(parts, language, reference)
    if month is None:
        return _NOTHING
    if parts["nth"] in ("première", "1re"):
        return exact(month.first), exact(month.first.replace(day=15))
    return exact(month.first.replace(day=16)), exact(month.last)


def _days_turn(parts: Parts, language: str, reference: date | None) -> Span:
    if reference is None:
        return _NOTHING
    month = _turned(parts, "month", reference)
    first, last = (day_number(parts[name], language) for name in ("day", "day2"))
    if not first < last <= month.last.day:
        return _NOTHING
    return exact(month.first.replace(day=first)), exact(month.first.replace(day=last))


def _weekday_day(parts: Parts, language: str, reference: date | None) -> Span:
    weekday, number = _weekday(parts, language), integer(parts["number"])
    if reference is None:
        return _NOTHING
    around = (reference + timedelta(days=step) for step in range(-_FAR, _FAR + 1))
    days = [day for day in around if day.weekday() == weekday and day.day == number]
    return (exact(nearest(days, reference)) if days else None), None


def _ordinal(parts: Parts, language: str, reference: date | None) -> Span:
    number = integer(parts["number"]) or 0
    if reference is None or not 1 <= number <= 31:
        return _NOTHING
    around = (reference + timedelta(days=step) for step in range(-31, 32))
    days = [day for day in around if day.day == number]
    return (exact(nearest(days, reference)) if days else None), None


def _slashed(parts: Parts, language: str, reference: date | None) -> Span:
    a, b = int(parts["a"] or 0), int(parts["b"] or 0)
    if reference is None or (a, b) in _NO_DAYS:
        return _NOTHING
    month_first = a <= 12 and (language == "en" or b > 12)
    month, day = (a, b) if month_first else (b, a)
    return near(reference, month, day) if 1 <= month <= 12 else None, None


def _slashed_alone(parts: Parts, language: str, reference: date | None) -> Span:
    """Read 22/04 without a word before it as a day only if one of its numbers can be no month."""
    low, high = sorted((int(parts["a"] or 0), int(parts["b"] or 0)))
    return _slashed(parts, language, reference) if 1 <= low <= 12 < high <= 31 else _NOTHING


def _near_quarter(parts: Parts, language: str, reference: date | None) -> Span:
    """Read a quarter without a year as one of the reference's year."""
    if reference is None:
        return _NOTHING
    nth = day_number(parts["nth"] or parts["nth2"], language)
    return PartialDate(text=f"{reference.year}-{nth * 3 - 2:02d}"), PartialDate(text=f"{reference.year}-{nth * 3:02d}")


def _holiday(parts: Parts, language: str, reference: date | None) -> Span:
    name = " ".join((parts["holiday"] or "").split())
    if year := integer(parts.get("year")):
        return exact(holiday(name, year, language)), None
    if reference is None:
        return _NOTHING
    if parts.get("which"):
        return exact(holiday(name, reference.year + _STEPS[parts["which"] or ""], language)), None
    days = [holiday(name, reference.year + step, language) for step in (-1, 0, 1)]
    if parts.get("turn") == "last":
        return exact(max(day for day in days if day < reference)), None
    first = reference + timedelta(days=parts.get("turn") == "next")
    return exact(min(day for day in days if day >= first)), None


def _next_weekday(parts: Parts, language: str, reference: date | None) -> Span:
    weekday = _weekday(parts, language)
    if reference is None or weekday is None:
        return _NOTHING
    weeks = {"en huit": 1, "after next": 1, "en quinze": 2}.get(parts.get("later") or "", 0)
    return exact(reference + timedelta(days=(weekday - reference.weekday() - 1) % 7 + 1, weeks=weeks)), None


NAMED: dict[str, Callable[[Parts, str, date | None], Span]] = {
    "nth_weekday": _nth_weekday,
    "weekday_week": _weekday_week,
    "month_turn": _month_turn,
    "week": _week,
    "half_month": _half_month,
    "days_turn": _days_turn,
    "weekday_day": _weekday_day,
    "ordinal": _ordinal,
    "slashed": _slashed,
    "slashed_alone": _slashed_alone,
    "near_quarter": _near_quarter,
    "holiday": _holiday,
    "weekday": _next_weekday,
}
"""The reader of each form in which words stand for a part of the date."""
