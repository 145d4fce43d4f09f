"""What a run does with files that changed, moved or went, and that it does all of it or nothing."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

import warehouse
from flows import batch, stages
from flows.forget import forget
from flows.inbox import InboxError
from schemas import Document, Quarantined, Record
from scripts.chaos import Here

TRAM = "OTTAWA, May 5, 2025 – The Government of Canada is providing $3 million to the {} Tramway Society.\n"


def accept(documents: list[Document], records: list[Record]) -> tuple[warehouse.Accepted, list[Quarantined]]:
    return warehouse.Accepted(documents, records), []


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "")
    light(monkeypatch)


def light(patch: pytest.MonkeyPatch) -> None:
    """Leave out what takes long and has tests of its own: suites, workers, and what records of documents share."""
    patch.setattr(warehouse, "validate", accept)
    patch.setattr(batch, "readers", Here)
    patch.setattr(stages, "resolve", lambda *_: None)
    patch.setattr(warehouse, "warm_up", lambda: None)


@pytest.fixture
def unpublished(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the published file, where a test doesn't look at it."""
    monkeypatch.setattr(warehouse, "publish", lambda *_: None)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "book.duckdb"


def put(inbox: Path, name: str, town: str) -> Path:
    path = inbox / name
    path.write_text(TRAM.format(town), "utf-8")
    return path


def pack(inbox: Path, name: str, **towns: str) -> Path:
    path = inbox / name
    with zipfile.ZipFile(path, "w") as archive:
        for member, town in towns.items():
            archive.writestr(f"{member}.txt", TRAM.format(town))
    return path


def towns(db: Path) -> list[str]:
    found = warehouse.query(db, "select regexp_extract(text, 'the (\\w+) Tramway', 1) from documents order by all")
    return [row[0] for row in found[1]]


def states(db: Path) -> set[str]:
    return {Path(path).name for path in warehouse.known_files(warehouse.working_file(db))}


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[list[str], list[str], set[str]]]:
    """Give the towns, the quarantined names and the known files after each of three days of changes."""
    folder = tmp_path_factory.mktemp("days")
    inbox, db = folder / "inbox", folder / "book.duckdb"
    inbox.mkdir()
    after = []
    with pytest.MonkeyPatch.context() as patch:
        light(patch)
        for change in (_first_day, _second_day, _third_day):
            change(inbox)
            stages.run(inbox, db, prune=change is _third_day)
            refused = [row[0] for row in warehouse.query(db, "select name from quarantine order by all")[1]]
            after.append((towns(db), refused, states(db)))
    return after


def _first_day(inbox: Path) -> None:
    pack(inbox, "trams.zip", a="Harbour", b="Market")
    pack(inbox, "one.zip", a="Canal", b="Bridge")
    pack(inbox, "two.zip", c="Bridge")
    for name, town in {"over": "Mill", "copy": "Field", "named": "Hill", "breaks": "Lake", "gone": "Fort"}.items():
        put(inbox, f"{name}.txt", town)
    (inbox / "bad.txt").write_text(" ")


def _second_day(inbox: Path) -> None:
    pack(inbox, "trams.zip", a="Harbour", b="Garden")
    pack(inbox, "one.zip", a="Canal")
    put(inbox, "over.txt", "Field")
    (inbox / "named.txt").rename(inbox / "renamed.txt")
    (inbox / "breaks.txt").write_text("  ")
    (inbox / "gone.txt").unlink()


def _third_day(inbox: Path) -> None:
    pack(inbox, "two.zip", c="Tower")
    put(inbox, "renamed.txt", "Valley")
    put(inbox, "breaks.txt", "Shore")
    (inbox / "bad.txt").unlink()


Days = list[tuple[list[str], list[str], set[str]]]


def test_an_archive_that_changed_leaves_nothing_of_its_older_content(days: Days) -> None:
    assert [{"Harbour", "Market", "Garden"} & set(found) for found, _, _ in days] == [
        {"Harbour", "Market"},
        {"Harbour", "Garden"},
        {"Harbour", "Garden"},
    ]


def test_what_another_file_still_holds_stays(days: Days) -> None:
    assert [{"Canal", "Bridge"} & set(found) for found, _, _ in days] == [
        {"Canal", "Bridge"},
        {"Canal", "Bridge"},
        {"Canal"},
    ]


def test_a_file_written_over_by_a_copy_of_another_says_only_what_that_says(days: Days) -> None:
    assert [("Mill" in found, "Field" in found) for found, _, _ in days] == [(True, True), (False, True), (False, True)]


