"""What a rule of entity resolution says: a record belongs to a node, and all records of one node are one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from schemas import Document, Record, Tie

R = TypeVar("R", bound=Record)

# Says which nodes a record belongs to, knowing the document that it was read from (None in tests).
Rule = Callable[[Record, Document | None], Iterator[Tie]]


def of_type(records: Iterable[Record], kind: type[R]) -> Iterator[R]:
    """Give the records of one type."""
    return (record for record in records if isinstance(record, kind))


def both(left: str, right: str, *, rule: str, score: float) -> Iterator[Tie]:
    """Tie two records to a node of their own."""
    node = f"{rule}:{min(left, right)}:{max(left, right)}"
    yield Tie(left, node, rule, score)
    yield Tie(right, node, rule, score)


def by_document(records: Sequence[Record]) -> Mapping[str, list[Record]]:
    """Group records by the document that they were read from."""
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.document_id, []).append(record)
    return found
