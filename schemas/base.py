"""What every record has: frozen fields, evidence, and an id made of what it says."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from functools import cached_property, lru_cache
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field, computed_field

from schemas.evidence import Evidence


class Record(BaseModel):
    """One thing that one document says, with the words that prove it.

    ``confidence`` is the estimated probability that a careful reader would list this record too.
    ``review`` marks the ones that deserve a look: they are kept, never dropped in silence.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    record_type: ClassVar[str]

    document_id: str = Field(min_length=1)
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)
    review: bool = False

    def key(self) -> tuple[str, ...]:
        """Give the normalised values that make two observations in one document the same record."""
        raise NotImplementedError

    @computed_field  # type: ignore[prop-decorator]
    @cached_property
    def id(self) -> str:
        """Sixteen hex digits, the same for the same key in the same document, on any machine and day."""
        return make_id(self.record_type, self.document_id, *self.key())


def make_id(*parts: str) -> str:
    """Hash parts as JSON, so that ("ab", "c") and ("a", "bc") differ."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]


_PLAIN = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


@lru_cache(maxsize=1 << 16)  # the same names come again and again
def fold(text: str) -> str:
    """Fold case, accents, punctuation and spacing away: the form in which names are keys."""
    if text.isascii():  # most names, at a tenth of the cost
        return " ".join(text.translate(_PLAIN).split())
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    words = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFC", bare))
    return " ".join(words.split())
