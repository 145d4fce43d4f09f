"""Read when a sum was given, announced or is due: only a date that stands with the sum or with its verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.assemble.funding.context import Context, Cue
from extract.document import Mention

_BESIDE = re.compile(r"[\s,]*(?:\b(?:in|on|for|en|le|au|dès|for the|already|fiscal|l['’]exercice)\b[\s']*){0,2}")
"""What may stand between a date and the sum or verb that it dates."""
_OPENING = 6
"""Characters before a date at the start of its sentence: "In 2019, …", "“In May, …"."""


def date(context: Context, mentions: Sequence[Mention], verb: Cue | None) -> Mention | None:
    """Choose the date of a sum; None if none stands beside it, its verb or at the start of its sentence.

    ``mentions`` are the document's dates. Bounds ("by 2030") and stretches ("from 2019 to 2021") date no single act.
    """
    dates = [m for m in mentions if context.low <= m.start and m.end <= context.high and _single(m)]
    for mention in dates:
        if _beside(context, mention, context.start, context.end):
            return mention
        if verb is not None and _beside(context, mention, verb.start, verb.end):
            return mention
    opening = [m for m in dates if m.start - context.low <= _OPENING and m.end <= context.start]
    one_sum = context.sums == 1
    return opening[0] if opening and one_sum else None


def _single(mention: Mention) -> bool:
    return mention.value.until is None and mention.value.bound is None


def _beside(context: Context, mention: Mention, start: int, end: int) -> bool:
    low, high = (end, mention.start) if mention.start >= end else (mention.end, start)
    if low < high and mention.end <= start and "," in context.words(low, high):
        return False  # "the port, built in 1952, receives": the comma ends another clause
    return low <= high and high - low <= 20 and _BESIDE.fullmatch(context.document.text, low, high) is not None
