"""The title of an instrument and its other names, from the places that name it."""

from __future__ import annotations

import re

from extract.assemble.agreements.places import Cluster, Place
from extract.document import Document
from schemas import fold

_BRACKET = re.compile(r"\s*\([^()]*\)")
_EDGE = " \t\n,;:–—-“”\"«»‘’'"
_LONGEST = 260


def names_of(document: Document, cluster: Cluster) -> tuple[str, tuple[str, ...]]:
    """Give the fullest name as the title, and the other forms as printed, longest first."""
    forms: dict[str, tuple[int, str]] = {}
    for place in cluster.places:
        for words, titled in _forms(document, place):
            clean = _clean(words)
            key = fold(clean)
            if key and len(clean) <= _LONGEST:
                rank = (titled, len(key.split()))
                if key not in forms or forms[key][0] < rank[0]:
                    forms[key] = (rank[0], clean)
    ordered = sorted(forms.items(), key=lambda item: (-item[1][0], -len(item[0].split()), item[0]))
    title, *others = [clean for _, (_, clean) in ordered]
    return title, tuple(others)


def _forms(document: Document, place: Place) -> list[tuple[str, int]]:
    """Give the forms at one place with their rank: capitalised names before descriptions before acronyms."""
    value = place.value
    name = document.words(*value.name)
    acronym_only = value.acronym is not None and value.acronym == value.name
    rank = 0 if acronym_only else 2 if value.titled and place.content else 1
    forms = [(_BRACKET.sub("", name), rank)]
    full = document.words(*value.full)
    if full != name:
        forms.append((_BRACKET.sub("", full), 1))
    for tail in value.tails[:-1]:
        if tail.end > value.name[1]:
            forms.append((_BRACKET.sub("", document.words(value.name[0], tail.end)), 1))
    if value.acronym:
        forms.append((document.words(*value.acronym), 0))
    for other in place.others:
        forms.append(
            (_BRACKET.sub("", document.words(*other.value.name)), 0 if other.value.acronym == other.value.name else 1)
        )
    return forms


def _clean(words: str) -> str:
    """Strip marks at the edges, but keep the quotes of a name that holds quoted words."""
    flat = " ".join(words.split())
    bare = flat.strip(_EDGE)
    for opening, closing in ("“”", "«»", '""'):
        inner = bare.count(opening) + (bare.count(closing) if closing != opening else 0)
        if inner % 2:
            start = flat.startswith(opening)
            space = " " if opening == "«" else ""
            bare = f"{opening}{space}{bare}" if start else f"{bare}{space}{closing}"
    return bare
