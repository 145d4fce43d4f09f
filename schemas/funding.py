"""Funding: one sum that is committed, announced, proposed, paid, lent, raised or contracted for a use."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import model_validator

from schemas.base import Record, fold
from schemas.values import Money, PartialDate

FundingStatus = Literal["proposed", "committed", "paid", "unknown"]


class Funding(Record):
    """One distinct sum and use in one document.

    ``money`` is the sum in the currency stated first, ``restated`` the same sum in other currencies.
    ``funders`` and ``recipients`` are names as in the text; ``purpose`` is a span of the text.
    ``agreement_id`` is the id of the Agreement record of the same document that the sum belongs to.
    """

    record_type: ClassVar[str] = "funding"

    money: Money
    restated: tuple[Money, ...] = ()
    status: FundingStatus = "unknown"
    funders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    purpose: str | None = None
    date: PartialDate | None = None
    agreement_id: str | None = None

    @model_validator(mode="after")
    def _in_a_currency(self) -> Funding:
        if self.money.currency is None:
            raise ValueError("a funding record needs a currency; the document does not decide it")
        return self

    @model_validator(mode="after")
    def _in_whole_cents(self) -> Funding:
        sums = [end for money in (self.money, *self.restated) for end in (money.amount, money.amount_max) if end]
        if any(end != round(end, 2) for end in sums):
            raise ValueError("what is paid is whole cents; a finer sum is a unit price")
        return self

    def key(self) -> tuple[str, ...]:
        """Give the sum, its currency, the folded purpose and who gets it: forty equal grants are forty sums."""
        money = self.money
        getters = sorted(fold(name) for name in self.recipients)
        return (str(money.amount), str(money.amount_max), str(money.currency), fold(self.purpose or ""), *getters)
