"""One sum said twice: "€75 million (C$120 million)", "one million dollars ($1,000,000)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extract import lexicon
from extract.find.money.mention import MoneyMention

_CLOSING = re.compile(r"[^()\[\]\n]{0,60}[)\]]")
_NEXT = re.compile(r"\s*[,;/]\s*(?:or |and |ou |et |soit )?", re.IGNORECASE)


def _words(*values: str) -> str:
    return "|".join(
        row.pattern
        for language in lexicon.LANGUAGES
        for row in lexicon.rows("restatement", language)
        if row.value in values
    )


@cache
def _opening() -> re.Pattern[str]:
    """What stands between a sum and the one in parentheses that says it again: " (about "."""
    return re.compile(rf"[\s,]*[(\[](?:{_words('link', 'degree')}|[~≈=,\s])*", re.IGNORECASE)


@cache
def _link() -> re.Pattern[str]:
    """What stands between a sum and the one that says it again without parentheses: ", or about "."""
    return re.compile(
        rf",?\s*(?:\)\s*\()?(?:{_words('link')}|[=≈])(?:[\s,]*(?:{_words('link', 'degree')}))*\s*", re.IGNORECASE
    )


def join_restated(found: Sequence[MoneyMention], text: str) -> list[MoneyMention]:
    """Join a sum with the one beside it that says it again, in another currency or in figures."""
    joined: list[MoneyMention] = []
    for mention in found:
        if joined and _restates(joined[-1], mention, text):
            joined[-1] = _join(joined[-1], mention, text)
        else:
            joined.append(mention)
    return joined


def _restates(first: MoneyMention, second: MoneyMention, text: str) -> bool:
    gap = text[first.end : second.start]
    if len(gap) > 60 or (first.value.per and not second.value.per):
        return False
    inner = bool(first.restated) and "(" in first.text and _NEXT.fullmatch(gap) is not None
    if inner and _CLOSING.match(text, second.end):
        return second.value.currency not in (first.value.currency, *(value.currency for value in first.restated))
    same = first.value.amount == second.value.amount and first.value.amount_max == second.value.amount_max
    different = first.value.currency != second.value.currency
    inside = _opening().fullmatch(gap) is not None and _CLOSING.match(text, second.end) is not None
    beside = _link().fullmatch(gap) is not None
    return (inside or beside) and (same or different)


def _join(first: MoneyMention, second: MoneyMention, text: str) -> MoneyMention:
    end = second.end
    if text[second.end : second.end + 1] in (")", "]") and re.search(r"[(\[]", text[first.start : second.start]):
        end += 1
    value, restated, reason = first.value, first.restated, first.reason
    same = first.value.amount == second.value.amount
    if same and (value.currency is None or reason == "country"):
        value, reason = value.model_copy(update={"currency": second.value.currency or value.currency}), second.reason
    if value.currency != second.value.currency:
        restated = (*restated, second.value)
    return replace(first, end=end, text=text[first.start : end], value=value, reason=reason, restated=restated)
