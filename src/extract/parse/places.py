"""Where the words of a document stand on its pages, so that a viewer can mark a quote.

A page's printed words, in reading order, and the text of its elements hold the same letters and digits in the same
order; what lies between (hyphens at line ends, spaces, bullets) differs. So the letters of an element are looked for
among those of its page, from where the element before it ended.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from extract.document import Element, Places
from extract.parse.decode import clean
from extract.parse.layout import in_reading_order
from extract.parse.pdf_lines import Line, Sheet

_LETTERS = re.compile(r"[^\W_]+")
_CELL = re.compile(r"[^\t\n]+")
_SUM = re.compile(r"\W*\d[\d\s.,'’]*(?=(?: [^\W\d_]{1,9})? (?:[A-Z]{3}|[kM][$€£])(?!\w))")


@dataclass(frozen=True, slots=True)
class _Printed:
    """A page's letters and digits as one string, and for each printed word its first place there, line and edges."""

    sheet: Sheet
    letters: str
    firsts: list[int]
    words: list[tuple[int, Line, float, float]]


@dataclass(frozen=True, slots=True)
class _Place:
    """Characters ``[start, end)`` of the text as one printed word."""

    start: int
    end: int
    page: int
    line: int
    box: tuple[float, float, float, float]


def find_places(text: str, elements: Sequence[Element], sheets: Sequence[Sheet]) -> Places:
    """Find the printed words of each element that has a page. Words that aren't found there have no place."""
    by_number = {sheet.number: sheet for sheet in sheets}
    sizes = [line.size for sheet in sheets for line in sheet.lines]
    body = median(sizes) if sizes else 10.0
    printed: dict[int, _Printed] = {}
    reached: dict[int, int] = {}
    lines = 0
    found: list[_Place] = []
    for element in elements:
        for start, end in _parts(text, element):
            page, offsets, letters = element.page, *_letters(text, start, end)
            while letters and page in by_number:
                if page not in printed:
                    printed = {number: kept for number, kept in printed.items() if number >= page - 1}
                    printed[page] = _print(by_number[page], lines, body)
                    lines += len(by_number[page].lines)
                place, length = _find(printed[page].letters, letters, reached.get(page, 0))
                if length:
                    found += _placed(printed[page], place, length, offsets)
                    reached[page] = place + length
                # a paragraph that a page break tore goes on over the page
                offsets, letters, page = offsets[length:], letters[length:], page + 1
                if page - (element.page or 0) > 1:
                    break
    return _packed(found, sheets)


def _parts(text: str, element: Element) -> Iterator[tuple[int, int]]:
    """Give an element whole, a table cell by cell: to a sum there we add the currency that its head states."""
    if element.category != "table":
        yield element.start, element.end
        return
    for cell in _CELL.finditer(text, element.start, element.end):
        number = _SUM.match(text, cell.start(), cell.end())
        yield cell.start(), number.end() if number else cell.end()


def _letters(text: str, start: int, end: int) -> tuple[list[int], str]:
    runs = list(_LETTERS.finditer(text, start, end))
    return [offset for run in runs for offset in range(run.start(), run.end())], "".join(run[0] for run in runs)


def _print(sheet: Sheet, lines: int, body: float) -> _Printed:
    letters, firsts, words = [], [], []
    length = 0
    for number, line in enumerate(in_reading_order(sheet, body=body), start=lines):
        for word in line.words:
            told = "".join(_LETTERS.findall(clean(word.text)))
            if told:
                letters.append(told)
                firsts.append(length)
                words.append((number, line, word.left, word.right))
                length += len(told)
    return _Printed(sheet, "".join(letters), firsts, words)


def _find(page: str, wanted: str, reached: int) -> tuple[int, int]:
    """Give the place of an element's letters on a page and how many stand there: all, or its longest beginning."""
    for begin in (reached, 0):
        place = page.find(wanted, begin)
        if place >= 0:
            return place, len(wanted)
    tail = page[reached:]
    low, high = 0, min(len(wanted), len(tail))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if wanted[:middle] in tail else (low, middle - 1)
    # a few letters stand anywhere; a torn paragraph reaches to the last words of its page's column
    return (reached + tail.find(wanted[:low]), low) if low >= min(20, len(wanted)) else (0, 0)


def _placed(printed: _Printed, place: int, length: int, offsets: list[int]) -> Iterator[_Place]:
    index = bisect_right(printed.firsts, place) - 1
    while index < len(printed.firsts) and printed.firsts[index] < place + length:
        first = max(printed.firsts[index], place)
        following = printed.firsts[index + 1] if index + 1 < len(printed.firsts) else len(printed.letters)
        last = min(following, place + length) - 1
        number, line, left, right = printed.words[index]
        box = (left, line.bottom, right, line.top)
        yield _Place(offsets[first - place], offsets[last - place] + 1, printed.sheet.number, number, box)
        index += 1


def _packed(found: list[_Place], sheets: Sequence[Sheet]) -> Places:
    found.sort(key=lambda place: place.start)
    return Places(
        starts=array("I", (place.start for place in found)),
        ends=array("I", (place.end for place in found)),
        pages=array("I", (place.page for place in found)),
        lines=array("I", (place.line for place in found)),
        boxes=array("f", (number for place in found for number in place.box)),
        sizes={sheet.number: (round(sheet.width, 2), round(sheet.height, 2)) for sheet in sheets},
        recognised=frozenset(sheet.number for sheet in sheets if sheet.recognised),
    )
