"""Find passages that may be commitments: items of lists, parts of run-on lists, sentences of plans and next steps.

A list has a lead (the words before it, "The parties will:") and a heading; both travel with each item, because an
item alone seldom says whether it is an undertaking or a fact. Nothing is judged here.

lists    ──► bulleted and numbered lists, lists within lists
passages ──► lists within a sentence, sentences that count, labelled paragraphs
forms    ──► in which form an item opens
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.document import Document, Element, Mention
from extract.find.commitments.clue import CommitmentClue, Place, is_plan, section_kinds
from extract.find.commitments.lists import read_lists
from extract.find.commitments.passages import counted, numbered, run_on, trimmed, unlabelled

__all__ = ["CommitmentClue", "find_commitments"]

_HEADING = re.compile(
    r"(?:pillar|pilier|part|partie|section|chapter|chapitre|theme|thème|axe|volet|objective|objectif)\s+[\divx]+\b",
    re.I,
)
_HEADING_WORDS = 6
_ENDS = (".", "!", "?", ";", "»", "”")


def find_commitments(document: Document) -> Iterator[Mention]:
    """Yield each item of a list, each part of a run-on list, and each sentence where sentences are such items."""
    plan = is_plan(document)
    taken: set[int] = set()
    group = -1
    for group, found in enumerate(read_lists(document)):
        places = [trimmed(document, element.start, element.end) for element in found.items]
        clue = CommitmentClue("bullet", group, 0, 0, found.lead, found.items[0].section if found.items else ())
        taken.update(element.start for element in found.items)
        clue = replace(clue, nested=found.nested, resumed=found.resumed, governing=found.governing)
        yield from _mentions(document, [place for place in places if place], clue)
    for run, (lead, element, items) in enumerate(numbered(document), start=group + 1):
        taken |= {label[0] for label, _ in items}
        clue = CommitmentClue("numbered", run, 0, 0, lead, element.section)
        yield from _mentions(document, [place for _, place in items], clue)
    for index, element in enumerate(document.elements):
        if element.category in ("text", "quote") and element.start not in taken:
            yield from _in_text(document, element, -1 - index, plan=plan)


def _in_text(document: Document, element: Element, group: int, *, plan: bool) -> Iterator[Mention]:
    """Yield the parts of a run-on list, or the sentences of a paragraph where sentences are items."""
    clue = CommitmentClue("run_on", group, 0, 0, None, element.section)
    parts = run_on(document, element) or counted(document, element)
    if parts:
        yield from _mentions(document, parts[1], replace(clue, lead=parts[0]))
    elif _HEADING.match(document.text, element.start) or element.category != "text":
        return
    elif plan or _in_section(element.section, document.language):
        sentences = document.sentences_in(element.start, element.end)
        whole = [s for s in sentences if document.words(s.start, s.end).rstrip().endswith(_ENDS)]
        items = [trimmed(document, *unlabelled(document, s.start, s.end)) for s in whole]
        yield from _mentions(document, [place for place in items if place], replace(clue, form="sentence"))


def _in_section(headings: tuple[str, ...], language: str) -> bool:
    """Tell whether a heading promises that the sentences below it are such items. "Actions include:" leads a list."""
    kinds = section_kinds(headings[-1], language) if headings else frozenset()
    return bool(kinds & {"recommendation", "next_step"}) or (
        "commitment" in kinds and not headings[-1].endswith(":") and len(headings[-1].split()) <= _HEADING_WORDS
    )


def _mentions(document: Document, places: list[Place], clue: CommitmentClue) -> Iterator[Mention]:
    for position, (start, end) in enumerate(places):
        leads = document.words(start, end).endswith(":")
        value = replace(clue, position=position, size=len(places), leads=leads)
        yield Mention("commitment", start, end, f"commitments.{clue.form}", value)
