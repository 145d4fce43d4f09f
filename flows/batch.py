"""One batch of documents: read, checked and loaded into the pipeline's own file, whole or not at all.

One place here, ``_guarded``, catches whatever may go wrong with one document, so that the others are loaded.
"""

from __future__ import annotations

import logging
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import warehouse
from flows.account import timed
from flows.inbox import document_id, fingerprint, key
from flows.logs import log
from flows.progress import advance
from flows.reading import FileRead, Reading, readers
from flows.summary import DocumentLine
from flows.workers import WorkerError, printable
from schemas import Document, PledgebookError, Quarantined, Record, Run, Stage

if TYPE_CHECKING:
    from extract.errors import ParseError

said = logging.getLogger(__name__)

T = TypeVar("T")
U = TypeVar("U")


@dataclass(slots=True)
class Batch:
    """Documents on their way. What is set aside moves to ``refused``; ``held`` are the ids of what each file holds."""

    paths: Sequence[Path]
    states: dict[str, warehouse.FileState] = field(default_factory=dict)
    held: dict[str, list[str]] = field(default_factory=dict)
    refused: list[Quarantined] = field(default_factory=list)
    seconds: Counter[str] = field(default_factory=Counter)
    took: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch, and the seconds that each stage took."""

    lines: tuple[DocumentLine, ...]
    seconds: Counter[str]


def read_ahead(paths: Sequence[Path]) -> AbstractContextManager[None]:
    """Have the workers read the files of the next batch while one is checked and loaded, within the block."""
    return readers().expecting(paths)


def read_batch(batch: Batch) -> list[Reading]:
    """Read files into records, in the worker processes; a file may hold several documents."""
    found: list[Reading] = []
    for path, reading in readers().read(batch.paths):
        advance(0, doing=path.name)
        for file in _guarded(batch, "parse", path, _result, reading):
            batch.states[key(path)] = file.state
            for piece in file.pieces:
                for read in _guarded(batch, "parse", path, _read, piece):
                    batch.held.setdefault(key(path), []).append(read.document.document_id)
                    found += _guarded(batch, "extract", Path(read.document.uri), _sound, read)
                    for stage, seconds in (("parse", read.parse_seconds), ("extract", read.extract_seconds)):
                        log.debug("done", extra={"stage": stage, "document": read.document.name, "seconds": seconds})
                        batch.seconds[stage] += seconds  # type: ignore[assignment]  # a Counter adds floats as well
                        batch.took[read.document.document_id] += seconds  # type: ignore[assignment]
        advance(1)
    # what is attached to a letter may lie beside it as well: the same bytes twice are one document
    return list({read.document.document_id: read for read in reversed(found)}.values())[::-1]


def _result(reading: Future[FileRead]) -> FileRead:
    return reading.result()


def _read(piece: Reading | ParseError | WorkerError) -> Reading:
    if isinstance(piece, Exception):
        raise piece
    return piece


def _sound(read: Reading) -> Reading:
    if read.failure:
        raise read.failure
    return read


def ingest_batch(paths: Sequence[Path], working: Path, run: Run) -> Outcome:
    """Take a batch through the stages up to the pipeline's own file: loaded whole, or, on an error, not at all."""
    batch = Batch(paths)
    readings = read_batch(batch)
    with timed(batch.seconds, "validate"):
        found = [record for reading in readings for record in reading.records]
        (accepted, records), refused = warehouse.validate([reading.document for reading in readings], found)
        batch.refused += refused
    with timed(batch.seconds, "load"), warehouse.open(working) as connection:
        warehouse.load(
            connection,
            accepted,
            records,
            [],
            batch.refused,
            run,
            fingerprint=fingerprint(),
            files=batch.states,
            held=_held(batch),
        )
    return Outcome(tuple(_lines(accepted, records, batch)), batch.seconds)


def _guarded(batch: Batch, stage: Stage, path: Path, work: Callable[[T], U], item: T) -> list[U]:
    """Do one document's work: a list of its result, or of nothing when it was set aside."""
    payload = {"path": printable(str(path)), "engine": fingerprint()}
    name = printable(path.name)
    try:
        return [work(item)]
    except PledgebookError as error:
        reason, message = getattr(error, "reason_code", "refused"), str(error)
        name = payload["file"] = getattr(error, "name", name)  # of the file inside, where the path is an archive's
    except FileNotFoundError:  # taken away between listing and reading: as if it had never been there
        said.warning("%s was taken away before it could be read", path)
        return []
    except OSError as error:  # its state was not remembered, so the next run tries again
        reason, message = "unreadable_file", f"{name}: {error.strerror}. Check that it exists and may be read"
    except Exception as error:  # noqa: BLE001  one bad document must not stop the others; the traceback is kept
        reason, message = "internal_error", f"{name}: {type(error).__name__}: {error}"
        payload["traceback"] = traceback.format_exc()
    state = batch.states.get(key(path))
    identity = document_id(state.sha256) if state else None
    batch.refused.append(
        Quarantined(document_id=identity, name=name, stage=stage, reason_code=reason, message=message, payload=payload)
    )
    return []


def _held(batch: Batch) -> dict[str, list[str]]:
    """Give the ids of what each file of the batch holds, whether it was loaded or refused."""
    held = {path: list(found) for path, found in batch.held.items()}
    for item in batch.refused:
        path = key(Path(str(item.payload.get("path", ""))))
        if item.document_id and path in batch.states:
            held.setdefault(path, []).append(item.document_id)
    return held


def _lines(documents: Sequence[Document], records: Iterable[Record], batch: Batch) -> Iterator[DocumentLine]:
    """Give a line a file, in the order of the batch's files."""
    of_document: dict[str, Counter[str]] = {document.document_id: Counter() for document in documents}
    for record in records:
        of_document[record.document_id][record.record_type] += 1
    refused = Counter(item.name for item in batch.refused)
    reasons = {item.name: item.reason_code for item in batch.refused}
    for path in batch.paths:
        name, uri = printable(path.name), printable(path.as_posix())
        loaded = [document for document in documents if document.uri == uri or document.uri.startswith(f"{uri}!/")]
        for document in loaded:
            counts = dict(of_document[document.document_id])
            yield DocumentLine(
                document.name,
                document.kind,
                document.language,
                document.words,
                counts,
                refused[document.name],
                seconds=round(batch.took[document.document_id], 3),
            )
        shown = {document.name for document in loaded}
        for other in dict.fromkeys(item.name for item in batch.refused):
            if other not in shown and (other == name or other.startswith(f"{name}/")):
                yield DocumentLine(other, refused=refused[other], reason=reasons.get(other))
