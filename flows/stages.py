"""The stages of a run as plain functions, in the order in which a document passes them.

    list_inbox ──► parse_batch ──► extract_batch ──► validate ──► load ──► publish

``run`` calls them directly; ``flows.deployed`` wraps the same calls in Prefect tasks. One place here, ``_guarded``,
catches whatever may go wrong with one document, so that the others are loaded.
"""

from __future__ import annotations

import os
import shutil
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import warehouse
from flows.inbox import InboxError, News, document_id, fingerprint, key, list_inbox, news, state_of
from flows.progress import advance
from flows.questions import statement
from flows.summary import DocumentLine, RunSummary
from flows.workers import content, parse_worker, printable
from schemas import Document as DocumentRecord
from schemas import PledgebookError, Quarantined, Record, Run
from schemas.quarantined import Stage

if TYPE_CHECKING:
    from extract.document import Document
    from extract.errors import ParseError
    from extract.pipeline import Extraction

T = TypeVar("T")
U = TypeVar("U")

BATCH = 200
"""Documents a batch: one transaction, one Prefect task. The suites cost seconds a batch, however small it is."""


@dataclass(slots=True)
class Batch:
    """Documents on their way. What is set aside moves from the way to ``refused``."""

    paths: Sequence[Path]
    states: dict[str, warehouse.FileState] = field(default_factory=dict)
    refused: list[Quarantined] = field(default_factory=list)
    seconds: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch, and the seconds that each stage took."""

    lines: tuple[DocumentLine, ...]
    seconds: Counter[str]


IngestBatch = Callable[[Sequence[Path], Path, Run], Outcome]
Publish = Callable[[Path, Path], None]


def parse_batch(batch: Batch) -> list[Document]:
    """Read files into documents, each in the worker process; a file may hold several."""
    worker = parse_worker()

    def read(path: Path) -> list[Document | ParseError]:
        advance(0, doing=path.name)
        data = content(path, worker.limits)
        batch.states[key(path)] = state_of(path, data)
        return worker.read(path, data)

    found: list[Document] = []
    with _timed(batch.seconds, "parse"):
        for path in batch.paths:
            for pieces in _guarded(batch, "parse", path, read, path):
                for piece in pieces:
                    found += _guarded(batch, "parse", path, _parsed, piece)
    # what is attached to a letter may lie beside it as well: the same bytes twice are one document
    return list({document.record.document_id: document for document in reversed(found)}.values())[::-1]


def _parsed(piece: Document | ParseError) -> Document:
    if isinstance(piece, Exception):
        raise piece
    return piece


def extract_batch(batch: Batch, documents: Sequence[Document]) -> list[Extraction]:
    """Read records out of documents."""
    from extract.pipeline import extract

    found: list[Extraction] = []
    with _timed(batch.seconds, "extract"):
        for document in documents:
            found += _guarded(batch, "extract", Path(document.record.uri), extract, document)
            advance(1)
    return found


def ingest_batch(paths: Sequence[Path], working: Path, run: Run) -> Outcome:
    """Take a batch through the stages up to the pipeline's own file: loaded whole, or, on an error, not at all."""
    batch = Batch(paths)
    documents = parse_batch(batch)
    advance(len(paths) - len(documents))
    extractions = extract_batch(batch, documents)
    read = [extraction.document.record for extraction in extractions]
    with _timed(batch.seconds, "validate"):
        found = [record for extraction in extractions for record in extraction.records]
        (accepted, records), refused = warehouse.validate(read, found)
        batch.refused += refused
    outdated = _outdated(working, batch, accepted)
    with _timed(batch.seconds, "load"), warehouse.open(working) as connection:
        for identity in outdated:
            warehouse.forget(connection, identity)
        warehouse.load(
            connection,
            accepted,
            records,
            [],
            batch.refused,
            run,
            fingerprint=fingerprint(),
            files=batch.states,
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
    ingest: IngestBatch = ingest_batch,
    publish: Publish = publish,
) -> RunSummary:
    """Load what is new in the inbox (or of ``paths``) and publish it. ``reprocess``: what an earlier engine read, too.

    Raises InboxError, WarehouseError, or SuiteFailed when a whole table is not to be trusted; then nothing is
    published.
    """
    started = datetime.now(UTC)
    clock: Counter[str] = Counter()
    with _timed(clock, "list"):
        working, found = look(inbox, db, paths, reprocess=reprocess)
    account = Run(run_id=_run_id(started), started_at=started, documents_seen=found.seen, version=version("pledgebook"))
    lines: list[DocumentLine] = []
    if found.new:
        advance(0, total=len(found.new))
        for batch in _batches(found.new):
            outcome = ingest(batch, working, account)
            lines += outcome.lines
            clock.update(outcome.seconds)
        with _timed(clock, "resolve"):
            resolve(working, db)
    summary = RunSummary(
        account.run_id, inbox, db, started, datetime.now(UTC), found.seen, tuple(lines), clock, found.stale
    )
    if found.new or found.touched:
        _account(working, account, summary, found)
    if found.new or not db.is_file():
        with _timed(clock, "publish"):
            publish(working, db)
    return replace(summary, ended_at=datetime.now(UTC), stages=dict(clock))


