"""Which documents are one text in two languages, or one text twice: by the names and figures they state, in order.

A translation keeps proper names and numbers, and keeps them in their order; of the texts of one publisher, even those
on one subject don't. Documents are compared when they share rare names or figures, or bear one file name but for its
language; the dates must not speak against it, nor the length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from extract.resolve.names import countries, folded, ideas
from schemas import Document

# Of the names and figures of the text that has fewer, so many stand in the other in the same order. Measured on twelve
# pairs of twins: 0.38 to 0.61; two releases of one publisher in two languages stay below 0.22.
SHARED = 0.33
# Of those that both have, so many stand in the same order: 0.89 to 1.0 in twins.
ORDERED = 0.8
# One text twice in one language (a wire copy) shares nearly all of it.
COPIED = 0.85
# Fewer names and figures in common tell nothing.
FEWEST = 6
# Texts of one day need fewer, if they are more of what the shorter one says.
FEWEST_OF_ONE_DAY = 3
SHARED_ON_ONE_DAY = 0.5
# French takes some 15-25% more words than English; texts further apart than this are not translations.
LENGTH = 0.6
# A name in more documents than this tells too little to compare them all with each other.
COMMON = 60
# Documents are compared when they share so many names and figures that are not common.
ENOUGH = 3

_FIGURE = re.compile(r"\d+(?:[ \u00a0\u202f.,]\d{3}(?!\d))*(?:[.,]\d+)?")
_NAME = re.compile(r"[^\W\d_]\w{2,}")
_SCALE = re.compile(r"\s?(?:millions?|milliards?|billions?|[MG]\s?[$€])", re.IGNORECASE)
_GROUPING = re.compile(r"[ \u00a0\u202f.,](?=\d{3}(?!\d))")
_LANGUAGE = re.compile(r"(?<![a-z])(?:en|fr|ko|eng|fra|fre|kor|english|french|francais|anglais)(?![a-z])")


@dataclass(frozen=True, slots=True)
class Signs:
    """What a text says in any language: names and figures with the places where they stand, in order."""

    places: Mapping[str, tuple[int, ...]]

    def first(self, sign: str) -> int:
        """Give the first place of a sign."""
        return self.places[sign][0]


def signs(document: Document) -> Signs:
    """Read the signs of a document."""
    found: dict[str, list[int]] = defaultdict(list)
    for match in _FIGURE.finditer(document.text):
        figure = _GROUPING.sub("", match[0]).replace(",", ".")
        if len(figure) > 1 or _SCALE.match(document.text, match.end()):
            found[figure].append(match.start())
    for match in _NAME.finditer(document.text):
        if match[0][0].isupper():
            found[_named(match[0])].append(match.start())
    return Signs({sign: tuple(places) for sign, places in found.items()})


@lru_cache(maxsize=100_000)
def _named(word: str) -> str:
    return min(countries(ideas(word)), default=folded(word))


def family(document: Document) -> str | None:
    """Give the file's name without its language, None when it names none (``release_en_7.txt``)."""
    name = folded(document.name.rsplit(".", 1)[0])
    bare = " ".join(_LANGUAGE.sub(" ", name).split())
    return bare if bare and bare != name else None


def keys(document: Document, read: Signs) -> list[str]:
    """Give what documents are looked up by before they are compared."""
    name = family(document)
    return [*sorted(read.places), *([f"family: {name}"] if name else [])]


def pairs(documents: Iterable[Document]) -> list[tuple[str, str]]:
    """Pair the documents that are twins or copies, by id, the smaller first."""
    by_id = {document.document_id: document for document in documents}
    read = {identifier: signs(by_id[identifier]) for identifier in sorted(by_id)}
    return [
        (left, right)
        for left, right in sorted(_candidates(by_id, read))
        if are_twins(by_id[left], by_id[right], read[left], read[right])
    ]


def are_twins(one: Document, other: Document, ours: Signs, theirs: Signs) -> bool:
    """Tell whether two documents are one text in two languages, or one text twice."""
    shorter, longer = sorted((one.words, other.words))
    dates = {d.published_on.first for d in (one, other) if d.published_on is not None}
    if shorter < LENGTH * longer or len(dates) > 1:
        return False
    common = sorted(ours.places.keys() & theirs.places.keys(), key=lambda sign: (ours.first(sign), sign))
    ordered = len(rising([theirs.first(sign) for sign in common]))
    sizes = len(ours.places), len(theirs.places)
    fewest, least = FEWEST, SHARED
    if len(common) < FEWEST and _of_one_day(one, other):
        fewest, least = FEWEST_OF_ONE_DAY, SHARED_ON_ONE_DAY
    if len(common) < fewest or ordered < ORDERED * len(common):
        return False
    if one.language == other.language:
        return len(common) >= FEWEST and ordered >= COPIED * max(sizes)
    return ordered >= least * min(sizes)


def _of_one_day(one: Document, other: Document) -> bool:
    day = one.published_on
    return day is not None and day == other.published_on and day.precision == "day"


def _candidates(by_id: Mapping[str, Document], read: Mapping[str, Signs]) -> set[tuple[str, str]]:
    holders: dict[str, list[str]] = defaultdict(list)
    families: dict[str, list[str]] = defaultdict(list)
    for identifier, found in read.items():
        for sign in found.places:
            holders[sign].append(identifier)
        if name := family(by_id[identifier]):
            families[name].append(identifier)
    shared: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        if 1 < len(ids) <= COMMON:
            shared.update(combinations(ids, 2))
    named = {pair for ids in families.values() if len(ids) <= COMMON for pair in combinations(ids, 2)}
    return {pair for pair, times in shared.items() if times >= ENOUGH} | named


def rising(numbers: list[int]) -> list[int]:
    """Give the indexes of a longest strictly rising subsequence."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(last[at - 1] if at else -1)
        tails[at : at + 1] = [number]
        last[at : at + 1] = [index]
    found, index = [], last[-1] if last else -1
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]
