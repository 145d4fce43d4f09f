"""The lines of a PDF's pages, with their places and sizes, as pdfium sees them. The only importer of a PDF library."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

from extract.errors import ParseError
from extract.parse.decode import clean

_WIDE_GAP = 1.6  # of the font size between two words: a new column or cell begins
_BOLD = 600  # font weight from which type is bold
_LEAD = 3  # words of a line that are asked for their size
FEW_CHARACTERS = 8
"""Fewer on a page: a scan with a stamp."""
_BULLETS = "•▪■●○►‣"
_HYPHENS = "\x02\xad\ufffe"  # how pdfium reports a hyphen at a line's end; what follows is the next line
_PIECE = re.compile(rf"(?P<end>[\r\n]+)|(?P<gap>\s+)|(?P<word>[^\s{_HYPHENS}]+[{_HYPHENS}]?|[{_HYPHENS}])")
_RISING = re.compile(r"[A-Zbdfhklt0-9À-Þ가-힣]")
_HANGING = re.compile(r"[gjpqyç,;]")


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word and its left and right edges on the page, in points."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A run of words on one line without a wide gap; points from the page's lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number from 1, its height and width in points, its lines in the order of the file.

    ``recognised`` marks lines that were read off a picture of the page.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    recognised: bool = False


Box = tuple[float, float, float, float]
"""Left, bottom, right and top of a character."""


def read_sheets(data: bytes, *, name: str, pages: range | None = None) -> list[Sheet]:
    """Read the lines of every page, or of some (counted from 0).

    Raises ``ParseError`` for a PDF that is locked or broken.
    """
    document = open_pdf(data, name=name)
    try:
        return [_sheet(document, index) for index in pages or range(len(document)) if index < len(document)]
    except pdfium_error() as error:
        raise ParseError(name, "damaged", "a page of the PDF is broken.", "Download or export it again.") from error
    finally:
        document.close()


def pdfium_error() -> type[Exception]:
    """Give the error that pdfium's binding raises, without importing it before it is used."""
    import pypdfium2  # type: ignore[import-untyped]

    error: type[Exception] = pypdfium2.PdfiumError
    return error


def open_pdf(data: bytes, *, name: str) -> Any:
    """Open a PDF; the caller closes it. Raises ``ParseError``: ``encrypted`` or ``damaged``."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ParseError(
                name, "encrypted", "it is protected by a password.", "Save a copy without the password."
            ) from error
        raise ParseError(name, "damaged", "the PDF is broken or cut short.", "Download or export it again.") from error


def has_text(document: Any, page: int) -> bool:
    """Tell whether an open PDF's page (counted from 0) holds characters rather than a picture of them."""
    sheet = document[page]
    text_page = sheet.get_textpage()
    try:
        return int(text_page.count_chars()) >= FEW_CHARACTERS
    finally:
        text_page.close()
        sheet.close()


def _sheet(document: Any, index: int) -> Sheet:
    page = document[index]
    text_page = page.get_textpage()
    try:
        width, height = page.get_size()
        return Sheet(index + 1, width, height, tuple(_Reader(text_page.raw).lines()))
    finally:
        text_page.close()
        page.close()


