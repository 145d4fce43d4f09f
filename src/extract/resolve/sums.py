"""Which sums are one across documents that are no twins: the same amount, for the same use, from the same giver."""

from __future__ import annotations

from collections.abc import Iterator

from extract.resolve.names import ideas
from extract.resolve.pairing import amounts
from schemas import Document, Funding, Record, Tie

# So many words of a purpose, beside the amount, tell one use from another.
TELLING = 3


def same_sum_and_use(record: Record, document: Document | None) -> Iterator[Tie]:
    """Tie a sum to its amount, its purpose word by word (in English or French) and who gives it."""
    if not isinstance(record, Funding) or record.purpose is None:
        return
    use = ideas(record.purpose)
    if len(use) < TELLING:
        return
    givers = sorted({" ".join(sorted(ideas(funder))) for funder in record.funders})
    for amount in amounts(record):
        node = f"sum {' '.join(amount)} for {' '.join(sorted(use))} by {' and '.join(givers)}"
        yield Tie(record.id, node, "same_sum_and_use", 0.85)
