"""The date on which a document was published: from its dateline or metadata, never that of an event it tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extract.document import Element
from schemas.values import PartialDate

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january janvier jan janv",
            "february février fevrier feb févr fév",
            "march mars mar",
            "april avril apr avr",
            "may mai",
            "june juin jun",
            "july juillet jul juil",
            "august août aout aug",
            "september septembre sept sep",
            "october octobre oct",
            "november novembre nov",
            "december décembre decembre dec déc",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name)))
_DATE = (
    rf"(?:(?:le\s+)?(?P<d1>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})\.?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})|(?P<y4>\d{4})년\s*(?P<m4>\d{1,2})월\s*(?P<d4>\d{1,2})일)"
)
_WIRE = r"(?:\([^()]{2,40}\)|/[^/]{2,30}/)"
_SIGN = r"[-–—―]{1,2}"
# where: names in capitals, joined by what may stand between them; a sentence that begins with a date has small words
_PLACE = (
    r"(?-i:(?!(?:The|This|On|In|Le|La|Since|As|From|By)\s)[A-ZÀ-Ý][\w.'’-]*"
    r"(?:(?:,\s*|\s+|\s*/\s*)(?:[A-ZÀ-Ý][\w.'’-]*|\([A-ZÀ-Ý][^()\n]{1,30}\)|and|et|of|de|du|des|la|sur|lez)){0,7})"
)
_DATELINE = re.compile(
    rf"(?:{_PLACE}[,.]?\s*(?:{_SIGN})?\s*)?(?:{_WIRE}\s*(?:{_SIGN})?\s*)?\(?{_DATE}\)?\s*(?:{_WIRE}|{_SIGN}|/)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"(?:{_PLACE}\s*[,:–—-]?\s*|(?:published|posted|issued|date|publié|paru|le)\s*(?:on|le|:)?\s*)?{_DATE}\.?",
    re.IGNORECASE,
)
_RELEASED = re.compile(
    rf"(?:released|published|issued|posted|diffusé|publié|paru|mis en ligne)\b[^\n]{{0,80}}?{_DATE}\.?", re.IGNORECASE
)
_HEADER = re.compile(rf"\s*date[: ]\s*{_DATE}", re.IGNORECASE)
_DONE = re.compile(rf"(?:done|signed|fait|signé)\b[^\n]{{0,120}}?\b{_DATE}", re.IGNORECASE)
# how proclamations end: "this twenty-ninth day of March, in the year of our Lord two thousand twenty-four"
_PROCLAIMED = re.compile(
    rf"\bthis ([a-z-]+) day of ({_MONTH}),? (?:in the year of our Lord )?two thousand(?: and)?((?: [a-z-]+)?)\b",
    re.IGNORECASE,
)
_ORDINALS = (
    *("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth"),
    *("nineteenth", "twentieth"),
)
_CARDINALS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "thirtieth": 30}
_HEAD_BLOCKS, _TAIL_BLOCKS = 8, 5


def published_on(text: str, elements: Sequence[Element], *, stated: str | None = None) -> PartialDate | None:
    """Give the date of publication, None when the document doesn't say."""
    if stated and (found := re.match(r"\d{4}-\d{2}-\d{2}", stated)):
        return _partial(*found[0].split("-"))
    for element in elements[:_HEAD_BLOCKS]:
        words = text[element.start : min(element.end, element.start + 240)]
        for match in (
            _HEADER.match(words),
            _DATELINE.match(words),
            _ALONE.fullmatch(words),
            _RELEASED.fullmatch(words),
        ):
            if match and (found_date := _read(match)):
                return found_date
    for element in elements[-_TAIL_BLOCKS:]:
        words = text[element.start : element.end]
        if (match := _ALONE.fullmatch(words[:240]) or _DONE.match(words)) and (found_date := _read(match)):
            return found_date
        if (match := _PROCLAIMED.search(words)) and (found_date := _proclaimed(match)):
            return found_date
    return None


def _proclaimed(match: re.Match[str]) -> PartialDate | None:
    day, year = _in_figures(match[1], _ORDINALS), _in_figures(match[3].strip() or "zero", _CARDINALS)
    month = _MONTHS[match[2].lower()]
    return _partial(str(2000 + year), str(month), str(day)) if day and year is not None else None


def _in_figures(words: str, names: Sequence[str]) -> int | None:
    """Read a number below one hundred that is written out: ``twenty-ninth`` is 29."""
    tens, _, unit = words.lower().rpartition("-")
    if unit in _TENS and not tens:
        return _TENS[unit]
    return _TENS.get(tens, 0) + names.index(unit) if unit in names else None


def is_date_line(words: str) -> bool:
    """Tell whether a line says when (and where) the document came out, and nothing else."""
    return len(words) < 160 and bool(_ALONE.fullmatch(words) or _RELEASED.fullmatch(words))


def _read(match: re.Match[str]) -> PartialDate | None:
    groups = match.groupdict()
    for number in "1234":
        if groups.get(f"y{number}"):
            month = groups[f"m{number}"]
            return _partial(groups[f"y{number}"], str(_MONTHS.get(month.lower(), month)), groups[f"d{number}"])
    return None


def _partial(year: str, month: str, day: str) -> PartialDate | None:
    try:
        return PartialDate(text=date(int(year), int(month), int(day)).isoformat())
    except ValueError:  # 31 February: not a date, whatever it looks like
        return None