class _Reader:
    """Reads one page: its characters in one go, and boxes only of those that tell where a word begins and ends.

    To ask pdfium for each character takes three times as long.
    """

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        self._numbers = [ctypes.c_double() for _ in range(4)]
        self._references = [ctypes.byref(number) for number in self._numbers]

    def lines(self) -> Iterator[Line]:
        """Cut a page's words into lines: at line breaks, and at gaps as wide as those between columns."""
        text = self._text()
        run: list[tuple[str, int, Box]] = []
        gap, size, extent = "", 0.0, (0.0, 0.0, 0.0, 0.0)
        for piece in _PIECE.finditer(text):
            if piece["end"]:
                yield from self._line(run, text, size)
                run = []
            elif piece["gap"]:
                gap = "\xa0" if "\xa0" in piece["gap"] else " "
            else:
                for words, start, box in self._words(piece["word"], piece.start()):
                    if run and _far(box, extent, size):
                        yield from self._line(run, text, size)
                        run = []
                    size = size if run else self._size_from(text, start)
                    extent = _around(extent, box) if run else box
                    run.append((gap + words if run else words, start, box))
                    gap = ""
            gap = gap if piece["gap"] else ""
        yield from self._line(run, text, size)

    def _text(self) -> str:
        import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

        count = pdfium.FPDFText_CountChars(self._handle)
        buffer = (ctypes.c_ushort * (count + 1))()
        if count > 0 and pdfium.FPDFText_GetText(self._handle, 0, count, buffer) == count + 1:
            text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
            if len(text) == count:
                return text
        # some characters stand for none or for two: one by one, so that each keeps its place
        codes = (pdfium.FPDFText_GetUnicode(self._handle, index) for index in range(count))
        return "".join(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)

    def _words(self, words: str, start: int) -> Iterator[tuple[str, int, Box]]:
        """Give a word with its box; one whose ends don't stand side by side is taken apart into characters."""
        last = len(words) - 1
        first_box = self._box(start)
        last_box = self._box(start + last) if last else first_box
        if last_box[2] >= first_box[0] and last_box[1] <= first_box[3] and last_box[3] >= first_box[1]:
            yield words, start, _around(first_box, last_box)
            return
        for place, char in enumerate(words):
            yield char, start + place, self._box(start + place)

    def _box(self, index: int) -> Box:
        import pypdfium2.raw as pdfium

        pdfium.FPDFText_GetCharBox(self._handle, index, *self._references)
        left, right, bottom, top = self._numbers
        return left.value, bottom.value, right.value, top.value

    def _size_from(self, text: str, start: int) -> float:
        """Give the size of a line in points; a bullet or a superscript at its start is of another than what follows."""
        if text[start] in _BULLETS:
            following = _PIECE.search(text, start + 1)
            while following and following["gap"]:
                following = _PIECE.search(text, following.end())
            start = following.start() if following and following["word"] else start
        fourth = start + 3
        sizes = [self._size(start)]
        if fourth < len(text) and not text[start:fourth].isspace() and "\n" not in text[start : fourth + 1]:
            sizes.append(self._size(fourth))
        return max(sizes)

    def _size(self, index: int) -> float:
        import pypdfium2.raw as pdfium

        size = float(pdfium.FPDFText_GetFontSize(self._handle, index))
        matrix = pdfium.FS_MATRIX()
        if pdfium.FPDFText_GetMatrix(self._handle, index, matrix):
            size *= abs(matrix.d) or abs(matrix.b) or 1.0  # the size is given before the text's own scaling
        return size

    def _line(self, run: list[tuple[str, int, Box]], text: str, size: float) -> Iterator[Line]:
        import pypdfium2.raw as pdfium

        printed = "".join("-" if char in _HYPHENS else char for words, *_ in run for char in words)
        words = clean(printed).strip()
        if not words:
            return
        left, bottom, right, top = reduce(_around, [box for *_, box in run] + self._tall(run))
        bold = pdfium.FPDFText_GetFontWeight(self._handle, run[0][1]) >= _BOLD
        yield Line(words, left, bottom, right, top, round(size * 2) / 2, bold, tuple(_printed(run)))

    def _tall(self, run: list[tuple[str, int, Box]]) -> list[Box]:
        """Give the boxes of a letter that rises and one that hangs, so that a line is as high as its type."""
        found = []
        for shape in (_RISING, _HANGING):
            for words, start, _ in run:
                if match := shape.search(words):
                    found.append(self._box(start + match.start() - (words[0] in " \xa0")))
                    break
        return found


def _printed(run: list[tuple[str, int, Box]]) -> Iterator[Word]:
    for words, _, (left, _, right, _) in run:
        yield Word(words.strip(), left, right)


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _far(here: Box, extent: Box, size: float) -> bool:
    gap = here[0] - extent[2]
    # where a word is hyphenated pdfium tells of no line break: the next character is simply lower
    below = here[3] < extent[1] or here[1] > extent[3]
    return below or gap > _WIDE_GAP * max(size, 4.0) or here[2] < extent[0] - size
