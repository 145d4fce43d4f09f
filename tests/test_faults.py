"""What goes wrong with disks, files, clocks and other programs: a clear message each time, and nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

import warehouse
from flows import batch, stages
from flows.cli import main
from schemas import Document, Quarantined, Record
from scripts.chaos import Contents, Here, contents

TEXT = "OTTAWA, May {}, 2025 – The Government of Canada is providing ${} million to the {} Tramway Society.\n"
TOWNS = ("Harbour", "Market", "Garden")


def accept(documents: list[Document], records: list[Record]) -> tuple[warehouse.Accepted, list[Quarantined]]:
    return warehouse.Accepted(documents, records), []


def put(inbox: Path, *numbers: int) -> None:
    for number in numbers:
        (inbox / f"{number}.txt").write_text(TEXT.format(number + 1, number + 2, TOWNS[number]), "utf-8")


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "")
    light(monkeypatch)


def light(patch: pytest.MonkeyPatch) -> None:
    """Leave out what takes long and has tests of its own: suites, workers, and what records of documents share."""
    patch.setattr(warehouse, "validate", accept)
    patch.setattr(warehouse, "warm_up", lambda: None)
    patch.setattr(batch, "readers", Here)
    patch.setattr(stages, "resolve", lambda *_: None)


class Book:
    """An inbox with three documents, of which two were loaded and published; and what is to come out in the end."""

    def __init__(self, inbox: Path, db: Path, before: Contents, whole: Contents) -> None:
        self.inbox, self.db, self.before, self.whole = inbox, db, before, whole
        self.working = warehouse.working_file(db)

    def cli(self, *options: str) -> Result:
        return CliRunner().invoke(main, ["run", str(self.inbox), "--db", str(self.db), *options])

    def ends_well(self) -> None:
        """See that the next run gives the rows of one that nothing disturbed."""
        stages.run(self.inbox, self.db)
        assert contents(self.db) == self.whole


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Contents, Contents]:
    folder = tmp_path_factory.mktemp("made")
    inbox = folder / "inbox"
    inbox.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        light(patch)
        put(inbox, 0, 1)
        stages.run(inbox, folder / "book" / "book.duckdb")
        shutil.copytree(folder / "book", folder / "whole")
        put(inbox, 2)
        stages.run(inbox, folder / "whole" / "book.duckdb")
    return inbox, folder / "book", *(contents(folder / name / "book.duckdb") for name in ("book", "whole"))


@pytest.fixture
def book(made: tuple[Path, Path, Contents, Contents], tmp_path: Path) -> Book:
    inbox, folder, before, whole = made
    shutil.copytree(folder, tmp_path / "book")
    return Book(inbox, tmp_path / "book" / "book.duckdb", before, whole)


@contextmanager
def disk_of(size: int) -> Iterator[None]:
    """Let no file grow beyond ``size`` bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def another(code: str, *arguments: Path) -> Iterator[subprocess.Popen[str]]:
    """Run another program until it has said something, and end it."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    assert program.stdout.readline()
    try:
        yield program
    finally:
        program.kill()
        program.communicate()


HOLDS_FILE = "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
LOOKS_IN = """
import sys, time, duckdb
held = duckdb.connect(sys.argv[1], read_only=True)
print("held", flush=True)
time.sleep(0.5)
"""
HOLDS_TURN = """
import sys
from pathlib import Path
from warehouse.turn import turn
with turn(Path(sys.argv[1])):
    print('held', flush=True)
    sys.stdin.read()
