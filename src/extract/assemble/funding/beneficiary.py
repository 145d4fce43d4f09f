"""Read who gets a sum where no verb of receiving says so: whom it goes to, whom it helps, in what it is invested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.assemble.funding.context import Context
from extract.assemble.funding.frame import Frame
from extract.assemble.funding.phrases import phrase
from extract.assemble.funding.purpose import Place, clause_end, starts_with_verb
from extract.lexicon.scan import scan

_TAIL = re.compile(r"(?:[\s,\xa0]|\b(?:and|or|et|ou|of|de|the|les)$)+$")
_LIST = re.compile(r"(?:,\s[^\s,]+(?:\s[^\s,]+){0,7}){0,6},?\s(?:and|or|et|ou)\s[^,]+")
_NAMES = re.compile(
    r"(?:new |nouveau |nouvelle )?[A-ZÉÀ][\w'’.-]*"
    r"(?:,? (?:of|for|and|the|de|du|des|la|les|et|pour|aux?|sur|en) |\s|, |l['’]|d['’]"
    r"|[A-ZÉÀ][\w'’.-]*)*"
)
_JOINT = re.compile(r"[\s,]+(?:of|for|and|the|de|du|des|la|les|et|pour|aux?|sur|en|l['’]|d['’])$")
_NO_NAME = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Budget|Phase|Monday"
    r"|GDP|PIB|Canada$|I\b)"
)
_OTHER = re.compile(
    r"(?:(?!(?i:young|growing|developing|existing|leading))[a-z]+ing|which|that|this|these|it|them|ce|cela|que)\b"
    r"|[^.;]{0,60}\b(?:funding|funds|grants?|financing|financement)$"
)
"""No group begins like this, a gerund or a pronoun; and "in Government of X funding" is the money itself."""
_AFTER_HEAD = re.compile(
    r"$|,| (?:and|or|et|ou) | \w+(?:ing|ed|és|ées)\b| (?:in|of|for|from|across|throughout|with|du|de|des|en|au)\b"
)
_CLAUSE = re.compile(
    r", (?:and |but |et |mais )?(?:it|they|we|he|she|this|il|elle|ils|elles|nous|cela|ce)\b", re.IGNORECASE
)
_BRANCH = re.compile(r"\b(?:sector|industry|secteur|industrie|territory|territoire|pays)$")
"""A branch of the economy or a land is what an aim is about; it gets a sum only where it is given one."""
_NEAR = 70
"""Characters between a sum and whom it goes to: "$2 million in new funding over three years to …"."""


def beneficiary(context: Context, frame: Frame) -> Place | None:
    """Give the first group or named body that the words after a sum give it to, help, or invest it in."""
    end = clause_end(context)
    for shape, near in (("dative", _NEAR), ("helps", 200), ("invested_in", 6), ("among", 130)):
        for start in _after(context, shape, end, near):
            place = noun_phrase(context, start, end)
            if place is None or starts_with_verb(context, place[0]) or _OTHER.match(context.words(*place)):
                continue
            if shape == "among" and _BRANCH.search(context.words(*place)):
                continue
            if _headed_by_group(context, place):
                return place
            named = frame.within(place[0], min(end, place[1]))
            if named and named[0].start == place[0] and shape != "among":
                return place
            if shape in ("dative", "helps") and (name := _named_body(context, place)):
                return name
    return None


def _headed_by_group(context: Context, place: Place) -> bool:
    """Tell whether a group of people or bodies is the head of a phrase: "small businesses", not "business loans"."""
    text, language = context.document.text, context.language
    head = phrase("preposition", language).search(text, *place)
    end = head.start() if head else place[1]
    return any(_AFTER_HEAD.match(text[hit.end : place[1]]) for hit in scan("group", language, text, place[0], end))


def _after(context: Context, shape: str, end: int, near: int) -> Iterator[int]:
    stop = min(end, context.end + near)
    for match in phrase(shape, context.language).finditer(context.document.text, context.end, stop):
        yield match.end()


def _named_body(context: Context, place: Place) -> Place | None:
    """Give the run of capitals that a phrase opens with, if it is the name of a fund, a programme or a body."""
    text = context.document.text
    match = _NAMES.match(text, *place)
    if match is None or _NO_NAME.match(match[0]):
        return None
    words = _TAIL.sub("", match[0]).rstrip()
    while (short := _JOINT.sub("", words)) != words:
        words = short
    body = _body(context.language).search(words)
    return (place[0], place[0] + len(words)) if body and len(words.split()) >= 2 else None


@cache
def _body(language: str) -> re.Pattern[str]:
    return phrase("body", language)


def is_group(context: Context, place: Place) -> bool:
    """Tell whether the head of a phrase, before its first preposition, is a group of people or bodies."""
    head = phrase("preposition", context.language).search(context.document.text, *place)
    end = head.start() if head else place[1]
    return any(True for _ in scan("group", context.language, context.document.text, place[0], end))


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


def _is_list(context: Context, comma: int, end: int) -> bool:
    """Tell whether a name goes on after a comma: "farmers, growers, and ranchers", not "farmers, raise awareness"."""
    if not _LIST.fullmatch(context.document.text, comma, end) or _CLAUSE.match(context.words(comma, end)):
        return False
    starts = [comma + match.end() for match in re.finditer(r",\s(?:and |or |et |ou )?", context.words(comma, end))]
    return not any(starts_with_verb(context, start) for start in starts)
