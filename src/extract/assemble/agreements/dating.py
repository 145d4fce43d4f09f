"""The date of an instrument: only one that the text ties to its signature, adoption or taking effect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.assemble.agreements.joining import Cluster, Place
from extract.document import Document, Mention
from schemas import PartialDate

_AFTER = re.compile(
    r"[\s,(–—]*(?:(?:which|that|qui|a|as|was|were|is|est|été|were|has been|have been|initially|officially|first|formally)\s+)*"
    r"(?:(?:signed|co-signed|concluded|reached|adopted|launched|issued|released|announced|agreed|inked|made|ratified|established|created|published|finalized|entered into force|came into force|came into effect|took effect|in force|effective"
    r"|signée?s?|conclue?s?|adoptée?s?|lancée?s?|publiée?s?|annoncée?s?|établie?s?|ratifiée?s?|entrée?s? en vigueur|en vigueur|paraphée?s?)\s+)?"
    r"(?:(?:by|par|at|à|lors d[eu])\s+[^.;,()]{0,50}\s+)?(?:(?:in|on|of|since|dated|back in|as of|from|en|le|de|du|depuis|datée? d[eu]|d[’'])\s*)?(?:(?:the|early|late|mid|début|fin)[\s-]+)?",
    re.IGNORECASE,
)
_KOREAN_DATE = re.compile(r"(\d{4})년\s*(\d{1,2})월\s*(\d{1,2})일")
_KOREAN_CONCLUDED = re.compile(r"체결|서명|채택|발효")
_BEFORE = re.compile(r"\s*(?:(?:joint|new|historic|landmark)\s+)?", re.IGNORECASE)
_LEADING = re.compile(
    r"\s*,?\s*[^.;]{0,90}\b(?:sign(?:ed)?|conclu(?:ded|)|reached|adopted|launched|issued|released|entered into|agreed|inked|signé|ont signé|conclu|adopté|lancé|publié)\b[^.;]{0,60}",
    re.IGNORECASE,
)
_FORCE_AFTER = re.compile(
    r"\s*,?\s*(?:which|that|qui)?\s*(?:\w+\s){0,2}?(?:signed|entered into force|came into force|came into effect|took effect|in force|entrée? en vigueur|pris effet|signée?)"
    r"(?:\s\w+){0,2}?\s*(?:(?:in|on|since|en|le|depuis)\s+)?",
    re.IGNORECASE,
)


def date_of(document: Document, cluster: Cluster, dates: Sequence[Mention]) -> tuple[PartialDate, int, int] | None:
    """Give the date with its span; the most precise of several, None when no date is the instrument's own."""
    found = [hit for place in cluster.places for hit in _dates_at(document, place, dates)]
    if not found:
        return None
    return max(found, key=lambda hit: (len(hit[0].text), -hit[1]))


def _dates_at(document: Document, place: Place, dates: Sequence[Mention]) -> list[tuple[PartialDate, int, int]]:
    sentence = document.sentence_at(place.mention.start)
    if sentence is None:
        return []
    if place.value.language == "ko":
        return list(_korean(document, place, sentence.start))
    found = []
    name, full = place.value.name, place.value.full
    for date in dates:
        if date.end <= sentence.start or date.start >= sentence.end or not isinstance(partial(date), PartialDate):
            continue
        after = any(
            end <= date.start and (_AFTER.fullmatch(gap) or _FORCE_AFTER.fullmatch(gap))
            for end in (name[1], full[1])
            for gap in [document.words(end, date.start).replace(")", " ")]
        )
        before = date.end <= name[0] and (
            _BEFORE.fullmatch(document.words(date.end, name[0]))
            or (_LEADING.fullmatch(document.words(date.end, name[0])) and date.start - sentence.start <= 5)
        )
        if after or before:
            found.append((partial(date), date.start, date.end))
    return [hit for hit in found if hit[0] is not None]  # type: ignore[misc]


def _korean(document: Document, place: Place, low: int) -> Iterator[tuple[PartialDate, int, int]]:
    """Give the date before a title that a verb of conclusion follows: of several the first, the signature."""
    start = place.value.name[0]
    found = list(_KOREAN_DATE.finditer(document.text, max(low, start - 180), start))
    for index, match in enumerate(found):
        until = found[index + 1].start() if index + 1 < len(found) else start
        after = document.words(match.end(), until)
        if _KOREAN_CONCLUDED.search(after) and "「" not in document.words(match.end(), start).rstrip("「\"“ "):
            year, month, day = match.groups()
            yield PartialDate(text=f"{year}-{int(month):02d}-{int(day):02d}"), *match.span()
            return


def partial(date: Mention) -> PartialDate | None:
    """Give the partial date of a date mention; relative dates ("today") are not the instrument's own."""
    value = getattr(date.value, "value", date.value)
    return value if isinstance(value, PartialDate) else None
