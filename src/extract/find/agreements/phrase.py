"""The end of a noun phrase after an instrument: at a verb, a new clause, a date, a bracket; lists go on.

"on A, B and C" is one phrase while its parts are parallel; "with A and B" while they are names. In French a list is
parallel when each part repeats its preposition ("en matière de …, de … et de …").
"""

from __future__ import annotations

import re

from extract.find.agreements.instrument import Role
from extract.find.agreements.wording import Token, tokens, word_class
from extract.lexicon import rows
from extract.lexicon.scan import words

_LONGEST, _LONGEST_LIST = 24, 60
_AND = frozenset({"and", "et", "&"})
_ALSO_NOUNS = frozenset({"issues", "plans", "claims", "uses", "grants"})
"""Verb forms that are nouns after an article and a modifier: "an agreement on the remaining issues"."""
_DETERMINERS = frozenset({"the", "all", "any", "these", "those", "their", "its", "our", "other"})
_INNER_MARKS = "-–/&“”\"«»’'"
_AMBIGUOUS_MONTHS = frozenset({"may", "march", "mars", "mai"})
_LOOSE = frozenset({"or", "ou", "de", "d’", "d'", "l’", "l'", "à", "en", "au", "aux", "sur", "avec", "pour", *_AND})
_PARTY_ARTICLES = frozenset({"the", "le", "la", "l’", "l'", "de", "du", "des"})
_NEW_NAME = re.compile(r"\s+(?:de|du|des|d[’']|à|au|aux)\s*(?:la\s|le\s|les\s|l[’'])?[A-ZÀ-Ý]")
_SHORT_BRACKET = re.compile(r"\([A-Z][\w&.\-]{1,12}\)")
_PARALLEL_ARTICLES = re.compile(
    r"\s*(?:le |la |les |l[’'])[^,;.]{2,40}\set (?:de )?(?:le |la |les |l[’'])", re.IGNORECASE
)
_PARALLEL_PREPOSITIONS = re.compile(r"\s*(?:de |d[’']|du |des |en |à )", re.IGNORECASE)
_LEGAL_FORM = re.compile(r"\b(?:Inc|inc|Co|Corp|Ltd|ltd|Ltée|ltée|Cie)$")
"""Legal forms whose full stop belongs to the name, wherever the sentence ends."""
_CLAUSE_END = re.compile(r"[;.:\n]")


def phrase_end(text: str, start: int, high: int, language: str, *, role: Role, titled: bool) -> int:
    """Give the end of the phrase that begins at ``start``, after its preposition; ``start`` if there is none."""
    parts = tokens(text, start, high)
    end, count, joined, resume = start, 0, 0, start
    for index, token in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else None
        if "\n" in text[end : token.start]:
            break
        if token.start < resume:
            continue
        example = _example(text, token.start, high, language) if role in ("with", "between") else None
        if example:
            resume = example
            continue
        if not token.word:
            if token.text == ")" and "(" in text[start : token.start]:
                end = token.end
            elif not _mark_goes_on(text, parts[index:], high, language, role=role, titled=titled, inside=count > 0):
                break
            continue
        if token.text.lower() in _AND:
            joined += 1
            if following is None or not _and_goes_on(following, language, role=role, joined=joined):
                break
            if titled and role == "on" and _NEW_NAME.match(text, token.end):
                break
            continue
        noun = token.text.lower() in _ALSO_NOUNS and count and parts[max(0, index - 2)].text.lower() in _DETERMINERS
        if not noun and _ends(text, token, high, language, role=role, titled=titled, count=count):
            break
        count += 1
        if count > (_LONGEST_LIST if role in ("with", "between") else _LONGEST):
            break
        end = token.end
    end = _without_loose_end(parts, start, end, language)
    return end + 1 if _LEGAL_FORM.search(text[start:end]) and text[end : end + 1] == "." else end


def _example(text: str, start: int, high: int, language: str) -> int | None:
    match = words("title_edge", "example", language).match(text, start, high)
    return match.end() if match else None


