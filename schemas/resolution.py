"""Resolution: which entity a record was found to be, beside what the record itself says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Tie:
    """A record and a node (a register entry, a name, a pair of records), by which rule, and how sure that is.

    All records of one node are one thing. A node hangs on its records alone, never on what else is loaded, so a new
    document adds ties and changes none.
    """

    record_id: str
    node: str
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Member:
    """What settling needs to know of a record: its document, the first day that this may date from, and the states
    that an agreement binds (none for other records).

    ``others`` has the documents of further records that are tied just alike and go wherever this one goes.
    """

    record_id: str
    document_id: str
    published: date | None = None
    states: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where settling puts a record: the set that it is in (named by any of its members or nodes), and why."""

    record_id: str
    cluster: str
    rule: str = "self"
    score: float = 1.0