"""


# --- disks and folders -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [3_000, 300_000, 2_000_000])
def test_a_full_disk(book: Book, size: int) -> None:
    with disk_of(size):
        answer = book.cli()
    assert answer.exit_code == 2, answer.output
    assert "the disk is full" in answer.output
    assert contents(book.db) == book.before
    assert list(book.working.parent.glob("*fresh*")) == []
    book.ends_well()


def as_nobody(work: Callable[[], Result]) -> str:
    """Do something in a process that is not root's, and give what it says."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setuid(65534)
        answer = work()
        os.write(writing, f"{answer.exit_code} {answer.output}".encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with open(reading, encoding="utf-8") as said:
        return said.read()


@pytest.mark.parametrize(
    ("mode", "problem"),
    [
        (
            0o555,
            "b.duckdb can't be written: permission denied. Name a file in a folder that you may write to, with --db",
        ),
        (0o333, "is not readable"),
    ],
)
def test_a_folder_that_may_not_be_written_or_read(book: Book, mode: int, problem: str) -> None:
    book.cli("--help")  # what is imported late must be there before the process is nobody's
    folder = Path(tempfile.mkdtemp())
    folder.chmod(mode)
    try:
        book.inbox, book.db = folder, folder / "b.duckdb"
        said = as_nobody(book.cli)
        assert said.startswith("2 "), said
        assert problem in said
    finally:
        folder.rmdir()


# --- files -------------------------------------------------------------------------------------------------------


def test_a_published_file_that_is_missing_is_published_again(book: Book) -> None:
    book.db.unlink()
    book.ends_well()


def garbage(path: Path) -> None:
    path.write_bytes(os.urandom(100_000))


def cut_off(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def emptied(path: Path) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize(
    ("which", "harm"),
    [("working", garbage), ("working", cut_off), ("working", emptied), ("db", garbage), ("db", cut_off)],
)
def test_a_damaged_file_is_set_aside_and_made_again(
    book: Book, which: str, harm: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    path: Path = getattr(book, which)
    harm(path)
    broken = path.read_bytes()
    book.ends_well()
    [kept] = path.parent.glob("*.damaged-*.duckdb")
    assert kept.read_bytes() == broken
    assert f"{path} could not be used and is now {kept.name}" in caplog.text
    assert kept in warehouse.copies(book.db)


def test_damage_that_shows_on_the_way(book: Book, caplog: pytest.LogCaptureFixture) -> None:
    data = bytearray(book.working.read_bytes())
    quote = data.index(b"Tramway Society")  # in a block that only loading or publishing reads
    data[quote : quote + 7] = b"Xramway"
    book.working.write_bytes(data)
    book.ends_well()
    assert "Corrupt database file" in caplog.text
    assert len(list(book.working.parent.glob("*.damaged-*"))) == 1


def test_when_both_files_are_damaged_nothing_is_guessed(book: Book) -> None:
    garbage(book.working)
    garbage(book.db)
    before = book.working.read_bytes(), book.db.read_bytes()
    answer = book.cli()
    assert answer.exit_code == 2
    assert "is damaged, and there is no sound book.duckdb to start from. Put back a copy" in answer.output
    assert (book.working.read_bytes(), book.db.read_bytes()) == before


def test_a_file_that_was_never_ours_is_left_alone(book: Book) -> None:
    shutil.rmtree(book.working.parent)
    for make in (lambda path: path.write_text("Dear Sir, " * 99), lambda path: duckdb.connect(str(path)).close()):
        book.db.unlink()
        make(book.db)
        before = book.db.read_bytes()
        assert book.cli().exit_code == 2
        assert book.db.read_bytes() == before
        assert not book.working.is_file()


def test_an_older_working_file_gives_way_to_the_published_one(book: Book) -> None:
    older = book.working.read_bytes()
    stages.run(book.inbox, book.db)
    book.working.write_bytes(older)
    assert stages.run(book.inbox, book.db).lines == ()
    assert contents(book.db) == book.whole
    assert len(list(book.working.parent.glob("*.older-*"))) == 1


@pytest.mark.parametrize("which", ["working", "db"])
def test_a_file_of_a_newer_version(book: Book, which: str) -> None:
    path: Path = getattr(book, which)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update store.version set version = 999")
    before = path.read_bytes()
    answer = book.cli()
    assert answer.exit_code == 2
    assert f"{path} has tables of version 999, newer than" in answer.output
    assert "Update Pledgebook" in answer.output
    assert path.read_bytes() == before


# --- other programs ----------------------------------------------------------------------------------------------


def test_a_working_file_that_another_program_holds(book: Book) -> None:
    with another(HOLDS_FILE, book.working):
        answer = book.cli()
        assert answer.exit_code == 2
        assert f"{book.working} is in use by another program. Wait for the other run" in answer.output
        assert contents(book.db) == book.before
    book.ends_well()


def test_a_look_into_the_working_file_does_not_stop_a_run(book: Book) -> None:
    with another(LOOKS_IN, book.working), warehouse.open(book.working) as connection:
        assert connection.execute("select count(*) from documents").fetchall() == [(2,)]


def test_a_published_file_that_an_analyst_writes_is_no_hindrance(book: Book) -> None:
    with another(HOLDS_FILE, book.db):
        stages.run(book.inbox, book.db)
    assert contents(book.db) == book.whole


def test_two_runs_at_once_go_one_after_the_other(book: Book, caplog: pytest.LogCaptureFixture) -> None:
    with another(HOLDS_TURN, book.working.with_name("book.lock")) as other:
        for options, status, words in (
            (("--wait", "0"), 2, f"Another run (process {other.pid} on"),
            (("--wait", "0.3"), 2, "is loading book.duckdb. Run again when it has ended"),
            (("--skip",), 0, "Skipped. Another run"),
        ):
            answer = book.cli(*options)
            assert (answer.exit_code, words in answer.output) == (status, True), answer.output
        assert "Waiting up to 0 s for another run" in caplog.text
        assert contents(book.db) == book.before
        assert other.poll() is None
        other.send_signal(signal.SIGKILL)  # a run that dies leaves its lock file, and no lock
        stages.run(book.inbox, book.db, wait=30)
    assert contents(book.db) == book.whole


# --- time, and files that come and go ----------------------------------------------------------------------------


def test_a_clock_that_was_set_back(book: Book, caplog: pytest.LogCaptureFixture) -> None:
    with warehouse.open(book.working) as connection:
        connection.execute("update store.run set started_at = '2031-05-05 05:05:05', ended_at = '2031-05-05 05:05:06'")
    book.ends_well()
    runs = warehouse.query(book.db, "select run_id, started_at, ended_at >= started_at from runs order by started_at")[
        1
    ]
    assert [row[1] for row in runs] == [datetime(2031, 5, 5, 5, 5, 5), datetime(2031, 5, 5, 5, 5, 5, 1)]
    assert runs[1][0] > runs[0][0]
    assert all(row[2] for row in runs)
    assert "before the last run (2031-05-05 05:05:05+00:00)" in caplog.text


def test_a_document_that_goes_between_listing_and_reading(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    inbox, db = tmp_path / "inbox", tmp_path / "new.duckdb"
    inbox.mkdir()
    put(inbox, 0, 1)
    news = stages.news

    def taken_away(*arguments: object, **options: object) -> object:
        found = news(*arguments, **options)  # type: ignore[arg-type]
        (inbox / "0.txt").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(stages, "news", taken_away)
    summary = stages.run(inbox, db)
    assert (summary.loaded, summary.quarantined) == (1, 0)
    assert "0.txt was taken away before it could be read" in caplog.text
    put(inbox, 0)
    monkeypatch.undo()
    light(monkeypatch)
    assert stages.run(inbox, db).loaded == 1


# --- crashes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["resolve", "publish"])
def test_a_crash_after_loading_is_made_good_by_the_next_run(
    book: Book, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(stages, "resolve", crash) if where == "resolve" else patch.setattr(warehouse, "publish", crash)
        with pytest.raises(KeyboardInterrupt):
            stages.run(book.inbox, book.db)
    assert contents(book.db) == book.before
    assert stages.run(book.inbox, book.db).lines == ()
    assert contents(book.db) == book.whole
    assert warehouse.query(book.db, "select max(started_at) from runs")[1][0][0].replace(tzinfo=UTC) <= datetime.now(
        UTC
    )
