"""What people said about records: which are the same and which are not, drawn to its conclusions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schemas import Judgement, JudgementConflictError

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of records that are the same and that are not, each in the order of ids."""

    same: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()


def judged(judgements: Iterable[Judgement]) -> Judged:
    """Sort judgements, looking that none contradicts others; "unsure" says nothing either way.

    Same is transitive: who says A is B and B is C says A is C.

    Raises JudgementConflictError when A and C are judged apart.
    """
    said = sorted(judgements, key=lambda judgement: judgement.pair)
    same = tuple(dict.fromkeys(j.pair for j in said if j.verdict == "same"))
    apart = tuple(dict.fromkeys(j.pair for j in said if j.verdict == "not_same"))
    head: dict[str, str] = {}

    def find(item: str) -> str:
        while head.setdefault(item, item) != item:
            item = head[item]
        return item

    for left, right in same:
        head[find(left)] = find(right)
    for judgement in said:
        if judgement.verdict == "not_same" and find(judgement.pair[0]) == find(judgement.pair[1]):
            chain = [j for j in said if j.verdict == "same" and find(j.left) == find(judgement.left)]
            raise JudgementConflictError(judgement, chain)
    return Judged(same, apart)
