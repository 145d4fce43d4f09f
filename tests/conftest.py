"""A reader of a few lines in the place of the engine, for tests of what stands around it; nothing here applies unasked.

``by_hand`` puts it in place; ``work`` is a folder with ``inbox`` and ``book.duckdb`` after a first run.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from decimal import Decimal
from pathlib import Path

import pytest

import warehouse
from extract.errors import ParseError
from flows import batch, logs, stages
from flows.reading import FileRead, Reading
from schemas import Actor, Document, Evidence, Funding, Money, PartialDate, Quarantined, Record


class Hand:
    """Reads "Canada" as an actor and "$5" as a sum; an empty file can't be read, and "Norland" gets a wrong quote."""

    def expecting(self, paths: Sequence[Path]) -> AbstractContextManager[None]:
        return nullcontext()

    def read(self, paths: Sequence[Path]) -> Iterator[tuple[Path, Future[FileRead]]]:
        for path in paths:
            done: Future[FileRead] = Future()
            done.set_result(self.file(path))
            yield path, done

    def file(self, path: Path) -> FileRead:
        data = path.read_bytes()
        state = warehouse.file_state(path, sha256=hashlib.sha256(data).hexdigest())
        if not data:
            return FileRead(state, [ParseError(path.name, "empty_file", "the file is empty.", "Save it again.")])
        text = data.decode()
        document = Document(
            document_id=state.sha256[:16],
            name=path.name,
            uri=path.as_posix(),
            sha256=state.sha256,
            kind="report",
            language="en",
            publisher="Ministry of Ice" if "Ministry" in text else None,
            published_on=PartialDate(text="2026-03-01"),
            words=len(text.split()),
            text=text,
        )
        return FileRead(state, [Reading(document, tuple(self.records(document)), 0.01, 0.02)])

    def records(self, document: Document) -> Iterator[Record]:
        for name, slip in (("Canada", 0), ("Norland", 2)):
            for found in re.finditer(name, document.text):
                start, end = found.start() + slip, found.end() + slip
                proof = (Evidence(field="name", start=start, end=end, quote=name, finder="hand"),)
                yield Actor(document_id=document.document_id, name=name, kind="state", evidence=proof)
        for found in re.finditer(r"\$(\d+)", document.text):
            proof = (Evidence(field="record", start=found.start(), end=found.end(), quote=found[0], finder="hand"),)
            money = Money(amount=Decimal(found[1]), currency="CAD")
            givers = ("Canada",) if f"Canada gives {found[0]}" in document.text else ()
            yield Funding(
                document_id=document.document_id, money=money, status="committed", funders=givers, evidence=proof
            )


def check(documents: Sequence[Document], records: Sequence[Record]) -> tuple[warehouse.Accepted, list[Quarantined]]:
    """Refuse what has a wrong quote, as the suites do, without the seconds that they take."""
    texts = {document.document_id: document for document in documents}
    sound, refused = [], []
    for record in records:
        document = texts[record.document_id]
        if all(document.text[e.start : e.end] == e.quote for e in record.evidence):
            sound.append(record)
            continue
        refused.append(
            Quarantined(
                document_id=record.document_id,
                name=document.name,
                stage="validate",
                reason_code="quote_not_in_document",
                message="actor: the quote does not stand in the document at its offsets",
                payload={"record_type": record.record_type, **record.model_dump(mode="json")},
            )
        )
    return warehouse.Accepted(list(documents), sound), refused


def put_in_place(patch: pytest.MonkeyPatch) -> None:
    patch.setenv("PREFECT_API_URL", "")
    patch.delenv("PLEDGEBOOK_SOURCES", raising=False)
    patch.setattr(batch, "readers", Hand)
    patch.setattr(warehouse, "validate", check)
    patch.setattr(warehouse, "warm_up", lambda: None)


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read with Hand and check without the suites."""
    put_in_place(monkeypatch)
    yield
    logs.set_up(None, None)


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Load once: the folder that the tests work in, and a copy of it as it was after the first run."""
    work = tmp_path_factory.mktemp("operations") / "work"
    (work / "inbox" / "north").mkdir(parents=True)
    (work / "inbox" / "a.txt").write_text("Canada gives $5 for ice.")
    (work / "inbox" / "north" / "b.txt").write_text("Ministry of Ice: $7 for snow. Canada agrees.")
    (work / "inbox" / "empty.txt").touch()
    (work / "inbox" / "wrong.txt").write_text("Norland and Canada meet in the north of the world.")
    with pytest.MonkeyPatch.context() as patch:
        put_in_place(patch)
        stages.run(work / "inbox", work / "book.duckdb")
    return work, Path(shutil.copytree(work, work.with_name("copy")))


@pytest.fixture
def work(pristine: tuple[Path, Path]) -> Path:
    """Give the folder as it was after the first run, at the same place: the account knows files by their paths."""
    place, copy = pristine
    shutil.rmtree(place)
    return Path(shutil.copytree(copy, place))
