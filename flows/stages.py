"""The stages of a run as plain functions, in the order in which a document passes them.

    list_inbox ──► read_batch (parse, extract) ──► validate ──► load ──► publish

``run`` calls them directly; ``flows.deployed`` wraps the same calls in Prefect tasks. One place here, ``_guarded``,
catches whatever may go wrong with one document, so that the others are loaded.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import warehouse
from flows import sources
from flows.account import Account, after, kept
from flows.gone import lying_elsewhere, missing
from flows.hold import hold
from flows.inbox import InboxError, News, document_id, fingerprint, key, list_inbox, news
from flows.logs import log, run_id
from flows.progress import advance
from flows.reading import FileRead, Reading, readers
from flows.summary import DocumentLine, RunSummary
from flows.workers import WorkerError, printable
from schemas import Document as DocumentRecord
from schemas import PledgebookError, Quarantined, Record, Run, Source
from schemas.quarantined import Stage

if TYPE_CHECKING:
    from extract.errors import ParseError

said = logging.getLogger(__name__)

T = TypeVar("T")
U = TypeVar("U")

BATCH = 200
"""Documents a batch: one transaction, one Prefect task. The suites cost tenths of a second, however small it is."""


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


IngestBatch = Callable[[Sequence[Path], Path, Run], Outcome]
Publish = Callable[[Path, Path], None]


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
    with _timed(batch.seconds, "validate"):
        found = [record for reading in readings for record in reading.records]
        (accepted, records), refused = warehouse.validate([reading.document for reading in readings], found)
        batch.refused += refused
    with _timed(batch.seconds, "load"), warehouse.open(working) as connection:
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


def resolve(working: Path, db: Path) -> None:
    """Find which records of all documents speak of the same thing, heeding what people judged, and write it."""
    from flows.judgements import beside, read
    from flows.resolving import resolve as settle

    settle(working, read(beside(db)))


def publish(working: Path, db: Path) -> None:
    """Put what was loaded before the analysts, in one step."""
    warehouse.publish(working, db)


def run(
    inbox: Path,
    db: Path,
    *,
    paths: Sequence[Path] | None = None,
    reprocess: bool = False,
    again: frozenset[str] = frozenset(),
    prune: bool = False,
    wait: float = warehouse.WAIT,
    expectations: Path | None = None,
    ingest: IngestBatch = ingest_batch,
    publish: Publish = publish,
) -> RunSummary:
    """Load what is new in the inbox (or of ``paths``) and publish it. ``reprocess``: what an earlier engine read, too.

    ``prune`` takes out documents whose files are gone from the inbox; ``wait`` is how many seconds another run may
    still go on; ``again`` are the ids of documents to be read once more whatever the engine; ``expectations`` is the
    file of what is expected of each source, unless it is sources.yaml beside the published one.

    Raises InboxError, SourcesError, WarehouseError, or what keeps it from publishing: SuiteFailed when a whole table is
    not to be trusted, SourceRefused when a source falls below what is expected of it.
    """
    if not inbox.is_dir() and not warehouse.working_file(db).is_file():
        list_inbox(inbox)  # says what is wrong with it, before a file is made for the account
    expected = sources.read(expectations or sources.beside(db))
    asked = _Asked(inbox, db, expected, paths, reprocess, again, prune, ingest, publish)
    with hold(db, wait=wait) as standing:
        try:
            return _pass(asked, standing)
        except warehouse.Damaged as error:
            if error.path != standing.working:
                raise
            standing = warehouse.start_again(db, error)
        return _pass(asked, standing)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What ``run`` was asked to do, and how."""

    inbox: Path
    db: Path
    expected: Sequence[Source]
    paths: Sequence[Path] | None
    reprocess: bool
    again: frozenset[str]
    prune: bool
    ingest: IngestBatch
    publish: Publish


