"""From ties to clusters: records of one node are one thing, unless a person said otherwise.

Ties are taken the surest first. What people said comes before any of them: records judged the same are one from the
start, and a tie that would join two that were judged apart is refused. So is a weak one that would make two records of
one document one. The result depends on the set of ties alone, and a group of records that shares no node with
others can be settled without them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from extract.resolve.judged import Judged
from extract.resolve.names import Ideas
from schemas import Member, Place, Resolution, Tie

# A tie below this score may not make two records of one document one: their finder told them apart.
SURE = 0.9
# How the rules begin that go by the place in aligned texts: a party misread in one of them does not speak against that.
PLACED = "twin_"
# How the nodes that are entries of a register begin. Two entries are two things, whatever names they share.
ENTRY = ("actor register ", "agreement register ")


class Clusters:
    """Sets of records and nodes that grow together."""

    def __init__(self, members: Sequence[Member], judged: Judged) -> None:
        self._head = {member.record_id: member.record_id for member in members}
        self._documents = {member.record_id: {member.document_id, *member.others} for member in members}
        self._judged = judged
        self._apart: dict[str, set[str]] = defaultdict(set)
        self._entries: dict[str, str] = {}
        self._states = {member.record_id: member.states for member in members if member.states}
        for left, right in judged.apart:
            if left in self._head and right in self._head:
                self._apart[left].add(right)
                self._apart[right].add(left)

    def head(self, item: str) -> str:
        """Give the item that stands for a set while it grows."""
        head = self._head
        head.setdefault(item, item)
        while head[item] != item:
            head[item] = head[head[item]]
            item = head[item]
        return item

    def join(self, one: str, other: str, *, sure: bool, placed: bool = False) -> bool:
        """Make two sets one; False when people, the register, or two records of one document speak against it."""
        left, right = self.head(one), self.head(other)
        if left == right:
            return True
        if any(self.head(enemy) == right for enemy in self._apart.get(left, ())):
            return False
        if len({self._entry(left), self._entry(right)} - {None}) > 1:
            return False
        ours, theirs = self._documents.get(left, set()), self._documents.get(right, set())
        if len(ours) < len(theirs):
            left, right, ours, theirs = right, left, theirs, ours
        if not placed and _differ(self._states.get(left), self._states.get(right)):
            return False
        if not sure and not ours.isdisjoint(theirs):
            return False
        if entry := self._entry(left) or self._entry(right):
            self._entries[left] = entry
        if states := self._states.get(left, frozenset()) | self._states.pop(right, frozenset()):
            self._states[left] = states
        self._head[right] = left
        ours |= theirs
        self._documents[left] = ours
        self._documents.pop(right, None)
        for enemy in self._apart.pop(right, ()):
            self._apart[left].add(enemy)
        return True

    def _entry(self, head: str) -> str | None:
        """Give the entry of a register that a set is tied to."""
        return self._entries.get(head) or (head if head.startswith(ENTRY) else None)


def _differ(left: Ideas | None, right: Ideas | None) -> bool:
    """Tell whether two sets of states can't be those of one instrument: neither holds the other."""
    return bool(left and right and not (left <= right or right <= left))


def places(members: Iterable[Member], ties: Iterable[Tie], judged: Judged) -> list[Place]:
    """Settle which records are one, in the order of record ids."""
    ordered = sorted(members, key=lambda member: member.record_id)
    clusters = Clusters(ordered, judged)
    for left, right in judged.same:
        clusters.join(left, right, sure=True)
    taken: dict[str, list[Tie]] = defaultdict(list)
    for tie in sorted(ties, key=lambda tie: (-tie.score, tie.rule, tie.node, tie.record_id)):
        if clusters.join(tie.node, tie.record_id, sure=tie.score >= SURE, placed=tie.rule.startswith(PLACED)):
            taken[tie.node].append(tie)
    several = {member.record_id for member in ordered if member.others}
    why: dict[str, tuple[str, float]] = {}
    for held in taken.values():
        if len(held) > 1 or held[0].record_id in several:
            for tie in held:
                best = why.get(tie.record_id)
                if best is None or (-tie.score, tie.rule) < (-best[1], best[0]):
                    why[tie.record_id] = (tie.rule, tie.score)
    for record_id in {record_id for pair in judged.same for record_id in pair}:
        why[record_id] = ("judgement", 1.0)
    return [
        Place(member.record_id, clusters.head(member.record_id), *why.get(member.record_id, ("self", 1.0)))
        for member in ordered
    ]


def resolutions(members: Iterable[Member], settled: Iterable[Place]) -> list[Resolution]:
    """Give each record its canonical id: the record of the earliest document stands for its cluster."""
    by_id = {member.record_id: member for member in members}
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in settled:
        groups[place.cluster].append(place)
    found = []
    for group in groups.values():
        first = min((by_id[place.record_id] for place in group), key=age).record_id
        for place in group:
            rule, score = ("self", 1.0) if place.record_id == first else (place.rule, place.score)
            found.append(
                Resolution.model_construct(record_id=place.record_id, canonical_id=first, rule=rule, score=score)
            )
    return sorted(found, key=lambda resolution: resolution.record_id)


def age(member: Member) -> tuple[date, str, str]:
    """Order records by the date of their document (undated last), then by ids: the first stands for its cluster."""
    return (member.published or date.max, member.document_id, member.record_id)
