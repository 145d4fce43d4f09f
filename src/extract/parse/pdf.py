"""PDF with text in it to blocks: reading order, running headers, headings, lists, footnotes, pages.

pdfium gives characters with their boxes; a page's lines, columns and paragraphs are put together in
``extract.parse.layout``, and what only all pages together can tell is decided here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.parse.ahead import look_ahead
from extract.parse.blocks import Block
from extract.parse.formats import Stated
from extract.parse.layout import Paragraph, paragraphs
from extract.parse.lines import heading_level, looks_like_heading, read_line
from extract.parse.pdf_lines import FEW_CHARACTERS, Line, Sheet, read_sheets
from extract.parse.recognise import can_recognise, needs_recognition, recognise_pdf
from extract.parse.settle import settle
from extract.parse.tables import with_heads

_EDGE = 0.1  # of a page's height: where running headers and footers stand
_MARGIN = 0.07  # what is set small this near to the edge is no part of the text, even where it comes but once
_PAGE_NUMBER = re.compile(r"(?:page|p\.)?\s*[-–—|]?\s*\d{1,4}\s*(?:[-–—|]|(?:of|de|sur|/)\s*\d{1,4})?", re.IGNORECASE)
_LARGER = 1.15  # how much larger than the body a heading is set
_SMALLER = 0.88  # how much smaller a footnote is
_NOTE_SIGN = re.compile(r"(?:\d{1,3}|[*†‡])\s*\S")


def pdf_blocks(data: bytes, name: str) -> tuple[list[Block], Stated]:
    """Read a PDF. Raises ``ParseError``: ``encrypted``, ``damaged``, or ``needs_ocr`` for a scan without text.

    Pages that are pictures are recognised where tesseract is installed.
    """
    sheets = read_sheets(data, name=name)
    pictures = look_ahead(data, kind="pdf").pictures if any(map(_is_blank, sheets)) else ()
    if pictures and can_recognise():
        read = {sheet.number: sheet for sheet in recognise_pdf(data, pictures, name=name)}
        sheets = [read.get(sheet.number, sheet) for sheet in sheets]
    elif all(map(_is_blank, sheets)):
        raise needs_recognition(name)
    return sheet_blocks(sheets), Stated(sheets=tuple(sheets))


def sheet_blocks(sheets: Sequence[Sheet]) -> list[Block]:
    """Cut printed pages into blocks."""
    sheets = _without_running_lines(sheets)
    body = _body_size(sheets)
    words = _vocabulary(sheets)
    blocks = [
        _block(paragraph, body, sheet)
        for sheet in sheets
        for paragraph in paragraphs(sheet, body=body, vocabulary=words)
    ]
    return settle(_joined_headings(_ranked(blocks)))


def _is_blank(sheet: Sheet) -> bool:
    return sum(len(line.text) for line in sheet.lines) < FEW_CHARACTERS


def _without_running_lines(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Drop lines at the edge of pages that come again on others, and page numbers there."""
    seen: Counter[str] = Counter()
    body = _body_size(sheets)
    for sheet in sheets:
        seen.update({_skeleton(line) for line in sheet.lines if _at_edge(line, sheet)})
    often = max(2, len(sheets) // 3)
    return [
        replace(
            sheet,
            lines=tuple(
                line
                for line in sheet.lines
                if not _at_edge(line, sheet)
                or _is_note(line, sheet, body)
                or not (seen[_skeleton(line)] >= often or _PAGE_NUMBER.fullmatch(line.text.strip()))
            ),
        )
        for sheet in sheets
    ]


def _at_edge(line: Line, sheet: Sheet) -> bool:
    return line.bottom > sheet.height * (1 - _EDGE) or line.top < sheet.height * _EDGE


def _is_note(line: Line, sheet: Sheet, body: float) -> bool:
    """Tell whether a small line at the foot of a page begins with the sign of a note rather than its page number."""
    sign = _NOTE_SIGN.match(line.text)
    return (
        sign is not None
        and line.size < body * _SMALLER
        and line.top < sheet.height / 2
        and len(line.text.split()) > 2
        and sign[0].rstrip()[:-1].strip() != str(sheet.number)
    )


def _skeleton(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.strip().lower())


def _body_size(sheets: Sequence[Sheet]) -> float:
    """Find the size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[line.size] += len(line.text)
    return max(sorted(sizes), key=sizes.__getitem__, default=10.0)


def _vocabulary(sheets: Sequence[Sheet]) -> frozenset[str]:
    """Collect the document's own words: they tell whether a hyphen at a line's end belongs to the word."""
    return frozenset(
        word
        for sheet in sheets
        for line in sheet.lines
        for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text.lower())[:-1]
    )


def _block(paragraph: Paragraph, body: float, sheet: Sheet) -> Block:
    text, page = paragraph.text, sheet.number
    if paragraph.rows:
        return with_heads(Block("table", text, page=page))
    if paragraph.size < body and (
        paragraph.bottom > sheet.height * (1 - _MARGIN) or paragraph.top < sheet.height * _MARGIN
    ):
        return Block("header" if paragraph.bottom > sheet.height / 2 else "footer", text, page=page)
    read = read_line(text)
    if read.kind == "item" and not (paragraph.size > body * _LARGER):
        return Block("list_item", read.text, 1, page, marker=read.marker)
    if read.kind == "contents":
        return Block("table", text, page=page)
    if paragraph.size < body * _SMALLER and _NOTE_SIGN.match(text) and paragraph.bottom < sheet.height / 2:
        return Block("footnote", text, page=page)
    short = len(text) <= 200 and text[-1] not in ".;,"
    if paragraph.size > body * _LARGER and short:
        return Block("title", text, round(paragraph.size * 10), page)
    if paragraph.lines <= 2 and looks_like_heading(text) and any(map(str.isalpha, text)):
        if paragraph.bold:
            return Block("title", text, round(paragraph.size * 10), page)
        return Block("title", text, heading_level(text) + 2, page, guessed=True)
    return Block("text", text, page=page)


def _ranked(blocks: list[Block]) -> list[Block]:
    """Turn the sizes of headings into levels: the largest is 1."""
    sizes = sorted({block.level for block in blocks if block.category == "title" and not block.guessed}, reverse=True)
    rank = {size: min(6, level) for level, size in enumerate(sizes, start=1)}
    return [
        replace(block, level=rank[block.level]) if block.category == "title" and not block.guessed else block
        for block in blocks
    ]


def _joined_headings(blocks: list[Block]) -> list[Block]:
    """Join a heading that was set over two paragraphs of one size when the second goes on in small letters."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if (
            last
            and block.category == last.category == "title"
            and block.level == last.level
            and block.text[0].islower()
        ):
            joined[-1] = replace(last, text=f"{last.text} {block.text}")
        else:
            joined.append(block)
    return joined
