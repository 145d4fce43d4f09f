"""Grow an English head noun to the left, over its modifiers: "Canada–Korea Free Trade Agreement".

A capitalised name goes on over capitalised words and over "and", "of", "for" between them; a description ("a joint
action plan") over at most five plain modifiers. Articles, prepositions, verbs and possessors end it.
"""

from __future__ import annotations

import re

from extract.find.agreements.wording import Token, tokens, word_class

_REACH = 160
_MODIFIERS = 5
_LINKS = frozenset({"and", "&", "of", "for", "on"})
_LISTED = re.compile(
    r"(?<!\w)(?:an?|the|this|new|its|their)\s+((?:[a-z][\w-]+\s){0,2}[a-z][\w-]+(?:,\s[a-z][\w-]+){0,3},?\s(?:and|&)\s)$"
)
"""Plain modifiers that "and" joins after an article: "a science, technology and innovation agreement"."""
_OF = ("of", "for")
_ENDS = frozenset({"verb", "naming", "conjunction", "pronoun", "determiner", "preposition"})
_NO_EDGE = _ENDS - {"naming"} | {"evaluative"}


def grow_left(text: str, head: int, low: int, *, titled: bool) -> int:
    """Give the start of the name whose head noun begins at ``head``; ``low`` is where its sentence begins."""
    before = tokens(text, max(low, head - _REACH), head)
    start, plain, index = head, 0, len(before) - 1
    while index >= 0:
        token = before[index]
        joint = token.text in "-–/" and index > 0 and text[token.start - 1].isalnum()
        if joint or (titled and _links(before, index, start, text)):
            index -= 1
            continue
        plain += not token.capital
        if _ends(token) or plain > (0 if titled else _MODIFIERS):
            break
        if not titled and text[token.end : start].strip(" -–/"):
            break
        start = token.start
        index -= 1
    listed = None if titled else _LISTED.search(text, low, start)
    return _without_loose_start(text, listed.start(1) if listed else start, head)


def _ends(token: Token) -> bool:
    """Tell whether a word can't be part of a name; a capitalised "Working" or "Support" can, a possessor can't."""
    kind = word_class(token.text, "en")
    if not token.word or token.text.endswith(("’", "'", "’s", "'s")):
        return True
    return kind in _ENDS and not (kind == "naming" and token.capital)


def _links(before: list[Token], index: int, start: int, text: str) -> bool:
    """Tell whether a small word joins two capitalised parts of a name: "Science and Technology Agreement"."""
    token = before[index]
    between = text[token.end : start].strip()
    if token.text == "the" and index and before[index - 1].text in _OF and not between:
        return _links(before, index - 1, start, text)  # "Protection of the Ocean Declaration"
    if (
        token.text.lower() not in _LINKS
        or index == 0
        or index + 1 == len(before)
        or between not in ("", "the" if token.text in _OF else "")
    ):
        return False
    left = before[index - 1]
    return left.capital and left.word and not word_class(left.text, "en")


def _without_loose_start(text: str, start: int, head: int) -> int:
    """Drop evaluative words and stray small words at the left edge."""
    for token in tokens(text, start, head):
        if token.word and word_class(token.text, "en") not in _NO_EDGE:
            return token.start
    return head
