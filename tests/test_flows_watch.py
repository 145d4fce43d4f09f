"""The watched folder and the run with nothing to do, each in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import warehouse
from flows.inbox import list_inbox
from flows.settling import STILL, STILL_UNSEEN, Arrivals, being_written
from flows.watch import MOST, watch
from schemas import PledgebookError

RELEASE = """Canada and Norway sign agreement on ocean research

OTTAWA, March 4, 2025 – Canada and Norway today signed the Canada–Norway Ocean Research Agreement.
The Government of Canada is investing $12.5 million in the Northern Ocean Institute to study sea ice.
"""
ENVIRONMENT = {**os.environ, "PREFECT_API_URL": ""}
HEAVY = ("prefect", "spacy", "unstructured", "great_expectations", "pandas", "pyarrow", "sqlalchemy")
MODELS = ("pydantic", "schemas.base", "schemas.run")


def documents(db: Path) -> set[str]:
    if not db.is_file():
        return set()
    return {str(name) for (name,) in warehouse.query(db, "select name from documents")[1]}


def wait_until(db: Path, names: set[str], *, seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while documents(db) != names:
        assert time.monotonic() < end, f"{documents(db)} after {seconds} s, not {names}"
        time.sleep(0.1)


# --- which files are complete: times are given, not waited for ---------------------------------------------------


def test_a_file_is_complete_when_it_stands_still(tmp_path: Path) -> None:
    path, arrivals = tmp_path / "slow.txt", Arrivals()
    path.write_text("a")
    arrivals.add([path])
    assert arrivals.complete(0.0, most=9) == []
    path.write_text("ab")
    assert arrivals.complete(STILL, most=9) == []  # it moved meanwhile
    assert arrivals.complete(STILL + STILL / 2, most=9) == []
    assert arrivals.complete(2 * STILL, most=9) == [path]
    assert len(arrivals) == 0


def test_a_file_that_is_open_for_writing_is_not_complete(tmp_path: Path) -> None:
    path, arrivals = tmp_path / "slow.txt", Arrivals()
    arrivals.add([path])
    with path.open("w") as file:
        assert being_written(path)
        for now in (0.0, 100.0, 200.0):
            assert arrivals.complete(now, most=9) == []
        file.write("words")
    assert being_written(path) is False
    assert arrivals.complete(300.0, most=9) == []  # the last words came between two looks
    assert arrivals.complete(300.0 + 2 * STILL, most=9) == [path]


def test_where_nobody_knows_who_writes_a_file_must_stand_still_for_longer(tmp_path: Path) -> None:
    path, arrivals = tmp_path / "a.txt", Arrivals(shared=True)
    path.write_text("a")
    arrivals.add([path])
    assert [arrivals.complete(now, most=9) for now in (0.0, STILL, STILL_UNSEEN)] == [[], [], [path]]


def test_files_that_go_again_are_forgotten(tmp_path: Path) -> None:
    path, arrivals = tmp_path / "a.txt", Arrivals()
    path.write_text("a")
    arrivals.add([path, tmp_path / "never.txt"])
    arrivals.complete(0.0, most=9)
    path.unlink()
    assert arrivals.complete(9.0, most=9) == []
    assert len(arrivals) == 0


def test_a_burst_is_given_in_batches(tmp_path: Path) -> None:
    paths, arrivals = [tmp_path / f"{number:04}.txt" for number in range(1_000)], Arrivals()
    for path in paths:
        path.write_text("a")
    arrivals.add(paths)
    arrivals.complete(0.0, most=200)
    given = [arrivals.complete(1.0, most=200) for _ in range(6)]
    assert [len(batch) for batch in given] == [200] * 5 + [0]
    assert [path for batch in given for path in batch] == paths


def test_what_could_not_be_loaded_waits_longer_each_time(tmp_path: Path) -> None:
    path, arrivals = tmp_path / "a.txt", Arrivals()
    path.write_text("a")
    assert [arrivals.put_back([path], 0.0, tried=tried) for tried in (1, 2, 3, 20)] == [5, 10, 20, 300]
    arrivals.complete(0.0, most=9)
    assert arrivals.complete(299.0, most=9) == []
    assert arrivals.complete(300.0, most=9) == [path]
    arrivals.add_missed([path])
    assert len(arrivals) == 0  # as it was given out
    path.write_text("ab")
    arrivals.add_missed([path])
    assert len(arrivals) == 1


# --- the watched folder: what happened before what ---------------------------------------------------------------


class Watching:
    """A watcher in a thread, and what it gave: the name and words of each file, as they were at that moment."""

    def __init__(self, inbox: Path, *, polling: bool = False, failing: int = 0) -> None:
        self.given: list[tuple[str, str]] = []
        self.batches: list[int] = []
        self.failing = failing
        self.ready, self.stop = threading.Event(), threading.Event()
        options = {"unread": lambda: list_inbox(inbox), "ingest": self.ingest, "ready": self.ready.set}
        self.thread = threading.Thread(
            target=watch, args=(inbox,), kwargs={**options, "stop": self.stop, "polling": polling}
        )
        self.thread.start()
        assert self.ready.wait(60)

    def ingest(self, paths: Sequence[Path]) -> None:
        if paths and self.failing:
            self.failing -= 1
            raise PledgebookError("The disk is full", remedy="Make room")
        self.batches += [len(paths)] if paths else []
        self.given += [(path.name, path.read_text()) for path in paths]

    def until(self, *expected: str) -> None:
        end = time.monotonic() + 60
        while {name for name, _ in self.given} != set(expected):
            assert time.monotonic() < end, self.given
            time.sleep(0.02)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    started: list[Watching] = []

    def start(**options: Any) -> Watching:
        started.append(Watching(tmp_path / "inbox", **options))
        return started[-1]

    (tmp_path / "inbox" / "2025").mkdir(parents=True)
    yield start
    for one in started:
        one.stop.set()
        one.thread.join(60)
        assert not one.thread.is_alive()


@pytest.mark.parametrize("polling", [False, True])
def test_whatever_way_a_file_comes_it_is_given_whole(
    tmp_path: Path, watching: Callable[..., Watching], monkeypatch: pytest.MonkeyPatch, polling: bool
) -> None:
    monkeypatch.setattr("flows.settling.STILL_UNSEEN", 0.5)
    inbox, outside = tmp_path / "inbox", tmp_path / "outside"
    (outside / "folder").mkdir(parents=True)
    (outside / "renamed.txt").write_text("renamed")
    (outside / "folder" / "inside.txt").write_text("inside")
    (inbox / "before.txt").write_text("before")
    watched = watching(polling=polling)
    watched.until("before.txt")
    (inbox / "2025" / "written.txt").write_text("written")
    (outside / "renamed.txt").rename(inbox / "renamed.txt")
    (outside / "folder").rename(inbox / "folder")
    (inbox / ".synced.txt.aB3x").write_text("syn")  # as rsync does it
    (inbox / ".synced.txt.aB3x").write_text("synced")
    (inbox / ".synced.txt.aB3x").rename(inbox / "synced.txt")
    (inbox / "half.pdf.part").write_text("never")
    watched.until("before.txt", "written.txt", "renamed.txt", "inside.txt", "synced.txt")
    assert all(name == f"{words}.txt" for name, words in watched.given)


def test_a_slow_copy_holds_up_nobody_and_is_given_when_it_ends(
    tmp_path: Path, watching: Callable[..., Watching]
) -> None:
    watched, slow = watching(), tmp_path / "inbox" / "slow.txt"
    with slow.open("w") as file:
        file.write("the first half,")
        file.flush()
        (tmp_path / "inbox" / "quick.txt").write_text("quick")
        watched.until("quick.txt")
        file.write(" and the second")
    watched.until("quick.txt", "slow.txt")
    assert watched.given == [("quick.txt", "quick"), ("slow.txt", "the first half, and the second")]


def test_a_burst_comes_in_few_batches(tmp_path: Path, watching: Callable[..., Watching]) -> None:
    watched, names = watching(), [f"{number:04}.txt" for number in range(1_000)]
    for name in names:
        (tmp_path / "inbox" / name).write_text(name)
    watched.until(*names)
    assert sorted(watched.given) == [(name, name) for name in names]
    assert max(watched.batches) <= MOST


def test_what_fails_is_tried_again_and_watching_goes_on(
    tmp_path: Path, watching: Callable[..., Watching], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("flows.settling.PAUSE", 0.1)
    watched = watching(failing=2)
    (tmp_path / "inbox" / "a.txt").write_text("a")
    watched.until("a.txt")
    assert [record.getMessage() for record in caplog.records] == [
        f"1 files wait for {seconds} s: The disk is full. Make room" for seconds in (0, 0)
    ]


@pytest.mark.slow
def test_watch_loads_what_is_dropped_and_stops_cleanly(tmp_path: Path) -> None:
    inbox, db = tmp_path / "inbox", tmp_path / "book.duckdb"
    (inbox / "2025").mkdir(parents=True)
    (inbox / "before.txt").write_text(RELEASE, "utf-8")
    command = [sys.executable, "-c", "from flows.cli import main; main()", "watch", str(inbox), "--db", str(db)]
    with (tmp_path / "log").open("w") as log:
        watching = subprocess.Popen(command, stdout=log, stderr=log, env=ENVIRONMENT)
        try:
            wait_until(db, {"before.txt"})
            (inbox / "dropped.txt").write_text(RELEASE.replace("Norway", "Iceland"), "utf-8")
            wait_until(db, {"before.txt", "dropped.txt"})
            (tmp_path / "elsewhere.txt").write_text(RELEASE.replace("Norway", "Japan"), "utf-8")
            (tmp_path / "elsewhere.txt").rename(inbox / "2025" / "renamed.txt")
            wait_until(db, {"before.txt", "dropped.txt", "renamed.txt"})
        finally:
            watching.send_signal(signal.SIGTERM)
            status = watching.wait(60)
    said = (tmp_path / "log").read_text()
    assert status == 0, said
    assert said.endswith("Stopped\n")
    assert "Traceback" not in said


@pytest.mark.slow
def test_a_run_with_nothing_new_imports_nothing_heavy(tmp_path: Path) -> None:
    inbox, db = tmp_path / "inbox", tmp_path / "book.duckdb"
    inbox.mkdir()
    (inbox / "ocean.txt").write_text(RELEASE, "utf-8")
    (inbox / "empty.txt").touch()
    code = (
        "import sys; from flows.cli import main\n"
        "main(sys.argv[1:], standalone_mode=False)\n"
        f"print([name for name in {HEAVY + MODELS} if name in sys.modules])"
    )

    def run(*options: str, **environ: str) -> list[str]:
        command = [sys.executable, "-c", code, "run", str(inbox), "--db", str(db), *options]
        done = subprocess.run(command, env=ENVIRONMENT | environ, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    assert "'great_expectations'" in run()[-1]
    for again in (run(), run("--prefect"), run(PREFECT_API_URL="http://127.0.0.1:9/api")):
        assert again[0].startswith("inbox: nothing new among 2 files")
        assert again[-1] == "[]"
