"""Resolution: which entity a record was found to be, beside what the record itself says."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Resolution(BaseModel):
    """One record's place in a cluster of records that speak of the same thing.

    ``canonical_id`` is the id of the record that stands for the cluster (a record alone stands for itself);
    ``rule`` names what joined it ("self", a rule of ``extract.resolve``, or a judgement); ``score`` is how sure.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    record_id: str = Field(min_length=1)
    canonical_id: str = Field(min_length=1)
    rule: str = Field(min_length=1)
    score: float = Field(default=1.0, ge=0.0, le=1.0)