def _pass(asked: _Asked, standing: warehouse.Standing) -> RunSummary:
    """Do one pass over the inbox, also what a run before was killed over."""
    working, inbox, db = standing.working, asked.inbox, asked.db
    account = Account(inbox, db, started=after(standing.last_run, datetime.now(UTC)))
    run_id.set(account.run_id)
    with kept(account, working):
        with warehouse.kept_open(working) if working.is_file() else nullcontext():
            with _timed(account.seconds, "list"):
                found = _look(working, inbox, asked.paths, reprocess=asked.reprocess, again=asked.again)
            account.seen, account.stale = found.seen, found.stale
            left = _remember(working, inbox, found, prune=asked.prune)
            if found.new:
                log.info("%d of %d files are new", len(found.new), found.seen, extra={"stage": "list"})
                advance(0, total=len(found.new))
                warehouse.warm_up()  # while the workers read
                with readers().expecting(found.new):
                    for batch in _batches(found.new):
                        outcome = asked.ingest(batch, working, account.row())
                        account.add(outcome.lines, outcome.seconds)
            due = bool(found.new or left or standing.unpublished)
            if due:
                with _timed(account.seconds, "resolve"):
                    resolve(working, db)
            due = due or not db.is_file()
            whole = asked.paths is None
            account.shortfalls += sources.shortfalls(asked.expected, working, inbox, whole=whole, look=due)
            sources.refuse(account.shortfalls)
            with warehouse.open(working) as connection:
                warehouse.account(connection, account.row("completed"), counts=due)
                account.waiting = warehouse.waiting(connection)
        if due:
            with _timed(account.seconds, "publish"):
                asked.publish(working, db)
    return account.closed(working)


def _remember(working: Path, inbox: Path, found: News, *, prune: bool) -> int:
    """Write down what only moved; with ``prune``, let go what is no longer in the inbox. Give how many documents went.

    Raises InboxError when all that was ever read is gone: then a share is not mounted rather than emptied.
    """
    gone = found.gone if prune else ()
    if gone and not found.seen:
        raise InboxError(
            f"The folder {inbox} is empty, and {len(gone)} files were read from it before: none was pruned",
            path=inbox,
            remedy="See that the right folder is there (mounted?); to take out single documents, `pledgebook forget`",
        )
    if not (found.touched or found.moved or gone):
        return 0
    with warehouse.open(working) as connection:
        left = warehouse.remember(connection, found.touched, moved=found.moved, gone=gone)
    if left:
        log.info("%d documents went with their files", left)
    return left


def look(
    inbox: Path,
    db: Path,
    paths: Sequence[Path] | None = None,
    *,
    reprocess: bool = False,
    again: frozenset[str] = frozenset(),
    wait: float = warehouse.WAIT,
) -> tuple[Path, News]:
    """Look what is new, and where the pipeline's own file is. Costs a stat a known file, and no heavy import.

    What an earlier engine refused is tried again; what it loaded too with ``reprocess``, and the ids of ``again``.
    """
    with hold(db, wait=wait) as standing:
        return standing.working, _look(standing.working, inbox, paths, reprocess=reprocess, again=again)


def _look(working: Path, inbox: Path, paths: Sequence[Path] | None, *, reprocess: bool, again: frozenset[str]) -> News:
    listed = list_inbox(inbox) if paths is None else paths
    if not working.is_file():
        return news(listed, states={}, known={})
    before = warehouse.remembered(working)
    states, known = before.files, before.documents
    again |= {identity for identity, engine in before.refused if identity not in known and engine != fingerprint()}
    if reprocess:
        again |= {identity for identity, engine in known.items() if engine != fingerprint()}
    if again:  # a document inside a file is read again with the file
        inside = warehouse.known_held(working, again)
        again |= {document_id(states[path].sha256) for path in inside if path in states}
    found = news(listed, states=states, known=known, again=again)
    if paths is not None:
        return found
    gone = missing(inbox, listed, states)
    return replace(found, gone=gone, moved=lying_elsewhere(gone, states, found.touched))


def prepare(db: Path) -> Path:
    """Make the folder of the pipeline's own file and give its path; it starts from the published file, if there is one.

    Raises WarehouseError when the published file is none of ours or the folder can't be written to.
    """
    with hold(db) as standing:
        return standing.working


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


def _lines(documents: Sequence[DocumentRecord], records: Iterable[Record], batch: Batch) -> Iterator[DocumentLine]:
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


def _batches(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    for start in range(0, len(paths), BATCH):
        yield paths[start : start + BATCH]


@contextmanager
def _timed(seconds: Counter[str], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        took = time.perf_counter() - start
        log.debug("done", extra={"stage": stage, "seconds": took})
        seconds[stage] += took  # type: ignore[assignment]  # a Counter adds floats as well
