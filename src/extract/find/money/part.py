"""One number of a sum with the currencies that stand before and after it: sign, code, name, place, cents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extract import lexicon
from extract.find.money.amount import DIGITS, number_pattern
from extract.find.money.currency import (
    GAP,
    SIGNS,
    SPACE,
    Reading,
    code_pattern,
    name_pattern,
    read,
    sign_pattern,
)
from extract.normalise import number, scale_of

CENT = Decimal("0.01")
_NOT_OPEN = Reading("", "open")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""In a sum a point before three digits groups them, in English too (€5.000): no currency has three decimals here."""
_PLACES = {"en": r"U\.S\.|US|Canadian|Cdn|CDN|Australian|USA?", "fr": r"US|CA|CAN|canadiens?|américains?"}
_PLACE_READINGS = {
    word: Reading(code, "place")
    for code, words in {"USD": "u us usa américain", "CAD": "ca can canadian cdn canadien", "AUD": "australian"}.items()
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Part:
    """One number with the currencies read before and after it.

    ``unit`` is the scale that belongs to it (a million for "5 million" and "5 M"), 1 without one; ``digits`` are its
    digits as printed, empty for a number in words.
    """

    start: int
    end: int
    amount: Decimal
    digits: str
    unit: Decimal
    before: Reading | None
    after: Reading | None


@cache
def head(language: str) -> re.Pattern[str]:
    """A number with the sign or the letters before it; whether the letters are a code is for ``read`` to say."""
    amount = number_pattern(language)
    sign = rf"(?=[A-Za-z.-]{{0,5}}{SPACE}?\\{{0,2}}[{SIGNS}])(?P<sign>{sign_pattern()})"
    named = "|".join(row.pattern for row in lexicon.rows("currency_before", language)) or "(?!)"
    initial = "(?=[dimnrDIMNR])" if language == "en" else ""
    code = rf"(?P<code>[A-Za-z]{{2,5}}\.?|{initial}(?i:{named}))(?={SPACE}{{0,2}}\d){SPACE}{{0,2}}"
    return re.compile(
        rf"(?<![\w])(?:{sign}{SPACE}{{0,2}}(?P<n1>{amount})|{code}(?P<n2>{amount})|(?<![$€£])(?<!\d[.,])(?P<n3>{amount}))"
    )


@cache
def _tail(language: str) -> re.Pattern[str]:
    link = r"(?:(?i:of|in|de|en)(?: |\n)|(?i:d)['’])?"
    sign = rf"(?P<sign>{sign_pattern()}(?!\d)|{code_pattern()})"
    return re.compile(rf"{GAP}-?{link}(?:{sign})?")


def code_before(letters: str | None, language: str) -> Reading | None:
    """Read the letters before a number as a currency: "CAD", "Euro"; None if they are an ordinary word."""
    reading = read(letters, language) if letters else None
    return reading if reading and (reading.reason == "code" or len(letters or "") > 3) else None


def read_part(text: str, match: re.Match[str], language: str) -> Part | None:
    """Read a match of ``head``; None if it is no number. Without any currency it is a part all the same."""
    words = match["n1"] or match["n2"] or match["n3"]
    amount = number(words, language)
    if amount is None:
        return None
    if amount < 1000 and _THOUSANDS.fullmatch(words):
        amount *= 1000
    before = read(match["sign"], language) if match["sign"] else code_before(match["code"], language)
    end, after = _currency_after(text, match.end(), language, before)
    if after is None and before is None:
        end, after, cents = _minor(text, match.end(), language)
        amount = amount * cents
    elif amount == amount.to_integral_value():
        named = after is not None and after.reason == "word" and text[end - 1 : end].isalpha()
        more, _, cents = _minor_after(text, end, language, named=named)
        if more:
            amount, end = amount + cents, more
    digits = re.match(DIGITS, words)
    return Part(match.start(), end, amount, digits[0] if digits else "", scale_of(words, language), before, after)


def _currency_after(text: str, end: int, language: str, before: Reading | None) -> tuple[int, Reading | None]:
    """Read the currency after a number, then the words that make an open one exact: "5 M$ (US)", "$5 million CAD"."""
    stop, after = _named_after(text, end, language, before)
    if (after or before or _NOT_OPEN).open:
        further, exact = _qualified(text, stop, language)
        if exact and not exact.open:
            return further, exact
    return stop, after


def _named_after(text: str, end: int, language: str, before: Reading | None) -> tuple[int, Reading | None]:
    match = _tail(language).match(text, end)
    if match is None:
        return end, None
    if match["sign"]:
        if (before or "\n" in match[0]) and text[match.end() : match.end() + 2].strip(" ")[:1].isdigit():
            return end, None  # the sign is that of the next sum
        return match.end(), read(match["sign"], language)
    name = name_pattern(language).match(text, match.end())
    return (name.end(), read(name[0], language)) if name else (end, None)


@cache
def _modifier(language: str) -> re.Pattern[str]:
    """Words after a sum with a bare sign: "(USD)", "(in Canadian dollars)", "U.S.", "Canadian"."""
    word = (
        rf"{code_pattern()}|{name_pattern(language).pattern}|{_PLACES[language]}"
        if language in _PLACES
        else code_pattern()
    )
    return re.compile(
        rf"{SPACE}?[(\[](?i:in |en )?(?P<inside>(?i:{word}))[)\]]|"
        rf"{SPACE}(?P<place>{_PLACES.get(language, '(?!)')})(?!\w)"
    )


def _qualified(text: str, end: int, language: str) -> tuple[int, Reading | None]:
    match = _modifier(language).match(text, end)
    if match is None:
        return end, None
    words = match["inside"] or match["place"]
    reading = read(words, language) or _PLACE_READINGS.get(words.rstrip("s").replace(".", "").lower())
    return (match.end(), reading) if reading else (end, None)


@cache
def _minor_pattern(language: str) -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]:
    rows = lexicon.rows("minor", language)
    joined = "|".join(row.pattern for row in rows) or "(?!)"
    return re.compile(rf"{SPACE}?-?({joined})(?!\w)"), tuple((re.compile(row.pattern), row.value) for row in rows)


