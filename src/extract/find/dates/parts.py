"""The parts of a date as matched, and their numbers."""

from __future__ import annotations

import re

from extract.find.dates.forms import day_words
from extract.normalise.calendar import months
from schemas import PartialDate

Parts = dict[str, str | None]
Span = tuple[PartialDate | None, PartialDate | None]


def integer(words: str | None) -> int | None:
    """Read digits; None for nothing."""
    return int(words) if words else None


def month_number(word: str | None, language: str) -> int | None:
    """Read a month by its name or number."""
    if word is None:
        return None
    return int(word) if word.isdigit() else months(language)[word.lower().rstrip(".")]


def day_number(word: str | None, language: str) -> int:
    """Read the day of a month, or a place in a row: ``21st``, ``1er``, ``twenty-first``, ``quinze``."""
    digit = re.match(r"\d+", word or "")
    return int(digit[0]) if digit else day_words(language)[re.sub(r"\s+", " ", (word or "").lower())]
