"""Grow a head noun to the right: French modifiers, an acronym in brackets, tails ("on …", "with …", "between …")."""

from __future__ import annotations

import re
from functools import cache

from extract.find.agreements.instrument import Role, Tail
from extract.find.agreements.phrase import phrase_end
from extract.find.agreements.wording import Token, tokens, word_class
from extract.lexicon.scan import compiled, words

_REACH = 480
_MODIFIERS_REACH = 110
_MODIFIERS = 6
_TAILS = 4
_BRACKET_REACH = 22
"""How far from the capitalised name a tail may begin and still belong to it: over an acronym in brackets."""

_ACRONYM = re.compile(r"\s*\(\s*(?:the\s+|l[’'])?[“”\"«‘]?\s*([A-ZÀ-Ý][\w&.\-–]{1,14}s?)\s*[“”\"»’]?\s*\)")
_FRENCH_LINKS = frozenset({"et", "ou", "dans", "par", "chez", "vers", "sous", "sans", "grâce", "lors", "ainsi"})


def grow_right(
    text: str, head_end: int, high: int, language: str, *, titled: bool
) -> tuple[int, tuple[Tail, ...], tuple[int, int] | None]:
    """Give the end of the capitalised name, the tails, and the acronym that a bracket adds."""
    high = min(high, head_end + _REACH)
    name_end, position, acronym = head_end, head_end, None
    if language == "fr":
        name_end = position = _modifiers(text, head_end, high, titled=titled)
    tails: list[Tail] = []
    while len(tails) < _TAILS:
        bracket = _ACRONYM.match(text, position, high)
        if bracket and acronym is None:
            acronym, position = bracket.span(1), bracket.end()
            continue
        tail = tail_at(text, position, high, language, titled=titled and position - name_end <= _BRACKET_REACH)
        if tail is None:
            break
        if titled and tail.role in ("on", "between") and _in_title(text, tail, language):
            name_end = tail.end
        tails.append(tail)
        position = tail.end
    return name_end, tuple(tails), acronym


def tail_at(text: str, position: int, high: int, language: str, *, titled: bool) -> Tail | None:
    """Read the phrase that begins at ``position``, None if none does: a date or an amount is no tail."""
    begin = position
    while begin < high and text[begin] in " \u00a0":
        begin += 1
    if any(words("title_edge", edge, language).match(text, begin, high) for edge in ("time", "amount", "sum")):
        return None
    opener = _opener(language).match(text, begin, high)
    if opener is None or opener.lastgroup is None:
        return None
    role: Role = compiled("tail", language)[1][opener.lastgroup].value  # type: ignore[assignment]
    start = opener.end() if not _verb_within(text, begin, opener.end()) else begin + len("that")
    end = phrase_end(text, start, high, language, role=role, titled=titled)
    return Tail(role, begin, end) if end > start else None


@cache
def _opener(language: str) -> re.Pattern[str]:
    return compiled("tail", language)[0]


def _verb_within(text: str, start: int, end: int) -> bool:
    """Tell whether the opener is "that" with the word after it, which belongs to the phrase."""
    return text[start:end].startswith("that ")


def _modifiers(text: str, position: int, high: int, *, titled: bool) -> int:
    """Give the end of the French modifiers after a head noun: "administrative", "global et progressiste"."""
    end, count = position, 0
    for token in tokens(text, position, min(high, position + _MODIFIERS_REACH)):
        between = text[end : token.start]
        if between.strip() or "\n" in between:
            break
        if token.text == "et" and titled and count:
            count += 1
            continue
        kind = word_class(token.text, "fr")
        if not token.word or kind in ("verb", "determiner") or _links(text, token):
            break
        count += 1
        loose = kind == "evaluative" and not token.capital and not _opener("fr").match(text, token.end + 1, high)
        if count > _MODIFIERS or loose:
            break
        end = token.end
    return end


def _links(text: str, token: Token) -> bool:
    return bool(_opener("fr").match(text, token.start)) or token.text.lower() in _FRENCH_LINKS


def _in_title(text: str, tail: Tail, language: str) -> bool:
    """Tell whether a tail belongs to a capitalised name: its content words are capitals (English), or it is French."""
    if language == "fr":
        return True
    content = [t for t in tokens(text, tail.start, tail.end)[1:] if t.word and not word_class(t.text, language)]
    return bool(content) and content[0].capital and sum(t.capital for t in content) >= 0.6 * len(content)
