"""The document as the stages see it: one frozen text that every offset points into."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import schemas

Category = Literal["title", "text", "list_item", "table", "quote", "header", "footer", "footnote", "caption"]


@dataclass(frozen=True, slots=True)
class Element:
    """A parsed block of a document: a heading, a paragraph, a list item, a table.

    ``section`` is the path of headings above it, outermost first; ``page`` counts from 1, None without pages;
    ``level`` is the depth of a heading (1 = outermost) or of a nested list item, 0 when that means nothing.
    """

    category: Category
    start: int
    end: int
    page: int | None = None
    section: tuple[str, ...] = ()
    level: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence within one element, with the language it is written in ("en", "fr", "ko")."""

    start: int
    end: int
    language: str
    element: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that a finder recognised. ``kind`` says as what, ``finder`` by which rule, ``value`` is typed.

    Finders judge nothing: a mention is a candidate, and two of them may overlap.
    """

    kind: str
    start: int
    end: int
    finder: str
    value: Any = None

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether the mention shares a character with ``[start, end)``."""
        return self.start < end and start < self.end


@dataclass(frozen=True)
class Places:
    """Where the words of a text stand on the pages that it was read from, in the order of the text.

    The printed word ``i`` gives the characters ``[starts[i], ends[i])``, on the printed line ``lines[i]`` of page
    ``pages[i]``; ``boxes`` holds four numbers a word (left, bottom, right, top, in points). ``sizes`` are the width
    and height of each page, ``recognised`` the pages whose words were read off a picture. Arrays, since a long report
    has a million words.
    """

    starts: array[int] = field(repr=False)
    ends: array[int] = field(repr=False)
    pages: array[int] = field(repr=False)
    lines: array[int] = field(repr=False)
    boxes: array[float] = field(repr=False)
    sizes: Mapping[int, tuple[float, float]] = field(repr=False)
    recognised: frozenset[int] = frozenset()

    def rectangles(self, start: int, end: int) -> tuple[schemas.Rectangle, ...]:
        """Give a box a printed line for the span ``[start, end)``; none for words that have no place."""
        found: dict[int, list[float]] = {}
        pages: dict[int, int] = {}
        index = bisect_right(self.ends, start)
        while index < len(self.starts) and self.starts[index] < end:
            left, bottom, right, top = self.boxes[4 * index : 4 * index + 4]
            box = found.setdefault(self.lines[index], [left, bottom, right, top])
            box[:] = min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top)
            pages[self.lines[index]] = self.pages[index]
            index += 1
        return tuple(self._rectangle(pages[line], box) for line, box in found.items())

    def _rectangle(self, page: int, box: list[float]) -> schemas.Rectangle:
        (x0, y0, x1, y1), (width, height) = (round(number, 2) for number in box), self.sizes[page]
        return schemas.Rectangle(page=page, x0=x0, y0=y0, x1=x1, y1=y1, width=width, height=height)


@dataclass(frozen=True)
class Document:
    """One text with its blocks. ``record`` is what the warehouse keeps of it (its ``text`` is the same string).

    ``places`` tells where its words stand on the pages of a PDF or a scan; None in other formats.
    """

    record: schemas.Document
    elements: tuple[Element, ...]
    sentences: tuple[Sentence, ...] = field(repr=False, default=())
    places: Places | None = field(repr=False, default=None)

    @property
    def text(self) -> str:
        """The frozen text."""
        return self.record.text

    @property
    def language(self) -> str:
        """The language of most of the text."""
        return self.record.language

    def words(self, start: int, end: int) -> str:
        """Give the words of a span, as printed."""
        return self.record.text[start:end]

    def page_of(self, offset: int) -> int | None:
        """Give the page on which a character stands."""
        element = self.element_at(offset)
        return element.page if element else None

    def element_at(self, offset: int) -> Element | None:
        """Give the element that holds a character, None between elements."""
        index = self._before(self._element_starts, offset)
        if index < 0 or offset >= self.elements[index].end:
            return None
        return self.elements[index]

    def sentence_at(self, offset: int) -> Sentence | None:
        """Give the sentence that holds a character, None between sentences."""
        index = self._before(self._sentence_starts, offset)
        if index < 0 or offset >= self.sentences[index].end:
            return None
        return self.sentences[index]

    def sentences_in(self, start: int, end: int) -> Iterator[Sentence]:
        """Give the sentences that share a character with ``[start, end)``."""
        for sentence in self.sentences[max(0, self._before(self._sentence_starts, start)) :]:
            if sentence.start >= end:
                return
            if sentence.end > start:
                yield sentence

    def evidence(self, field: str, start: int, end: int, *, finder: str) -> schemas.Evidence:
        """Quote a span as the proof of a field."""
        page = self.page_of(start)
        return schemas.Evidence(
            field=field,
            start=start,
            end=end,
            quote=self.words(start, end),
            finder=finder,
            page=page,
            recognised=self.places is not None and page in self.places.recognised,
            rectangles=self.places.rectangles(start, end) if self.places else (),
        )

    @cached_property
    def _element_starts(self) -> list[int]:
        return [element.start for element in self.elements]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @staticmethod
    def _before(starts: list[int], offset: int) -> int:
        return bisect_right(starts, offset) - 1
