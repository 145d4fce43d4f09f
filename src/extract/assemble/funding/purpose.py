"""Find the phrases after a sum that may say what it is for, and the noun that it stands with."""

from __future__ import annotations

import re
from functools import cache

from extract.assemble.funding.context import Context
from extract.assemble.funding.phrases import phrase
from extract.lexicon import alternation
from extract.lexicon.scan import Hit, scan

Place = tuple[int, int]

_AFTER = re.compile(r"\s?((?:[\w'’&/-]+\s){0,6}[\w'’&/-]+)")
_END = re.compile(r";|\.(?=\s|$)|\n")
_FIRST_WORD = re.compile(r"(?:s['’]|ne pas |mieux |better |further )?([^\W\d_][\w’'-]*)")


def clause_end(context: Context) -> int:
    """Give where the words about a sum end: at the next sum, the end of its clause, or of its sentence."""
    limit = min(context.right, context.high)
    stop = _END.search(context.document.text, context.end, limit)
    return stop.start() if stop else limit


def uses(context: Context) -> list[tuple[Hit, Place, bool]]:
    """Give the phrases that follow a word of use, each with its span and whether it tells an aim (a verb follows)."""
    end, text, language = clause_end(context), context.document.text, context.language
    found = []
    for hit in scan("use", language, text, context.end, end):
        if phrase("carrier", language).match(text, hit.start) or phrase("no_use", language).match(text, hit.start):
            continue
        if phrase("linked", language).search(text[max(0, hit.start - 16) : hit.start]):
            continue
        span = _phrase(context, hit.end, end)
        if span is not None:
            found.append((hit, span, is_aim(context, hit, span)))
    return found


def is_aim(context: Context, hit: Hit, span: Place) -> bool:
    """Tell whether a use word is followed by a verb: "to build", "pour bâtir", "in support of"."""
    word = context.words(hit.start, hit.end)
    if phrase("aim", context.language).match(word) or context.words(span[0], span[0] + 4).casefold() in (
        "que ",
        "qu’i",
        "qu'i",
    ):
        return True
    return starts_with_verb(context, span[0])


def starts_with_verb(context: Context, start: int) -> bool:
    """Tell whether a verb of action stands at an offset."""
    text = context.document.text
    word = _FIRST_WORD.match(text, start)
    if word is None or word[1][0].isupper():
        return False
    base, other = _verb(context.language, "base"), _verb(context.language, "not")
    return base.fullmatch(word[1]) is not None and not other.fullmatch(word[1])


@cache
def _verb(language: str, value: str) -> re.Pattern[str]:
    return alternation("action_verb", language, value)


def _phrase(context: Context, start: int, right: int) -> Place | None:
    """Give the phrase that starts after a use word, without the stretch of time at its end."""
    text, language = context.document.text, context.language
    while start < right and text[start].isspace():
        start += 1
    stop = phrase("stop", language).search(text, start, right)
    end = stop.start() if stop else right
    clause = phrase("clause", language).search(text, start, end)
    if clause and "," not in text[start : clause.start()]:
        end = clause.start()
    for time in phrase("time", language).finditer(text, start, end):
        if time.end() >= end - 2:
            end = time.start()
            break
    return trimmed(context, start, end)


def trimmed(context: Context, start: int, end: int) -> Place | None:
    """Give a span without the small words at its end; None if nothing is left."""
    trailing = phrase("trailing", context.language)
    while tail := trailing.search(context.words(start, end)):
        end -= len(tail[0])
    return (start, end) if end - start >= 4 else None


def noun_before(context: Context) -> Place | None:
    """Give the noun that the sum stands with, before it: "a grant of $5 million"."""
    low = max(context.left, context.low)
    before = phrase("own_noun", context.language).search(context.document.text, low, context.start)
    return (before.start(1), before.end(1)) if before else None


def noun_after(context: Context) -> Place | None:
    """Give the noun right after a sum, as English has it: "a $5 million skills initiative"."""
    text, language, end = context.document.text, context.language, clause_end(context)
    stop = phrase("stop", language).search(text, context.end, end)
    after = _AFTER.match(text, context.end, stop.start() if stop else end)
    if after is None or phrase("function", language).fullmatch(after[1].split()[0]):
        return None
    cut = phrase("noun_stop", language).search(after[1])
    place = trimmed(context, after.start(1), after.start(1) + (cut.start() if cut else len(after[1])))
    empty = place is None or phrase("empty_noun", language).fullmatch(context.words(*place))
    return None if empty else place
