"""Which kind of file this is, by its content rather than by its name, and who reads it."""

from __future__ import annotations

import importlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

from extract.errors import ParseError
from extract.parse.blocks import Block
from extract.parse.decode import clean, decode
from extract.parse.pdf_lines import Sheet


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file's metadata says of its document; None where it is silent."""

    title: str | None = None
    published_on: str | None = None
    publisher: str | None = None
    language: str | None = None
    kind: str | None = None
    sheets: tuple[Sheet, ...] = field(default=(), repr=False)
    """Its pages as they are printed, where it has any: they tell where the words of the text stand."""


Reader = Callable[[bytes, str], tuple[list[Block], Stated]]
TEXT_ENDINGS = ("", ".txt", ".text", ".asc", ".log")
HOLDING = ("zip", "eml", "msg")
"""Formats that may hold documents of their own (``extract.parse.members``)."""
_ENDINGS = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "md", ".markdown": "md", ".csv": "csv", ".tsv": "csv",
    ".eml": "eml",
}  # fmt: skip
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_BINARY = (".pdf", ".docx", ".docm", ".pptx", ".pptm", ".xlsx", ".xlsm", ".odt", ".doc", ".msg", ".zip", ".rtf")
_HTML_HEAD = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_MAIL_HEAD = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*(?:mime-version|message-id|received):", re.I
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx", "xl/workbook.xml": "xlsx"}
_MAIN_PART = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


def read_blocks(data: bytes, *, name: str, kind: str) -> tuple[list[Block], Stated]:
    """Cut a file into blocks with the reader of its format.

    Raises ``ParseError``: ``encrypted``, ``damaged`` and what readers raise.
    """
    if kind == "zip":
        raise ParseError(name, "unsupported_format", "it holds files of its own.", "Unpack it, or add it to the inbox.")
    return _READERS[kind](data, name)


def file_format(data: bytes, *, name: str) -> str:
    """Tell the format ("pdf", "docx", "html", "txt" …). Content counts; a name only settles what content can't.

    Raises ``ParseError``: ``unsupported_format``, ``wrong_kind``, and for archives ``encrypted``, ``damaged``,
    ``unsafe_archive``.
    """
    ending = PurePath(name).suffix.lower()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, name)
    if data.startswith(_OLE):
        return _old_office(data, name)
    # readers take up to 1 KB of anything before a PDF's own mark; we do where the name says that it is one
    if data[:1024].lstrip().startswith(b"%PDF-") or (ending == ".pdf" and b"%PDF-" in data[:1024]):
        return "pdf"
    if data[:64].lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_PICTURES):
        return "image"
    if ending in _BINARY:
        raise ParseError(
            name,
            "wrong_kind",
            f"it is named {ending} but its content is something else.",
            "Check the file, or rename it.",
        )
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if ending in TEXT_ENDINGS:
        return _texts(data)
    raise ParseError(
        name,
        "unsupported_format",
        f"{ending} files can't be read.",
        "Save it as PDF, DOCX, HTML, Markdown or text.",
    )


def _texts(data: bytes) -> str:
    if _HTML_HEAD.match(data[:2048].removeprefix(b"\xef\xbb\xbf").decode("latin-1")):
        return "html"
    return "eml" if _MAIL_HEAD.match(data[:4096]) else "txt"


def _zipped(data: bytes, name: str) -> str:
    from extract.parse.members import checked

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            checked(archive, name=name)
            names = set(archive.namelist())
            kind = next((kind for part, kind in _PARTS.items() if part in names), None) or _open_document(
                archive, names
            )
            if kind is None:
                return "zip"
            if kind == "odt" and "META-INF/manifest.xml" in names:
                _unlocked(archive.read("META-INF/manifest.xml"), name)
            broken = archive.testzip() or next(filter(None, (_has_entities(archive, part) for part in names)), None)
    except RuntimeError as error:
        raise ParseError(name, "encrypted", "it is protected by a password.", "Save a copy without it.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise ParseError(
            name, "damaged", "its archive is broken or cut short.", "Copy or download the file again."
        ) from error
    if broken:
        raise ParseError(name, "damaged", f"its part {broken} is broken.", "Copy or download the file again.")
    return kind


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    if "mimetype" not in names or "content.xml" not in names:
        return None
    with archive.open("mimetype") as part:
        return "odt" if b"opendocument.text" in part.read(200) else None


def _unlocked(manifest: bytes, name: str) -> None:
    if b"encryption-data" in manifest:
        raise ParseError(name, "encrypted", "it is protected by a password.", "Save a copy without the password.")


def _has_entities(archive: zipfile.ZipFile, part: str) -> str | None:
    """Give the name of a part that declares entities: no office program writes any, bombs are made of them."""
    if not part.endswith((".xml", ".rels")):
        return None
    with archive.open(part) as content:
        return part if _MAIN_PART.search(content.read(4096)) else None


def _old_office(data: bytes, name: str) -> str:
    """Tell what lies in one of the compound files that Office wrote before 2007."""
    import olefile  # type: ignore[import-untyped]

    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ParseError(name, "encrypted", "it is protected by a password.", "Save a copy without the password.")
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            if file.exists("__properties_version1.0"):
                return "msg"
            if file.exists("WordDocument"):
                flags = file.openstream("WordDocument").read(12)[10:12]
                if int.from_bytes(flags, "little") & 0x0100:  # fEncrypted, [MS-DOC] 2.5.2
                    raise ParseError(
                        name, "encrypted", "it is protected by a password.", "Save a copy without the password."
                    )
                return "doc"
    except (OSError, IndexError, ValueError, TypeError, struct.error, RecursionError) as error:
        raise ParseError(name, "damaged", "it is broken or cut short.", "Copy or download the file again.") from error
    raise ParseError(
        name, "unsupported_format", "it is an Office file of the old binary kind.", "Save it as DOCX, XLSX or PDF."
    )


def _read_text(data: bytes, name: str) -> tuple[list[Block], Stated]:
    from extract.parse.plain import plain_blocks
    from extract.parse.tables import with_heads

    return [with_heads(block) for block in plain_blocks(clean(decode(data, name=name)))], Stated()


def _read_markdown(data: bytes, name: str) -> tuple[list[Block], Stated]:
    return _read_text(data, name)


def _lazy(module: str, function: str) -> Reader:
    """Import a reader when it is called: most runs meet one or two formats."""

    def read(data: bytes, name: str) -> tuple[list[Block], Stated]:
        reader: Reader = getattr(importlib.import_module(f"extract.parse.{module}"), function)
        return reader(data, name)

    return read


_READERS: dict[str, Reader] = {
    "txt": _read_text,
    "md": _read_markdown,
    "html": _lazy("partition", "html_blocks"),
    "docx": _lazy("partition", "docx_blocks"),
    "pptx": _lazy("partition", "pptx_blocks"),
    "pdf": _lazy("pdf", "pdf_blocks"),
    "image": _lazy("scan", "scan_blocks"),
    "xlsx": _lazy("grid", "xlsx_blocks"),
    "csv": _lazy("grid", "csv_blocks"),
    "odt": _lazy("rich", "odt_blocks"),
    "rtf": _lazy("rich", "rtf_blocks"),
    "doc": _lazy("word97", "doc_blocks"),
    "eml": _lazy("mail", "eml_blocks"),
    "msg": _lazy("mail", "msg_blocks"),
}
