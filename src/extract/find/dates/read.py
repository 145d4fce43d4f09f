"""What each form of a date means: its parts become one or two partial dates, or None without such a day."""

from __future__ import annotations

from datetime import date

from extract.find.dates.distance import near
from extract.find.dates.named import NAMED
from extract.find.dates.parts import Parts, Span, day_number, integer, month_number
from extract.normalise.calendar import partial
from schemas import PartialDate


def read_form(form: str, parts: Parts, language: str, reference: date | None) -> Span:
    """Read the parts of a form: (date, None), or (first, last) of a stretch; (None, None) if they make no date."""
    if form in NAMED:
        return NAMED[form](parts, language, reference)
    year = integer(parts.get("year"))
    month = month_number(parts.get("month") or parts.get("mm"), language)
    if form == "numeric":
        return _numeric(parts, language), None
    if form in ("iso", "day"):
        return _day(year, month, parts.get("day") or parts.get("dd"), language, reference), None
    if form == "days":
        return _days(parts, language, reference)
    if form == "fiscal" and year is None:
        return partial(2000 + (integer(parts.get("yy")) or 0)), None
    if form == "quarter" and year is None:
        year = 2000 + (integer(parts.get("yy") or parts.get("yy2")) or 0)
    if form == "months":
        last = integer(parts["year2"])
        return partial(year or last or 0, month), partial(last or 0, month_number(parts["month2"], language))
    return _year(form, year, month, parts, language) if year is not None else (None, None)


def _year(form: str, year: int, month: int | None, parts: Parts, language: str) -> Span:
    if form == "month":
        return partial(year, month), None
    if parts.get("fiscal"):
        return partial(year), None  # when its quarters begin is for each country and company to say
    if form in ("quarter", "half"):
        length = 3 if form == "quarter" else 6
        nth = day_number(parts["nth"] or parts.get("nth2"), language)
        return partial(year, (nth - 1) * length + 1), partial(year, nth * length)
    if form == "decade":
        return partial(year), partial(year + 9)
    if form == "short":
        return _short(year, parts["yy"] or "")
    last = integer(parts.get("year2"))
    if last is None and parts.get("yy"):
        return _short(year, parts["yy"] or "")
    if last is not None and not year < last <= year + (1 if parts.get("slash") else 120):
        return None, None
    return partial(year), partial(last) if last else None


def _short(year: int, words: str) -> Span:
    """Read 2024-25 as two years, 2024-03 as a month; nothing else is sure."""
    last = year // 100 * 100 + int(words)
    last += 100 if last <= year and year % 100 > 90 else 0
    if year < last and (last == year + 1 or (last <= year + 30 and int(words) > 12)):
        return partial(year), partial(last)
    return (partial(year, int(words)), None) if 1 <= int(words) <= 12 else (None, None)


def _day(
    year: int | None, month: int | None, day: str | None, language: str, reference: date | None
) -> PartialDate | None:
    if month is None or day is None:
        return None
    number = day_number(day, language)
    if year is None:
        return near(reference, month, number) if reference else None
    return partial(year, month, number)


def _days(parts: Parts, language: str, reference: date | None) -> Span:
    first, second = (month_number(parts[name], language) for name in ("month", "month2"))
    year = integer(parts["year"])
    last = _day(integer(parts["year2"]) or year, second or first, parts["day2"], language, reference)
    if last is None:
        return None, None
    value = _day(year or last.first.year, first or second, parts["day"], language, reference)
    if value and value.first > last.first and year is None:
        value = _day(last.first.year - 1, first or second, parts["day"], language, reference)
    return value, last


def _numeric(parts: Parts, language: str) -> PartialDate | None:
    a, b = int(parts["a"] or 0), int(parts["b"] or 0)
    year = integer(parts.get("year"))
    if year is None:
        short = int(parts["yy"] or 0)
        year = short + (1900 if short >= 70 else 2000)
    day_first = language == "fr" or parts["sep"] == "."
    month, day = (b, a) if day_first else (a, b)
    return partial(year, month, day) or partial(year, day, month)
