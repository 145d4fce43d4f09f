"""The clue that goes with a passage which may be a commitment: in which list it stands, and under which words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extract.document import Document
from extract.lexicon import alternation

Form = Literal["bullet", "run_on", "numbered", "sentence"]
Place = tuple[int, int]
PROMISES = frozenset(("recommendation", "next_step", "commitment"))
"""The kinds of heading under which things to do are listed."""


@dataclass(frozen=True, slots=True)
class CommitmentClue:
    """Where a passage stands: ``group`` is its list, ``lead`` the words before it, ``headings`` the path above it.

    ``position`` and ``size`` count within the list; ``nested`` tells that the lead is itself an item of a list,
    ``resumed`` that a paragraph stands between the lead and this part of its list. ``governing`` are the words that
    lead a run of headings ("We agree to the following:"), each with a list of its own; ``leads`` tells that the item
    leads a list within the list.
    """

    form: Form
    group: int
    position: int
    size: int
    lead: Place | None
    headings: tuple[str, ...]
    nested: bool = False
    resumed: bool = False
    governing: Place | None = None
    leads: bool = False


def is_plan(document: Document) -> bool:
    """Tell whether the whole document is an agreed plan, whose paragraphs say what will be done."""
    if document.record.kind == "action_plan":
        return True
    title = document.record.title or ""
    match = _plan_title(document.language).search(title)
    return (
        match is not None and match.start() <= len(title) // 2 and not re.search(r"\b(?:announces?|annonce)\b", title)
    )


@cache
def section_kinds(heading: str, language: str) -> frozenset[str]:
    """Tell what a heading promises: recommendation, next_step, commitment, aside."""
    kinds = ("recommendation", "next_step", "commitment", "aside")
    return frozenset(kind for kind in kinds if alternation("section", language, kind).search(heading))


@cache
def _plan_title(language: str) -> re.Pattern[str]:
    return alternation("section", language, "plan")
