"""Files to documents: one frozen text, its elements and sentences, and what the document says of itself.

    bytes ──► kind of file ──► blocks ──► frozen text + elements ──► sentences + language ──► title, kind, date …

Each format has a module that gives blocks; the heavy libraries behind HTML, DOCX and PDF are imported there, on use.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import schemas
from extract.document import Document, Element, Sentence
from extract.errors import ParseError
from extract.language import languages, main_language
from extract.parse.about import about
from extract.parse.blocks import freeze
from extract.parse.formats import Stated, read_blocks
from extract.sentences import sentence_spans

__all__ = ["parse"]

_ID_LENGTH = 16  # hex digits of the content's hash: enough for billions of documents


def parse(path: Path, *, data: bytes | None = None) -> Document:
    """Read a file into a document; ``data`` is its content where the caller has read it already.

    Raises ``ParseError`` with a reason code and a remedy for a file that can't be read.
    """
    name = path.name
    if data is None:
        data = _read(path)
    if not data.strip():
        raise ParseError(name, "empty_file", "the file is empty.", "Save the document again, or remove it.")
    blocks, stated = read_blocks(data, name=name)
    text, elements = freeze(blocks)
    if not text:
        raise ParseError(name, "no_text", "it holds no text.", "Check that it is the right file.")
    sentences, language = _sentences(text, elements, stated)
    sha256 = hashlib.sha256(data).hexdigest()
    said = about(text, elements, language=language, stated=stated)
    record = schemas.Document(
        document_id=sha256[:_ID_LENGTH],
        name=name,
        uri=path.as_posix(),
        sha256=sha256,
        kind=said.kind,
        title=said.title,
        language=language,
        publisher=said.publisher,
        published_on=said.published_on,
        country=said.country,
        pages=max((element.page for element in elements if element.page), default=None),
        words=len(text.split()),
        text=text,
    )
    return Document(record=record, elements=elements, sentences=sentences)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ParseError(
            path.name,
            "unreadable_file",
            f"it can't be opened ({error.strerror}).",
            "Check that it exists and may be read.",
        ) from error


def _sentences(text: str, elements: tuple[Element, ...], stated: Stated) -> tuple[tuple[Sentence, ...], str]:
    spans = [
        (element.start + start, element.start + end, index)
        for index, element in enumerate(elements)
        for start, end in sentence_spans(text[element.start : element.end])
    ]
    words = [text[start:end] for start, end, _ in spans]
    found = languages(words, hint=stated.language)
    sentences = tuple(
        Sentence(start, end, language, index) for (start, end, index), language in zip(spans, found, strict=True)
    )
    return sentences, main_language(words, found)
