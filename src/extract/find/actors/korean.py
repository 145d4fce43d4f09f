"""Find Korean names: states, ministries and persons with their titles (interim)."""

from __future__ import annotations

from collections.abc import Iterator

from extract.document import Document, Element, Mention


def korean_actors(document: Document, element: Element) -> Iterator[Mention]:
    """Yield mentions of actors in a Korean element."""
    yield from ()
