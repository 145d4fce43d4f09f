"""What lies in an inbox, and which of it is new since the last run."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from schemas.errors import PledgebookError
from warehouse import FileState

PARTIAL = (".part", ".partial", ".crdownload", ".download", ".tmp", ".swp")
"""Endings that programs give to a file that is still being written."""


class InboxError(PledgebookError):
    """An inbox that can't be read; ``path`` is the folder."""

    def __init__(self, message: str, *, path: Path, remedy: str) -> None:
        super().__init__(message, remedy=remedy)
        self.path = path


@dataclass(frozen=True, slots=True)
class News:
    """What a look at the inbox found.

    ``new`` are files to read, ``touched`` those that only moved or were copied again, with their state, ``stale`` the
    number of documents that an earlier engine read; ``gone`` are paths that were read before and where nothing lies any
    more, ``moved`` those of them whose content lies elsewhere.
    """

    seen: int
    new: tuple[Path, ...]
    touched: Mapping[str, FileState]
    stale: int = 0
    gone: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()


def list_inbox(inbox: Path) -> list[Path]:
    """Give the documents in a folder and the folders below, in the order of their names.

    Left out are hidden files and folders, files still being written, links that lead out of the folder, and what is no
    file at all (a device, a socket). Raises InboxError when there is no such folder, or it may not be read.
    """
    try:
        os.scandir(inbox).close()
    except OSError as error:
        problems = {FileNotFoundError: "does not exist", NotADirectoryError: "is a file, not a folder"}
        problem = problems.get(type(error), f"can't be read: {(error.strerror or str(error)).lower()}")
        raise InboxError(
            f"The folder {inbox} {problem}", path=inbox, remedy="Name the folder that holds your documents"
        ) from error
    return documents_in(inbox, inbox=inbox)


def documents_in(place: Path, *, inbox: Path) -> list[Path]:
    """Give the documents at a place in the inbox: those below a folder, or the file that lies there, if it is one."""
    within = inbox.resolve()
    paths = [place] if place.is_file() else place.rglob("*")
    return sorted(
        path
        for path in paths
        if not _left_out(path.relative_to(inbox)) and path.is_file() and not _leads_out(path, within)
    )


def unread(inbox: Path, states: Mapping[str, FileState]) -> list[Path]:
    """Give the documents in the inbox that don't look as they did when they were last read. Costs a stat each."""
    found = ((path, states.get(key(path))) for path in list_inbox(inbox))
    return [path for path, before in found if before is None or not _unchanged(path, before)]


def news(
    paths: Iterable[Path],
    *,
    states: Mapping[str, FileState],
    known: Mapping[str, str],
    again: frozenset[str] = frozenset(),
) -> News:
    """Sort out what must be read.

    ``states`` is how each path looked when it was last read, ``known`` the documents in the warehouse with the engine
    that read them, ``again`` the ids of those to be read again. A file that looks as it did then costs a stat; any
    other is hashed.
    """
    new: dict[str, Path] = {}
    touched: dict[str, FileState] = {}
    seen = 0
    for path in paths:
        seen += 1
        before = states.get(key(path))
        if before is not None and _unchanged(path, before):
            if document_id(before.sha256) in again:
                new[before.sha256] = path
            continue
        try:
            state = _state(path)
        except OSError:
            new[key(path)] = path  # reading it will say what is wrong
            continue
        told = document_id(state.sha256)
        if told not in again and (told in known or (before and before.sha256 == state.sha256)):
            touched[key(path)] = state
        else:
            new.setdefault(state.sha256, path)  # the same bytes twice are one document
    stale = sum(engine != fingerprint() for told, engine in known.items() if told not in again)
    return News(seen, tuple(new.values()), touched, stale)


def key(path: Path) -> str:
    """Name a file as the warehouse remembers it."""
    return path.absolute().as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def document_id(sha256: str) -> str:
    """Give the id of the document with this content, as ``extract.parse`` makes it."""
    return sha256[:16]


def state_of(path: Path, data: bytes) -> FileState:
    """Give the state of a file whose content has just been read."""
    status = path.stat()
    return FileState(size=len(data), mtime_ns=status.st_mtime_ns, sha256=hashlib.sha256(data).hexdigest())


@cache
def fingerprint() -> str:
    """Hash the code, schemas, lexicon and weights that read documents: which engine a document was read with."""
    digest = hashlib.sha256()
    for package in ("extract", "schemas"):
        for name, content in sorted(_contents(files(package), package)):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]


def _contents(folder: Traversable, name: str) -> Iterable[tuple[str, bytes]]:
    for item in folder.iterdir():
        path = f"{name}/{item.name}"
        if item.is_dir():
            yield from _contents(item, path)
        elif not item.name.endswith(".pyc"):
            yield path, item.read_bytes()


def _left_out(path: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.parts)
    return hidden or path.name.endswith("~") or path.suffix.lower() in PARTIAL


def _leads_out(path: Path, folder: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(folder)


def _state(path: Path) -> FileState:
    """Give a file's state without holding its content, which may be larger than memory."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    status = path.stat()
    return FileState(size=status.st_size, mtime_ns=status.st_mtime_ns, sha256=sha256)


def _unchanged(path: Path, before: FileState) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (before.size, before.mtime_ns)
