"""Tokens of a title, and the class of each word: determiner, preposition, conjunction, verb, evaluative …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.lexicon.scan import compiled

TOKEN = re.compile(
    r"(?:[ldnscjmt]|qu|jusqu|lorsqu)[’'](?=\w)|(?:(?-i:(?:[A-Z]\.){2,})|\w+)(?:[’'.&/\-–‑](?:(?-i:(?:[A-Z]\.){2,})|\w+))*(?:[’']s?)?|\$\d[\d.,]*|[^\w\s]",
    re.IGNORECASE,
)
_OTHER_NAME_AFTER = re.compile(
    r"\s(?:Organi[sz]ation|Council|Commission|Committee|Secretariat|Group|Act|Fund|Program(?:me)?|Office|Tribunal|Summit"
    r"|Party|Area|Cent(?:re|er)|Forum|Day|Task|Working|Board|Agency|Strategy|Network|Conference|Canada\b(?!-)|Policy|Development"
    r"|Manager|Director|Division|Bank|Company|Inc|LLC|LP|Law|Regulations?|Bill|Series|Awards?|Region|Prize|Week|Month|Year)\b"
)
_OTHER_NAME_BEFORE = re.compile(
    r"(?:Organi[sz]ation|Loi|Comité|Conseil|Secrétariat|Commission|Office|Fonds|Programme)\s(?:d[ue]|de la|de l[’']|of the|sur l[ae])\s*$"
)
_ELISION = re.compile(r"(?:[ldnscj]|qu)[’']", re.IGNORECASE)


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
    pattern, rows = compiled("title_word", language)
    match = pattern.fullmatch(word)
    return rows[match.lastgroup].value if match and match.lastgroup else ""


def part_of_another_name(text: str, start: int, end: int) -> bool:
    """Tell whether a capitalised head noun only serves to name something else: "Partnership Committee"."""
    if not text[start].isupper():
        return False
    return bool(_OTHER_NAME_AFTER.match(text, end) or _OTHER_NAME_BEFORE.search(text, max(0, start - 40), start))
