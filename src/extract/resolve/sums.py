"""Which sums are one across documents that are no twins: the same amount, for the same use, from the same giver."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extract.resolve.agreements import party
from extract.resolve.names import ideas
from extract.resolve.pairing import amounts
from schemas import Document, Funding, Record, Tie

# So many words of a purpose, beside the amount, tell one use from another; so many do whoever is said to give.
TELLING = 3
TELLING_ALONE = 6
# An amount of so many digits before the zeros (``$12.7 million``) is seldom given twice by one to another.
DIGITS = 3


def same_sum_and_use(record: Record, document: Document | None) -> Iterator[Tie]:
    """Tie a sum to its amount, its purpose word by word (in English or French) and who gives it."""
    if not isinstance(record, Funding) or record.purpose is None:
        return
    use = ideas(record.purpose)
    if len(use) < TELLING:
        return
    givers = sorted({" ".join(sorted(ideas(funder))) for funder in record.funders})
    for amount in amounts(record):
        node = f"sum {' '.join(amount)} for {' '.join(sorted(use))}"
        yield Tie(record.id, f"{node} by {' and '.join(givers)}", "same_sum_and_use", 0.85)
        if len(use) >= TELLING_ALONE:
            yield Tie(record.id, node, "same_sum_and_use", 0.85)


def same_sum_and_parties(record: Record, document: Document | None) -> Iterator[Tie]:
    """Tie a sum of a telling amount to who gives it and who gets it, states and their governments alike."""
    if not isinstance(record, Funding):
        return
    givers = {party(funder) for funder in record.funders} - {""}
    getters = {party(recipient) for recipient in record.recipients} - {""}
    for money, amount in zip((record.money, *record.restated), amounts(record), strict=True):
        if digits(money.amount) < DIGITS or money.per is not None:
            continue
        for giver in sorted(givers):
            for getter in sorted(getters - {giver}):
                yield Tie(record.id, f"sum {' '.join(amount)} by {giver} to {getter}", "same_sum_and_parties", 0.85)


def digits(amount: Decimal) -> int:
    """Count the digits of an amount before the zeros at its end."""
    return len(amount.normalize().as_tuple().digits)
