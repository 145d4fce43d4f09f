"""The date of an instrument: only one that the text ties to its signature, adoption or taking effect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extract.assemble.agreements.places import Cluster, Place
from extract.document import Document, Mention
from extract.lexicon.scan import source, words
from schemas import PartialDate

_AUXILIARIES = (
    r"(?:(?:which|that|qui|a|as|was|were|is|est|été|has been|have been|initially|officially|first|formally)\s+)*"
)
_PREPOSITION = r"(?:(?:in|on|of|since|dated|back in|as of|from|en|le|de|du|depuis|datée? d[eu]|d[’'])\s*)?"
_PLACE = r"(?:(?:by|par|at|à|lors d[eu])\s+[^.;,()]{0,50}\s+)?"
_PART = r"(?:(?:the|early|late|mid|début|fin)[\s-]+)?"
_BEFORE = re.compile(r"\s*(?:(?:joint|new|historic|landmark)\s+)?", re.IGNORECASE)
_WHEN = re.compile(r",?\s*(?:when|où|quand|lorsque|lorsqu[’'])\s*(?:the|le|la|l[’'])?\s*", re.IGNORECASE)
_KOREAN_DATE = re.compile(r"(\d{4})년\s*(\d{1,2})월\s*(\d{1,2})일")
_KOREAN_REACH = 180
_EVENT_REACH = 70
_OPENING = re.compile(
    r"(?:[^.:]{0,60}:\s*)?(?:And|Then|Later|Et|Puis|Also)?,?\s*(?:in|on|as of|en|le)?\s*", re.IGNORECASE
)
"""What may stand between the start of a sentence and a date that opens it: a label, a conjunction, a preposition."""

DateHit = tuple[PartialDate, int, int]


def date_of(document: Document, cluster: Cluster, dates: Sequence[Mention]) -> DateHit | None:
    """Give the date with its span; the most precise of several, None when no date is the instrument's own."""
    found = [hit for place in cluster.places for hit in _dates_at(document, place, dates)]
    return max(found, key=lambda hit: (len(hit[0].text), -hit[1]), default=None)


def _dates_at(document: Document, place: Place, dates: Sequence[Mention]) -> Iterator[DateHit]:
    sentence = document.sentence_at(place.mention.start)
    if sentence is None:
        return
    if place.value.language == "ko":
        yield from _korean(document, place, sentence.start)
        return
    for mention in dates:
        date = _partial(mention)
        if date is None or mention.end <= sentence.start or mention.start >= sentence.end:
            continue
        opens = bool(_OPENING.fullmatch(document.text, sentence.start, mention.start))
        if _follows(document, place, mention.start) or _precedes(document, place, mention.end, opens=opens):
            yield date, mention.start, mention.end


def _follows(document: Document, place: Place, date: int) -> bool:
    """Tell whether a date after the name is its own: "signed in …", "of …", "(…)"; not that of a meeting on it."""
    own = [tail.end for tail in place.value.tails if tail.role != "to"]  # "to open on May 2" is not its date
    for end in {place.value.name[1], *own[-1:]}:
        if end <= date:
            between = document.words(end, date).replace(")", " ")
            if _took_effect().fullmatch(between):
                return True
            if _concluded().fullmatch(between) and not _of_event(document, place):
                return True
    return False


def _precedes(document: Document, place: Place, end: int, *, opens: bool) -> bool:
    """Tell whether a date before the name is its own: "the March 2014 accord", "In 2014, they signed the accord"."""
    start = place.value.name[0]
    if end > start:
        return False
    between = document.words(end, start)
    if _WHEN.fullmatch(between):
        return bool(_took_effect().match(document.words(place.value.full[1], place.value.full[1] + _EVENT_REACH)))
    return bool(_BEFORE.fullmatch(between) or (opens and _led_by().fullmatch(between)))


def _of_event(document: Document, place: Place) -> bool:
    """Tell whether the name belongs to a meeting: "the Conference of the Parties to the convention in 2022"."""
    start = place.value.name[0]
    before = document.words(max(0, start - _EVENT_REACH), start)
    return any(
        not re.search(r"[.;,]", before[match.end() :]) for match in words("dated", "event", "en", "fr").finditer(before)
    )


@cache
def _concluded() -> re.Pattern[str]:
    verb = rf"(?:(?:{source('dated', 'concluded', 'en', 'fr')}|{source('dated', 'in_force', 'en', 'fr')})\s+)?"
    return re.compile(rf"[\s,(–—]*{_AUXILIARIES}{verb}{_PLACE}{_PREPOSITION}{_PART}", re.IGNORECASE)


@cache
def _took_effect() -> re.Pattern[str]:
    verb = f"(?:{source('dated', 'in_force', 'en', 'fr')}|{source('dated', 'concluded', 'en', 'fr')})"
    return re.compile(
        rf"\s*,?\s*(?:which|that|qui)?\s*(?:\w+\s){{0,2}}?{verb}(?:\s\w+){{0,2}}?\s*{_PREPOSITION}", re.IGNORECASE
    )


@cache
def _led_by() -> re.Pattern[str]:
    verb = f"(?:{source('dated', 'lead', 'en', 'fr')}|{source('dated', 'concluded', 'en', 'fr')})"
    return re.compile(rf"\s*,?\s*[^.;]{{0,90}}{verb}[^.;]{{0,60}}", re.IGNORECASE)


def _korean(document: Document, place: Place, low: int) -> Iterator[DateHit]:
    """Give the date before a title that a verb of conclusion follows: of several the first, the signature."""
    start = place.value.name[0]
    found = list(_KOREAN_DATE.finditer(document.text, max(low, start - _KOREAN_REACH), start))
    for index, match in enumerate(found):
        until = found[index + 1].start() if index + 1 < len(found) else start
        concluded = words("dated", "concluded", "ko").search(document.words(match.end(), until))
        if concluded and "「" not in document.words(match.end(), start).rstrip('「"“ '):
            year, month, day = match.groups()
            yield PartialDate(text=f"{year}-{int(month):02d}-{int(day):02d}"), *match.span()
            return


def _partial(mention: Mention) -> PartialDate | None:
    """Give the partial date of a date mention; it has none when the words leave it open."""
    value = getattr(mention.value, "value", mention.value)
    return value if isinstance(value, PartialDate) else None
