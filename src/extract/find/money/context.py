"""What the words around a sum say of it: a bound ("over", "jusqu'à") and the unit of a rate ("a year", "par tonne")."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from extract import lexicon
from schemas import Qualifier

_REACH = 48
_FILLER = {
    "en": r"(?:\s(?:an?|the|another))?"
    r"(?:\s(?:additional|extra|further|estimated|total of|sum of|combined|combined total of))?",
    "fr": r"(?:\s(?:un|une|la|le))?(?:\s(?:montant de|somme de|total de|supplémentaires?))?",
}


def _groups(subject: str, language: str) -> list[tuple[str, str]]:
    by_value: dict[str, list[str]] = {}
    for row in lexicon.rows(subject, language):
        by_value.setdefault(row.value, []).append(row.pattern)
    return [("|".join(patterns), value) for value, patterns in by_value.items()]


@cache
def _before(language: str) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{value}>{pattern})" for pattern, value in _groups("bound", language))
    return re.compile(rf"(?<!\w)(?:{groups or '(?!)'})(?:{_FILLER.get(language, '')})[\s*_(\[]*$", re.IGNORECASE)


@cache
def _after(language: str) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{value}>{pattern})" for pattern, value in _groups("bound_after", language))
    return re.compile(rf"[\s(-]*(?:{groups or '(?!)'})(?!\w)", re.IGNORECASE)


def bound_of(text: str, start: int, end: int, language: str) -> Qualifier:
    """Read the bound of a sum from the words before it, else from those after it."""
    if "+" in text[start:end]:
        return "at_least"
    rough = _ROUGH.match(text, start) is not None
    found = _before(language).search(text, max(0, start - _REACH), start)
    if found is None:
        found = _after(language).match(text, end)
    if found and found.lastgroup:
        return cast(Qualifier, found.lastgroup)
    return "approximate" if rough else "exact"


_ROUGH = re.compile(r"(?:une\s)?(?:diz|quinz|vingt|trent|quarant|cinquant|soixant|cent)aine\b", re.IGNORECASE)
"""French round numbers: "une centaine de millions" is about that."""


@cache
def _rates(language: str) -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]:
    table = lexicon.rows("rate", language)
    joined = "|".join(row.pattern for row in table)
    whole = re.compile(
        rf"[ \t\u00a0\u202f\n-]{{0,2}}(?:(?P<known>{joined or '(?!)'})(?![\w'’])|"
        rf"{_OPEN.get(language, '(?P<unit>(?!))')})",
        re.IGNORECASE,
    )
    return whole, tuple((re.compile(row.pattern, re.IGNORECASE), row.value) for row in table)


_OPEN = {
    "en": r"(?:per[ -]|/ ?)(?!(?:cent|se|the|our|their|its|his|her|an?)\b)(?P<unit>[a-z]{2,})(?!\w)",
}
"""English says "per" of rates alone, so any noun after it is a unit; French "par" does more: its units are rows."""


def rate_of(text: str, end: int, language: str) -> str | None:
    """Read the unit of a rate ("year", "person", "tonne") from the words after a sum; None for a total."""
    whole, table = _rates(language)
    match = whole.match(text, end)
    if match is None:
        return None
    if words := match["known"]:
        return next(value for pattern, value in table if pattern.fullmatch(words))
    return str(match["unit"]).lower()
