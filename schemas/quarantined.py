"""Quarantined: what was refused, at which stage, why, and everything needed to try it again."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.base import make_id

Stage = Literal["parse", "extract", "resolve", "validate", "load"]


class Quarantined(BaseModel):
    """One document or record that was set aside rather than lost.

    ``document_id`` is None when the file could not even be read as a document; ``name`` is the file's name.
    ``reason_code`` is one of a small vocabulary for counting (``no_evidence``), ``message`` is for people;
    ``payload`` is the whole refused thing, ready for JSON.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    document_id: str | None = None
    name: str = Field(min_length=1)
    stage: Stage
    reason_code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    message: str = Field(min_length=1)
    payload: dict[str, Any] = Field(default_factory=dict)

    @property
    def id(self) -> str:
        """Sixteen hex digits, the same for the same refusal, so that a second run adds no second row."""
        payload = json.dumps(self.payload, sort_keys=True, ensure_ascii=False, default=str)
        return make_id("quarantine", self.document_id or self.name, self.stage, self.reason_code, payload)