def _mark_goes_on(
    text: str, parts: list[Token], high: int, language: str, *, role: Role, titled: bool, inside: bool
) -> bool:
    """Tell whether a mark stands within the phrase: a dash or quote, the comma of a list, a bracket with an acronym."""
    mark = parts[0]
    if mark.text in _INNER_MARKS and inside:
        return True
    if len(parts) < 2:
        return False
    if mark.text == "." and parts[1].text == ",":
        return bool(_LEGAL_FORM.search(text[max(0, mark.start - 10) : mark.start]))
    if mark.text == ",":
        return _list_goes_on(text, mark, parts[1:], language, role=role, titled=titled)
    return mark.text == "(" and bool(_SHORT_BRACKET.match(text, mark.start, high))


def _ends(text: str, token: Token, high: int, language: str, *, role: Role, titled: bool, count: int) -> bool:
    """Tell whether a word ends the phrase; an infinitive may open one ("to strengthen …")."""
    kind, low = word_class(token.text, language), token.text.lower()
    if kind in ("verb", "naming") and not (role == "to" and count == 0) and not (token.capital and titled):
        return True
    if kind in ("pronoun", "conjunction") and not (role == "to" and count < 2):
        return True
    if count == 0:
        return False
    if low not in _AMBIGUOUS_MONTHS and words("title_edge", "time", language).match(text, token.start, high):
        return True
    if any(words("title_edge", edge, language).match(text, token.start, high) for edge in ("occasion", "sum")):
        return True
    return _ends_role(low, language, "party" if role in ("with", "between") else role)


def _ends_role(word: str, language: str, role: str) -> bool:
    return any(row.pattern == word and role in row.value.split("+") for row in rows("phrase_end", language))


def _and_goes_on(following: Token, language: str, *, role: Role, joined: int) -> bool:
    """Tell whether "and" joins more of the phrase: a second party, a second noun; not a new clause or object."""
    kind = word_class(following.text, language)
    clause = kind in ("verb", "naming", "pronoun", "conjunction")
    if role in ("between", "with") and joined <= 3:
        return not clause
    if role == "to":
        return kind not in ("pronoun", "conjunction", "determiner")
    if clause:
        return following.capital and kind in ("verb", "naming")
    return kind != "determiner" or following.capital or following.text.lower() in ("l’", "l'", "des", "du")


def _list_goes_on(text: str, comma: Token, rest: list[Token], language: str, *, role: Role, titled: bool) -> bool:
    """Tell whether a comma separates parts of one list that ends with "and": names, or parallel parts."""
    first = rest[0]
    if not _and_follows(text, rest, language):
        return False
    if first.text.lower() in _AND:
        return True
    if role in ("with", "between"):
        return first.capital or first.text.lower() in _PARTY_ARTICLES
    if titled and language == "en":
        return first.capital or (first.text.lower() == "the" and len(rest) > 1 and rest[1].capital)
    if language != "fr":
        return False
    after = text[comma.end : comma.end + 90]
    return bool(_PARALLEL_PREPOSITIONS.match(after) or (titled and _PARALLEL_ARTICLES.match(after)))


def _and_follows(text: str, rest: list[Token], language: str) -> bool:
    """Tell whether "and" ends the list that a comma may have begun; a verb or a possessor before it begins a clause."""
    for token in rest:
        if token.text == "." and _LEGAL_FORM.search(text[rest[0].start : token.start]):
            continue
        if text[rest[0].start : token.start + 1].count("\n") or _CLAUSE_END.match(token.text):
            return False
        if token.text.lower() in _AND:
            return True
        if not token.capital and word_class(token.text, language) in ("verb", "pronoun"):
            return False
    return False


def _without_loose_end(parts: list[Token], start: int, end: int, language: str) -> int:
    """Cut prepositions, articles and conjunctions off the end of a phrase."""
    for token in reversed([part for part in parts if part.end <= end]):
        loose = word_class(token.text, language) in ("preposition", "determiner", "conjunction", "pronoun")
        if token.text == ")" or (token.word and not loose and token.text.lower() not in _LOOSE):
            return token.end
    return start
