"""Find mentions: one finder a kind of mention. Finders yield spans and judge nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from extract.document import Document, Mention
from extract.find.actors import find_actors
from extract.find.agreements import find_agreements
from extract.find.commitments import find_commitments
from extract.find.dates import date_mentions
from extract.find.money import money_mentions


class Finder(Protocol):
    """Gives every mention of its kind in a document."""

    def __call__(self, document: Document, /) -> Iterator[Mention]:
        """Yield mentions in any order."""
        ...


FINDERS: tuple[Finder, ...] = (find_actors, find_agreements, find_commitments, date_mentions, money_mentions)


def find_mentions(document: Document) -> list[Mention]:
    """Run every finder; mentions in the order of the text, the longer first."""
    found = [mention for find in FINDERS for mention in find(document)]
    return sorted(found, key=lambda mention: (mention.start, -mention.end, mention.kind, mention.finder))
