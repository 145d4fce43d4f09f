"""What the rules hand on: a run of words that may be a name, and what a mention of an actor carries."""

from __future__ import annotations

from dataclasses import dataclass

from schemas import ActorKind


@dataclass(frozen=True, slots=True)
class ActorName:
    """The value of a mention of kind ``actor``.

    ``kind`` is what the rule takes it for, None when the words don't tell; ``entry`` is the id of a register entry.
    ``outer`` is the span with title, article and possessor; ``acronym`` the span of an acronym that the words define.
    ``signs`` names what stands in and around it (``heading``, ``role_before`` …): features, not verdicts.
    """

    kind: ActorKind | None
    country: str | None = None
    entry: str | None = None
    outer: tuple[int, int] = (0, 0)
    acronym: tuple[int, int] | None = None
    signs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words ``[start, end)`` of an element that may be a name; ``role`` is where titles before it begin."""

    start: int
    end: int
    role: int
    signs: frozenset[str] = frozenset()
