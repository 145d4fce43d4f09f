"""Files to documents: one frozen text, its elements and sentences, and what the document says of itself.

    bytes ──► kind of file ──► blocks ──► frozen text + elements ──► sentences + language ──► title, kind, date …

Each format has a module that gives blocks; the heavy libraries behind HTML, DOCX and PDF are imported there, on use.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import schemas
from extract.document import Document, Element, Sentence
from extract.errors import ParseError
from extract.language import languages, main_language
from extract.parse.about import about
from extract.parse.ahead import look_ahead
from extract.parse.blocks import freeze
from extract.parse.decode import MOST_CHARACTERS
from extract.parse.formats import HOLDING, Stated, file_format, read_blocks
from extract.parse.members import Member, members
from extract.parse.places import find_places
from extract.parse.recognise import can_recognise, needs_recognition
from extract.sentences import sentence_spans

__all__ = ["Leaf", "leaves", "parse", "parse_all", "read_leaf"]

_DEEPEST = 3  # a letter in an archive in a letter
_ID_LENGTH = 16  # hex digits of the content's hash: enough for billions of documents


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file that is read by itself, in the inbox or inside another.

    ``covers`` marks a letter with attachments; ``pages`` and ``pictures`` are those of a PDF or a scan, 0 and none in
    other formats.
    """

    name: str
    uri: str
    kind: str
    data: bytes = field(repr=False)
    covers: bool = False
    pages: int = 0
    pictures: tuple[int, ...] = ()


def parse(path: Path, *, data: bytes | None = None) -> Document:
    """Read a file into a document; ``data`` is its content where the caller has read it already.

    Raises ``ParseError`` with a reason code and a remedy for a file that can't be read.
    """
    content = _read(path) if data is None else data
    return _document(content, name=printable(path.name), uri=printable(path.as_posix()))


def parse_all(path: Path, *, data: bytes | None = None) -> Iterator[Document | ParseError]:
    """Read a file and the files inside it: the attachments of a letter, the documents of a zip archive.

    What can't be read is given as its error, so that the documents beside it are read all the same.
    """
    for leaf in leaves(path, data=data):
        piece = leaf if isinstance(leaf, ParseError) else read_leaf(leaf)
        if piece is not None:
            yield piece


def leaves(path: Path, *, data: bytes | None = None) -> Iterator[Leaf | ParseError]:
    """Give what ``parse_all`` reads one after the other, unread: a file alone, or each of the files inside it."""
    name, uri = printable(path.name), printable(path.as_posix())
    try:
        content = _read(path) if data is None else data
    except ParseError as error:
        yield error
        return
    yield from _leaves(content, name=name, uri=uri, depth=0)


def read_leaf(leaf: Leaf) -> Document | ParseError | None:
    """Read one file by itself; what can't be read is given as its error, and None for a mere cover letter."""
    try:
        return _document(leaf.data, name=leaf.name, uri=leaf.uri, kind=leaf.kind)
    except RecursionError:
        return ParseError(leaf.name, "too_deep", "it is nested too deep.", "Save it as PDF or text.")
    except ParseError as error:
        return None if leaf.covers and error.reason_code == "no_text" else error


def printable(words: str) -> str:
    """Give a file's name as characters that can be stored: bytes that are no UTF-8 show as U+FFFD."""
    return words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _leaves(data: bytes, *, name: str, uri: str, depth: int) -> Iterator[Leaf | ParseError]:
    inside: list[Member | ParseError] = []
    try:
        kind = _kind(data, name)
        if kind in HOLDING:
            inside = list(members(data, name=name, kind=kind))
        if kind != "zip":
            ahead = look_ahead(data, kind=kind)
            yield Leaf(name, uri, kind, data, bool(inside), ahead.pages, ahead.pictures)
            if 0 < len(ahead.pictures) < ahead.pages and not can_recognise():
                yield needs_recognition(name, ahead.pictures)
        elif not inside:
            yield ParseError(name, "no_text", "the archive holds no file.", "Check that it is the right file.")
    except RecursionError:
        yield ParseError(name, "too_deep", "it is nested too deep.", "Save it as PDF or text.")
    except ParseError as error:
        yield error
    for member in inside:
        if isinstance(member, ParseError):
            yield member
        elif depth >= _DEEPEST:
            yield ParseError(f"{name}/{member[0]}", "too_deep", "it lies too deep.", "Unpack it and add it by itself.")
        else:
            inner, content = printable(member[0]), member[1]
            yield from _leaves(content, name=f"{name}/{inner}", uri=f"{uri}!/{inner}", depth=depth + 1)


def _kind(data: bytes, name: str) -> str:
    if not data.strip():
        raise ParseError(name, "empty_file", "the file is empty.", "Save the document again, or remove it.")
    return file_format(data, name=name)


def _document(data: bytes, *, name: str, uri: str, kind: str | None = None) -> Document:
    blocks, stated = read_blocks(data, name=name, kind=kind or _kind(data, name))
    text, elements = freeze(blocks)
    if not text:
        raise ParseError(name, "no_text", "it holds no text.", "Check that it is the right file.")
    if len(text) > MOST_CHARACTERS:
        raise ParseError(
            name, "too_large", f"its text has {len(text):,} characters.", "Split it, or leave out what is no document."
        )
    sentences, language = _sentences(text, elements, stated)
    sha256 = hashlib.sha256(data).hexdigest()
    said = about(text, elements, language=language, stated=stated)
    record = schemas.Document(
        document_id=sha256[:_ID_LENGTH],
        name=name,
        uri=uri,
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
    places = find_places(text, elements, stated.sheets) if stated.sheets else None
    return Document(record=record, elements=elements, sentences=sentences, places=places)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ParseError(
            printable(path.name),
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