def look(inbox: Path, db: Path, paths: Sequence[Path] | None = None, *, reprocess: bool = False) -> tuple[Path, News]:
    """Look what is new, and where the pipeline's own file is. Costs a stat a known file, and no heavy import.

    What an earlier engine refused is tried again; what it loaded too with ``reprocess``.
    """
    listed = list_inbox(inbox) if paths is None else paths
    working = prepare(db)
    if not working.is_file():
        return working, news(listed, states={}, known={})
    states, known = warehouse.known_files(working), warehouse.known(working)
    _, refused = warehouse.query(working, statement("refused"))
    again = {identity for identity, engine in refused if identity not in known and engine != fingerprint()}
    if reprocess:
        again |= {identity for identity, engine in known.items() if engine != fingerprint()}
    return working, news(listed, states=states, known=known, again=frozenset(again))


def prepare(db: Path) -> Path:
    """Make the folder of the pipeline's own file and give its path; it starts from the published file, if there is one.

    Raises WarehouseError when the published file is none of ours or the folder can't be written to.
    """
    working = warehouse.working_file(db)
    try:
        working.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(working.parent, os.W_OK):
            raise PermissionError(13, "permission denied")
    except OSError as error:
        raise warehouse.WarehouseError(
            f"{db} can't be written: {(error.strerror or str(error)).lower()}",
            path=db,
            remedy="Name a file in a folder that you may write to, with --db",
        ) from error
    if db.is_file() and not working.is_file():
        with warehouse.open(db, read_only=True):
            shutil.copyfile(db, working)
    return working


def forget(db: Path, document: str) -> str:
    """Take all traces of a document (its id or file name) out of the file; say what was done.

    Raises InboxError when nothing of the name is there.
    """
    working = prepare(db)
    _, found = warehouse.query(working, statement("document_names"))
    ids = sorted({identity for identity, name in found if document in (identity, name)})
    if not ids:
        raise InboxError(
            f"{db} holds no document {document}",
            path=db,
            remedy='`pledgebook sql "select document_id, name from documents"` lists them',
        )
    with warehouse.open(working) as connection:
        for identity in ids:
            warehouse.forget(connection, identity)
    resolve(working, db)
    warehouse.publish(working, db)
    return f"Forgot {document} ({', '.join(ids)}). If its file is still in the inbox, the next run reads it again."


def _guarded(batch: Batch, stage: Stage, path: Path, work: Callable[[T], U], item: T) -> list[U]:
    """Do one document's work: a list of its result, or of nothing when it was set aside."""
    payload = {"path": printable(str(path)), "engine": fingerprint()}
    name = printable(path.name)
    try:
        return [work(item)]
    except PledgebookError as error:
        reason, message = getattr(error, "reason_code", "refused"), str(error)
        name = payload["file"] = getattr(error, "name", name)  # of the file inside, where the path is an archive's
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


def _outdated(working: Path, batch: Batch, accepted: Sequence[DocumentRecord]) -> list[str]:
    """Give the documents that files of the batch held before they changed, unless another file still holds them."""
    fresh = {document.sha256 for document in accepted}
    before = warehouse.known_files(working)
    holders = Counter(state.sha256 for state in before.values())
    changed = ((before[path].sha256, state.sha256) for path, state in batch.states.items() if path in before)
    return [document_id(old) for old, new in changed if old != new and new in fresh and holders[old] == 1]


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
                document.name, document.kind, document.language, document.words, counts, refused[document.name]
            )
        shown = {document.name for document in loaded}
        for other in dict.fromkeys(item.name for item in batch.refused):
            if other not in shown and (other == name or other.startswith(f"{name}/")):
                yield DocumentLine(other, refused=refused[other], reason=reasons.get(other))


def _account(working: Path, account: Run, summary: RunSummary, found: News) -> None:
    """Write the run's row, and the state of files that only moved."""
    done = account.model_copy(
        update={
            "ended_at": summary.ended_at,
            "status": "completed",
            "documents_loaded": summary.loaded,
            "records_loaded": summary.records,
            "records_quarantined": summary.quarantined,
            "stages": {name: round(seconds, 3) for name, seconds in summary.stages.items()},
        }
    )
    with warehouse.open(working) as connection:
        warehouse.remember(connection, found.touched)
        if found.new:
            warehouse.write_run(connection, done)


def _run_id(started: datetime) -> str:
    """Name a run by its time; the process tells two of one second apart."""
    return f"{started:%Y%m%dT%H%M%SZ}-{os.getpid()}"


def _batches(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    for start in range(0, len(paths), BATCH):
        yield paths[start : start + BATCH]


@contextmanager
def _timed(seconds: Counter[str], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        seconds[stage] += time.perf_counter() - start  # type: ignore[assignment]  # a Counter adds floats as well