def test_a_file_that_was_renamed_and_then_changed_is_one_file(days: Days) -> None:
    assert [{"Hill", "Valley"} & set(found) for found, _, _ in days] == [{"Hill"}, {"Hill"}, {"Valley"}]
    assert [{"named.txt", "renamed.txt"} & known for _, _, known in days] == [
        {"named.txt"},
        {"renamed.txt"},
        {"renamed.txt"},
    ]


def test_a_changed_file_that_cannot_be_read_keeps_what_it_said_until_it_can(days: Days) -> None:
    assert [{"Lake", "Shore"} & set(found) for found, _, _ in days] == [{"Lake"}, {"Lake"}, {"Shore"}]
    assert [refused for _, refused, _ in days] == [["bad.txt"], ["bad.txt", "breaks.txt"], []]


def test_what_is_gone_stays_until_it_is_pruned(days: Days) -> None:
    assert ["Fort" in found for found, _, _ in days] == [True, True, False]
    assert ["gone.txt" in known for _, _, known in days] == [True, True, False]


@pytest.mark.usefixtures("unpublished")
def test_a_change_is_one_transaction(inbox: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(inbox, "a.txt", "Harbour")
    stages.run(inbox, db)
    put(inbox, "a.txt", "Market")

    def breaks(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["warehouse.load"], "check", breaks)
        with pytest.raises(KeyboardInterrupt):
            stages.run(inbox, db)
    assert towns(warehouse.working_file(db)) == ["Harbour"]
    stages.run(inbox, db)  # the state of the file did not move either: it is read
    assert towns(warehouse.working_file(db)) == ["Market"]


@pytest.mark.usefixtures("unpublished")
def test_an_empty_inbox_is_not_taken_for_an_emptied_one(inbox: Path, db: Path) -> None:
    put(inbox, "a.txt", "Harbour")
    stages.run(inbox, db)
    (inbox / "a.txt").unlink()
    with pytest.raises(InboxError, match="mounted"):
        stages.run(inbox, db, prune=True)
    assert towns(warehouse.working_file(db)) == ["Harbour"]


def test_forgetting_takes_the_words_out_of_the_bytes(inbox: Path, db: Path) -> None:
    mark = "Qx7Vz9-Kestrel-Zw4"
    pack(inbox, "trams.zip", a="Harbour", b="Market")
    put(inbox, f"{mark}.txt", mark)
    (inbox / "broken.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    stages.run(inbox, db)
    files = [db, warehouse.working_file(db)]
    assert all(mark.encode() in path.read_bytes() for path in files)
    forget(db, f"{mark}.txt")
    assert "Forgot trams.zip/b.txt" in forget(db, "trams.zip/b.txt")
    forget(db, "broken.txt")
    assert not any(word in path.read_bytes() for path in files for word in (mark.encode(), b"broken.txt"))
    assert towns(db) == ["Harbour"]
    with pytest.raises(InboxError, match="holds no document"):
        forget(db, f"{mark}.txt")


@pytest.mark.usefixtures("unpublished")
def test_reprocessing_goes_on_where_it_was_killed(inbox: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{number}.txt" for number in range(4)]
    for name in names:
        put(inbox, name, f"Harbour{name[0]}")
    pack(inbox, "last.zip", a="Market")
    stages.run(inbox, db)
    before = towns(warehouse.working_file(db))
    for module in (stages, batch):
        monkeypatch.setattr(module, "fingerprint", lambda: "newer")
    monkeypatch.setattr("flows.inbox.fingerprint", lambda: "newer")
    monkeypatch.setattr(stages, "BATCH", 2)
    assert stages.run(inbox, db).stale == 5
    batches = []

    def until_killed(paths: list[Path], *rest: object) -> batch.Outcome:
        batches.append([path.name for path in paths])
        if len(batches) == 2:
            raise KeyboardInterrupt
        return batch.ingest_batch(paths, *rest)  # type: ignore[arg-type]

    with pytest.raises(KeyboardInterrupt):
        stages.run(inbox, db, reprocess=True, ingest=until_killed)
    assert batches == [["0.txt", "1.txt"], ["2.txt", "3.txt"]]
    assert stages.run(inbox, db).stale == 3
    again = stages.run(inbox, db, reprocess=True)
    assert [line.name for line in again.lines] == ["2.txt", "3.txt", "last.zip/a.txt"]
    assert (stages.run(inbox, db).stale, towns(warehouse.working_file(db))) == (0, before)
