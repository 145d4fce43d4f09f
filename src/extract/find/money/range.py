"""Ranges: "between $5 and $10 million", "de 5 à 10 M$"; and what only looks so: "from $5 million to $10 million"."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.find.money.currency import GAP, SPACE, akin
from extract.find.money.part import Part, head, read_part

_RANGE = re.compile(
    rf"{GAP}(?P<dash>-?{GAP}(?:to|à)(?=[\s-])-?|[-–—~]|(?P<and>(?:and|et)(?=\s)){SPACE}?(?:of{SPACE})?){GAP}"
)
_BETWEEN = re.compile(r"(?<!\w)(?:between|entre)\s+(?:about |approximately |roughly |environ )?$", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)(?:from|de|ranging)\s+$|(?<!\w)d['’]$", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:increas|rais|ris(?:e|ing|es)\b|rose\b|gr[eo]w|fall|fell\b|drop|declin|decreas|reduc|expand|jump|climb|doubl|"
    r"went\b|tripl|pass(?:e|er|é|erait|era|ant)\b|augment|hauss|port(?:er|é|ée|ant)\b|rédui|baiss|chut|diminu|relèv|relev)"
    r"[^.;]{0,60}$",
    re.IGNORECASE,
)
"""Before "from … to …" these tell a change between two sums, not a range."""


_YEAR = re.compile(r"(?:19|20)\d\d")


def upper_end(text: str, first: Part, language: str) -> Part | None:
    """Read the upper end of a range, None if the words after a number make no range of it."""
    link = _RANGE.match(text, first.end)
    if link is None:
        return None
    lead = text[max(0, first.start - 90) : first.start]
    if link["and"] and not _BETWEEN.search(lead):
        return None
    match = head(language).match(text, link.end())
    second = read_part(text, match, language) if match else None
    if second is None or not _belong(first, second, link["dash"], lead):
        return None
    changed = _CHANGE.search(lead) and (first.after or (first.before and _FROM.search(lead)))
    return None if changed else second


def _belong(first: Part, second: Part, link: str, lead: str) -> bool:
    own, other = second.before or second.after, first.before or first.after
    if own and other and not akin(own.code, other.code):
        return False
    if first.after is not None:
        return own is not None
    if first.before is None:
        if _YEAR.fullmatch(first.digits):
            return False
        return second.after is not None and second.before is None
    if own is not None:
        return True
    if link[0] in "-–—~" or _BETWEEN.search(lead) or _FROM.search(lead):
        return second.unit > 1 or first.unit == 1
    return second.unit > first.unit == 1


def both_ends(first: Part, second: Part | None) -> tuple[Decimal, Decimal | None]:
    """Give the low and the high sum; in "$5 to $10 million" the scale is that of both."""
    if second is None:
        return first.amount, None
    shared = first.unit == 1 < second.unit and first.amount <= second.amount / second.unit and first.amount < 1000
    return first.amount * second.unit if shared else first.amount, second.amount
