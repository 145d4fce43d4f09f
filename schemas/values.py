"""Exact values that stand beside the words they were read from: money and partial dates."""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_extra_types.currency_code import ISO4217

Qualifier = Literal["exact", "at_least", "at_most", "approximate"]
DatePrecision = Literal["year", "month", "day"]

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Value(BaseModel):
    """A frozen value without identity of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def canonical(amount: Decimal) -> Decimal:
    """Drop trailing zeros and exponents: ``2500000.0`` and ``2.5E+6`` become ``2500000``.

    Equal sums must hash alike, and Decimal keeps the exponent that its arithmetic left behind.
    """
    plain = amount.normalize()
    return plain if plain.as_tuple().exponent <= 0 else plain.quantize(Decimal(1))  # type: ignore[operator]


Amount = Annotated[Decimal, Field(ge=0, max_digits=38, decimal_places=6), AfterValidator(canonical)]
"""Prices go below the cent (64.2 cents a dozen); the sums of records are whole cents (``funding.Funding``)."""


class Money(Value):
    """A sum, or a range of sums, in units of its currency (not in cents, not in millions).

    ``amount_max`` is the upper end of a range; ``currency`` is ISO 4217, None when the words leave it open;
    ``per`` names the unit of a rate ("year", "tonne", "person"), None for a total.
    """

    amount: Amount
    amount_max: Amount | None = None
    currency: ISO4217 | None = None
    qualifier: Qualifier = "exact"
    per: str | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Money:
        if self.amount_max is not None and self.amount_max < self.amount:
            raise ValueError(f"amount_max {self.amount_max} is below amount {self.amount}")
        return self


def _parse(text: str) -> tuple[int, int | None, int | None]:
    match = _PARTIAL.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no partial date; write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None  # the pattern requires it
    date(year, month or 1, day or 1)  # raises ValueError for a month 13 or a 30 February
    return year, month, day


class PartialDate(Value):
    """A date as precise as it was said: ``2014``, ``2022-12`` or ``2025-07-09``.

    It stands for the half-open stretch of days from ``first`` to the day after ``last``; a month stays a month.
    """

    text: str

    @model_validator(mode="after")
    def _checked(self) -> PartialDate:
        _parse(self.text)
        return self

    @property
    def precision(self) -> DatePrecision:
        """How much of the date was said."""
        return {4: "year", 7: "month", 10: "day"}[len(self.text)]  # type: ignore[return-value]

    @property
    def first(self) -> date:
        """The first day that the date may mean."""
        year, month, day = _parse(self.text)
        return date(year, month or 1, day or 1)

    @property
    def last(self) -> date:
        """The last day that the date may mean."""
        year, month, day = _parse(self.text)
        month = month or 12
        return date(year, month, day or calendar.monthrange(year, month)[1])

    def __str__(self) -> str:
        return self.text
