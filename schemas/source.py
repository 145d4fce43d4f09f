"""Sources: what is expected of the documents of a folder or publisher, so that a changed page layout is noticed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

RecordName = Literal["actor", "agreement", "funding", "commitment"]
Share = Annotated[float, Field(ge=0, le=1)]

# The fields that a document may leave open, as the records name them; what is always filled can't tell anything.
FIELDS = (
    "document.title",
    "document.published_on",
    "document.publisher",
    "document.country",
    "actor.country",
    "agreement.date",
    "agreement.status",
    "agreement.parties",
    "funding.funders",
    "funding.recipients",
    "funding.purpose",
    "funding.date",
    "funding.status",
    "funding.agreement_id",
    "commitment.actors",
    "commitment.section",
)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Frozen):
    """What is expected of the documents of one source in each run that reads any.

    ``folder`` is a pattern of paths below the inbox, ``publisher`` one of publishers' names whatever the case, in which
    ``*`` stands for any characters and ``?`` for one. ``documents`` is the least number of documents a run that is
    scheduled must bring (0: there may be none), ``per_document`` the least average number of records a document,
    ``per_run`` the least number of records a run, ``filled`` the least share of records that say something in a field.
    Averages and shares are judged from ``least`` rows on. A source that falls below is a warning, or, with the severity
    ``refuse``, keeps the run from publishing.
    """

    name: str = Field(min_length=1)
    folder: str | None = Field(default=None, min_length=1)
    publisher: str | None = Field(default=None, min_length=1)
    severity: Literal["warn", "refuse"] = "warn"
    documents: int = Field(default=0, ge=0)
    per_document: dict[RecordName, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    per_run: dict[RecordName, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    filled: dict[str, Share] = Field(default_factory=dict)
    least: int = Field(default=1, ge=1)

    @field_validator("filled")
    @classmethod
    def _names_fields(cls, filled: dict[str, float]) -> dict[str, float]:
        unknown = sorted(set(filled) - set(FIELDS))
        if unknown:
            raise ValueError(f"{unknown[0]!r} is no field that may be left open; there are {', '.join(FIELDS)}")
        return filled

    @model_validator(mode="after")
    def _means_something(self) -> Source:
        if self.folder is None and self.publisher is None:
            raise ValueError("say which documents are meant, by 'folder', by 'publisher', or by both")
        if not (self.documents or self.per_document or self.per_run or self.filled):
            raise ValueError("say what is expected, by 'documents', 'per_document', 'per_run' or 'filled'")
        return self


class Sources(_Frozen):
    """What ``sources.yaml`` holds: one entry a source; names are unique."""

    sources: tuple[Source, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_are_unique(self) -> Sources:
        names = [source.name for source in self.sources]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"two sources are called {twice!r}")
        return self
