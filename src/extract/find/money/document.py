"""Sums of a whole document: what it says of its own currency, or where it comes from, settles a bare "$"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extract import lexicon
from extract.document import Document, Mention
from extract.find.money.currency import code_pattern, iso_codes, name_pattern, read
from extract.find.money.find import find_money
from extract.find.money.mention import MoneyMention
from extract.find.money.part import CENT
from extract.find.spans import language_runs

HOME = {"en": "US", "fr": "CA", "ko": "US"}
"""Whose dollar is meant when nothing says where a document comes from: the commonest case of each language."""


def money_mentions(document: Document) -> Iterator[Mention]:
    """Give the sums of a document as mentions (kind "money"), with offsets into the document."""
    country = document.record.country
    for start, end, language in language_runs(document):
        text = document.text[start:end]
        stated = stated_currency(text, language)
        for found in find_money(text, language=language, country=country or HOME.get(language)):
            if finer_than_a_cent(found):
                continue  # a unit price; what is paid is whole cents, and so are the warehouse's columns
            moved = replace(found, start=found.start + start, end=found.end + start)
            if found.reason == "country":
                moved = _settled(moved, stated, known=country is not None)
            yield Mention("money", moved.start, moved.end, f"money/{moved.reason}", moved)


def finer_than_a_cent(mention: MoneyMention) -> bool:
    """Tell whether a sum has parts of a cent: 64.2 cents, $0.014."""
    sums = (mention.value, *mention.restated)
    ends = [end for value in sums for end in (value.amount, value.amount_max) if end is not None]
    return any(end != end.quantize(CENT) for end in ends)


def _settled(mention: MoneyMention, stated: str | None, *, known: bool) -> MoneyMention:
    if stated is not None:
        value = mention.value.model_copy(update={"currency": stated})
        return replace(mention, value=value, reason="document")
    return mention if known else replace(mention, reason="language")


@cache
def _statement(language: str) -> re.Pattern[str]:
    patterns = "|".join(row.pattern for row in lexicon.rows("currency_note", language)) or "(?!)"
    named = rf"(?P<currency>{code_pattern()}|{name_pattern(language).pattern})"
    return re.compile(rf"(?<!\w)(?i:{patterns}) {named}", re.IGNORECASE)


def stated_currency(text: str, language: str) -> str | None:
    """Read the note by which a document names its currency ("All amounts are in U.S. dollars"), None without one."""
    match = _statement(language).search(text)
    reading = read(match["currency"], language) if match else None
    return reading.code if reading and reading.code in iso_codes() else None
