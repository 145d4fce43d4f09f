"""The pattern of a number as it stands in a sum: ``1 495 800``, ``2.5 million``, ``half a billion``, ``3조 5천억``."""

from __future__ import annotations

from functools import cache

from extract import lexicon
from extract.find.money.currency import SPACE

DIGITS = (
    r"(?:\d{1,2}(?:,\d\d)+,\d{3}(?!\d)(?:\.\d+)?"  # 1,00,000: lakhs
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?"
    r"|\d{1,3}(?:[\u00a0\u2007\u2009\u200a\u202f ]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?"
    r"|\d{1,3}(?:['’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
)
_JOIN = rf"(?:{SPACE}{{1,2}}|{SPACE}?\n{SPACE}?|{SPACE}?-)"


_NOT_UNITS = ("half", "quarter", "dozen", "hundred", "hundreds", "point")


def _split(subject: str, language: str) -> list[str]:
    return [word for row in lexicon.rows(subject, language) for word in row.pattern.split("|")]


def _longest_first(words: list[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


@cache
def scale_pattern(language: str) -> str:
    """A scale after digits: a word (million), or letters that touch the digits or stand a space off (M, bn, Md)."""
    every = _split("scale", language)
    words = _longest_first([word for word in every if len(word) > 3])
    letters = _longest_first([word for word in every if len(word) <= 3])
    far = _longest_first([word for word in every if len(word) <= 3 and (len(word) > 1 or word.isupper())])
    return (
        rf"(?:\+?(?:{_JOIN}?(?i:{words})(?!\w)(?:{_JOIN}(?i:{words})(?!\w))?)"
        rf"|{SPACE}?(?:{letters})(?![^\W_])(?={SPACE}?\\*[$€£¥])|(?:{letters})(?![^\W_])|(?:{SPACE}|-)(?:{far})(?![^\W_]|['’&]))"
    )


_PART_OF = rf"(?:half|a{SPACE}half|one{SPACE}half|(?:a{SPACE}|three[ -])?quarters?(?:{SPACE}of)?)"
_ONE_OF = (
    rf"an?(?={SPACE}(?:dollar|euro|cent|penny|buck)(?![\w’'-])"
    rf"(?!{SPACE}(?:amounts?|values?|figures?|stores?|bills?|signs?|of|for)(?!\w)))"
)
"""The article counts in "a dollar", but not in "a dollar amount"."""


@cache
def number_pattern(language: str) -> str:
    """A number in digits or words with its scale; no capturing groups."""
    if language == "ko":
        return _korean()
    return {"en": _english, "fr": _french}.get(language, _english)(language)


def _korean() -> str:
    """Digits or syllables with 십·백·천 and 만·억·조, which may stand apart: 7천 5백만, 1만 2천 345, 오천만."""
    step = rf"(?:(?:{DIGITS}|[일이삼사오육칠팔구]){SPACE}?)?[십백천만억조경]"
    return rf"(?:{step}(?:{SPACE}?{step})*(?:{SPACE}?\d{{1,4}}(?![\d,]))?|{DIGITS})"


def _english(language: str) -> str:
    scale, words = scale_pattern(language), _split("number", language)
    units = _longest_first([word for word in words if word not in _NOT_UNITS])
    plain = f"{units}|hundred"
    big = _longest_first([word for word in _split("scale", language) if len(word) > 3 and word[-1] != "s"])
    half = rf"(?:{_JOIN}and{_JOIN}a{_JOIN}half)"
    word = rf"(?:{plain}|{big})(?!\w)"
    point = rf"(?:{SPACE}point(?:{SPACE}(?:{units})(?!\w))+(?:{_JOIN}(?:{big})(?!\w))?)"
    chain = rf"(?:{units})(?!\w)(?:{point}|(?:{_JOIN}(?:and{SPACE})?(?:{word})|{half})*)"
    every = (*units.split("|"), *big.split("|"), "a", "half", "one", "quarter", "hundred")
    letters = {word[0] for word in every if word}
    initials = "".join(sorted(letters | {letter.upper() for letter in letters}))
    spelt = (
        rf"(?=[{initials}])(?i:(?:{_PART_OF}{_JOIN}(?:an?{SPACE})?(?:{big})(?!\w))"
        rf"|{_ONE_OF}"
        rf"|an?{SPACE}(?:(?:hundred|dozen|{big})(?!\w)(?:{_JOIN}(?:and{SPACE})?(?:{word})|{half})*)|{chain})"
    )
    return rf"(?:{DIGITS}(?:{half})?(?:{scale})?|{spelt})"


def _french(language: str) -> str:
    scale, words = scale_pattern(language), _split("number", language)
    rough = [word for word in words if word.endswith("aine")]
    plain = _longest_first([word for word in words if word not in (*rough, "demi", "demie", "quart")])
    big = _longest_first([word for word in _split("scale", language) if len(word) > 3])
    half = rf"(?:{_JOIN}et{_JOIN}demie?(?!\w))"
    word = rf"(?:{plain}|{big})(?!\w)"
    first = rf"(?:{plain}|mille)(?!\w)"
    spelt = (
        rf"(?i:un(?:e)?{_JOIN}(?:demi|quart{SPACE}de){_JOIN}(?:{big})(?!\w)"
        rf"|(?:une{SPACE})?(?:{'|'.join(rough)})(?:{SPACE}de{SPACE}(?:{big})(?!\w))?"
        rf"|{first}(?:{_JOIN}(?:et{_JOIN})?(?:{word}))*{half}?)"
    )
    return rf"(?:{DIGITS}(?:{scale}(?:{SPACE}\d{{3}}{SPACE}\d{{3}}(?!\d))?)?{half}?|{spelt})"
