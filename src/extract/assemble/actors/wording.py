"""The words of a name and those beside it, as features: "said" after a name speaks for an actor, "Street" in it not.

No list says which words tell; the weights are learned, and training leaves out any word that is not found in several
families of documents (``scripts.train``), so that none stands for one document's sake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.document import Document, Mention

_WORD = re.compile(r"\w+|[^\w\s]")
_REACH = 48  # characters that surely hold the two words beside a name
_STEM = 6  # letters: inflections of one word mostly agree in these


def wording(document: Document, mentions: Sequence[Mention], name: str) -> Iterator[str]:
    """Name the two words before and after the mentions, and the first and last word of the actor's name."""
    for mention in mentions:
        before = _WORD.findall(document.text, max(0, mention.start - _REACH), mention.start)
        after = _WORD.findall(document.text, mention.end, mention.end + _REACH)
        yield from (f"before={_stem(word)}" for word in before[-1:])
        yield from (f"before that={_stem(word)}" for word in before[-2:-1])
        yield from (f"after={_stem(word)}" for word in after[:1])
        yield from (f"after that={_stem(word)}" for word in after[1:2])
    parts = name.split()
    yield f"first word={_stem(parts[0])}"
    yield f"last word={_stem(parts[-1])}"
    yield f"ends in={parts[-1][-3:].lower()}"


def _stem(word: str) -> str:
    return word[:_STEM].lower()
