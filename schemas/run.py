"""Run: the account of one pass over an inbox, kept in our own tables."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

RunStatus = Literal["running", "completed", "failed", "refused", "interrupted"]


class Run(BaseModel):
    """One pass over an inbox: when, by which version, how much was seen, loaded and quarantined.

    ``refused`` is a run that a check kept from publishing, ``interrupted`` one that was stopped or killed. ``stages``
    gives the seconds that each stage took, ``versions`` those of the program, DuckDB, Python and the engine's
    fingerprint; ``warnings`` names sources that fell below what is expected of them, ``error`` what ended the run.
    Times carry a time zone; the warehouse keeps them in UTC.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    run_id: str = Field(min_length=1)
    started_at: AwareDatetime
    ended_at: AwareDatetime | None = None
    status: RunStatus = "running"
    documents_seen: int = Field(default=0, ge=0)
    documents_loaded: int = Field(default=0, ge=0)
    records_loaded: int = Field(default=0, ge=0)
    records_quarantined: int = Field(default=0, ge=0)
    version: str = Field(min_length=1)
    stages: dict[str, float] = Field(default_factory=dict)
    inbox: str | None = None
    versions: dict[str, str] = Field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    error: str | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Run:
        ended: datetime | None = self.ended_at
        if ended is not None and ended < self.started_at:
            raise ValueError(f"the run ended at {ended}, before it started at {self.started_at}")
        return self
