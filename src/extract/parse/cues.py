"""Cue rows of the lexicon, looked for in a text as whole words."""

from __future__ import annotations

import re
from functools import cache


@cache
def matcher(pattern: str, *, names: bool = False) -> re.Pattern[str]:
    """Compile one row's pattern to find whole words, in any case or, for ``names``, in theirs."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.NOFLAG if names else re.IGNORECASE)


def says(pattern: str, text: str, lowered: str) -> bool:
    """Tell whether a cue stands in a text; ``lowered`` is the same text in small letters.

    A pattern in small letters is looked for in the lowered text and its left edge checked afterwards: ten times as
    fast as matching in any case, since the engine can then leap to the pattern's first letters.
    """
    if pattern != pattern.lower():
        return matcher(pattern).search(text) is not None
    return any(not lowered[match.start() - 1 : match.start()].isalnum() for match in _plain(pattern).finditer(lowered))


@cache
def _plain(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})(?!\w)")
