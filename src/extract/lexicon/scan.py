"""Find a lexicon's rows in a stretch of text, and tell which row matched: one pattern a subject and language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract.lexicon import Row, rows

_NO_WORD_BEFORE = r"(?<!\w)"
_NO_WORD_AFTER = r"(?:(?!\w)|(?<=[’']))"
"""After an elision ("d'", "l'") the next word follows at once."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a row matched: half-open offsets into the text, and the row."""

    start: int
    end: int
    row: Row


def scan(subject: str, language: str, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
    """Give the places in ``text[start:end]`` where a row of the subject matches, left to right, longest row first.

    Rows may not contain capturing groups: the group that matched tells the row.
    """
    pattern, by_group = compiled(subject, language)
    for match in pattern.finditer(text, start, len(text) if end is None else end):
        assert match.lastgroup is not None  # every alternative is a named group
        yield Hit(match.start(), match.end(), by_group[match.lastgroup])


@cache
def compiled(subject: str, language: str) -> tuple[re.Pattern[str], dict[str, Row]]:
    """Join a subject's rows into one pattern with a named group a row; matches nothing when there is no row."""
    ordered = _longest_first(rows(subject, language))
    if not ordered:
        return re.compile(r"(?!)"), {}
    by_group = {f"r{index}": row for index, row in enumerate(ordered)}
    alternatives = "|".join(f"(?P<{group}>{row.pattern})" for group, row in by_group.items())
    edges = ("", "") if language == "ko" else (_NO_WORD_BEFORE, _NO_WORD_AFTER)  # Korean glues particles to nouns
    return re.compile(f"{edges[0]}(?:{alternatives}){edges[1]}", re.IGNORECASE), by_group


@cache
def words(subject: str, value: str, *languages: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Join the rows of a subject that mean ``value``, in all the languages given, into one pattern of whole words."""
    return re.compile(source(subject, value, *languages), flags)


@cache
def source(subject: str, value: str, *languages: str) -> str:
    """Give the regular expression of ``words``, to be built into a longer one."""
    found = [row for language in languages for row in rows(subject, language) if row.value == value]
    if not found:
        return r"(?!)"
    return f"{_NO_WORD_BEFORE}(?:{'|'.join(row.pattern for row in _longest_first(found))}){_NO_WORD_AFTER}"


def _longest_first(found: Iterator[Row] | tuple[Row, ...] | list[Row]) -> list[Row]:
    return sorted(found, key=lambda row: (-len(row.pattern), row.pattern))
