"""Which kind of file this is, by its content rather than by its name, and who reads it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from extract.errors import ParseError
from extract.parse.blocks import Block
from extract.parse.decode import clean, decode


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file's metadata says of its document; None where it is silent."""

    title: str | None = None
    published_on: str | None = None
    publisher: str | None = None
    language: str | None = None
    kind: str | None = None


Reader = Callable[[bytes, str], tuple[list[Block], Stated]]
TEXT_ENDINGS = ("", ".txt", ".text", ".asc", ".log")
_HTML_HEAD = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_blocks(data: bytes, *, name: str) -> tuple[list[Block], Stated]:
    """Cut a file into blocks with the reader of its format.

    Raises ``ParseError``: ``unsupported_format``, ``wrong_kind``, ``encrypted``, ``damaged`` and what readers raise.
    """
    return _READERS[file_format(data, name=name)](data, name)


def file_format(data: bytes, *, name: str) -> str:
    """Tell the format ("pdf", "docx", "html", "md", "txt"). Content counts; a name only settles what content can't."""
    ending = PurePath(name).suffix.lower()
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, name)
    if data.startswith(_OLE):
        raise _old_office(data, name)
    if ending in (".pdf", ".docx"):
        raise ParseError(
            name,
            "wrong_kind",
            f"it is named {ending} but its content is something else.",
            "Check the file, or rename it.",
        )
    if ending in (".html", ".htm", ".xhtml"):
        return "html"
    if ending in (".md", ".markdown"):
        return "md"
    if ending in TEXT_ENDINGS:
        return "html" if _HTML_HEAD.match(data[:2048].removeprefix(b"\xef\xbb\xbf").decode("latin-1")) else "txt"
    raise ParseError(
        name,
        "unsupported_format",
        f"{ending} files can't be read yet.",
        "Save it as PDF, DOCX, HTML, Markdown or text.",
    )


def _zipped(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        raise ParseError(
            name, "damaged", "its archive is broken or cut short.", "Copy or download the file again."
        ) from error
    if "word/document.xml" in names:
        return "docx"
    raise ParseError(
        name,
        "unsupported_format",
        "it is an archive, but no Word document.",
        "Save its documents as PDF, DOCX or text.",
    )


def _old_office(data: bytes, name: str) -> ParseError:
    if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e" in data:
        return ParseError(name, "encrypted", "it is protected by a password.", "Save a copy without the password.")
    return ParseError(
        name, "unsupported_format", "it is an Office file of the old binary kind.", "Save it as DOCX or PDF."
    )


def _read_text(data: bytes, name: str) -> tuple[list[Block], Stated]:
    from extract.parse.plain import plain_blocks

    return plain_blocks(clean(decode(data, name=name))), Stated()


def _read_markdown(data: bytes, name: str) -> tuple[list[Block], Stated]:
    return _read_text(data, name)


def _read_html(data: bytes, name: str) -> tuple[list[Block], Stated]:
    from extract.parse.partition import html_blocks

    return html_blocks(data, name)


def _read_docx(data: bytes, name: str) -> tuple[list[Block], Stated]:
    from extract.parse.partition import docx_blocks

    return docx_blocks(data, name)


def _read_pdf(data: bytes, name: str) -> tuple[list[Block], Stated]:
    from extract.parse.pdf import pdf_blocks

    return pdf_blocks(data, name)


_READERS: dict[str, Reader] = {
    "txt": _read_text,
    "md": _read_markdown,
    "html": _read_html,
    "docx": _read_docx,
    "pdf": _read_pdf,
}
