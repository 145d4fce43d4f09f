"""Language of each sentence: documents mix them, and finders choose their words by it.

Korean is known by its script, English and French by a statistical identifier that ships with its model (py3langid).
A few words prove little ("Innovation" is both), so a short passage leans towards the language of what surrounds it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from extract.lexicon import LANGUAGES, rows

_HANGUL = re.compile(r"[ᄀ-ᇿ㄰-㆏가-힣]")
_LETTER = re.compile(r"[^\W\d_]")
_LONG = 40  # letters from which a sentence can speak for itself
_SURE = 0.9  # probability from which it is believed to
_LEANING = 9.0  # odds in favour of the surrounding language; a lone heading of two words must beat them
_GRAMMAR = 3  # words of grammar in one language, and times as many as in the other, that settle it
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = ("en", "fr")


def languages(sentences: Sequence[str], *, hint: str | None = None) -> list[str]:
    """Give the language of each sentence ("en", "fr", "ko"); ``hint`` is what the file says of itself."""
    guesses = [_guess(sentence) for sentence in sentences]
    around = hint if hint in LANGUAGES else _most(sentences, guesses)
    found = []
    for sentence, guess in zip(sentences, guesses, strict=True):
        sure = max(guess.values()) >= _SURE and len(sentence) >= _LONG
        if not sure and around in guess:
            guess = {**guess, around: guess[around] * _LEANING}
        language = max(sorted(guess), key=guess.__getitem__)
        if sure:
            around = language
        found.append(language)
    return found


def main_language(sentences: Sequence[str], found: Sequence[str]) -> str:
    """Give the language of most words, English when there is none."""
    words: Counter[str] = Counter()
    for sentence, language in zip(sentences, found, strict=True):
        words[language] += len(sentence.split())
    return max(sorted(words), key=words.__getitem__) if words else "en"


def _most(sentences: Sequence[str], guesses: Sequence[dict[str, float]]) -> str:
    weights: Counter[str] = Counter()
    for sentence, guess in zip(sentences, guesses, strict=True):
        for language, probability in guess.items():
            weights[language] += probability * len(sentence)  # type: ignore[assignment]
    return max(sorted(weights), key=weights.__getitem__) if weights else "en"


def _guess(sentence: str) -> dict[str, float]:
    """Give the probability of each language that the script allows."""
    hangul = len(_HANGUL.findall(sentence))
    if hangul and hangul * 4 >= len(_LETTER.findall(sentence)):
        # four in ten syllables are enough: Korean sentences quote Latin names at length, the reverse is rare
        return {"ko": 1.0}
    if not _LETTER.search(sentence):
        return {"en": 0.5, "fr": 0.5, "ko": 0.5}
    english, french = _grammar()
    words = _WORD.findall(sentence.lower())
    en, fr = sum(word in english for word in words), sum(word in french for word in words)
    if max(en, fr) >= _GRAMMAR and max(en, fr) >= _GRAMMAR * min(en, fr):
        # words of grammar settle most sentences, ten times as fast as the identifier
        return {"en": 0.99, "fr": 0.01} if en > fr else {"en": 0.01, "fr": 0.99}
    return dict(_identifier().rank(sentence))


@cache
def _grammar() -> tuple[frozenset[str], frozenset[str]]:
    """Give the words of grammar that are English alone and French alone."""
    english, french = (
        frozenset(row.pattern for row in rows("function", language) if row.pattern.isalpha()) for language in _LATIN
    )
    return english - french, french - english


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_LATIN))
    return identifier
