"""Kill runs at random moments, and read while runs publish: nothing lost, nothing twice, nothing half.

    python -m scripts.chaos --moments 200     kill -9 at so many moments, from a fixed seed
    python -m scripts.chaos --readers 20      so many processes ask without a pause while --runs runs publish

A kill hits the whole group of processes of a run, or the first of them alone. After each, the published file must open
and hold exactly what the run before or the run after it was to publish; the run that is left to end must give the
rows of one that nothing disturbed. The runs are forks of a process that has its libraries loaded (``Runner``), so that
the moments fall on the work and not on imports; every twentieth is a cold ``pledgebook run`` with its workers.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ENGLISH = """Canada and Norway sign agreement on ocean research

OTTAWA, March 4, 2025 – Canada and Norway today signed the Canada–Norway Ocean Research Agreement.
The Government of Canada is investing ${amount} million in the Northern Ocean Institute to study sea ice.
"""
FRENCH = """Le Canada et la Norvège signent un accord sur la recherche océanique

OTTAWA, le 4 mars 2025 – Le Canada et la Norvège ont signé l'Accord Canada-Norvège sur la recherche océanique.
Le gouvernement du Canada investit {amount} millions de dollars dans l'Institut océanique du Nord.
"""
TRAM = "OTTAWA, May 5, 2025 – The Government of Canada is providing ${amount} million to the {town} Tramway Society.\n"

VOLATILE = {"run_id", "ingested_at", "at"}
"""Columns that tell one run from another with the same rows."""

Contents = dict[str, list[str]]


# --- what lies in the inbox --------------------------------------------------------------------------------------


def first_day(inbox: Path) -> None:
    """Fill the inbox: a release in two languages, small ones, an archive, and a file that is refused."""
    inbox.mkdir(exist_ok=True)
    (inbox / "ocean-en.txt").write_text(ENGLISH.format(amount="12.5"), "utf-8")
    (inbox / "ocean-fr.txt").write_text(FRENCH.format(amount="12,5"), "utf-8")
    (inbox / "harbour.txt").write_text(TRAM.format(amount=2, town="Harbour"), "utf-8")
    (inbox / "empty.txt").write_text(" ")
    _pack(inbox / "trams.zip", Market=3, Garden=4)


def second_day(inbox: Path) -> None:
    """Change one of them, mend another, change the archive, and add some."""
    (inbox / "ocean-en.txt").write_text(ENGLISH.format(amount="13.5"), "utf-8")
    (inbox / "empty.txt").write_text(TRAM.format(amount=7, town="Valley"), "utf-8")
    (inbox / "bridge.txt").write_text(TRAM.format(amount=5, town="Bridge"), "utf-8")
    (inbox / "canal.txt").write_text(TRAM.format(amount=6, town="Canal"), "utf-8")
    (inbox / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    _pack(inbox / "trams.zip", Market=3, Tower=9)


def _pack(path: Path, **towns: int) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for town, amount in towns.items():
            archive.writestr(zipfile.ZipInfo(f"{town}.txt"), TRAM.format(amount=amount, town=town))


def contents(db: Path) -> Contents:
    """Give every row that a file shows, without what tells one run from another."""
    import warehouse

    shown: Contents = {}
    with warehouse.open(db, read_only=True) as connection:
        for view in warehouse.VIEWS:
            columns = [name for name in connection.sql(f"from {view}").columns if name not in VOLATILE]
            if view != "runs":
                answer = connection.execute(f"select {', '.join(columns)} from {view}").fetchall()
                shown[view] = sorted(map(repr, answer))
    return shown


# --- runs in processes that can be killed ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: after how many seconds, whether by our kill, and well or not."""

    seconds: float
    killed: bool
    well: bool


