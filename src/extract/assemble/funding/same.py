"""Tell which mentions of one amount are one sum for one use, so that it is recorded once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from extract.assemble.funding.context import Context
from extract.lexicon import rows

_WORD = re.compile(r"[^\W\d_]{4,}")
SMALL = 10000
"""Below this a sum is most often what one person gets, and comes several times for several uses."""
_POINTS_BACK = re.compile(r"\b(?:the|this|that|those|these|ces?|cette|les|aux|des)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
"""A definite article before an amount already stated: "the $5 million", "les 5 M$"."""
_RESTATED = re.compile(r"\)?\s?\(|\s?/\s?")
ALIKE = 0.16
"""Share of content words in common from which two sentences on the same round amount speak of the same sum."""


def groups(contexts: Sequence[Context]) -> list[list[Context]]:
    """Group contexts that state the same sum for the same use, in the order of the text."""
    found: list[list[Context]] = []
    for context in contexts:
        home = next((group for group in found if all(same(other, context) for other in group)), None)
        if home is None:
            found.append([context])
        else:
            home.append(context)
    return found


def same(one: Context, other: Context) -> bool:
    """Tell whether two mentions are one sum for one use.

    Two equal sums of one sentence, or of two items of one list, are two sums, but for a parenthesis. An amount of three
    and more significant digits hardly comes twice by chance; a round one, or one as small as a person's benefit, needs
    words in common, and more of them when one is a bound and the other is not.
    """
    left, right = one.money.value, other.money.value
    if left.currency != right.currency:
        return _RESTATED.fullmatch(one.words(one.end, other.start)) is not None
    if (left.amount, left.amount_max) != (right.amount, right.amount_max):
        return False
    if one.low == other.low and one.element == other.element:
        if significant_digits(left.amount) >= 3 and left.amount >= SMALL:
            return True
        return "(" in one.words(one.end, other.start) and ")" not in one.words(one.end, other.start)
    if _POINTS_BACK.search(other.words(max(other.low, other.start - 40), other.start)):
        return True
    if one.lead is not None and one.lead == other.lead and one.element != other.element:
        return False
    return likeness(one, other) >= _needed(one, other)


def _needed(one: Context, other: Context) -> float:
    """Give the likeness that two sentences need to speak of the same sum."""
    amount, digits = one.money.value.amount, significant_digits(one.money.value.amount)
    if amount < SMALL:
        return 0.5
    if digits >= 3:
        return 0.0
    bounds_differ = one.money.value.qualifier != other.money.value.qualifier
    if digits == 2:
        return 0.15 if bounds_differ else 0.04
    return 0.4 if bounds_differ else ALIKE


def significant_digits(amount: Decimal) -> int:
    """Count the digits of an amount without the zeros at its end."""
    return len(str(int(amount * 100)).rstrip("0"))


def likeness(one: Context, other: Context) -> float:
    """Share of content words that two sentences have in common (of the smaller set)."""
    left, right = _content(one), _content(other)
    return len(left & right) / max(1, min(len(left), len(right)))


@cache
def _common() -> frozenset[str]:
    """Words that sums share whatever they are for, cut to seven letters like the words they are compared with."""
    listed = (row.pattern for language in ("en", "fr") for row in rows("common_word", language))
    return frozenset(word[:7] for pattern in listed for word in pattern.split("|"))


def _content(context: Context) -> set[str]:
    words = context.words(context.low, context.high)
    return {word for word in (m[0].casefold()[:7] for m in _WORD.finditer(words)) if word not in _common()}
