"""Korean names in Latin letters: one name is written in many ways (``Kiyeon Shin``, ``Shin Ki-youn``).

The key of a name is what its spellings share: consonants without voice or breath, vowels by the sound that writers
hear. Names of one key may still be two people (``Sung-min``, ``Seung-min``), so that something beside the name has to
speak for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from extract.register import cities, everyday, family_names, given_names
from extract.resolve.names import countries, folded, group, ideas
from schemas import Actor, Document, Record, Tie

# Characters around a name within which an affiliation stands.
AROUND = 120

_SOUNDS = (
    ("sh", "s"), ("ch", "j"), ("kk", "k"), ("gg", "k"), ("tt", "t"), ("pp", "p"), ("ss", "s"), ("jj", "j"), ("ck", "k"),
    ("yeou", "yu"), ("yeo", "yu"), ("you", "yu"), ("yoo", "yu"), ("weo", "wu"), ("woo", "u"), ("wo", "wu"),
    ("eui", "i"), ("ui", "i"), ("eu", "u"), ("eo", "u"), ("oo", "u"), ("ou", "u"), ("ae", "e"), ("ai", "e"),
    ("oe", "e"), ("ee", "i"), ("ie", "i"), ("ah", "a"), ("oh", "o"), ("uh", "u"), ("g", "k"), ("d", "t"), ("b", "p"),
    ("r", "l"), ("v", "w"), ("f", "p"), ("z", "j"),
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{3,}")


def same_romanised_name(record: Record, document: Document | None) -> Iterator[Tie]:
    """Tie a person of a Korean name to the sound of it, with each name that stands beside it, of a body as a rule."""
    if not isinstance(record, Actor) or record.kind != "person" or document is None or not keys(record.name):
        return
    own = {word for form in (record.name, *record.aliases) for word in folded(form).split()}
    near: set[str] = set()
    for proof in record.evidence:
        around = document.text[max(0, proof.start - AROUND) : proof.end + AROUND]
        near |= {word for found in _WORD.finditer(around) if (word := _of_a_body(found[0])) and word not in own}
    for word in sorted(near):
        for heard in keys(record.name):
            yield Tie(record.id, f"romanised {heard} near {word}", "same_romanised_name", 0.86)


@lru_cache(maxsize=100_000)
def keys(name: str) -> tuple[str, ...]:
    """Give the sound of a Korean name, family name first; of both readings where either word may be the family name.

    Empty when none may. A word with a hyphen is a given name.
    """
    words = [word for word in name.split() if folded(word) not in group("honorific")]
    if not 2 <= len(words) <= 3 or not all(folded(word).isascii() for word in words):
        return ()
    families = _families()
    found = []
    for at in (0, len(words) - 1):
        family = families.get(words[at].casefold())
        given = folded(" ".join(word for i, word in enumerate(words) if i != at)).replace(" ", "")
        if family and given.isalpha():
            found.append(f"{family} {sound(given)}")
    return tuple(dict.fromkeys(found))


def sound(word: str) -> str:
    """Reduce a word to its sound."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", word)


@cache
def _families() -> dict[str, str]:
    """Map each spelling of a Korean family name to the first of its row."""
    rows = sorted(group("korean family name"))
    return {spelling: row.split("/")[0] for row in rows for spelling in row.split("/")}


def _of_a_body(word: str) -> str | None:
    """Give a capitalised word that is no everyday word, place or person's name."""
    known = folded(word)
    if not word[0].isupper() or countries(ideas(word)):
        return None
    common = known in everyday() or known in cities() or known in given_names() or known in family_names()
    return None if common else known
