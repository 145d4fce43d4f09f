"""What lies inside a file: the attachments of a letter, the documents of a zip archive. Nothing is written to disk."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from extract.errors import ParseError
from extract.parse.mail import read_eml, read_msg

MOST_MEMBERS = 1_000
"""Files in one archive; more are an error rather than an inbox."""
MOST_BYTES = 500_000_000
"""Bytes that an archive may hold when unpacked."""
MOST_TIMES = 200
"""How many times its own size an archive may unpack to, from ``_SMALL`` bytes on: text shrinks to a tenth."""

_SMALL = 20_000_000
_SKIPPED = ("__MACOSX", "Thumbs.db", "desktop.ini")

Member = tuple[str, bytes]


def members(data: bytes, *, name: str, kind: str) -> Iterator[Member | ParseError]:
    """Give the name and content of each file inside; one that can't be had is given as its error.

    Raises ``ParseError`` when the whole is broken, locked or made to swamp who opens it.
    """
    if kind == "zip":
        yield from _zipped(data, name)
    elif kind in ("eml", "msg"):
        letter = read_eml(data, name=name) if kind == "eml" else read_msg(data, name=name)
        yield from letter.attached


def checked(archive: zipfile.ZipFile, *, name: str) -> None:
    """Look at what an archive says it holds before any of it is unpacked.

    Reading a member stops at the size that it states, so that a false statement is found out as damage.
    Raises ``ParseError``: ``unsafe_archive``.
    """
    infos = archive.infolist()
    size = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if len(infos) > 10 * MOST_MEMBERS or size > MOST_BYTES or (size > _SMALL and size > MOST_TIMES * max(1, packed)):
        raise ParseError(
            name,
            "unsafe_archive",
            f"it unpacks to {size / 1e6:,.0f} MB in {len(infos):,} parts.",
            "Check where it comes from; if it is good, unpack it and add its documents.",
        )


def _zipped(data: bytes, name: str) -> Iterator[Member | ParseError]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ParseError(name, "damaged", "the archive is broken.", "Copy or download the file again.") from error
    with archive:
        checked(archive, name=name)
        infos = [info for info in archive.infolist() if not info.is_dir() and not _is_litter(info.filename)]
        if len(infos) > MOST_MEMBERS:
            raise ParseError(
                name, "unsafe_archive", f"it holds {len(infos):,} files.", "Unpack it and add what counts."
            )
        for info in infos:
            yield _member(archive, info, name)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Member | ParseError:
    inner = f"{name}/{info.filename}"
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or stat.S_ISLNK(info.external_attr >> 16):
        return ParseError(
            inner, "unsafe_archive", "its name points outside the archive.", "Check where the archive comes from."
        )
    if info.flag_bits & 1:
        return ParseError(inner, "encrypted", "it is protected by a password.", "Save a copy without the password.")
    try:
        return path.as_posix(), archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        return ParseError(inner, "damaged", "it is broken in the archive.", "Copy or download the archive again.")


def _is_litter(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part in _SKIPPED or (part.startswith(".") and part != "..") for part in parts)
