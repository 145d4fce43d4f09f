"""What a rule of entity resolution is: it reads records and proposes which two of them are one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from schemas import Document, Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Link:
    """Two records that are one thing, by which rule, and how sure that is."""

    left: str
    right: str
    rule: str
    score: float


# Records in the order of their ids, documents by id. A rule compares within blocks, never all with all.
Rule = Callable[[Sequence[Record], Mapping[str, Document]], Iterator[Link]]


def of_type(records: Iterable[Record], kind: type[R]) -> Iterator[R]:
    """Give the records of one type."""
    return (record for record in records if isinstance(record, kind))


def chained(blocks: Mapping[Hashable, Sequence[str]], *, rule: str, score: float) -> Iterator[Link]:
    """Link all records of each block, each to the next: as many links as records, and one cluster a block."""
    for ids in blocks.values():
        for left, right in pairwise(ids):
            yield Link(left, right, rule, score)
