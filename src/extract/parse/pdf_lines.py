"""The lines of a PDF's pages, with their places and sizes, as pdfium sees them. The only importer of a PDF library."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from extract.errors import ParseError
from extract.parse.decode import clean

_WIDE_GAP = 1.6  # of the font size between two characters: a new column or cell begins
_BOLD = 600  # font weight from which type is bold
_LEAD = 5  # characters of a line that are asked for their size
_BULLETS = "•▪■●○►‣"
_HYPHENS = "\x02\xad"  # how pdfium reports a hyphen at a line's end


@dataclass(frozen=True, slots=True)
class Line:
    """A run of characters on one line without a wide gap; points from the page's lower left corner.

    ``first`` and ``last`` are the places of its characters in the page, as pdfium counts them.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Character:
    """A letter or digit and its box."""

    char: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number from 1, its height and width in points, its lines in the order of the file."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


def read_sheets(data: bytes, *, name: str, pages: range | None = None) -> list[Sheet]:
    """Read the lines of every page, or of some (counted from 0).

    Raises ``ParseError`` for a PDF that is locked or broken.
    """
    document = _open(data, name)
    try:
        return [_sheet(document, index) for index in pages or range(len(document)) if index < len(document)]
    except _pdfium_error() as error:
        raise ParseError(name, "damaged", "a page of the PDF is broken.", "Download or export it again.") from error
    finally:
        document.close()


def characters(data: bytes, page: int, places: Sequence[range], *, name: str) -> list[Character]:
    """Give letters and digits of a page (counted from 0) with their boxes, at the places asked for, in that order."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    document = _open(data, name)
    sheet = document[page]
    text_page = sheet.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = []
    try:
        for index in (index for run in places for index in run):
            code = pdfium.FPDFText_GetUnicode(text_page.raw, index)
            if code < 0x110000 and chr(code).isalnum():
                pdfium.FPDFText_GetCharBox(text_page.raw, index, left, right, bottom, top)
                found.append(Character(chr(code), left.value, bottom.value, right.value, top.value))
        return found
    finally:
        text_page.close()
        sheet.close()
        document.close()


def _pdfium_error() -> type[Exception]:
    import pypdfium2

    error: type[Exception] = pypdfium2.PdfiumError
    return error


def _open(data: bytes, name: str) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ParseError(
                name, "encrypted", "it is protected by a password.", "Save a copy without the password."
            ) from error
        raise ParseError(name, "damaged", "the PDF is broken or cut short.", "Download or export it again.") from error


def _sheet(document: Any, index: int) -> Sheet:
    page = document[index]
    text_page = page.get_textpage()
    try:
        width, height = page.get_size()
        return Sheet(index + 1, width, height, tuple(_lines(text_page)))
    finally:
        text_page.close()
        page.close()


def _lines(text_page: Any) -> Iterator[Line]:
    """Cut a page's characters into lines: at line breaks, and at gaps as wide as those between columns."""
    import pypdfium2.raw as pdfium

    handle = text_page.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    box = [ctypes.byref(number) for number in (left, right, bottom, top)]
    run: list[str] = []
    extent = [0.0, 0.0, 0.0, 0.0]
    size, weight, first, last = 0.0, 0, 0, 0
    for index in range(pdfium.FPDFText_CountChars(handle)):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        char = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if char in "\r\n":
            if line := _line(run, extent, size, weight, first, last):
                yield line
            run = []
            continue
        if char in " \t\xa0" or not char.strip():
            if run:
                run.append(" " if char != "\xa0" else char)
            continue
        pdfium.FPDFText_GetCharBox(handle, index, *box)
        here = [left.value, bottom.value, right.value, top.value]
        if run and _far(here, extent, size):
            if line := _line(run, extent, size, weight, first, last):
                yield line
            run = []
        if not run:
            size, weight, first = 0.0, pdfium.FPDFText_GetFontWeight(handle, index), index
            extent = here
        else:
            extent = [
                min(extent[0], here[0]),
                min(extent[1], here[1]),
                max(extent[2], here[2]),
                max(extent[3], here[3]),
            ]
        if len(run) < _LEAD and (char not in _BULLETS or not run):
            if run and run[0] in _BULLETS:
                size = 0.0 if len(run) < 3 else size  # what follows the bullet says how large the line is
            size = max(size, _size(handle, index))
        run.append("-" if char in _HYPHENS else char)
        last = index
    if line := _line(run, extent, size, weight, first, last):
        yield line


def _size(handle: Any, index: int) -> float:
    """Give a character's size in points; a superscript at a line's start is smaller than what follows it."""
    import pypdfium2.raw as pdfium

    size = float(pdfium.FPDFText_GetFontSize(handle, index))
    matrix = pdfium.FS_MATRIX()
    if pdfium.FPDFText_GetMatrix(handle, index, matrix):
        size *= abs(matrix.d) or abs(matrix.b) or 1.0  # the size is given before the text's own scaling
    return size


def _far(here: list[float], extent: list[float], size: float) -> bool:
    gap = here[0] - extent[2]
    # where a word is hyphenated pdfium tells of no line break: the next character is simply lower
    below = here[3] < extent[1] or here[1] > extent[3]
    return below or gap > _WIDE_GAP * max(size, 4.0) or here[2] < extent[0] - size


def _line(run: list[str], extent: list[float], size: float, weight: int, first: int, last: int) -> Line | None:
    text = clean("".join(run)).strip()
    if not text:
        return None
    left, bottom, right, top = extent
    return Line(text, left, bottom, right, top, size=round(size * 2) / 2, bold=weight >= _BOLD, first=first, last=last)
