"""A run: what is new in the inbox, passed batch by batch through the stages, and published.

    list_inbox ──► ingest_batch (parse, extract, validate, load) ──► resolve ──► publish

``run`` calls them directly; ``flows.deployed`` wraps the same calls in Prefect tasks. What reads and checks documents
(``flows.batch``) is imported only when there are some, so that a run with nothing to do ends at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import warehouse
from flows import sources
from flows.account import Account, after, kept, timed
from flows.gone import lying_elsewhere, missing
from flows.hold import hold
from flows.inbox import InboxError, News, document_id, fingerprint, list_inbox, news
from flows.logs import log, run_id
from flows.progress import advance
from flows.summary import RunSummary

if TYPE_CHECKING:
    from flows.batch import Outcome
    from schemas import Run, Source

BATCH = 200
"""Documents a batch: one transaction, one Prefect task. The suites cost tenths of a second, however small it is."""


IngestBatch = Callable[[Sequence[Path], Path, "Run"], "Outcome"]
Publish = Callable[[Path, Path], None]


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
    ingest: IngestBatch | None = None,
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
    ingest: IngestBatch | None
    publish: Publish


def _pass(asked: _Asked, standing: warehouse.Standing) -> RunSummary:
    """Do one pass over the inbox, also what a run before was killed over."""
    working, inbox, db = standing.working, asked.inbox, asked.db
    account = Account(inbox, db, started=after(standing.last_run, datetime.now(UTC)))
    run_id.set(account.run_id)
    with kept(account, working):
        with warehouse.kept_open(working) if working.is_file() else nullcontext():
            with timed(account.seconds, "list"):
                found = _look(working, inbox, asked.paths, reprocess=asked.reprocess, again=asked.again)
            account.seen, account.stale = found.seen, found.stale
            left = _remember(working, inbox, found, prune=asked.prune)
            if found.new:
                _load(asked, found, working, account)
            due = bool(found.new or left or standing.unpublished)
            if due:
                with timed(account.seconds, "resolve"):
                    resolve(working, db)
            due = due or not db.is_file()
            whole = asked.paths is None
            account.shortfalls += sources.shortfalls(asked.expected, working, inbox, whole=whole, look=due)
            sources.refuse(account.shortfalls)
            with warehouse.open(working) as connection:
                warehouse.account(connection, account.columns("completed"), counts=due)
                account.waiting = warehouse.waiting(connection)
        if due:
            with timed(account.seconds, "publish"):
                asked.publish(working, db)
    return account.closed(working)


def _load(asked: _Asked, found: News, working: Path, account: Account) -> None:
    """Read what is new and load it, batch by batch."""
    from flows import batch

    log.info("%d of %d files are new", len(found.new), found.seen, extra={"stage": "list"})
    advance(0, total=len(found.new))
    warehouse.warm_up()  # while the workers read
    ingest = asked.ingest or batch.ingest_batch
    with batch.read_ahead(found.new):
        for paths in _batches(found.new):
            outcome = ingest(paths, working, account.row())
            account.add(outcome.lines, outcome.seconds)


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


def _batches(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    for start in range(0, len(paths), BATCH):
        yield paths[start : start + BATCH]
