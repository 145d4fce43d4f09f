"""The title of a document: a span of its text, never the header of the wire or the name on the cover."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.document import Element
from extract.lexicon import LANGUAGES, rows
from extract.parse.cues import matcher
from extract.parse.published import is_date_line
from extract.sentences import sentence_spans

_WIRE_HEADER = re.compile(r"\s*(?:date[: ]\s*)?\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}\S*)?\s+", re.IGNORECASE)
_LOOK_AT = 12  # blocks among which a title may stand
_LONGEST = 400  # characters; a longer sentence is no title


def find_title(text: str, elements: Sequence[Element], *, stated: str | None = None) -> str | None:
    """Give the title as printed, None when the document has none.

    ``stated`` is the title in the file's metadata: it wins where it stands in the text. A document without a heading
    is called by its first sentence.
    """
    if stated and stated in text:
        return stated
    for element in elements[:_LOOK_AT]:
        if element.category not in ("title", "text"):
            continue
        words = _bare(text[element.start : element.end])
        if not _is_label(words) and not is_date_line(words):
            return words if element.category == "title" else _first_sentence(words)
    return None


def _bare(words: str) -> str:
    """Take the header of a news wire off the front of a line."""
    return _WIRE_HEADER.sub("", words, count=1)


def _is_label(words: str) -> bool:
    """Tell whether a line says what kind of paper this is or whose, not what it is about."""
    if not any(map(str.isalpha, words)):
        return True
    words = words.strip(" .:*–-")
    return any(matcher(row.pattern).fullmatch(words) for language in LANGUAGES for row in rows("label", language))


def _first_sentence(words: str) -> str | None:
    start, end = sentence_spans(words)[0]
    return words[start:end] if end - start <= _LONGEST else None
