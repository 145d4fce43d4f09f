"""Document: one published text that was read."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.values import PartialDate

DocumentKind = Literal[
    "press_release", "joint_statement", "action_plan", "report", "news_article", "treaty", "speech", "other"
]


class Document(BaseModel):
    """One published text: where it came from and what it says of itself.

    ``document_id`` is made of the file's content, so the same bytes under another name are the same document.
    ``language`` is that of most of its words, an ISO 639-1 code. ``pages`` is None in formats without fixed pages.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    document_id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    uri: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    kind: DocumentKind = "other"
    title: str | None = None
    language: str = Field(pattern=r"^[a-z]{2}$")
    publisher: str | None = None
    published_on: PartialDate | None = None
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    pages: int | None = Field(default=None, ge=1)
    words: int = Field(ge=0)
    text: str
