"""Read lists: each with the words that lead it, lists within lists taken apart.

Lists of lists often arrive flat; that an item ends with a colon, the signs that close items, and the form in which
they open tell which of them stand together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.document import Document, Element
from extract.find.commitments.clue import Place, section_kinds
from extract.find.commitments.forms import WILL, item_form

_LINE = 200  # characters; a longer line is a paragraph


@dataclass(slots=True)
class Items:
    """A list while it is read, with the form in which each item opens and the sign that closes it."""

    lead: Place | None
    items: list[Element]
    nested: bool = False
    governing: Place | None = None
    resumed: bool = False
    forms: list[str] = field(default_factory=list)
    closings: list[str] = field(default_factory=list)

    def add(self, element: Element, form: str, closing: str) -> None:
        """Take a further item in."""
        self.items.append(element)
        self.forms.append(form)
        self.closings.append(closing)


def read_lists(document: Document) -> Iterator[Items]:
    """Yield each list with the words that lead it and the words that govern the headings above it.

    A list goes on after a paragraph that explains its last item: it keeps its lead.
    """
    unmarked = _unmarked(document)
    run: list[Element] = []
    before: Element | None = None
    governing: Element | None = None
    last: tuple[int, Place | None, tuple[str, ...]] = (-9, None, ())
    for index, element in enumerate((*document.elements, None)):
        if element is not None and (element.category == "list_item" or index in unmarked):
            run.append(element)
            continue
        if run:
            lead = (before.start, before.end) if before is not None and before.category != "table" else None
            led = before is not None and (before.category == "title" or _leads(document, before))
            begin, section = index - len(run), run[0].section
            resumed = not led and last[0] == begin - 1 and last[2] == section
            lead = last[1] if resumed else lead
            above = (governing.start, governing.end) if governing and (not led or _is_title(before)) else None
            yield from _split(document, run, Items(lead, [], governing=above, resumed=resumed))
            last = (index, lead, section)
            run = []
        if element is None:
            return
        if element.category == "title":
            if before is not None and before.category == "text" and _leads(document, before):
                governing = before
            elif section_kinds(document.words(element.start, element.end), document.language) & {"aside"}:
                governing = None
        before = element


def _unmarked(document: Document) -> frozenset[int]:
    """Find short lines that say what to do, right below a line that ends with a colon: a list without marks."""
    found: set[int] = set()
    language = _read_in(document)
    for index, element in enumerate(document.elements):
        lead = document.words(element.start, element.end)
        if element.category != "text" or not _leads(document, element) or lead.isupper() or len(lead.split()) < 3:
            continue
        run = []
        for position in range(index + 1, len(document.elements)):
            line = document.elements[position]
            words = document.words(line.start, min(line.end, line.start + _LINE + 1))
            if line.category not in ("text", "title") or len(words) > _LINE or words.endswith(":"):
                break
            if item_form(words, language) != "action":
                break
            run.append(position)
        if len(run) > 1:
            found.update(run)
    return frozenset(found)


def _is_title(element: Element | None) -> bool:
    return element is not None and element.category == "title"


def _leads(document: Document, element: Element) -> bool:
    return document.words(element.start, element.end).rstrip().endswith(":")


def _split(document: Document, run: list[Element], outer: Items) -> Iterator[Items]:
    """Take flat lists of lists apart: an item that ends with a colon leads the items after it, and is one itself.

    The inner list ends where the indent goes back, with the first of its items that has no semicolon if the first has
    one, or where items open and close as those of the outer list do.
    """
    inner: Items | None = None
    for element in run:
        words = document.words(element.start, element.end).rstrip()
        form = item_form(words, _read_in(document))
        if inner is not None and _ends(inner, outer, element, form, _closing(words)):
            yield inner
            inner = None
        if words.endswith(":"):
            if inner is not None:
                yield inner
            outer.items.append(element)
            inner = Items((element.start, element.end), [], nested=True, governing=outer.governing)
        else:
            (inner or outer).add(element, form, _closing(words))
    if inner is not None:
        yield inner
    if outer.items:
        yield outer


def _ends(inner: Items, outer: Items, element: Element, form: str, closing: str) -> bool:
    """Tell whether an item that follows an inner list stands in the outer one again."""
    if not inner.items:
        return False
    first = inner.closings[0]
    if element.level < inner.items[0].level or (first == ";" and inner.closings[-1] != ";"):
        return True
    if not outer.closings or first == outer.closings[-1]:
        return False
    if inner.closings[-1] == outer.closings[-1]:
        return True  # the last item of the inner list closed it like a sentence
    return closing == outer.closings[-1] and form in outer.forms and form not in inner.forms


def _read_in(document: Document) -> str:
    return document.language if document.language in WILL else "en"


def _closing(words: str) -> str:
    """Name the sign that closes an item: a full stop, a semicolon (or what stands for one), or none."""
    if re.search(r"(?:;|,|; ?(?:and|or|et|ou)|,? (?:and|et))$", words):
        return ";"
    return "." if words.endswith((".", "!", "?", ".”", "»")) else "-"
