"""How alike a predicted and a gold record are: 0 means no pair, more means more alike.

Both are plain dicts in the shapes of the evaluation guidelines. The thresholds are the referee's: names of actors
within token F1 0.85, titles and items within 0.6, sums within half a percent.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

Answer = Mapping[str, Any]

TYPES = ("actors", "agreements", "funding", "commitments")

_ARTICLES = frozenset(
    ["the", "a", "an", "le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "of", "and", "et"]
)
_WITHOUT_SPACES = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7af]")


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Fold case, accents, punctuation and articles away: the form in which names are compared."""
    decomposed = unicodedata.normalize("NFKD", text or "")
    folded = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    words = re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", folded)).split()
    return " ".join([word for word in words if word not in _ARTICLES] or words)


def _tokens(text: str, *, characters: bool) -> Counter[str]:
    return Counter(text.replace(" ", "")) if characters else Counter(text.split())


@lru_cache(maxsize=65536)
def token_f1(ours: str, theirs: str) -> float:
    """F1 of the two texts' words; a text in a script without spaces counts by its characters."""
    left, right = bare(ours), bare(theirs)
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    a = _tokens(left, characters=bool(_WITHOUT_SPACES.search(left)))
    b = _tokens(right, characters=bool(_WITHOUT_SPACES.search(right)))
    return 2 * (a & b).total() / (a.total() + b.total())


def closest(ours: Iterable[str], theirs: Iterable[str]) -> float:
    """Give the best token F1 between any of our variants and any of theirs."""
    known = list(theirs)
    return max((token_f1(a, b) for a in ours for b in known), default=0.0)


def _actor(ours: Answer, gold: Answer) -> float:
    wanted = {bare(name) for name in gold["names"]}
    if bare(ours["name"]) in wanted:
        return 2.0
    shared = {bare(name) for name in [ours["name"], *ours.get("aliases", [])] if name} & wanted
    if shared:
        return 1.0 + len(shared) / 100
    close = closest([ours["name"]], gold["names"])
    return close if close >= 0.85 else 0.0


def _agreement(ours: Answer, gold: Answer) -> float:
    close = closest([ours["title"], *ours.get("aliases", [])], gold["titles"])
    return close if close >= 0.6 else 0.0


def _decimal(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _funding(ours: Answer, gold: Answer) -> float:
    amount, currency = _decimal(ours.get("amount")), ours.get("currency")
    if amount is None:
        return 0.0
    for value, unit in gold["amounts"]:
        wanted = _decimal(value)
        if wanted is not None and currency == unit and abs(amount - wanted) <= abs(wanted) * Decimal("0.005"):
            said = " ".join(mention.get("text", "") for mention in ours.get("mentions", []))
            purposes = token_f1(ours.get("purpose") or "", gold.get("purpose") or "")
            return 1.0 + max(token_f1(said, gold.get("quote", "")), purposes)
    return 0.0


def _commitment(ours: Answer, gold: Answer) -> float:
    close = token_f1(ours["text"], gold["text"])
    return close if close >= 0.6 else 0.0


LIKENESS: dict[str, Callable[[Answer, Answer], float]] = {
    "actors": _actor,
    "agreements": _agreement,
    "funding": _funding,
    "commitments": _commitment,
}
