"""Agreement: one instrument or arrangement between parties, or open to adoption by several."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from schemas.base import Record, fold
from schemas.values import PartialDate

AgreementKind = Literal[
    "treaty",
    "trade_agreement",
    "memorandum",
    "partnership",
    "action_plan",
    "declaration",
    "cooperation_agreement",
]
AgreementStatus = Literal["in_force", "signed", "under_negotiation", "proposed", "ended", "unknown"]


class Agreement(Record):
    """One instrument in one document.

    ``title`` is the fullest name there, without date, verb or article; ``parties`` are names of actors of the
    same document where it names them, else the words of the text; ``date`` is when it was signed, adopted or
    took effect, as precisely as said.
    """

    record_type: ClassVar[str] = "agreement"

    title: str = Field(min_length=1)
    kind: AgreementKind
    status: AgreementStatus = "unknown"
    aliases: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    date: PartialDate | None = None
    language: str | None = None

    def key(self) -> tuple[str, ...]:
        """Give the folded title with the parties: two memoranda of one title differ by whom they bind."""
        return (fold(self.title), *sorted(fold(party) for party in self.parties))
