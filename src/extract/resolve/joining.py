"""New records that join what is there without stirring it: most of a new document does, however many speak of Canada.

A group of new records that leads to at most one cluster, in which no tie was ever refused, can be settled without
looking at the cluster's records again, when no guard could refuse any of its ties: one record a new document, one
entry of the register, no states to differ in, and the record that stands for the cluster still the earliest.
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


def join_quietly(
    members: Mapping[str, Member],
    leads: Iterable[Lead],
    standing: Mapping[str, Member],
    entries: Mapping[str, str],
    torn: frozenset[str],
) -> list[Resolution]:
    """Settle the new records that can be settled by themselves; the others are left out, to be settled with all
    that they touch.

    ``standing`` has the members that stand for the clusters, ``entries`` the register entries that clusters are tied
    to, ``torn`` the clusters in which a tie was refused or that a judgement speaks of.
    """
    found: list[Resolution] = []
    for group, told in _groups(members, list(leads)):
        clusters = {lead.canonical_id for lead in told if lead.canonical_id is not None}
        known = {lead.tie.node for lead in told if lead.tie.node.startswith(ENTRY)}
        known |= {entries[cluster] for cluster in clusters if cluster in entries}
        ids = {member.record_id for member in group}
        if len(clusters) > 1 or (clusters | ids) & torn or len(known) > 1 or any(lead.wakes for lead in told):
            continue
        bound = {member.states for member in [*group, *(standing[cluster] for cluster in clusters)]} - {frozenset()}
        if len({member.document_id for member in group}) < len(group) or len(bound) > 1:
            continue
        first = min(group, key=age)
        cluster = standing[min(clusters)] if clusters else first
        if age(first) < age(cluster):
            continue
        found += [_resolution(member, cluster, told) for member in group]
    return found


def _resolution(member: Member, cluster: Member, told: Sequence[Lead]) -> Resolution:
    if member.record_id == cluster.record_id:
        return Resolution(record_id=member.record_id, canonical_id=member.record_id, rule="self")
    holders: dict[str, int] = defaultdict(int)
    for node in {(lead.tie.node, lead.tie.record_id) for lead in told}:
        holders[node[0]] += 1
    shared = [
        lead.tie
        for lead in told
        if lead.tie.record_id == member.record_id and (lead.canonical_id is not None or holders[lead.tie.node] > 1)
    ]
    best = min(shared, key=lambda tie: (-tie.score, tie.rule))
    return Resolution(record_id=member.record_id, canonical_id=cluster.record_id, rule=best.rule, score=best.score)


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
