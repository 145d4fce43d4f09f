"""Pairs that may be one thing and that the rules leave apart: for a person to judge, never merged by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from extract.resolve.agreements import bound_states
from extract.resolve.names import Ideas, compare, countries, ideas, stems
from extract.resolve.pairing import amounts
from schemas import Actor, Agreement, Funding, Record, fold

# Names less alike than this aren't worth a person's time.
LEAST = 0.6
# A word in more names than this blocks nothing together.
COMMON = 40


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two records that may be one, in the order of ids; ``why`` in a few words, ``score`` from 0 to 1."""

    left: str
    right: str
    why: str
    score: float


def proposals(records: Sequence[Record], canonical: Mapping[str, str]) -> list[Proposal]:
    """Propose pairs of clusters that may be one, the likeliest first; each cluster by the record that stands for it."""
    standing = [record for record in records if canonical.get(record.id, record.id) == record.id]
    blocks: dict[str, list[Record]] = defaultdict(list)
    for record in sorted(standing, key=lambda record: record.id):
        for key in _blocks(record):
            blocks[key].append(record)
    found: dict[tuple[str, str], Proposal] = {}
    for block in blocks.values():
        if len(block) <= COMMON:
            for left, right in combinations(block, 2):
                if (left.id, right.id) not in found and (proposal := _proposal(left, right)):
                    found[left.id, right.id] = proposal
    return sorted(found.values(), key=lambda p: (-p.score, p.left, p.right))


def _blocks(record: Record) -> Iterable[str]:
    if isinstance(record, Actor):
        if record.kind == "person":
            return {f"person {word}" for word in fold(record.name).split() if len(word) > 2}
        if record.kind == "state":
            return ()
        said = ideas(record.name)
        acronyms = {f"acronym {form}" for form in (record.name, *record.aliases) if form.isupper() and " " not in form}
        return acronyms | {f"body {idea}" for idea in said - countries(said)}
    if isinstance(record, Agreement):
        said = ideas(record.title)
        return {f"agreement {idea}" for idea in said - countries(said)}
    if isinstance(record, Funding):
        return {f"sum {' '.join(amount)}" for amount in amounts(record)}
    return ()


def _proposal(left: Record, right: Record) -> Proposal | None:
    if left.document_id == right.document_id:
        return None
    why, score = max(_reasons(left, right), key=lambda reason: reason[1], default=("", 0.0))
    return Proposal(left.id, right.id, why, round(score, 3)) if score >= LEAST else None


def _reasons(left: Record, right: Record) -> Iterator[tuple[str, float]]:
    if isinstance(left, Actor) and isinstance(right, Actor):
        yield from _actors(left, right)
    elif isinstance(left, Agreement) and isinstance(right, Agreement):
        ours, theirs = bound_states(left), bound_states(right)
        if ours <= theirs or theirs <= ours:
            yield "titles alike", _alike(ideas(left.title), ideas(right.title), "instrument")
    elif isinstance(left, Funding) and isinstance(right, Funding):
        yield "one amount, uses alike", 0.4 + 0.6 * compare(ideas(left.purpose or ""), ideas(right.purpose or ""))


def _actors(left: Actor, right: Actor) -> Iterator[tuple[str, float]]:
    if (left.kind == "person") != (right.kind == "person"):
        return
    if left.kind == "person":
        ours, theirs = fold(left.name).split(), fold(right.name).split()
        if min(len(ours), len(theirs)) == 1:
            if ours[-1] == theirs[-1]:
                yield "one surname", 0.7
        elif set(ours) & set(theirs):
            yield "names alike", SequenceMatcher(None, " ".join(sorted(ours)), " ".join(sorted(theirs))).ratio() - 0.05
        return
    mine, others = ideas(left.name), ideas(right.name)
    apart = countries(mine) and countries(others) and not countries(mine) & countries(others)
    if apart or (left.country and right.country and left.country != right.country):
        return
    if _acronyms(left) & _acronyms(right):
        yield "one acronym", 0.75
    yield "names alike", _alike(mine, others, "body") - (0.1 if left.kind != right.kind else 0.0)


def _acronyms(actor: Actor) -> set[str]:
    return {form for form in (actor.name, *actor.aliases) if form.isupper() and form.isalpha()}


def _alike(ours: Ideas, theirs: Ideas, sort: str) -> float:
    """Compare names by all they say, and by what is left without what every such thing is called: the lesser counts."""
    common = stems(sort) | stems("state")
    return min(compare(ours, theirs), compare(ours - common, theirs - common))
