"""Commitment: one thing that a party undertakes, recommends or plans, stated as an item of a list or plan."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from schemas.base import Record, fold

CommitmentKind = Literal["commitment", "recommendation", "next_step"]


class Commitment(Record):
    """One item in its own words; ``actors`` are the names of those who undertake it, ``section`` its heading."""

    record_type: ClassVar[str] = "commitment"

    kind: CommitmentKind
    text: str = Field(min_length=1)
    actors: tuple[str, ...] = ()
    section: str | None = None

    def key(self) -> tuple[str, ...]:
        """Give the folded words of the item."""
        return (fold(self.text),)