class Runner:
    """A process that has everything loaded, and runs each run in a fork of itself."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", "from scripts.chaos import serve; serve()"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self, inbox: Path, db: Path, *, kill_after: float | None = None) -> Ended:
        """Run, and kill after so many seconds, unless it has ended by then."""
        asked = {"inbox": str(inbox), "db": str(db), "kill_after": kill_after}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        return Ended(**json.loads(self._process.stdout.readline()))


def serve() -> None:
    """Be the process behind a Runner: take a run a line from standard input, tell a line how it ended."""
    _load()
    for line in sys.stdin:
        asked = json.loads(line)
        begun = time.perf_counter()
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            _run_and_exit(Path(asked["inbox"]), Path(asked["db"]))
        ended = _watched(child, begun, asked["kill_after"])
        print(json.dumps({"seconds": ended.seconds, "killed": ended.killed, "well": ended.well}), flush=True)


def _load() -> None:
    """Import what a run needs, and build what the engine builds once."""
    import pandas  # noqa: F401  # DuckDB looks for it at the first value that it is given
    import pyarrow.dataset  # noqa: F401

    import extract.resolve
    import extract.resolve.joining
    from extract.parse import parse_all
    from extract.pipeline import extract
    from flows import batch, resolving, stages  # noqa: F401
    from flows.inbox import fingerprint

    fingerprint()  # once, so that a tree that is worked on meanwhile is one engine
    for words in (ENGLISH, FRENCH):
        for piece in parse_all(Path("warm.txt"), data=words.format(amount=1).encode()):
            if not isinstance(piece, Exception):
                extract(piece)


def _run_and_exit(inbox: Path, db: Path) -> None:
    import warehouse
    from flows import batch, stages

    status = 1
    try:
        stages.BATCH = 2  # so that kills fall between batches, too
        batch.readers = Here  # type: ignore[assignment]
        warehouse.validate = _accept  # its suites take seconds to load, and write nothing
        warehouse.warm_up = lambda: None  # type: ignore[assignment, return-value]
        stages.run(inbox, db)
        status = 0
    finally:
        os._exit(status)


def _accept(documents: Any, records: Any) -> Any:
    import warehouse

    return warehouse.Accepted(documents, records), []


class Here:
    """Reads files in this process, in the place of ``flows.reading.Readers``."""

    @contextmanager
    def expecting(self, paths: Sequence[Path]) -> Iterator[None]:
        """Read nothing ahead."""
        yield

    def read(self, paths: Sequence[Path]) -> Iterator[tuple[Path, Future[Any]]]:
        """Give each file with what is found in it."""
        from extract.parse import parse_all
        from flows.inbox import state_of
        from flows.reading import FileRead, read_records

        for path in paths:
            found: Future[Any] = Future()
            try:
                data = path.read_bytes()
            except OSError as error:
                found.set_exception(error)
            else:
                pieces = [
                    piece if isinstance(piece, Exception) else read_records(piece, parse_seconds=0.0)
                    for piece in parse_all(path, data=data)
                ]
                found.set_result(FileRead(state_of(path, data), pieces))  # type: ignore[arg-type]
            yield path, found


def _watched(child: int, begun: float, kill_after: float | None) -> Ended:
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        now = time.perf_counter() - begun
        if done:
            return Ended(now, killed=False, well=status == 0)
        if kill_after is not None and now >= kill_after:
            try:
                os.killpg(child, signal.SIGKILL)
            except ProcessLookupError:  # not yet the head of its group
                os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            return Ended(now, killed=os.WIFSIGNALED(status), well=False)
        time.sleep(0.0005)


def run_cold(inbox: Path, db: Path, *, kill_after: float, whole_group: bool) -> Ended:
    """Run the command as a user would, with its worker processes, and kill the group or the first process alone."""
    command = [sys.executable, "-m", "flows.cli", "run", str(inbox), "--db", str(db), "--json"]
    begun = time.perf_counter()
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(kill_after)
    except subprocess.TimeoutExpired:
        if whole_group:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
    seconds = time.perf_counter() - begun
    return Ended(seconds, killed=process.returncode == -signal.SIGKILL, well=process.returncode == 0)


# --- kills -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Account:
    """What was seen: kills that hit, after which the file held the run before or the run after; and what broke."""

    kills: Counter[str] = field(default_factory=Counter)
    completed: int = 0
    broken: list[str] = field(default_factory=list)


def chaos(moments: int, *, seed: int = 2026, cold_every: int = 20) -> Account:
    """Kill runs at ``moments`` moments; give what was seen. ``cold_every`` 0 leaves cold runs out."""
    chance, account = random.Random(seed), Account()
    with tempfile.TemporaryDirectory() as name, Runner() as runner:
        folder = Path(name)
        inbox, db = folder / "inbox", folder / "book" / "book.duckdb"
        first_day(inbox)
        runner.run(inbox, db)
        shutil.copytree(db.parent, folder / "before")
        second_day(inbox)
        whole = runner.run(inbox, db)
        known = {"before": contents(folder / "before" / "book.duckdb"), "after": contents(db)}
        assert whole.well
        assert known["before"] != known["after"]
        cold_seconds = run_cold(inbox, _again(folder), kill_after=600, whole_group=True).seconds if cold_every else 0
        _again(folder)
        while sum(account.kills.values()) < moments:
            turn = sum(account.kills.values()) + 1
            if cold_every and turn % cold_every == 0:
                after = chance.uniform(0.3, 1.0) * cold_seconds
                ended = run_cold(inbox, db, kill_after=after, whole_group=turn % (2 * cold_every) == 0)
            else:
                # half of them late, where files are written
                after = chance.uniform(chance.choice((0.0, 0.5)), 1.05) * whole.seconds
                ended = runner.run(inbox, db, kill_after=after)
            _look(account, db, known, f"kill {turn} after {after:.3f} s", killed=ended.killed)
            if not ended.killed or chance.random() < 0.4:  # else the next kill hits a run that mends
                if not ended.killed and not ended.well:
                    account.broken.append(f"run {turn} failed without being killed")
                _complete(account, runner, inbox, db, known, turn)
                _again(folder)
    return account


def _again(folder: Path) -> Path:
    """Put back the warehouse as the first day left it, and give the published file."""
    shutil.rmtree(folder / "book")
    shutil.copytree(folder / "before", folder / "book")
    return folder / "book" / "book.duckdb"


def _look(account: Account, db: Path, known: dict[str, Contents], when: str, *, killed: bool) -> None:
    found = contents(db)
    holds = next((name for name, rows in known.items() if rows == found), None)
    if holds is None:
        account.broken.append(f"{when}: the published file holds neither the run before nor the run after")
    if killed:
        account.kills[holds or "neither"] += 1
        if not sum(account.kills.values()) % 20:
            print(f"{sum(account.kills.values())} kills, {len(account.broken)} faults", file=sys.stderr, flush=True)


def _complete(account: Account, runner: Runner, inbox: Path, db: Path, known: dict[str, Contents], turn: int) -> None:
    ended = runner.run(inbox, db)
    if not ended.well:
        account.broken.append(f"the run after kill {turn} failed")
    elif contents(db) != known["after"]:
        account.broken.append(f"the run after kill {turn} gave other rows than an undisturbed one")
    account.completed += 1


# --- readers -----------------------------------------------------------------------------------------------------

READS = """
import json, sys, time
from pathlib import Path
import duckdb
db, stop = sys.argv[1], Path(sys.argv[2])
asked, slowest, last, wrong = 0, 0.0, 0, []
towns = "select distinct regexp_extract(text, 'the Number([0-9]+) Tramway', 1)::int from documents"
sums = "select distinct amount::int, (select count(*) from documents) from funding"
print("ready", flush=True)
while not stop.exists():
    begun = time.perf_counter()
    try:
        with duckdb.connect(db, read_only=True) as connection:
            connection.execute("set enable_progress_bar = false")  # it would be printed beside our answer
            seen, given = connection.execute(towns).fetchall(), connection.execute(sums).fetchall()
    except duckdb.Error as error:
        wrong.append(str(error))
        continue
    slowest, asked = max(slowest, time.perf_counter() - begun), asked + 1
    number = seen[0][0] if seen else -1
    if len(seen) != 1 or given != [(number * 1_000_000, 4)] or number < last:
        wrong.append(f"after {last}: {seen} {given}")
    last = number
