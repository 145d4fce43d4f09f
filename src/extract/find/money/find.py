"""The main path of the money finder: numbers beside a currency, then range, bound, rate and restatement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.find.money.context import bound_of, rate_of
from extract.find.money.currency import ORDINARY_WORDS, Reading, iso_codes, settle
from extract.find.money.mention import MoneyMention
from extract.find.money.part import Part, code_before, head, read_part
from extract.find.money.range import both_ends, upper_end
from extract.find.money.restate import join_restated
from schemas import Money

FINEST = Decimal("0.000001")
LARGEST = Decimal(10) ** 24
"""No sum is as large; beyond it a run of scale words is a joke or an error."""
_WITHIN = re.compile(r"(?:https?://|www\.)\S*$|\d:$")


def find_money(text: str, *, language: str, country: str | None = None) -> list[MoneyMention]:
    """Find the sums of money in a text.

    ``language`` ("en", "fr", "ko") decides how numbers are read; ``country`` (ISO 3166, two letters) whose dollar a
    bare "$" is. A currency that stays open is None in the value.
    """
    return join_restated(list(_sums(text, language, country)), text)


def _sums(text: str, language: str, country: str | None) -> Iterator[MoneyMention]:
    pattern, position = head(language), 0
    while match := pattern.search(text, position):
        if match["code"] and code_before(match["code"], language) is None:
            position = match.start("n2")
            continue
        position = match.end()
        first = read_part(text, match, language)
        if first is None or _within(text, first.start):
            continue
        second = upper_end(text, first, language)
        mention = _mention(text, first, second, language, country)
        if mention:
            position = max(position, mention.end)
            yield mention


def _mention(text: str, first: Part, second: Part | None, language: str, country: str | None) -> MoneyMention | None:
    low, high = both_ends(first, second)
    if second is not None and (high is None or high < low):
        second, (low, high) = None, both_ends(first, None)
    readings = [r for p in (first, second) if p for r in (p.before, p.after) if r]
    if not readings or not _plausible(first, second, readings, text):
        return None
    reading = next((r for r in readings if not r.open), readings[0])
    currency, reason = reading.code, reading.reason
    if reading.open:
        settled = settle(reading.code, country)
        currency, reason = settled or "", "country" if settled else "open"
    if _too_fine(low) or (high is not None and _too_fine(high)):
        return None
    start, end = first.start, (second or first).end
    value = Money(
        amount=low,
        amount_max=high,
        currency=currency if currency in iso_codes() else None,
        qualifier=bound_of(text, start, end, language),
        per=rate_of(text, end, language),
    )
    return MoneyMention(start, end, text[start:end], value, reason)


def _too_fine(amount: Decimal) -> bool:
    return amount >= LARGEST or amount != amount.quantize(FINEST)


def _plausible(first: Part, second: Part | None, readings: list[Reading], text: str) -> bool:
    """Tell money from what only looks like it: COP 28, TOP 10, Euro 2024, "the 5 won"."""
    last = second or first
    grouped = first.unit > 1 or last.unit > 1 or len(first.digits) > 4
    code = next((r for r in readings if r.reason == "code"), None)
    if code and len(readings) == 1 and not grouped and code.code in ORDINARY_WORDS:
        return False
    if text[first.start :].lower().startswith("euro") and not grouped:
        return False  # Euro 6 is a standard, Euro 2024 a cup
    ends_won = text[first.start : last.end].lower().endswith(" won")
    return not ends_won or grouped


def _within(text: str, start: int) -> bool:
    """Tell whether a number is part of a web address or of a time of day."""
    return _WITHIN.search(text, max(0, start - 200), start) is not None
