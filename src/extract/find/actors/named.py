"""What a mention of an actor carries: how the rule took it, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from schemas import ActorKind


@dataclass(frozen=True, slots=True)
class ActorName:
    """The value of a mention of kind ``actor``.

    ``kind`` is what the rule takes it for, None when the words don't tell; ``entry`` is the id of a register entry.
    ``outer`` is the span with title, article and possessor; ``acronym`` the span of an acronym that the words define.
    ``signs`` names what stands in and around it (``in_title``, ``role_before``, ``after_in`` …): features, not verdicts.
    """

    kind: ActorKind | None
    country: str | None = None
    entry: str | None = None
    outer: tuple[int, int] = (0, 0)
    acronym: tuple[int, int] | None = None
    signs: frozenset[str] = frozenset()
