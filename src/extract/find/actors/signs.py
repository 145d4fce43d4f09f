"""What stands in and around a name: the signs from which assembly makes features."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.document import Document, Element
from extract.find.actors.named import Phrase
from extract.find.actors.tokens import Token
from extract.find.actors.words import marked, words

_TICKER = re.compile(
    r"\.?,? ?\((?:NASDAQ|Nasdaq|NYSE|OTC|TSX|CSE|LSE|KRX|KOSDAQ|KOSPI|Euronext|ASX|HKEX|SGX|TSE|FRA|CNSX|NEO|Cboe)"
)
_WIRE = re.compile(r"(?:\.ai)?[/)] ?(?:-|–|—)|/ ")
"""What ends the name of a news wire in a dateline: "/NameOfWire/ --", "(NameOfWire) -"."""
_DETERMINERS = frozenset(("the", "la", "le", "les", "l'"))
_PLACE = frozenset(
    ("in", "à", "en", "au", "aux", "near", "from", "to", "across", "throughout", "vers", "outside", "around")
)
_DASHES = (" – ", " — ", " - ", "\u00a0– ")
_OWN = frozenset(("my", "our", "your", "their", "his", "her", "its", "notre", "nos", "votre", "vos", "son", "sa"))
_WITH = frozenset(("with", "avec", "between", "entre", "and", "et", "by", "par"))
_OF = frozenset(("of", "de", "du", "des", "d'", "for", "pour"))


@dataclass(frozen=True)
class Passage:
    """An element with its words and what is true of all of it."""

    document: Document
    element: Element
    language: str
    tokens: Sequence[Token]

    @cached_property
    def title_case(self) -> bool:
        """Tell whether the element has a capital at most words, so that capitals mean nothing in it."""
        longer = [t for t in self.tokens if len(t.text) > 3]
        if len(longer) < 3 or len(self.tokens) > 40:
            return False
        first = self.element.start < 3 and self.document.text[self.element.end - 1] not in ".!?"
        if self.element.category != "title" and not first:
            return len(longer) > 5 and all(t.upper for t in longer)
        return sum(t.cap for t in longer) * 3 > len(longer) * 2


def signs(passage: Passage, phrase: Phrase) -> frozenset[str]:
    """Name what stands in and around a phrase."""
    tokens, element = passage.tokens, passage.element
    found = set(phrase.signs)
    first, last = tokens[phrase.start], tokens[phrase.end - 1]
    if tokens[phrase.role].initial:
        found.add("initial")
    if element.category == "title":
        found.add("heading")
    if passage.title_case:
        found.add("title_case")
    if element.start < 1200:
        found.add("early")
    if element.category == "list_item":
        found.add("listed")
    found |= _before(passage, phrase) | _after(passage, phrase)
    if phrase.role == 0 and phrase.end == len(tokens):
        found.add("alone")
    if first.gap[-1:] and first.gap[-1:] in '“"«‘':
        found.add("quoted")
    if "(" in first.gap:
        found.add("in_parentheses")
        before = tokens[phrase.start - 1] if phrase.start else None
        if before is not None and not before.cap and first.upper:
            found.add("short_for_words")  # "internal combustion engine (ICE)"
    rest = passage.document.text[last.end : last.end + 16]
    if element.start < 600 and first.gap[-1:] and first.gap[-1] in "(/" and _WIRE.match(rest):
        found.add("wire_mark")
    if "(" in rest[:3]:
        found.add("acronym_after")
        if _TICKER.match(rest):
            found.add("ticker")
    return frozenset(found)


def _before(passage: Passage, phrase: Phrase) -> set[str]:
    tokens = passage.tokens
    roles, french = words("en").roles, words("fr").roles
    found: set[str] = set()
    for i in range(phrase.role, phrase.start):
        found.add("title_before" if "title" in (roles.get(tokens[i].key), french.get(tokens[i].key)) else "role_before")
    if phrase.role == 0:
        return found | {"opens"}
    before = tokens[phrase.role - 1]
    if not tokens[phrase.role].close:
        gap = tokens[phrase.role].gap
        own = words(passage.language).roles
        if gap == ". " and own.get(before.key) == "title":
            found.add("title_before")
        elif gap == ", " and own.get(before.key) == "role":
            found.add("role_before")
        elif gap == ", " and _in_office(tokens, phrase.role, passage.language):
            found |= {"role_before", "office_before"}
        elif gap in _DASHES and phrase.end == len(tokens) and any(own.get(t.key) == "role" for t in tokens[:4]):
            found.add("role_before")  # "Vice-President, Inspections – Mary Poole"
        return found
    key = before.key
    if key in _OWN:
        found.add("owned")
    if key == "on" and [t.key for t in tokens[max(0, phrase.role - 3) : phrase.role - 1]] == ["appeared", "first"]:
        found.add("publisher")  # "The post … appeared first on Newsline."
    if key in _DETERMINERS:
        found.add("determined")
        if phrase.role > 1:
            key = tokens[phrase.role - 2].key
            if key in _PLACE or key in _OF:
                found.add("after_place" if key in _PLACE else "after_of")
    elif key in words(passage.language).roles and key != "the":
        found.add("title_before" if "title" in (roles.get(key), french.get(key)) else "role_before")
    if key in _PLACE:
        found.add("after_place")
    elif key in _WITH:
        found.add("after_with")
    elif key in _OF:
        found.add("after_of")
        at = phrase.role - (3 if "determined" in found else 2)
        if at >= 0 and tokens[at].key in words(passage.language).roles:
            found.add("in_role")  # "Minister of National Defence", "président du Mexique"
    elif key == "about":
        found.add("after_about")
    return found


def _in_office(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Tell whether an office ends before the comma: "the Minister of Works, Housing and Roads, (Mary Poole)"."""
    roles = words(language).roles
    for i in range(at - 2, max(-1, at - 14), -1):
        if not tokens[i + 1].close and tokens[i + 1].gap != ", ":
            return False
        if tokens[i + 1].key in _OF and roles.get(tokens[i].key) == "role":
            return True
    return False


