"""Stretches of a document in one language, so that a finder scans each once instead of sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator

from extract.document import Document


def language_runs(document: Document) -> Iterator[tuple[int, int, str]]:
    """Give (start, end, language) for each stretch of neighbouring sentences in one language."""
    start, end, language = 0, 0, document.language
    for sentence in document.sentences:
        if sentence.language != language:
            if end > start:
                yield start, end, language
            start, language = sentence.start, sentence.language
        end = sentence.end
    if not document.sentences:
        end = len(document.text)
    if end > start:
        yield start, end, language
