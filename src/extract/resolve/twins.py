"""Which documents are one text in two languages, or one text twice: by the names and figures they state, in order.

A translation keeps proper names and numbers, and keeps them in their order; of the texts of one publisher, even those
on one subject don't. Documents are compared when they share rare names or figures, are of one day, or bear one file
name but for its language; the dates must not speak against it, nor the length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from extract.register import everyday
from extract.resolve.names import countries, folded, ideas
from schemas import Document

# Of the names and figures of the text that has fewer, so many stand in the other in the same order. Measured on 87
# pairs of twins: 0.4 and more where six are in common; two pages of one publisher in two languages reach 0.53 at most.
SHARED = 0.54
# Of those that both have, so many stand in the same order: 0.8 to 1.0 in twins.
ORDERED = 0.8
# One text twice in one language (a wire copy) shares nearly all of it.
COPIED = 0.85
# Fewer names and figures in common tell nothing.
FEWEST = 6
# Texts of one day need fewer, if they are as much of what the shorter one says.
FEWEST_OF_ONE_DAY = 3
# Files of one name but for its language need little more than not to contradict it.
FEWEST_OF_ONE_NAME = 1
SHARED_OF_ONE_NAME = 0.25
# French takes some 15-25% more words than English; texts further apart than this are not translations.
LENGTH = 0.6
# A name in more documents than this tells too little to compare them all with each other.
COMMON = 60
# Documents are compared when they share so many names and figures that are not common.
ENOUGH = 3
# How the keys begin of which one is enough to compare two documents.
BY_ITSELF = ("family: ", "day: ")

_FIGURE = re.compile(r"\d+(?:[ \u00a0\u202f.,]\d{3}(?!\d))*(?:[.,]\d+)?")
_NAME = re.compile(r"[^\W\d_]\w{2,}")
_SCALE = re.compile(r"\s?(?:millions?|milliards?|billions?|[MG]\s?[$€])", re.IGNORECASE)
_GROUPING = re.compile(r"[ \u00a0\u202f.,](?=\d{3}(?!\d))")
_LANGUAGE = re.compile(r"(?<![a-z])(?:en|fr|ko|eng|fra|fre|kor|english|french|francais|anglais)(?![a-z])")


@dataclass(frozen=True, slots=True)
class Signs:
    """What a text says in any language: capitalised words and figures with the places where they stand, in order.

    ``telling`` has those that are no everyday words and never stand in small letters: names rather than first words.
    """

    places: Mapping[str, tuple[int, ...]]
    telling: frozenset[str] = frozenset()

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
    small: set[str] = set()
    for match in _NAME.finditer(document.text):
        if match[0][0].isupper():
            found[_named(match[0])].append(match.start())
        else:
            small.add(match[0])
    known = everyday()
    telling = {sign for sign in found if sign not in known} - {folded(word) for word in small}
    return Signs({sign: tuple(places) for sign, places in found.items()}, frozenset(telling))


@lru_cache(maxsize=100_000)
def _named(word: str) -> str:
    return min(countries(ideas(word)), default=folded(word))


def family(document: Document) -> str | None:
    """Give the file's name without its language, None when it names none (``release_en_7.txt``)."""
    name = folded(document.name.rsplit(".", 1)[0])
    bare = " ".join(_LANGUAGE.sub(" ", name).split())
    return bare if bare and bare != name else None


def keys(document: Document, read: Signs) -> list[str]:
    """Give what documents are looked up by before they are compared; the last two are enough to compare two."""
    name, day = family(document), document.published_on
    named = [f"family: {name}"] if name else []
    dated = [f"day: {day}"] if day is not None and day.precision == "day" else []
    return [*sorted(read.telling), *named, *dated]


def pairs(by_id: Mapping[str, Document], read: Mapping[str, Signs]) -> list[tuple[str, str]]:
    """Pair the documents that are twins or copies, by id, the smaller first."""
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
    common = sorted(ours.telling & theirs.telling, key=lambda sign: (ours.first(sign), sign))
    ordered = len(rising([theirs.first(sign) for sign in common]))
    sizes = len(ours.telling), len(theirs.telling)
    if ordered < ORDERED * len(common):
        return False
    if one.language == other.language:
        return len(common) >= FEWEST and ordered >= COPIED * max(sizes)
    if family(one) is not None and family(one) == family(other):
        return len(common) >= FEWEST_OF_ONE_NAME and ordered >= SHARED_OF_ONE_NAME * min(sizes)
    fewest = FEWEST_OF_ONE_DAY if _of_one_day(one, other) else FEWEST
    return len(common) >= fewest and ordered >= SHARED * min(sizes)


def _of_one_day(one: Document, other: Document) -> bool:
    day = one.published_on
    return day is not None and day == other.published_on and day.precision == "day"


def _candidates(by_id: Mapping[str, Document], read: Mapping[str, Signs]) -> set[tuple[str, str]]:
    holders: dict[str, list[str]] = defaultdict(list)
    for identifier, found in sorted(read.items()):
        for key in keys(by_id[identifier], found):
            holders[key].append(identifier)
    shared: Counter[tuple[str, str]] = Counter()
    telling: set[tuple[str, str]] = set()
    for key, ids in holders.items():
        if 1 < len(ids) <= COMMON:
            if key.startswith(BY_ITSELF):
                telling.update(combinations(ids, 2))
            shared.update(combinations(ids, 2))
    return {pair for pair, times in shared.items() if times >= ENOUGH} | telling


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