def _minor(text: str, end: int, language: str) -> tuple[int, Reading | None, Decimal]:
    pattern, table = _minor_pattern(language)
    match = pattern.match(text, end)
    if match is None:
        return end, None, Decimal(1)
    code = next(value for known, value in table if known.fullmatch(match[1]))
    return match.end(), Reading(code, "word"), CENT


@cache
def _and(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:,?{SPACE}(?:and|et){SPACE}|,?{SPACE})(?P<n>{number_pattern(language)})")


def _minor_after(text: str, end: int, language: str, *, named: bool) -> tuple[int, Reading | None, Decimal]:
    match = _and(language).match(text, end)
    if match is None:
        return 0, None, Decimal(0)
    stop, reading, _ = _minor(text, match.end(), language)
    cents = number(match["n"], language)
    if cents is None or cents >= 100 or cents != cents.to_integral_value():
        return 0, None, Decimal(0)
    if reading is None:
        short = _SHORT_END.match(text, match.end()) if named else None
        letters = _short_minor().match(text, match.end())
        if letters is None and (short is None or cents < 10):
            return 0, None, Decimal(0)
        stop, reading = (letters or match).end(), _NOT_OPEN
    return stop, reading, cents * CENT


_SHORT_END = re.compile(r"\s*(?:[.,;:!?)]|$)(?!\d)")
"""After "20 dollars 43" nothing may follow: else the number counts the next thing."""


@cache
def _short_minor() -> re.Pattern[str]:
    """The letters for cents that are read after whole units alone: "20 dollars 43c"."""
    joined = "|".join(row.pattern for row in lexicon.rows("minor_after", "any"))
    return re.compile(rf"{SPACE}?(?:{joined})(?!\w)")
