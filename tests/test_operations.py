"""What watches over the runs: their account, expectations of sources, logs, metrics, status."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result
from prometheus_client.openmetrics.parser import text_string_to_metric_families

import warehouse
from flows import metrics, stages, status
from flows.account import Account, versions
from flows.cli import main
from flows.exits import INTERRUPTED, MEANINGS, OURS, REFUSED, TERMINATED, WELL, WRONG_USE, Terminated
from flows.summary import DocumentLine
from schemas import Run, RunStatus

pytestmark = pytest.mark.usefixtures("by_hand")


@pytest.fixture
def inbox(work: Path) -> Path:
    return work / "inbox"


@pytest.fixture
def db(work: Path) -> Path:
    """Name the published file of a first run."""
    return work / "book.duckdb"


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """Name a file that is not there yet."""
    return tmp_path / "fresh.duckdb"


def pledgebook(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    return warehouse.query(path, sql)[1]


def ids(db: Path, *more: str) -> list[str]:
    lines = pledgebook("quarantine", "--db", db, "--json", *more).stdout.splitlines()
    return [json.loads(line)["id"] for line in lines]


@pytest.mark.parametrize("ended", get_args(RunStatus))
def test_the_row_that_is_written_without_pydantic_is_a_run(ended: RunStatus, tmp_path: Path) -> None:
    account = Account(tmp_path / "inbox", tmp_path / "book.duckdb", seen=2)
    read = DocumentLine("ocean.txt", "press_release", "en", 120, {"funding": 2, "actor": 3}, refused=1)
    account.add([read, DocumentLine("empty.txt", refused=1, reason="empty")], Counter(parse=1))
    told = account.columns(ended, error=None if ended in ("running", "completed") else "it broke")
    run = Run.model_validate(told)
    assert run.model_dump() == told
    assert (run.documents_loaded, run.records_loaded, run.records_quarantined) == (1, 5, 2)
    assert (run.ended_at is None) == (ended == "running")


# --- the account of a run ----------------------------------------------------------------------------------------


def test_a_run_tells_what_it_saw_and_with_what(inbox: Path, db: Path) -> None:
    asked = "status, documents_seen, documents_loaded, records_quarantined, inbox, error, len(warnings)"
    assert rows(db, f"select {asked} from runs") == [("completed", 4, 3, 2, str(inbox), None, 0)]
    [(versions, timed)] = rows(db, "select versions, stages from runs")
    assert json.loads(str(versions)).keys() == {"pledgebook", "duckdb", "python", "engine"}
    assert {"list", "parse", "extract", "validate", "load", "resolve"} <= json.loads(str(timed)).keys()
    working = json.loads(str(rows(warehouse.working_file(db), "select stages from runs")[0][0]))
    assert "publish" in working  # known only after the file was published


def test_a_run_with_nothing_to_do_leaves_its_row_and_publishes_nothing(inbox: Path, db: Path) -> None:
    before = db.stat()
    stages.run(inbox, db)
    counts = "select documents_seen, documents_loaded from runs order by started_at"
    assert rows(warehouse.working_file(db), counts) == [(4, 3), (4, 0)]
    assert db.stat().st_ino == before.st_ino


@pytest.mark.parametrize(
    ("error", "status", "exit_status"),
    [
        (warehouse.SuiteFailed("half is wrong", table="actor", expectation="x"), "refused", REFUSED),
        (ZeroDivisionError("as planned"), "failed", OURS),
        (warehouse.WarehouseError("no room", path=Path("x")), "failed", WRONG_USE),
        (KeyboardInterrupt(), "interrupted", INTERRUPTED),
        (Terminated(), "interrupted", TERMINATED),
    ],
)
def test_a_run_that_ends_badly_leaves_its_row(
    error: BaseException,
    status: str,
    exit_status: int,
    inbox: Path,
    db: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (inbox / "new.txt").write_text("Canada again")

    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(warehouse, "validate", broken)
    answer = pledgebook("run", inbox, "--db", db)
    assert answer.exit_code == exit_status, answer.output
    assert MEANINGS[exit_status]
    [(found, said)] = rows(
        warehouse.working_file(db), "select status, error from runs order by started_at desc limit 1"
    )
    assert (found, said) == (status, str(error) or type(error).__name__)
    assert rows(db, "select count(*) from runs") == [(1,)]  # the published file stays as it was


def test_a_failed_run_is_published_with_the_next_that_is(
    inbox: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "new.txt").write_text("Canada again")
    with monkeypatch.context() as patch:
        patch.setattr(warehouse, "validate", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            stages.run(inbox, db)
    stages.run(inbox, db)
    assert rows(db, "select list(status order by started_at) from runs") == [(["completed", "failed", "completed"],)]


def test_a_run_that_was_killed_is_said_to_be(inbox: Path, db: Path) -> None:
    working = warehouse.working_file(db)
    with warehouse.open(working) as connection:
        connection.execute("update store.run set status = 'running', ended_at = null, documents_loaded = 0")
    assert status.status(db).runs[0]["status"] == "interrupted"  # nobody holds the file
    stages.run(inbox, db)
    asked = "select status, documents_loaded, records_quarantined from runs order by started_at"
    assert rows(working, asked) == [("interrupted", 3, 2), ("completed", 0, 0)]


def test_strict_fails_on_what_waits(inbox: Path, fresh: Path) -> None:
    assert pledgebook("run", inbox, "--db", fresh).exit_code == WELL
    answer = pledgebook("run", inbox, "--db", fresh, "--strict", "--json")  # nothing new, but two items wait
    assert answer.exit_code == REFUSED
    assert json.loads(answer.stdout)["quarantine_waiting"] == 2
    pledgebook("quarantine", "dismiss", *ids(fresh), "--because", "known", "--db", fresh)
    assert pledgebook("run", inbox, "--db", fresh, "--strict").exit_code == WELL


def test_help_tells_every_exit_status() -> None:
    said = " ".join(pledgebook("--help").output.split())
    for number, meaning in MEANINGS.items():
        assert f"{number} {meaning}" in said


# --- expectations of sources -------------------------------------------------------------------------------------


def expect(db: Path, text: str) -> None:
    (db.parent / "sources.yaml").write_text(text)


EXPECTED = (
    (
        "folder: 'north/*', filled: {funding.funders: 0.5}",
        "share of funding.funders filled is 0, expected at least 0.5",
    ),
    ("folder: '*', filled: {funding.funders: 0.5}", None),
    ("folder: '*.txt', per_document: {funding: 0.6}", "funding records a document is 0.5, expected at least 0.6"),
    ("folder: '*', per_document: {actor: 0.9}", "actor records a document is 0.75, expected at least 0.9"),
    (
        "folder: '*', filled: {document.published_on: 0.9}",
        "share of document.published_on filled is 0.75, expected at least 0.9",
    ),
    ("publisher: '*of ice', per_run: {actor: 2}", "actor records a run is 1, expected at least 2"),
    ("publisher: 'Ministry of Fire', per_run: {actor: 2}", None),
    ("folder: 'south/*', documents: 1", "documents a run is 0, expected at least 1"),
    ("folder: 'north/*', least: 2, filled: {funding.funders: 0.5}", None),
)  # a document that was refused whole counts for its folder


def test_a_run_that_falls_below_warns(inbox: Path, fresh: Path) -> None:
    rules = "".join(f"  - {{name: rule {number}, {rule}}}\n" for number, (rule, _) in enumerate(EXPECTED))
    expect(fresh, f"sources:\n{rules}")
    answer = pledgebook("run", inbox, "--db", fresh, "--json")
    assert answer.exit_code == WELL, answer.output
    warnings = json.loads(answer.stdout)["warnings"]
    assert warnings == [f"rule {number}: {says}" for number, (_, says) in enumerate(EXPECTED) if says]
    assert rows(fresh, "select warnings from runs") == [(warnings,)]
    assert f"Warning: {warnings[0]}" in pledgebook("status", "--db", fresh).output


def test_a_run_that_is_refused_publishes_nothing_until_its_cause_is_mended(inbox: Path, db: Path) -> None:
    rule = "sources:\n- {{name: north, folder: 'north/*', severity: refuse, per_document: {{funding: {}}}}}\n"
    expect(db, rule.format(1))
    (inbox / "north" / "c.txt").write_text("The page has another layout")
    before = db.read_bytes()
    for _ in range(2):  # the second run finds nothing new, and still may not publish
        answer = pledgebook("run", inbox, "--db", db)
        assert answer.exit_code == REFUSED, answer.output
        assert "north: funding records a document is 0, expected at least 1" in answer.output
        assert "The last good file stays" in answer.output
    assert pledgebook("quarantine", "dismiss", ids(db)[0], "--because", "x", "--db", db).exit_code == WELL
    assert db.read_bytes() == before
    assert "The last run was refused" in pledgebook("status", "--db", db).output
    expect(db, rule.format(0))
    assert pledgebook("run", inbox, "--db", db).exit_code == WELL
    assert rows(db, "select count(*) from documents") == [(4,)]
    assert rows(db, "select count(*) from quarantine where dismissed_at is not null") == [(1,)]


# --- logs, metrics, status ---------------------------------------------------------------------------------------


def test_logs_are_json_lines(inbox: Path, fresh: Path) -> None:
    answer = pledgebook("run", inbox, "--db", fresh, "--log-format", "json", "--json")
    told = [json.loads(line) for line in answer.stderr.splitlines()]
    assert {line["run_id"] for line in told} == {json.loads(answer.stdout)["run_id"]}
    by_document = {line["document"]: line for line in told if "document" in line}
    assert by_document["a.txt"]["seconds"] == pytest.approx(0.03)
    assert by_document["empty.txt"]["level"] == "warning"
    assert told[-1]["stage"] == "run"
    text = pledgebook("run", inbox, "--db", fresh, "--log-level", "debug").stderr
    assert re.search(r"^\S+Z debug +list: done \(0\.\d+ s\)$", text, re.M)
    assert pledgebook("run", inbox, "--db", fresh, "--json").stderr == ""


def test_metrics_are_valid_and_true(inbox: Path, fresh: Path, tmp_path: Path) -> None:
    file = tmp_path / "book.prom"
    assert pledgebook("run", inbox, "--db", fresh, "--metrics", file).exit_code == WELL
    assert file.read_text().endswith("# EOF\n")
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(file.read_text())
        for sample in family.samples
    }
    assert all(name.startswith("pledgebook_") for name, *_ in found)
    assert set(re.findall(r"^# TYPE \S+ (\w+)", file.read_text(), re.M)) == {"gauge"}
    assert found["pledgebook_build_info", *(versions()[name] for name in sorted(versions()))] == 1
    assert found["pledgebook_run_status", "completed"] == 1
    assert found["pledgebook_run_documents", "loaded"] == 3
    assert found["pledgebook_rows", "documents"] == 3
    assert found["pledgebook_quarantine_items", "empty_file", "parse"] == 1
    assert found["pledgebook_backlog_files",] == 0
    assert found["pledgebook_file_bytes", "published"] == fresh.stat().st_size
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".book")] == []


def test_metrics_tell_of_a_run_that_failed(inbox: Path, db: Path, tmp_path: Path) -> None:
    file = tmp_path / "book.prom"
    stages.run(inbox, db)
    expect(db, "sources: [{name: all, folder: '*', severity: refuse, documents: 1}]")
    assert pledgebook("run", inbox, "--db", db, "--metrics", file).exit_code == REFUSED
    assert 'pledgebook_run_status{status="refused"} 1.0' in file.read_text()
    metrics.write(file, tmp_path / "none.duckdb")
    assert re.findall(r"^pledgebook_.*$", file.read_text(), re.M) == ["pledgebook_up 0.0"]


def test_status_tells_backlog_and_what_waits_longest(inbox: Path, db: Path) -> None:
    (inbox / "late.txt").write_text("Canada is late")
    os.utime(inbox / "late.txt", (1, 1_700_000_000))
    told = json.loads(pledgebook("status", "--db", db, "--json").output)
    assert (told["backlog"]["files"], told["backlog"]["seen"]) == (1, 5)
    assert told["backlog"]["oldest"] == 1_700_000_000
    assert told["quarantine_waiting"] == 2
    assert told["quarantine_oldest"]["name"] in ("empty.txt", "wrong.txt")
    assert told["next_run"] is None
    assert told["sizes"]["published"] == db.stat().st_size
    said = pledgebook("status", "--db", db).output
    assert "Backlog: 1 of 5 files" in said
    assert "Next scheduled run: none" in said
    elsewhere = json.loads(pledgebook("status", "--db", db, "--json", "--inbox", db.parent / "none").output)
    assert "does not exist" in elsewhere["backlog"]["problem"]


def test_status_says_when_the_server_does_not_answer(inbox: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    assert "http://127.0.0.1:9/api does not answer" in pledgebook("status", "--db", db).output
