"""Actor: a named party that acts, pays, receives, signs, speaks or is spoken of as a party."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from schemas.base import Record, fold

ActorKind = Literal["state", "government_body", "intergovernmental", "company", "academic", "civil_society", "person"]


class Actor(Record):
    """One named party in one document; its evidence with field ``name`` is every place that names it.

    ``name`` is the fullest form in the document, ``aliases`` its other forms there, as printed.
    ``country`` is an ISO 3166-1 alpha-2 code when the register or the words tell it.
    """

    record_type: ClassVar[str] = "actor"

    name: str = Field(min_length=1)
    kind: ActorKind
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    aliases: tuple[str, ...] = ()
    language: str | None = None

    def key(self) -> tuple[str, ...]:
        """Give the folded name."""
        return (fold(self.name),)
