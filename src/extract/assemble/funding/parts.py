"""Sums that are parts of a sum: "$5 million, including $2 million for schools", the items of a list that a sum leads.

A part has the givers, the getters and the purpose of its whole where its own words tell none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.assemble.funding.aims import Proposal, proposals, purpose
from extract.assemble.funding.context import Context
from extract.assemble.funding.frame import Frame
from extract.assemble.funding.getters import getters
from extract.assemble.funding.givers import Party, givers
from extract.assemble.funding.phrases import phrase
from extract.assemble.funding.purpose import Place


@dataclass(frozen=True)
class Parts:
    """The sums of a document in their order, and what each has from the sum before it."""

    frame: Frame
    decided: Sequence[Context]

    @cached_property
    def wholes(self) -> Mapping[int, Context]:
        """Map a sum, by where it begins, to the sum before it in its block, or to the one in the lead of its list."""
        found: dict[int, Context] = {}
        last: Context | None = None
        for context in self.decided:
            if last is not None and last.element is context.element:
                found[context.start] = last
            elif context.lead is not None:
                element = context.document.element_at(context.lead[0])
                low, high = element.start if element else context.lead[0], context.lead[1]
                led = [other for other in self.decided if low <= other.start < high]
                found.update({context.start: led[-1]} if led else {})
            last = context
        return found

    @cached_property
    def givers(self) -> Mapping[int, list[Party]]:
        """Name the givers of every sum, by where it begins; those of the sum before are known when it is read."""
        found: dict[int, list[Party]] = {}
        for context in self.decided:
            whole = self.wholes.get(context.start)
            before = found.get(whole.start, []) if whole else []
            found[context.start] = before if whole and _is_part(context) else givers(context, self.frame, before)
        return found

    def getters(self, context: Context, funders: Sequence[Party]) -> list[Party]:
        """Name who gets a sum; a part goes to whom the whole goes."""
        whole = self._whole(context)
        return getters(context, self.frame, funders) or (getters(whole, self.frame, funders) if whole else [])

    def purpose(self, context: Context, recipients: Sequence[Party]) -> Place | None:
        """Choose what a sum is for; a part may be for what the whole is for."""
        return purpose(context, _places(recipients), self._purpose_of_whole(context))

    def purposes(self, context: Context, recipients: Sequence[Party]) -> list[Proposal]:
        """Give all spans that may say what a sum is for, to learn from."""
        return list(proposals(context, _places(recipients), self._purpose_of_whole(context)))

    def _purpose_of_whole(self, context: Context) -> Place | None:
        whole = self._whole(context)
        return purpose(whole, (), None) if whole else None

    def _whole(self, context: Context) -> Context | None:
        whole = self.wholes.get(context.start)
        led = whole is not None and context.lead is not None and whole.element is not context.element
        return whole if led or (whole is not None and _is_part(context)) else None


def _places(parties: Sequence[Party]) -> list[Place]:
    return [place for _, place in parties if place]


def _is_part(context: Context) -> bool:
    """Tell whether a sum is part of the sum before it: "$5 million, including $2 million for schools"."""
    between = context.words(context.left, context.start)
    return context.left > context.low and phrase("part", context.language).search(between) is not None
