"""What a finder sees of an instrument at one place: its head noun, its name, its tails, its acronym."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Determiner = Literal["", "definite", "indefinite", "demonstrative", "possessive", "generic", "count"]
Role = Literal["with", "between", "on", "to"]


@dataclass(frozen=True, slots=True)
class Tail:
    """A phrase after the head noun: ``with`` a party, ``between`` parties, ``on`` a subject, ``to`` an end."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """The value of an agreement mention; all offsets are half-open ranges of the document.

    ``name`` runs from the first modifier to the end of the capitalised name; ``full`` adds the tails.
    ``family`` names the head noun whatever its form; ``titled`` tells that the head noun is capitalised.
    ``entry`` is the id of the register entry that the words name.
    """

    kind: str
    family: str
    language: str
    head: tuple[int, int]
    name: tuple[int, int]
    full: tuple[int, int]
    tails: tuple[Tail, ...] = ()
    acronym: tuple[int, int] | None = None
    determiner: Determiner = ""
    plural: bool = False
    titled: bool = False
    quoted: bool = False
    entry: str | None = None
