"""Blocks: what every format is cut into, and how blocks become one frozen text with elements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extract.document import Category, Element

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document before it has offsets.

    ``marker`` is the sign of a list item ("-", "1.", "a)"): it stands in the frozen text, outside the element.
    ``level`` is the depth of a heading or list item, 0 when unknown; ``guessed`` headings only look like one.
    """

    category: Category
    text: str
    level: int = 0
    page: int | None = None
    marker: str = ""
    guessed: bool = False


def freeze(blocks: Iterable[Block]) -> tuple[str, tuple[Element, ...]]:
    """Join blocks by blank lines into the text that every offset points into.

    Each element carries the path of the headings above it. The first heading, when it is the first block, is the
    title of the whole: it heads every section and so is left out of the paths.
    """
    pieces: list[str] = []
    elements: list[Element] = []
    path: list[tuple[int, str]] = []
    offset = 0
    for block in blocks:
        lead = f"{block.marker} " if block.marker else ""
        if pieces:
            offset += len(_GAP)
        start = offset + len(lead)
        end = start + len(block.text)
        level = block.level
        if block.category == "title":
            level = level or 2
            path = [(depth, words) for depth, words in path if depth < level]
        section = tuple(words for _, words in path)
        elements.append(Element(block.category, start, end, block.page, section, level))
        if block.category == "title" and elements[1:]:
            path.append((level, block.text))
        pieces.append(lead + block.text)
        offset = end
    return _GAP.join(pieces), tuple(elements)
