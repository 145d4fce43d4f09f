"""Where a quote stands on the pages of a PDF, so that a viewer can highlight it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from extract.document import Document
from extract.parse.layout import in_reading_order
from extract.parse.pdf_lines import Character, Sheet, characters, read_sheets


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box on a page (counted from 1), in points from the page's lower left corner, as PDF viewers count."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def rectangles(document: Document, start: int, end: int, *, data: bytes) -> list[Rectangle]:
    """Give a box a printed line for the span ``[start, end)`` of a document that was read from the PDF ``data``.

    Only letters and digits are compared: a word hyphenated on the page is whole in the text. Empty when the words
    aren't found there; a quote that runs over to the next page has boxes on both.
    Raises ``ParseError`` for a PDF that is locked or broken.
    """
    page = document.page_of(start)
    wanted = _letters(document.words(start, end))
    if page is None or not wanted:
        return []
    name = document.record.name
    sheets = read_sheets(data, name=name, pages=range(page - 1, page + 1))
    here, *following = (_characters(sheet, data, name) for sheet in sheets)
    element = document.element_at(start)
    before = _letters(document.words(element.start, start)) if element else ""
    place = _find(here, before, wanted)
    if place is not None:
        return list(_boxes(here[place : place + len(wanted)], page))
    first = _longest_start(here, wanted)
    rest = wanted[first:]
    place = _find(following[0], "", rest) if first and following else None
    if place is None:
        return []
    torn = _find(here, "", wanted[:first]) or 0
    return [*_boxes(here[torn : torn + first], page), *_boxes(following[0][place : place + len(rest)], page + 1)]


def _letters(words: str) -> str:
    return "".join(char.lower() for char in words if char.isalnum() and len(char.lower()) == 1)


def _characters(sheet: Sheet, data: bytes, name: str) -> list[Character]:
    body = median(line.size for line in sheet.lines) if sheet.lines else 10.0
    runs = [range(line.first, line.last + 1) for line in in_reading_order(sheet, body=body)]
    found = characters(data, sheet.number - 1, runs, name=name)
    return [character for character in found if len(character.char.lower()) == 1]


def _find(page: list[Character], before: str, wanted: str) -> int | None:
    """Find the place of words on a page: where what stands before them in their paragraph stands there, too."""
    text = "".join(character.char.lower() for character in page)
    place = text.find(before + wanted)
    if place >= 0:
        return place + len(before)
    place = text.find(wanted)
    return place if place >= 0 else None


def _longest_start(page: list[Character], wanted: str) -> int:
    """Count the characters of the longest beginning of the words that a page holds."""
    text = "".join(character.char.lower() for character in page)
    low, high = 0, len(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if wanted[:middle] in text else (low, middle - 1)
    return low


def _boxes(found: list[Character], page: int) -> Iterator[Rectangle]:
    """Put the characters of each printed line in one box."""
    lines: list[list[Character]] = []
    for character in found:
        last = lines[-1][-1] if lines else None
        if last and character.left >= last.left and character.bottom < last.top and character.top > last.bottom:
            lines[-1].append(character)
        else:
            lines.append([character])
    for line in lines:
        yield Rectangle(
            page,
            left=min(character.left for character in line),
            bottom=min(character.bottom for character in line),
            right=max(character.right for character in line),
            top=max(character.top for character in line),
        )
