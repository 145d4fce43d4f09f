"""The watched folder and the run with nothing to do, each in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import warehouse
from flows.watch import complete

RELEASE = """Canada and Norway sign agreement on ocean research

OTTAWA, March 4, 2025 – Canada and Norway today signed the Canada–Norway Ocean Research Agreement.
The Government of Canada is investing $12.5 million in the Northern Ocean Institute to study sea ice.
"""
ENVIRONMENT = {**os.environ, "PREFECT_API_URL": ""}
HEAVY = ("prefect", "spacy", "unstructured", "great_expectations", "pandas", "pyarrow", "sqlalchemy")


def documents(db: Path) -> set[str]:
    if not db.is_file():
        return set()
    return {str(name) for (name,) in warehouse.query(db, "select name from documents")[1]}


def wait_until(db: Path, names: set[str], *, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while documents(db) != names:
        assert time.monotonic() < end, f"{documents(db)} after {seconds} s, not {names}"
        time.sleep(0.1)


def test_a_file_that_grows_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "slow.txt"
    path.touch()

    def write() -> None:
        with path.open("a") as file:
            for _ in range(8):
                file.write("more words\n")
                file.flush()
                time.sleep(0.1)

    writer = threading.Thread(target=write)
    writer.start()
    assert complete([path, tmp_path / "gone.txt"], stop=threading.Event()) == [path]
    assert not writer.is_alive()
    writer.join()


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
        f"print([name for name in {HEAVY} if name in sys.modules])"
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
