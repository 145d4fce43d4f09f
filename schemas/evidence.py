"""The words that prove a value: where they stand, what they say, which finder read them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Span(BaseModel):
    """A half-open range of characters ``[start, end)`` in a document's frozen text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _not_empty(self) -> Span:
        if self.end <= self.start:
            raise ValueError(f"span [{self.start}, {self.end}) is empty")
        return self


class Rectangle(BaseModel):
    """A box on a page, from its lower left corner (x0, y0) to its upper right one (x1, y1), for a viewer to mark.

    In points of 1/72 inch from the page's own lower left corner, as PDF counts; ``width`` and ``height`` are the
    page's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    page: int = Field(ge=1)
    x0: float
    y0: float
    x1: float
    y1: float
    width: float = Field(gt=0)
    height: float = Field(gt=0)


class Evidence(Span):
    """One quote of a document that proves one field of a record.

    ``field`` is the name of the field it proves; ``record`` when it shows that the record exists at all.
    ``page`` counts from 1 and is None in formats without fixed pages. ``finder`` names the rule that read it.
    ``recognised`` marks words that were read off a picture of the page. ``rectangles`` tell where on the page the quote
    stands, one a printed line; only PDFs and scans have them.
    """

    field: str
    quote: str = Field(min_length=1)
    finder: str
    page: int | None = Field(default=None, ge=1)
    recognised: bool = False
    rectangles: tuple[Rectangle, ...] = ()

    @model_validator(mode="after")
    def _as_long_as_its_quote(self) -> Evidence:
        if len(self.quote) != self.end - self.start:
            raise ValueError(f"quote of {len(self.quote)} characters in a span of {self.end - self.start}")
        return self
