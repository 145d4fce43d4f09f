"""The lexicon rows that actor finders look up by word, as dictionaries: ``{"ministry": "government_body", …}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extract.find.actors.tokens import Token
from extract.lexicon import rows


def _table(subject: str, language: str) -> dict[str, str]:
    return {row.pattern.replace("\\", ""): row.value for row in rows(subject, language)}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: heads of bodies, roles, words of grammar, words that mark no actor."""

    heads: Mapping[str, str]
    suffixes: Mapping[str, str]
    roles: Mapping[str, str]
    function: frozenset[str]
    nonactors: Mapping[str, str]
    demonyms: Mapping[str, str]
    qualifiers: Mapping[str, str]


@cache
def words(language: str) -> Words:
    """Read the words of a language; Korean has its own finder and gets the English ones for Latin text."""
    language = language if language in ("en", "fr") else "en"
    return Words(
        heads=_table("head", language),
        suffixes=_table("suffix", "en"),
        roles=_table("role", language),
        function=frozenset(_table("function", language)),
        nonactors=_table("nonactor", language),
        demonyms={**_table("demonym", "en"), **_table("demonym", "fr")},
        qualifiers={**_table("qualifier", "en"), **_table("qualifier", "fr")},
    )


@cache
def all_heads() -> Mapping[str, str]:
    """Give heads of bodies in both languages: English names stand in French texts and the other way round."""
    return {**_table("head", "fr"), **_table("head", "en")}


@cache
def marked(value: str) -> frozenset[str]:
    """Give the words that ``name_word`` marks with a value, in either language."""
    return frozenset(
        row.pattern for language in ("en", "fr") for row in rows("name_word", language) if row.value == value
    )


@cache
def grammar(language: str) -> frozenset[str]:
    """Give the words of grammar that begin no name; in French texts also the commonest English ones.

    French ones stay out of English texts, where "Ma", "Son" and "Car" may be names.
    """
    if language == "fr":
        return words("fr").function | frozenset(("the", "of", "and", "for", "this", "in"))
    return words("en").function


def is_head(key: str) -> bool:
    """Tell whether a word is the head noun of bodies, singular or plural, in either language."""
    return key in all_heads() or (key.endswith("s") and key[:-1] in all_heads())


def titles(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether the words ``[start, end)`` are titles and roles and nothing else."""
    roles, french = words("en").roles, words("fr").roles
    return all(tokens[i].key in roles or tokens[i].key in french for i in range(start, end))
