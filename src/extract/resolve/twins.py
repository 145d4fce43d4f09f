"""Which sums are one: those that a release and its twin in another language both state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from extract.resolve.links import Link, of_type
from schemas import Actor, Document, Funding, Record, fold

Sum = tuple[str, str, str]

# Twins are one text in two languages, so nearly the same sums; finders may miss one that the other language has.
TWIN_SHARE = 0.5

# Without dates, so many sums and people in common tell that one release is the other in its second language.
TWIN_SIGNS = 3

# French takes some 15-25% more words than English; texts further apart than this are not translations.
TWIN_LENGTH = 0.6


def twin_sums(records: Sequence[Record], documents: Mapping[str, Document]) -> Iterator[Link]:
    """Link the sums that a release and its twin in another language both state, in their order of statement."""
    stated: dict[str, dict[Sum, list[Funding]]] = defaultdict(lambda: defaultdict(list))
    people: dict[str, set[str]] = defaultdict(set)
    for funding in of_type(records, Funding):
        stated[funding.document_id][_sum(funding)].append(funding)
    for actor in of_type(records, Actor):
        if actor.kind == "person":
            people[actor.document_id].add(fold(actor.name))
    for left, right in twins({key: frozenset(sums) for key, sums in stated.items()}, people, documents):
        for amount in sorted(stated[left].keys() & stated[right].keys()):
            ours, theirs = (sorted(stated[side][amount], key=_place) for side in (left, right))
            for one, other in zip(ours, theirs, strict=False):
                yield Link(one.id, other.id, "twin_sums", 0.9)


def twins(
    sums: Mapping[str, frozenset[Sum]], people: Mapping[str, set[str]], documents: Mapping[str, Document]
) -> list[tuple[str, str]]:
    """Pair documents that are one text in two languages, by the sums they state, the people they name, their dates.

    Most of their sums are shared, neither date nor length speaks against it, and either the date or the number of
    things in common speaks for it. A document has at most one twin in a language.
    """
    found = []
    taken: set[tuple[str, str]] = set()
    pairs = ((-_share(sums[a], sums[b]), a, b) for a, b in _sharing(sums) if _may_be_twins(a, b, documents))
    for share, left, right in sorted(pairs):
        places = {(left, documents[right].language), (right, documents[left].language)}
        signs = len(sums[left] & sums[right]) + len(people.get(left, set()) & people.get(right, set()))
        dated = documents[left].published_on is not None and documents[right].published_on is not None
        if -share >= TWIN_SHARE and (dated or signs >= TWIN_SIGNS) and not places & taken:
            taken |= places
            found.append((left, right))
    return found


def _sharing(sums: Mapping[str, frozenset[Sum]]) -> set[tuple[str, str]]:
    """Block documents by the sums they state: only those that share one are compared."""
    holders: dict[Sum, list[str]] = defaultdict(list)
    for document_id in sorted(sums):
        for amount in sums[document_id]:
            holders[amount].append(document_id)
    return {pair for ids in holders.values() for pair in combinations(ids, 2)}


def _sum(funding: Funding) -> Sum:
    money = funding.money
    return (str(money.amount), str(money.amount_max), str(money.currency))


def _place(funding: Funding) -> tuple[int, str]:
    return (min(evidence.start for evidence in funding.evidence), funding.id)


def _may_be_twins(one: str, other: str, documents: Mapping[str, Document]) -> bool:
    left, right = documents.get(one), documents.get(other)
    if left is None or right is None or left.language == right.language:
        return False
    shorter, longer = sorted((left.words, right.words))
    if shorter < TWIN_LENGTH * longer:
        return False
    dates = [d.published_on.first for d in (left, right) if d.published_on is not None]
    return len(set(dates)) <= 1


def _share(left: frozenset[Sum], right: frozenset[Sum]) -> float:
    return len(left & right) / len(left | right)
