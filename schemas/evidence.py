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


class Evidence(Span):
    """One quote of a document that proves one field of a record.

    ``field`` is the name of the field it proves; ``record`` when it shows that the record exists at all.
    ``page`` counts from 1 and is None in formats without fixed pages. ``finder`` names the rule that read it.
    """

    field: str
    quote: str = Field(min_length=1)
    finder: str
    page: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _as_long_as_its_quote(self) -> Evidence:
        if len(self.quote) != self.end - self.start:
            raise ValueError(f"quote of {len(self.quote)} characters in a span of {self.end - self.start}")
        return self
