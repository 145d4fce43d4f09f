"""hOCR, the page that tesseract writes, to lines of words with their places and sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from extract.errors import ParseError
from extract.parse.decode import clean
from extract.parse.pdf_lines import Line, Sheet, Word

_BOX = re.compile(r"\bbbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_SIZE = re.compile(r"\bx_size ([\d.]+)")
_SURE = re.compile(r"\bx_wconf (\d+)")
_DOUBTFUL = 30  # per cent: below it, specks and lines of a drawing that were taken for letters
_WIDE_GAP = 2.0  # of the type's height: a new column or cell begins
_ALIKE = 0.15  # sizes that differ by less are one: they are measured on a picture
_MISREAD_BULLETS = ("e", "¢", "©", "®", "°", "*")  # what a round bullet is taken for; no line begins with one of these
_LINES = ("ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption")


def read_page(told: bytes, number: int, *, width: int, height: int, dots: float, name: str) -> Sheet:
    """Read a page's lines; ``width`` and ``height`` are those of the picture, in dots.

    Raises ``ParseError`` for what is no hOCR.
    """
    from lxml import etree, html  # type: ignore[import-untyped]

    try:
        root = html.document_fromstring(told)
    except (etree.ParserError, ValueError) as error:
        problem = f"text recognition gave no page for page {number}."
        raise ParseError(name, "needs_ocr", problem, "See that `tesseract` works.") from error
    points = 72 / dots
    lines: list[Line] = []
    for element in root.iter("span"):
        if element.get("class") in _LINES:
            size = _SIZE.search(element.get("title") or "")
            words = [word for inner in element.iter("span") if (word := _word(inner, height, points))]
            lines += _cut(words, float(size[1]) * points if size else 0.0)
    return Sheet(number, width * points, height * points, tuple(_evened(lines)), recognised=True)


_Placed = tuple[Word, float, float]


def _word(element: object, height: int, points: float) -> _Placed | None:
    """Give a word with its bottom and top; None for what is no word, or most likely none."""
    if element.get("class") != "ocrx_word":  # type: ignore[attr-defined]
        return None
    title = element.get("title") or ""  # type: ignore[attr-defined]
    text = clean(element.text_content()).strip()  # type: ignore[attr-defined]
    box, sure = _BOX.search(title), _SURE.search(title)
    if not text or not box or (sure and int(sure[1]) < _DOUBTFUL):
        return None
    left, top, right, bottom = (int(number) for number in box.groups())
    return Word(text, left * points, right * points), (height - bottom) * points, (height - top) * points


def _cut(words: Sequence[_Placed], size: float) -> Iterator[Line]:
    """Make lines of a printed line: it is cut where the gap is as wide as that between columns."""
    size = size or max((top - bottom for _, bottom, top in words), default=0.0)
    run: list[_Placed] = []
    for placed in words:
        if run and placed[0].left - run[-1][0].right > _WIDE_GAP * size:
            yield _line(run, size)
            run = []
        run.append(placed)
    if run:
        yield _line(run, size)


def _line(run: Sequence[_Placed], size: float) -> Line:
    words = [word.text for word, _, _ in run]
    if len(words) > 1 and words[0] in _MISREAD_BULLETS:
        words[0] = "•"
    return Line(
        text=" ".join(words),
        left=run[0][0].left,
        bottom=min(bottom for _, bottom, _ in run),
        right=max(word.right for word, _, _ in run),
        top=max(top for _, _, top in run),
        size=size,
        bold=False,
        words=tuple(word for word, _, _ in run),
    )


def _evened(lines: Sequence[Line]) -> Iterator[Line]:
    """Give lines of about the size of most text that very size, so that they make paragraphs."""
    sizes = [line.size for line in lines for _ in line.words]
    usual = median(sizes) if sizes else 0.0
    for line in lines:
        alike = abs(line.size - usual) <= _ALIKE * usual
        yield replace(line, size=round(usual * 2) / 2 if alike else float(round(line.size)))
