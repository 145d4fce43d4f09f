"""Words as data: pattern rows in TSV files, one file a subject and language, each row with an example it matches.

``lexicon/SUBJECT.LANGUAGE.tsv`` has a header line and the columns ``pattern`` (a regular expression), ``value`` (what
a match means) and ``example`` (words in which the pattern must be found; a test checks every row). Lines that start
with ``#`` are comments.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "fr", "ko")


@dataclass(frozen=True, slots=True)
class Row:
    """One pattern: ``pattern`` is a regular expression, ``value`` what it means, ``example`` where it is found."""

    pattern: str
    value: str
    example: str


@cache
def rows(subject: str, language: str) -> tuple[Row, ...]:
    """Read the rows of a subject in a language; none if there is no such file."""
    source = files("extract") / "lexicon" / f"{subject}.{language}.tsv"
    if not source.is_file():
        return ()
    lines = (line for line in source.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return tuple(Row(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def alternation(
    subject: str, language: str, value: str | None = None, *, flags: int = re.IGNORECASE
) -> re.Pattern[str]:
    """Join a subject's patterns into one that finds whole words; ``value`` keeps only rows that mean it."""
    patterns = [row.pattern for row in rows(subject, language) if value is None or row.value == value]
    if not patterns:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(patterns, key=lambda p: (-len(p), p)))})(?!\w)", flags)


def subjects() -> Iterator[tuple[str, str]]:
    """Give every (subject, language) that has a file."""
    for source in sorted((files("extract") / "lexicon").iterdir(), key=lambda path: path.name):
        subject, _, rest = source.name.partition(".")
        if rest.endswith(".tsv"):
            yield subject, rest.removesuffix(".tsv")