print(json.dumps({"asked": asked, "slowest": slowest, "last": last, "wrong": wrong[:5]}))
"""


def readers(count: int, runs: int) -> list[dict[str, Any]]:
    """Let ``count`` processes ask while ``runs`` runs publish; give what each saw.

    Each run changes every document, an archive's among them, to speak of its number: a whole answer has one number.
    """
    with tempfile.TemporaryDirectory() as name, Runner() as runner:
        folder = Path(name)
        inbox, db, stop = folder / "inbox", folder / "book.duckdb", folder / "stop"
        inbox.mkdir()
        _number(inbox, 1)
        assert runner.run(inbox, db).well
        command = [sys.executable, "-c", READS, str(db), str(stop)]
        asking = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(count)]
        for process in asking:
            assert process.stdout is not None
            process.stdout.readline()
        for number in range(2, runs + 2):
            _number(inbox, number)
            assert runner.run(inbox, db).well
        time.sleep(0.5)
        stop.touch()
        return [json.loads(process.communicate()[0]) for process in asking]


def _number(inbox: Path, number: int) -> None:
    for place in ("east", "west", "north"):
        (inbox / f"{place}.txt").write_text(f"{place.title()}. " + TRAM.format(amount=number, town=f"Number{number}"))
    with zipfile.ZipFile(inbox / "south.zip", "w") as archive:
        archive.writestr("south.txt", "South. " + TRAM.format(amount=number, town=f"Number{number}"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked for, and print what was seen; 1 when anything broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=0)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--readers", type=int, default=0)
    parser.add_argument("--runs", type=int, default=50)
    asked = parser.parse_args(arguments)
    broken: list[str] = []
    begun = time.perf_counter()
    if asked.moments:
        seen = chaos(asked.moments, seed=asked.seed)
        broken += seen.broken
        held = ", ".join(f"{number} times the run {name}" for name, number in sorted(seen.kills.items()))
        print(f"{sum(seen.kills.values())} kills: the file held {held}; {seen.completed} runs completed after them")
    if asked.readers:
        found = readers(asked.readers, asked.runs)
        broken += [words for each in found for words in each["wrong"]]
        answers, slowest = sum(each["asked"] for each in found), max(each["slowest"] for each in found)
        print(f"{asked.readers} readers during {asked.runs} runs: {answers} answers, the slowest took {slowest:.2f} s")
    print(f"{len(broken)} faults in {time.perf_counter() - begun:.0f} s")
    print("\n".join(broken))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
