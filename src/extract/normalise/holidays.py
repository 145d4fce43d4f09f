"""The days of holidays by the rules of the lexicon (``holiday.LANGUAGE.tsv``).

A rule is a day of the calendar (``07-01``), a weekday counted in a month (``09 monday 1``; -1 is the last), or the
weekday before a day (``05-25 monday <``). Days that differ from country to country (Thanksgiving, Independence Day,
la fête du Travail) or move with the moon (Easter, Ramadan) have no row: the words alone don't tell the day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from extract import lexicon
from extract.normalise.calendar import nth_weekday, weekdays


@cache
def holiday(name: str, year: int, language: str) -> date:
    """Give the day of a holiday, named in small letters, in a year."""
    rule = next(row.value for row in lexicon.rows("holiday", language) if re.fullmatch(row.pattern, name))
    when, *rest = rule.split()
    if not rest:
        return date(year, int(when[:2]), int(when[3:]))
    weekday = weekdays("en")[rest[0]]
    if rest[1] == "<":
        eve = date(year, int(when[:2]), int(when[3:])) - timedelta(days=1)
        return eve - timedelta(days=(eve.weekday() - weekday) % 7)
    day = nth_weekday(year, int(when), weekday, int(rest[1]))
    assert day is not None  # no rule asks for a fifth weekday
    return day
