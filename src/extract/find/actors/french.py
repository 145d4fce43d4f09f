"""Where a French body's name ends: a head noun, then adjectives and complements that may be in lower case.

"Commission canadienne de sûreté nucléaire", "ministère de l'Énergie et des Ressources naturelles".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extract.find.actors.tokens import Token
from extract.find.actors.words import marked, words

_OF = frozenset(("de", "du", "des", "d'"))
_ARTICLE = frozenset(("la", "le", "les", "l'"))
_FURTHER = frozenset(("pour", "sur", "contre", "en", "à", "au", "aux", "chargé", "chargée"))
_ADJECTIVE = re.compile(
    r"(?:ale?s?|aux|iens?|iennes?|éens?|éennes?|iques?|aires?|ifs?|ives?|els?|elles?|ains?|aines?"
    r"|aise?|oise?|eure?s?|eux|euses?|ables?|ibles?|ine?s?|ée?s?|ante?s?|iers?|ières?|imes?|estres?|otes?"
    r"|bretons?|bretonnes?|wallons?|wallonnes?|[^\W_]+mande?s?|catalane?s?|étrangères?|public|publique|publics|unies|conjoint|mixte|ouvert|libre|numérique)$"
)
_INFINITIVE = re.compile(r"(?:^[^\W\d_]{2,}(?:er|ir|dre|tre)|ant)$")
"""Verbs after a bare preposition are no nouns of names: "d'investir", "en proposant"."""


def bodies(tokens: Sequence[Token], rigid: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Give the spans of words that name a body by a French head noun; names known beforehand keep their ends."""
    heads = words("fr").heads
    at = 0
    while at < len(tokens):
        token = tokens[at]
        value = heads.get(token.key)
        if value is None or not (token.cap or value in ("government_body", "academic")):
            at = rigid.get(at, at + 1)
            continue
        end = rigid.get(at) or body_end(tokens, at, rigid)
        if at not in rigid and token.key in words("fr").nonactors and any(i in rigid for i in range(at + 1, end)):
            at += 1  # "Conférence générale de l'Agence …": the body is inside
            continue
        named = any(t.cap for t in tokens[at + 1 : end])
        if end > at + 1 and (named or (token.cap and not token.initial) or at in rigid):
            yield at, end
            at = end
        else:
            at += 1


def body_end(tokens: Sequence[Token], head: int, rigid: Mapping[int, int]) -> int:
    """Give the index after the last word of the body whose head noun stands at ``head``."""
    grammar, heads = words("fr").function, words("fr").heads
    at = head + 1
    linked = False
    while at < len(tokens) and tokens[at].close:
        token = tokens[at]
        if at in rigid and tokens[at - 1].key in ("en", "au", "aux", "à") and tokens[head].key not in marked("site"):
            return at - 1
        if at in rigid:
            return rigid[at] if tokens[at - 1].key in _OF or tokens[at - 1].key in _ARTICLE else at
        if token.key in _OF or token.key in _FURTHER:
            if not tokens[head].cap and token.key in ("pour", "sur", "contre"):
                break
            noun = _noun(tokens, at + 1, grammar)
            if (
                noun is not None
                and token.key in ("à", "au", "aux")
                and not tokens[noun].cap
                and (linked or not tokens[head].cap)
            ):
                break
            if noun is None or (
                linked and token.key not in _OF and not _goes_further(tokens, at, noun, capital=tokens[head].cap)
            ):
                break
            if noun in rigid:
                site = (
                    tokens[head].key in marked("site")
                    and token.key in ("de", "du", "de", "d'", "des")
                    and rigid[noun] < len(tokens)
                    and tokens[rigid[noun]].key in ("en", "au", "aux")
                )
                if token.key in ("en", "au", "aux", "à") and tokens[head].key not in marked("site"):
                    break
                if not site:
                    return rigid[noun]
                at, linked = rigid[noun], True
                continue
            if (
                tokens[noun].cap
                and heads.get(tokens[noun].key)
                and (
                    token.key in ("au", "aux", "à")
                    or (heads[tokens[head].key] in ("soft", "soft_government_body") and token.key not in _OF)
                )
            ):
                break
            linked, at = True, noun + 1
        elif token.key in ("et", "&") and linked:
            noun = _coordinated(tokens, at, grammar)
            if noun is None:
                break
            at = noun + 1
        elif (
            (token.cap and token.key not in grammar)
            or token.key in ("inc", "ltée", "s.a.")
            or (token.key not in marked("no_adjective") and token.key not in grammar and _ADJECTIVE.search(token.key))
        ):
            at += 1
        else:
            break
    return at


def _noun(tokens: Sequence[Token], at: int, grammar: frozenset[str]) -> int | None:
    """Give the index of the noun of a complement that begins at ``at``, behind its article."""
    bare = tokens[at - 1].key in ("de", "d'", "pour", "à", "en")
    if at < len(tokens) and tokens[at].close and tokens[at].key in _ARTICLE:
        bare, at = False, at + 1
    if at >= len(tokens) or not tokens[at].close or tokens[at].key in grammar or not tokens[at].key[0].isalpha():
        return None
    return None if bare and not tokens[at].cap and _INFINITIVE.search(tokens[at].key) else at


def _goes_further(tokens: Sequence[Token], link: int, noun: int, *, capital: bool) -> bool:
    """Tell whether a second "pour", "sur", "en" still belongs to the name: before a capital, not before a verb."""
    if tokens[link].key == "pour" and capital and tokens[noun].key in marked("aim"):
        return True  # "Institut des Prairies pour la recherche …"
    if (tokens[link].key in ("sur", "contre") and capital) or (
        tokens[link].key == "en" and tokens[link - 1].key in marked("field")
    ):
        return True
    return tokens[noun].cap and tokens[link].key in ("pour", "sur", "contre", "en", "au", "à", "aux")


def _coordinated(tokens: Sequence[Token], at: int, grammar: frozenset[str]) -> int | None:
    """Give the noun after "et" when it goes on with the complement: "et des Ressources naturelles", "et Commerce"."""
    follows = at + 1
    if follows >= len(tokens):
        return None
    if tokens[follows].key in _OF:
        noun = _noun(tokens, follows + 1, grammar)
        capital = any(t.cap and t.key not in grammar and t.key not in words("fr").heads for t in tokens[at - 2 : at])
        if noun is None or (capital and not tokens[noun].cap):
            return None  # "le ministère des Affaires étrangères et du campus"
        return noun if tokens[noun].key not in words("fr").heads else None
    if tokens[follows].key in words("fr").heads or tokens[follows].key in grammar:
        return None
    if tokens[follows].cap == tokens[at - 1].cap and _ADJECTIVE.search(tokens[follows].key):
        return follows
    return follows if tokens[follows].cap and tokens[at - 1].cap and tokens[at - 1].key not in grammar else None
