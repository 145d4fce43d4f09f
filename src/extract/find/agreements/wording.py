"""Tokens of a title, and the class of each word: determiner, preposition, conjunction, verb, evaluative …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.find.agreements.instrument import Determiner
from extract.lexicon.scan import compiled, words

TOKEN = re.compile(
    r"(?:[ldnscjmt]|qu|jusqu|lorsqu)[’'](?=\w)"  # an elided article or pronoun
    r"|(?:(?-i:(?:[A-Z]\.){2,})|\w+)(?:[’'.&/\-–‑](?:(?-i:(?:[A-Z]\.){2,})|\w+))*(?:[’']s?)?"
    r"|\$\d[\d.,]*|[^\w\s]",
    re.IGNORECASE,
)
_ELISION = re.compile(r"(?:[ldnscj]|qu)[’']", re.IGNORECASE)
_REACH = 60
"""How many characters before a name its article is looked for, or a noun that makes it another's name."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a punctuation mark with its offsets in the document."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter (after an elided article)."""
        bare = _ELISION.sub("", self.text, count=1) or self.text
        return bare[:1].isupper()

    @property
    def word(self) -> bool:
        """Whether it is a word or a number, not a mark."""
        return self.text[:1].isalnum()


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Split ``text[start:end]`` into words and marks; elided articles are words of their own."""
    return [Token(match[0], match.start(), match.end()) for match in TOKEN.finditer(text, start, end)]


@lru_cache(maxsize=8192)
def word_class(word: str, language: str) -> str:
    """Give the class of a word in ``title_word``; an empty string for words that a name may hold."""
    return _value("title_word", word, language)


def determiner(text: str, start: int, low: int) -> Determiner:
    """Tell how the name that begins at ``start`` is introduced; looks past evaluative words."""
    for token in reversed(tokens(text, max(low, start - _REACH), start)[-3:]):
        introduced = _introduces(token.text)
        if introduced:
            return introduced
        if "evaluative" not in (word_class(token.text, "en"), word_class(token.text, "fr")):
            return ""
    return ""


def part_of_another_name(text: str, start: int, end: int) -> bool:
    """Tell whether a capitalised head noun only serves to name something else: "Partnership Committee"."""
    if not text[start].isupper():
        return False
    after = words("other_name", "after", "en", flags=0).match(text, end + 1) if text[end : end + 1].isspace() else None
    if after:
        return True
    before = text[max(0, start - _REACH) : start].rstrip()
    noun = words("other_name", "before", "en", "fr").finditer(before)
    return any(match.end() == len(before) for match in noun)


@lru_cache(maxsize=4096)
def _introduces(word: str) -> Determiner:
    return _value("introduces", word, "en") or _value("introduces", word, "fr")  # type: ignore[return-value]


def _value(subject: str, word: str, language: str) -> str:
    pattern, rows = compiled(subject, language)
    match = pattern.fullmatch(word)
    return rows[match.lastgroup].value if match and match.lastgroup else ""