def _after(passage: Passage, phrase: Phrase) -> set[str]:
    tokens, end = passage.tokens, phrase.end
    last = tokens[end - 1]
    text = passage.document.text
    found: set[str] = set()
    if end < len(tokens) and tokens[end].key == "'s":
        found.add("possessive")
    if text[last.end : last.end + 1] == ":" or text[last.end : last.end + 2] in (" :", " –", " —"):
        found.add("label")
    if end >= len(tokens):
        return found
    after = tokens[end]
    if after.close and after.key in marked("auxiliary"):
        found.add("acts")
    if after.gap in (", ", " (", " – ", " — ", " - ", ",\u00a0"):
        at = end
        while at < len(tokens) and at < end + 2 and tokens[at].key in (*_DETERMINERS, "former", "a"):
            at += 1
        key = tokens[at].key if at < len(tokens) else ""
        pair = f"{key} {tokens[at + 1].key}" if at + 1 < len(tokens) else ""
        for table in (words("en").roles, words("fr").roles):
            if table.get(key) == "role" or table.get(pair) == "role":
                found.add("role_after")
    return found


def outer(passage: Passage, phrase: Phrase, stop: int) -> tuple[int, int]:
    """Give the span with the titles, roles and article before the name."""
    tokens = passage.tokens
    roles, french = words("en").roles, words("fr").roles
    at = phrase.role
    while (
        at > 0
        and tokens[at].close
        and (tokens[at - 1].key in french or (tokens[at - 1].key in roles and tokens[at - 1].key != "the"))
    ):
        at -= 1
    if at > 0 and tokens[at].close and tokens[at - 1].key in _DETERMINERS:
        at -= 1
    return tokens[at].start, stop
