"""Read the noun phrase that stands at an offset, and tell whether a group of people or bodies is its head."""

from __future__ import annotations

import re

from extract.assemble.funding.context import Context
from extract.assemble.funding.phrases import phrase
from extract.assemble.funding.purpose import Place, starts_with_verb
from extract.lexicon.scan import scan

_TAIL = re.compile(r"(?:[\s,\xa0]|\b(?:and|or|et|ou|of|de|the|les|aux?|à)$)+$")
_LIST = re.compile(r"(?:,\s[^\s,]+(?:\s[^\s,]+){0,7}){0,6},?\s(?:and|or|et|ou)\s[^,]+")
_AFTER_HEAD = re.compile(
    r"$|,| (?:and|or|et|ou) "
    r"| (?!(?:hous|build|fund|train|plann|bank|nurs|learn|farm|manufactur)ing)\w+(?:ing|ed|és|ées)\b"
    r"| (?:in|of|for|from|across|throughout|with|du|de|des|en|au|to)\b"
)
_CLAUSE = re.compile(
    r", (?:and |but |et |mais )?(?:it|they|we|he|she|this|il|elle|ils|elles|nous|cela|ce)\b", re.IGNORECASE
)


def noun_phrase(context: Context, start: int, end: int, stop_at: str = "name_stop") -> Place | None:
    """Give the noun phrase that starts at an offset, without article; a comma ends it unless it goes on as a list."""
    text = context.document.text
    while article := phrase("article", context.language).match(text, start, end):
        start = article.end()
    stop = phrase(stop_at, context.language).search(text, start, end)
    end = stop.start() if stop else end
    comma = text.find(", ", start, end)
    if comma > 0 and not _is_list(context, comma, end):
        end = comma
    tail = _TAIL.search(text[start:end])
    end -= len(tail[0]) if tail else 0
    return (start, end) if 3 <= end - start <= 200 else None


def head_words(context: Context, place: Place) -> str:
    """Give the words of a phrase up to its first preposition, the last of which is its head."""
    head = phrase("preposition", context.language).search(context.document.text, *place)
    return context.words(place[0], head.start() if head else place[1])


def is_group(context: Context, place: Place) -> bool:
    """Tell whether the head of a phrase, before its first preposition, is a group of people or bodies."""
    head = phrase("preposition", context.language).search(context.document.text, *place)
    end = head.start() if head else place[1]
    return any(True for _ in scan("group", context.language, context.document.text, place[0], end))


def headed_by_group(context: Context, place: Place) -> bool:
    """Tell whether a group of people or bodies is the head of a phrase: "small businesses", not "business loans"."""
    text, language = context.document.text, context.language
    head = phrase("preposition", language).search(text, *place)
    end = head.start() if head else place[1]
    return any(_AFTER_HEAD.match(text[hit.end : place[1]]) for hit in scan("group", language, text, place[0], end))


def _is_list(context: Context, comma: int, end: int) -> bool:
    """Tell whether a name goes on after a comma: "farmers, growers, and ranchers", not "farmers, raise awareness"."""
    if not _LIST.fullmatch(context.document.text, comma, end) or _CLAUSE.match(context.words(comma, end)):
        return False
    starts = [comma + match.end() for match in re.finditer(r",\s(?:and |or |et |ou )?", context.words(comma, end))]
    return not any(starts_with_verb(context, start) for start in starts)
