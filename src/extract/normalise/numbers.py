"""Read numbers as English, French and Korean text writes them: in digits, in words, and in a mixture of both.

French *billion* is 10**12 and *trillion* 10**18 (the long scale), English *billion* is 10**9; Korean counts in
만 (10**4), 억 (10**8) and 조 (10**12).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from extract import lexicon

SPACES = " \t\u00a0\u2007\u2009\u200a\u202f"
"""Spaces that stand inside a line: plain, tab, no-break, figure, thin, hair, narrow no-break."""

_GROUPING = re.compile(rf"(?<=\d)[{SPACES}'’](?=\d)")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[.,]\d+|[^\W\d_]+|[천백십만억조경]")
_KO_SMALL = {"십": 10, "백": 100, "천": 1000}
_KO_BIG = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
_KO_DIGITS = {"영": 0, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9, "몇": -1}
_HALF = Decimal("0.5")
_THREE_QUARTERS = re.compile(r"three[ -]quarters?\b")


@cache
def number_words(language: str) -> dict[str, Decimal]:
    """Give the number words of a language with their values, in lower case ("seven", "vingt", "million")."""
    found = {}
    for subject in ("number", "scale"):
        for row in lexicon.rows(subject, language):
            for word in row.pattern.split("|"):
                found[word] = Decimal(row.value)
    return found


def digits(text: str, language: str, *, scaled: bool = False) -> Decimal | None:
    """Read a number in digits: ``1,234.56``, ``1.234,56``, ``1 495 800``, ``1,00,000``, ``.5``.

    A single separator before exactly three digits is ambiguous: it groups thousands, unless it is the language's
    decimal sign and a scale word follows (``scaled``: ``3,075 milliards``), or, in English, a point (``1.375``).
    """
    plain = _GROUPING.sub("", text.strip(SPACES))
    dot, comma = plain.count("."), plain.count(",")
    if dot and comma:
        decimal = max(plain.rfind("."), plain.rfind(","))
        if plain.count(plain[decimal]) > 1:
            return None
        plain = re.sub("[.,]", "", plain[:decimal]) + "." + plain[decimal + 1 :]
    elif dot > 1 or comma > 1:
        if not re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+|\d{1,2}(?:,\d\d)+,\d{3}", plain):
            return None
        plain = re.sub("[.,]", "", plain)
    elif dot or comma:
        whole, _, rest = plain.partition("." if dot else ",")
        plain = whole + rest if _groups(whole, rest, "." if dot else ",", language, scaled) else f"{whole}.{rest}"
    return Decimal(plain) if re.fullmatch(r"\d*\.?\d+", plain) else None


def _groups(whole: str, rest: str, sign: str, language: str, scaled: bool) -> bool:
    if len(rest) != 3 or not 1 <= len(whole) <= 3 or whole.startswith("0"):
        return False
    if language == "fr":
        return not scaled
    return sign == ","


def scale_of(text: str, language: str) -> Decimal:
    """Give the scale that a number ends with: a million for "5 million" and "5M", 1 without one.

    Korean writes its scale into the number (5억), so there it is read off the last of 만, 억, 조.
    """
    if language == "ko":
        return Decimal(next((_KO_BIG[sign] for sign in reversed(text) if sign in _KO_BIG), 1))
    words, unit = number_words(language), Decimal(1)
    for token in reversed(re.findall(r"[^\W\d_]+", text.lower())):
        if words.get(token, Decimal(0)) >= 1000:
            unit *= words[token]
        elif token not in _SKIPPED and words.get(token) != _HALF:
            break
    return unit


def number(text: str, language: str) -> Decimal | None:
    """Read a number in digits, words or both: "2.5 million", "deux millions et demi", "3조 5천억"; else None."""
    if language == "ko" and re.search("[가-힣]", text):
        return _korean(text)
    words = number_words(language)
    whole, point, decimals = text.lower().partition(_POINT.get(language, "\0"))
    if point:
        return _with_decimals(whole, decimals, language)
    total, current, last = Decimal(0), None, Decimal(1)
    plain = text.lower().replace("half-", "half ").replace("demi-", "demi ")
    tokens = _TOKEN.findall(_GROUPING.sub("", _THREE_QUARTERS.sub("0.75", plain)))
    if not tokens:
        return None
    if tokens in (["a"], ["an"]):
        return Decimal(1)
    for index, token in enumerate(tokens):
        if token in _SKIPPED:
            continue
        value = words.get(token)
        if value is None:
            scaled = any(words.get(later, 0) >= 1000 for later in tokens[index + 1 :])
            value = digits(token, language, scaled=scaled) if token[-1].isdigit() else None
            if value is None:
                return None
            current = value if current is None else current + value
        elif value == _HALF or value == Decimal("0.25") or value == Decimal("0.75"):
            if index + 1 < len(tokens) and not total and (current is None or tokens[index - 1] in _ONE):
                current = value
            elif current is not None:
                current += value
            else:
                total += value * last
        elif value >= 1000:
            total += (Decimal(1) if current is None else current) * value
            if index + 1 < len(tokens) and words.get(tokens[index + 1], Decimal(0)) > value:
                current, total = total, Decimal(0)
            else:
                current = None
            last = value
        elif token in _MULTIPLIERS:
            last = value
            current = (current or Decimal(1)) * value
        else:
            current = _add(current, token, value, language)
    return total + (current or 0)


_POINT = {"en": " point ", "fr": " virgule "}


def _with_decimals(whole: str, decimals: str, language: str) -> Decimal | None:
    """Read "one point three million": digits one by one after the point, then the scale."""
    words = number_words(language)
    before, after = number(whole, language), decimals.split()
    said = [words.get(word, Decimal(word) if word.isdigit() else None) for word in after]
    small = [value for value in said if value is not None and value < 10]
    scale = said[-1] if said and said[-1] is not None and said[-1] >= 1000 else Decimal(1)
    if before is None or None in said or len(small) + (scale > 1) != len(said):
        return None
    return (before + Decimal("0." + "".join(str(int(value)) for value in small))) * scale


_ONE = frozenset({"one", "un", "une"})
_SKIPPED = frozenset({"a", "an", "and", "of", "et", "de", "d", "le", "the"})
_MULTIPLIERS = frozenset(
    {"hundred", "cent", "cents", "dozen", "douzaine", "dizaine", "centaine", "quinzaine", "vingtaine"}
)


def _add(current: Decimal | None, token: str, value: Decimal, language: str) -> Decimal:
    if current is None:
        return value
    if language == "fr" and token in ("vingt", "vingts") and current % 100 == 4:
        return current + 76  # quatre-vingts
    return current + value


def _korean(text: str) -> Decimal | None:
    total, section, pending = Decimal(0), Decimal(0), None
    for token in re.findall(r"\d+(?:[.,]\d+)*|[가-힣]", _GROUPING.sub("", text)):
        if token in _KO_BIG:
            section += pending if pending is not None else 0
            total += (section or Decimal(1)) * _KO_BIG[token]
            section, pending = Decimal(0), None
        elif token in _KO_SMALL:
            section += (pending if pending is not None else Decimal(1)) * _KO_SMALL[token]
            pending = None
        elif token in _KO_DIGITS:
            pending = Decimal(_KO_DIGITS[token])
        elif token[0].isdigit():
            pending = digits(token, "ko")
        else:
            return None
    return total + section + (pending or 0)
