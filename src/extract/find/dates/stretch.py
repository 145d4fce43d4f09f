"""Two days that a word or a dash makes a stretch: "2018/08/05 – 2018/08/16", "from today to next Friday"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.find.dates.mention import DateMention

_LINK = {
    "en": re.compile(r"\s{0,2}(?:[-–—]|to|through|thru|until|till)\s{1,2}(?:the )?", re.IGNORECASE),
    "fr": re.compile(r"\s{0,2}(?:[-–—]|au|jusqu['’](?:au|à))\s{1,2}(?:le )?", re.IGNORECASE),
}
_CHANGED = re.compile(
    r"\b(?:moved|postponed|delayed|rescheduled|extended|changed|report(?:é|ée|és)|repoussée?s?|prolongée?s?)\b[^.;]{0,60}$"
)
"""After these "from 5 May to 9 May" tells a change of the day, not a stretch."""


def join_spans(found: Sequence[DateMention], text: str, language: str) -> list[DateMention]:
    """Join two neighbouring days with nothing but a link between them, if the second comes later."""
    link, joined = _LINK.get(language), list[DateMention]()
    for mention in found:
        last = joined[-1] if joined else None
        if last and link and _joins(last, mention, text, link):
            joined[-1] = replace(last, end=mention.end, text=text[last.start : mention.end], until=mention.value)
        else:
            joined.append(mention)
    return joined


def _joins(first: DateMention, second: DateMention, text: str, link: re.Pattern[str]) -> bool:
    if first.until or second.until or first.value.precision != "day" or second.value.precision != "day":
        return False
    if first.value.first >= second.value.first or not link.fullmatch(text, first.end, second.start):
        return False
    return _CHANGED.search(text[max(0, first.start - 80) : first.start].lower()) is None
