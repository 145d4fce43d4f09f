"""OpenDocument and RTF texts to blocks."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from extract.errors import ParseError
from extract.parse.blocks import Block
from extract.parse.decode import clean
from extract.parse.formats import Stated
from extract.parse.lines import heading_level, looks_like_heading
from extract.parse.plain import plain_blocks
from extract.parse.settle import settle
from extract.parse.tables import standing_alone, with_heads

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ASIDE = ("note", "annotation", "tracked-changes")
_MOST_SPACES = 100  # that one mark may stand for


def odt_blocks(data: bytes, name: str) -> tuple[list[Block], Stated]:
    """Read an OpenDocument text through odfdo. It has no fixed pages, so none are given."""
    from lxml.etree import LxmlError  # type: ignore[import-untyped]
    from odfdo import Document

    try:
        document = Document(io.BytesIO(data))
        title, language = document.meta.title, document.meta.language
        blocks = list(_within(document.body._xml_element, 1))
    except (LxmlError, zipfile.BadZipFile, LookupError, ValueError, TypeError, AttributeError) as error:
        raise ParseError(name, "damaged", "its own parts are broken.", "Save the document again.") from error
    return settle(blocks), Stated(title=title or None, language=(language or "")[:2].lower() or None)


def rtf_blocks(data: bytes, name: str) -> tuple[list[Block], Stated]:
    """Read an RTF text through striprtf, as the plain text that it holds. Pictures and objects are left out."""
    from striprtf.striprtf import rtf_to_text

    if data.count(b"{") > data.count(b"}") + 1:
        raise ParseError(name, "damaged", "it is cut short.", "Copy or download the file again.")
    try:
        text = rtf_to_text(data.decode("latin-1"), encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError) as error:
        raise ParseError(name, "damaged", "its RTF is broken.", "Save the document again.") from error
    # each line is a paragraph: RTF has no other line ends
    lines = (line.replace("|", "\t") if line.count("|") > 1 else line for line in clean(text).split("\n"))
    return [with_heads(block) for block in plain_blocks("\n\n".join(_rows(list(lines))))], Stated()


def _rows(lines: list[str]) -> Iterator[str]:
    table: list[list[str]] = []
    for line in [*lines, ""]:
        if "\t" in line.strip():
            table.append([cell.strip() for cell in line.strip("\t").split("\t")])
            continue
        if table:
            yield "\n".join(f"| {' | '.join(row)} |" for row in table)
            table = []
        if line.strip():
            yield line.strip()


def _within(element: Any, depth: int) -> Iterator[Block]:
    for child in element:
        kind = child.tag if isinstance(child.tag, str) else ""
        if kind == f"{_TEXT}h":
            if words := _words(child):
                yield Block("title", words, int(child.get(f"{_TEXT}outline-level") or 1))
        elif kind == f"{_TEXT}p":
            yield from _paragraph(_words(child))
            yield from _notes(child)
        elif kind == f"{_TEXT}list":
            yield from _items(child, depth)
        elif kind == f"{_TABLE}table":
            rows = [
                [_words(cell) for cell in row.iter(f"{_TABLE}table-cell")] for row in child.iter(f"{_TABLE}table-row")
            ]
            text = "\n".join("\t".join(row) for row in standing_alone(rows) if any(row))
            if text.strip():
                yield Block("table", text)
        elif not kind.endswith(_ASIDE):
            yield from _within(child, depth)


def _paragraph(words: str) -> Iterator[Block]:
    if not words:
        return
    if looks_like_heading(words) and heading_level(words) < 3:
        yield Block("title", words, heading_level(words), guessed=True)
    else:
        yield Block("text", words)


def _items(element: Any, depth: int) -> Iterator[Block]:
    for item in element:
        for child in item:
            if child.tag == f"{_TEXT}list":
                yield from _items(child, depth + 1)
            elif words := _words(child):
                yield Block("list_item", words, depth, marker="-")


def _notes(element: Any) -> Iterator[Block]:
    for note in element.iter(f"{_TEXT}note-body"):
        if words := _words(note):
            yield Block("footnote", words)


def _words(element: Any) -> str:
    return re.sub(r"[ \t\n]+", " ", clean("".join(_pieces(element)))).strip()


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        kind = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if kind == "s":
            yield " " * min(_MOST_SPACES, int(child.get(f"{_TEXT}c") or 1))
        elif kind in ("tab", "line-break"):
            yield " "
        elif kind not in _ASIDE:
            yield from _pieces(child)
            yield " " if kind == "p" else ""
        yield child.tail or ""
