"""Days, weeks, months, quarters and years at a distance from a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from extract.normalise.calendar import partial
from schemas import PartialDate

Span = tuple[PartialDate | None, PartialDate | None]
"""A date alone, or the first and last part of a stretch."""


def exact(day: date) -> PartialDate:
    """Make a partial date of a day."""
    return PartialDate(text=day.isoformat())


def nearest(days: Sequence[date], reference: date) -> date:
    """Choose the day nearest to the reference, the earlier of two as near."""
    return min(days, key=lambda day: (abs((day - reference).days), day))


def stretch(first: date, days: int) -> Span:
    """Give a number of days from the first on."""
    return exact(first), exact(first + timedelta(days=days - 1))


def near(reference: date, month: int, day: int | None = None) -> PartialDate | None:
    """Read a day or month without a year as the one nearest to the reference."""
    years = (reference.year - 1, reference.year, reference.year + 1)
    candidates = [found for year in years if (found := partial(year, month, day))]
    return min(candidates, key=lambda found: abs((found.first - reference).days), default=None)


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
