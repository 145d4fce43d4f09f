"""The types of record, in the order in which they are told everywhere."""

from __future__ import annotations

from schemas.actor import Actor
from schemas.agreement import Agreement
from schemas.base import Record
from schemas.commitment import Commitment
from schemas.funding import Funding

RECORD_TYPES: tuple[type[Record], ...] = (Actor, Agreement, Funding, Commitment)
