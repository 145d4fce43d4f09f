"""New records that join what is there without stirring it: most of a new document does, however many speak of Canada.

A group of new records that leads to at most one cluster, in which no tie was ever refused, can be settled without
looking at the cluster's records again, when no guard could refuse any of its ties: one record a new document, one
entry of the register, no states to differ in. If the new record is the earliest, it stands for the cluster from now on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.resolve.clusters import ENTRY, age
from schemas import Member, Resolution, Tie


@dataclass(frozen=True, slots=True)
class Lead:
    """A tie of a new record, and the cluster that its node leads to (None: no other record holds the node).

    ``wakes`` tells that the node had a single holder, who may now be joined by another rule than before.
    """

    tie: Tie
    canonical_id: str | None
    wakes: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """The clusters that new records lead to.

    ``standing`` has the members that stand for them, ``entries`` the register entries that they are tied to, ``holds``
    the ties of those members with whether others of the cluster hold the node too, ``torn`` the clusters in which a
    tie was refused or that a judgement speaks of.
    """

    standing: Mapping[str, Member]
    entries: Mapping[str, str]
    holds: Mapping[str, Sequence[tuple[Tie, bool]]]
    torn: frozenset[str]


def join_quietly(
    members: Mapping[str, Member], leads: Iterable[Lead], around: Around
) -> tuple[list[Resolution], dict[str, str]]:
    """Settle the new records that can be settled by themselves; the others are left out, to be settled with all
    that they touch. Give also which records stand for clusters from now on, by those that did.
    """
    found: list[Resolution] = []
    heirs: dict[str, str] = {}
    for group, told in _groups(members, list(leads)):
        clusters = {lead.canonical_id for lead in told if lead.canonical_id is not None}
        if _stirs(group, told, clusters, around):
            continue
        first = min([*group, *(around.standing[cluster] for cluster in clusters)], key=age)
        if clusters and first.record_id not in clusters:
            (before,) = clusters
            heirs[before] = first.record_id
            found.append(_outlived(before, first, told, around))
        found += [_resolution(member, first, told) for member in group]
    return found, heirs


def _stirs(group: Sequence[Member], told: Sequence[Lead], clusters: set[str], around: Around) -> bool:
    """Tell whether a tie of the group might be refused, or change by which rule others are joined."""
    known = {lead.tie.node for lead in told if lead.tie.node.startswith(ENTRY)}
    known |= {around.entries[cluster] for cluster in clusters if cluster in around.entries}
    ids = {member.record_id for member in group}
    if len(clusters) > 1 or (clusters | ids) & around.torn or len(known) > 1 or any(lead.wakes for lead in told):
        return True
    bound = {member.states for member in [*group, *(around.standing[cluster] for cluster in clusters)]} - {frozenset()}
    return len({member.document_id for member in group}) < len(group) or len(bound) > 1


def _outlived(record_id: str, heir: Member, told: Sequence[Lead], around: Around) -> Resolution:
    """Say why the record that stood for a cluster belongs to it, now that an earlier one stands for it."""
    new = {lead.tie.node for lead in told}
    shared = [tie for tie, with_others in around.holds[record_id] if with_others or tie.node in new]
    return _joined(record_id, heir, shared)


def _resolution(member: Member, first: Member, told: Sequence[Lead]) -> Resolution:
    if member.record_id == first.record_id:
        return Resolution(record_id=member.record_id, canonical_id=member.record_id, rule="self")
    holders: dict[str, int] = defaultdict(int)
    for node in {(lead.tie.node, lead.tie.record_id) for lead in told}:
        holders[node[0]] += 1
    shared = [
        lead.tie
        for lead in told
        if lead.tie.record_id == member.record_id and (lead.canonical_id is not None or holders[lead.tie.node] > 1)
    ]
    return _joined(member.record_id, first, shared)


def _joined(record_id: str, first: Member, shared: Sequence[Tie]) -> Resolution:
    best = min(shared, key=lambda tie: (-tie.score, tie.rule))
    return Resolution(record_id=record_id, canonical_id=first.record_id, rule=best.rule, score=best.score)


def _groups(members: Mapping[str, Member], leads: Sequence[Lead]) -> Iterable[tuple[list[Member], list[Lead]]]:
    """Group new records that share a node or a cluster, with their leads."""
    head: dict[str, str] = {}

    def find(item: str) -> str:
        while head.setdefault(item, item) != item:
            head[item] = head[head[item]]
            item = head[item]
        return item

    for lead in leads:
        for other in (f"node {lead.tie.node}", f"cluster {lead.canonical_id}" if lead.canonical_id else None):
            if other:
                head[find(lead.tie.record_id)] = find(other)
    grouped: dict[str, tuple[list[Member], list[Lead]]] = defaultdict(lambda: ([], []))
    for record_id in sorted(members):
        grouped[find(record_id)][0].append(members[record_id])
    for lead in leads:
        grouped[find(lead.tie.record_id)][1].append(lead)
    return grouped.values()
