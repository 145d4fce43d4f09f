"""Which currency a sign, a code or a word stands for; names from CLDR (Babel), abbreviations from the lexicon.

A bare "$" or "dollars" (or "francs", "pesos", "kr") is a family of currencies: it is settled by a code or word beside
it, else by the country, else left open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract import lexicon

FAMILIES = {"$": ("Dollar", "Peso", "Real"), "franc": ("Franc",), "peso": ("Peso",), "kr": ("Kron", "Krón", "Krona")}
FAMILIES |= {"dinar": ("Dinar",), "rial": ("Rial",)}
"""Signs and words that several currencies share, with what the English names of these have in common."""
SPACE = r"[ \t\u00a0\u2007\u2009\u200a\u202f]"
GAP = rf"{SPACE}{{0,2}}(?:\n{SPACE}{{0,2}})?"
"""What may stand between the parts of one sum: a few spaces, and at most one line break."""
SIGNS = "$€£¥￥₩￦₹₽₺₪฿₫₱₦₴₡₲₵₸₮₭៛₾₼"
"""Currency signs that may stand before a number."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A currency as read: an ISO 4217 code or the name of a family, and by what."""

    code: str
    reason: str

    @property
    def open(self) -> bool:
        """Tell whether it is only a family."""
        return self.code in FAMILIES


@cache
def iso_codes() -> frozenset[str]:
    """Give the ISO 4217 codes in use."""
    import pycountry

    return frozenset(currency.alpha_3 for currency in pycountry.currencies)


COMMON = (
    "USD",
    "CAD",
    "EUR",
    "GBP",
    "JPY",
    "CHF",
    "AUD",
    "NZD",
    "HKD",
    "SGD",
    "CNY",
    "RMB",
    "KRW",
    "INR",
    "MXN",
    "BRL",
    "SEK",
    "NOK",
    "DKK",
    "ZAR",
    "MYR",
    "PLN",
    "CZK",
    "HUF",
    "AED",
    "QAR",
    "KWD",
    "EGP",
    "THB",
    "TWD",
)
"""Codes that are read in small letters too."""

ORDINARY_WORDS = frozenset(
    [
        "ALL",
        "TOP",
        "TRY",
        "COP",
        "CUP",
        "PEN",
        "MOP",
        "MAD",
        "BOB",
        "SOS",
        "RON",
        "GEL",
        "ARS",
        "BAM",
        "LAK",
        "AMD",
        "STN",
        "XXX",
        "XTS",
        "CHE",
        "ANG",
        "SDG",
        "CVE",
        "NAD",
        "BSD",
        "STD",
        "SCR",
        "CDF",
        "TMT",
        "GHS",
    ]
)
"""Codes that are also words or abbreviations (TOP 10, COP 28, SDG 13): they need an amount that looks like money."""


@cache
def _table(subject: str, language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row.pattern), row.value) for row in lexicon.rows(subject, language))


def _look_up(subject: str, language: str, words: str) -> str | None:
    for pattern, value in _table(subject, language):
        if pattern.fullmatch(words):
            return value
    return None


def _any(subject: str, language: str = "any") -> str:
    return "|".join(sorted((row.pattern for row in lexicon.rows(subject, language)), key=len, reverse=True))


@cache
def dollar_letters() -> str:
    """The letters that make a dollar sign one country's."""
    return "|".join(sorted(_any("dollar").split("|"), key=len, reverse=True))


@cache
def sign_pattern() -> str:
    """A currency sign with its letters before or after it: ``US$``, ``$CA``, ``€``, ``CAD$``."""
    letters = dollar_letters().split("|")
    apart = "|".join(word for word in letters if len(word) > 1 and word.upper() == word)
    after = "|".join(word for word in letters if len(word) > 1)
    before = rf"(?:{'|'.join(letters)}|(?:{apart}){SPACE}|(?i:us|u\.s\.?|usd|cad|aud|nzd|hk|nz|ca|au){SPACE}?)"
    dollar = rf"(?:{before})?\\{{0,2}}\$(?:{SPACE}?(?:{after}|(?i:usd|cad|aud|nzd|hkd?|sgd))(?![A-Za-z&]))?"
    return rf"(?:{dollar}|{_any('currency_sign')})"


@cache
def code_pattern() -> str:
    """An ISO 4217 code, or an abbreviation in common use (RMB, SDR, Rs.)."""
    return rf"(?:(?:{'|'.join(sorted(iso_codes()))}|{_any('currency_code')}|(?i:{'|'.join(COMMON)}))(?![A-Za-z]))"


@cache
def names(language: str) -> dict[str, str]:
    """Give the names of currencies in a language, in lower case, singular and plural, by CLDR; old ones too."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_currency_name

    try:
        locale = Locale.parse(language)
    except UnknownLocaleError:
        return {}
    found: dict[str, str] = {}
    in_use = iso_codes()
    for code in sorted(locale.currencies, key=lambda code: (code not in in_use, code)):
        for name in (locale.currencies[code], *(get_currency_name(code, count, locale) for count in (1, 2))):
            if len(name) > 3:
                found.setdefault(name.lower(), code)
                if language == "fr":  # CLDR has some plurals wrong ("dinar koweïtiens")
                    found.setdefault(_plural(name.lower()), code)
    return found


def _plural(name: str) -> str:
    return " ".join(word if word[-1] in "sxz)" else f"{word}s" for word in name.split())


@cache
def name_pattern(language: str) -> re.Pattern[str]:
    """Match the name of a currency, the longest first."""
    known = [re.escape(name) for name in names(language)] + [r.pattern for r in lexicon.rows("currency", language)]
    end = "" if language == "ko" else r"(?!\w)"
    return re.compile(rf"(?:{'|'.join(sorted(known, key=lambda p: (-len(p), p)))}){end}", re.IGNORECASE)


@cache
def _words(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(r.pattern, re.IGNORECASE), r.value) for r in lexicon.rows("currency", language))


@cache
def read(words: str, language: str) -> Reading | None:
    """Tell what currency a sign, code or name means."""
    words = re.sub(rf"(?:{SPACE}|\n)+", " ", words).strip()
    if "$" in words:
        letters = words.replace("\\", "").replace("$", " ").split()
        found = (_look_up("dollar", "any", part) or _look_up("dollar", "any", part.upper()) for part in letters)
        code = next((code for code in found if code), None)
        return Reading(code or "$", "sign")
    if sign := _look_up("currency_sign", "any", words):
        return Reading(sign, "sign")
    code = words.upper() if words.upper() in COMMON else words
    if code in iso_codes():
        return Reading(code, "code")
    if other := _look_up("currency_code", "any", code):
        return Reading(other, "code")
    if known := names(language).get(words.lower()):
        return Reading(known, "word")
    known = next((value for pattern, value in _words(language) if pattern.fullmatch(words)), None)
    return Reading(known, "word") if known else None


@cache
def settle(family: str, country: str | None) -> str | None:
    """Choose the currency of a family by country: a bare "$" is CAD in Canada; where none is at home it stays open."""
    if country is None:
        return None
    from babel.numbers import get_territory_currencies

    own = (str(code) for code in get_territory_currencies(country))
    return next((code for code in own if akin(code, family)), "USD" if family == "$" else None)


@cache
def akin(first: str, second: str) -> bool:
    """Tell whether two readings may be one currency: the same code, or a code and its family ("$" and "USD")."""
    if first == second:
        return True
    family, code = (first, second) if first in FAMILIES else (second, first)
    if family not in FAMILIES or code in FAMILIES:
        return False
    from babel.numbers import get_currency_name

    return any(word in get_currency_name(code, locale="en") for word in FAMILIES[family])
