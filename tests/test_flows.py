"""Runs over small inboxes: what is loaded, what is set aside, what a second run does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import warehouse
from flows import batch, stages
from flows.cli import main
from flows.inbox import InboxError, fingerprint, list_inbox
from flows.reading import Readers
from schemas import Document, Quarantined, Record

ENGLISH = """Canada and Norway sign agreement on ocean research

OTTAWA, March 4, 2025 – Canada and Norway today signed the Canada–Norway Ocean Research Agreement.
The Government of Canada is investing $12.5 million in the Northern Ocean Institute to study sea ice.
"""
FRENCH = """Le Canada et la Norvège signent un accord sur la recherche océanique

OTTAWA, le 4 mars 2025 – Le Canada et la Norvège ont signé l'Accord Canada-Norvège sur la recherche océanique.
Le gouvernement du Canada investit 12,5 millions de dollars dans l'Institut océanique du Nord pour étudier la banquise.
"""
VALIDATE = warehouse.validate


def pledgebook(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env={"PREFECT_API_URL": ""})


def rows(db: Path, sql: str) -> list[tuple[object, ...]]:
    return warehouse.query(db, sql)[1]


def accept(documents: list[Document], records: list[Record]) -> tuple[warehouse.Accepted, list[Quarantined]]:
    return warehouse.Accepted(documents, records), []


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    """No server, and no Great Expectations: its suites take seconds a run and have tests of their own."""
    monkeypatch.setenv("PREFECT_API_URL", "")
    monkeypatch.setattr(warehouse, "validate", accept)
    monkeypatch.setattr(warehouse, "warm_up", lambda: None)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "2025").mkdir(parents=True)
    (folder / "ocean-en.txt").write_text(ENGLISH, "utf-8")
    (folder / "2025" / "ocean-fr.txt").write_text(FRENCH, "utf-8")
    return folder


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "book.duckdb"


# --- the inbox ---------------------------------------------------------------------------------------------------


def test_hidden_and_unfinished_files_are_left_out(inbox: Path) -> None:
    for name in (".DS_Store", "~$memo.docx", "big.pdf.part", "letter.txt~", "a.crdownload"):
        (inbox / name).write_text("x")
    assert [path.name for path in list_inbox(inbox)] == ["ocean-fr.txt", "ocean-en.txt"]


def test_a_missing_inbox_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(InboxError, match=r"nowhere does not exist\. Name the folder"):
        list_inbox(tmp_path / "nowhere")


def test_fingerprint_is_of_the_code_that_reads() -> None:
    assert len(fingerprint()) == 16
    assert fingerprint() == fingerprint()


# --- a run -------------------------------------------------------------------------------------------------------


def test_one_bad_document_does_not_stop_the_others(inbox: Path, db: Path) -> None:
    (inbox / "empty.txt").touch()
    (inbox / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    summary = stages.run(inbox, db)
    assert (summary.seen, summary.loaded, summary.quarantined) == (4, 2, 2)
    assert [line.name for line in summary.lines] == ["ocean-fr.txt", "empty.txt", "ocean-en.txt", "picture.png"]
    assert rows(db, "select language from documents order by 1") == [("en",), ("fr",)]
    refused = rows(db, "select name, stage, reason_code, message from quarantine order by name")
    assert refused[0][:3] == ("empty.txt", "parse", "empty_file")
    assert refused[1][:2] == ("picture.png", "parse")
    assert all(str(row[0]) in str(row[3]) for row in refused)


@pytest.mark.slow
def test_the_whole_path_with_its_suites(inbox: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warehouse, "validate", VALIDATE)
    summary = stages.run(inbox, db)
    assert (summary.loaded, summary.quarantined) == (2, 0)
    assert summary.records == rows(db, "select count(distinct own_record_id) from evidence")[0][0]


def test_the_account_of_a_run_is_a_row(inbox: Path, db: Path) -> None:
    summary = stages.run(inbox, db)
    columns = "run_id, status, documents_seen, documents_loaded, records_loaded, records_quarantined"
    assert rows(db, f"select {columns} from runs") == [(summary.run_id, "completed", 2, 2, summary.records, 0)]
    timed = json.loads(str(rows(db, "select stages from runs")[0][0]))
    assert {"parse", "extract", "validate", "load", "resolve"} <= timed.keys()


BROKEN = """
import extract.pipeline
real = extract.pipeline.extract
def extract_or_fail(document):
    if document.language == "fr":
        raise ZeroDivisionError("as planned")
    return real(document)
extract.pipeline.extract = extract_or_fail
from flows.workers import serve
serve()
"""


def test_a_bug_in_the_engine_costs_one_document_and_keeps_its_traceback(
    inbox: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = Readers(1, code=BROKEN), batch.readers
    monkeypatch.setattr(batch, "readers", lambda: broken)
    assert stages.run(inbox, db).loaded == 1
    broken.stop()
    [(name, stage, reason, payload)] = rows(db, "select name, stage, reason_code, payload from quarantine")
    assert (name, stage, reason) == ("ocean-fr.txt", "extract", "internal_error")
    assert "ZeroDivisionError: as planned" in json.loads(str(payload))["traceback"]
    monkeypatch.setattr(batch, "readers", sound)

    # the same engine does not try again, a mended one does, and the row leaves quarantine
    assert stages.run(inbox, db).lines == ()
    for module in (stages, batch):
        monkeypatch.setattr(module, "fingerprint", lambda: "another engine")
    again = stages.run(inbox, db)
    assert [line.name for line in again.lines] == ["ocean-fr.txt"]
    assert rows(db, "select count(*) from quarantine") == [(0,)]


def test_twice_is_once(inbox: Path, db: Path) -> None:
    stages.run(inbox, db)
    question = "select record_id, field, quote from evidence order by all"
    before = rows(db, question)
    again = stages.run(inbox, db)
    assert (again.seen, again.lines, again.sentence()) == (2, (), "inbox: nothing new among 2 files")
    assert rows(db, "select count(*) from runs") == [(1,)]
    db.unlink()
    stages.run(inbox, db)
    assert rows(db, question) == before


def test_the_same_bytes_under_another_name_are_one_document(inbox: Path, db: Path) -> None:
    (inbox / "copy.txt").write_text(ENGLISH, "utf-8")
    assert stages.run(inbox, db).loaded == 2
    (inbox / "ocean-en.txt").rename(inbox / "renamed.txt")
    assert stages.run(inbox, db).lines == ()


def test_a_changed_file_replaces_what_it_said(inbox: Path, db: Path) -> None:
    stages.run(inbox, db)
    (inbox / "ocean-en.txt").write_text(ENGLISH.replace("$12.5 million", "$13 million"), "utf-8")
    assert [line.name for line in stages.run(inbox, db).lines] == ["ocean-en.txt"]
    assert rows(db, "select count(*) from documents") == [(2,)]
    assert rows(db, "select count(*) from evidence where quote like '%12.5 million%'") == [(0,)]


def test_a_removed_file_keeps_its_records_until_it_is_forgotten(inbox: Path, db: Path) -> None:
    stages.run(inbox, db)
    (inbox / "ocean-en.txt").unlink()
    stages.run(inbox, db)
    assert rows(db, "select count(*) from documents") == [(2,)]
    answer = pledgebook("forget", "ocean-en.txt", "--db", db)
    assert answer.exit_code == 0, answer.output
    assert rows(db, "select name from documents") == [("ocean-fr.txt",)]
    assert rows(db, "select count(distinct document_id) from evidence") == [(1,)]
    assert pledgebook("forget", "ocean-en.txt", "--db", db).exit_code == 2


def test_the_working_file_is_made_again_from_the_published_one(inbox: Path, db: Path) -> None:
    stages.run(inbox, db)
    warehouse.working_file(db).unlink()
    assert stages.run(inbox, db).lines == ()


def test_a_failing_suite_leaves_the_last_good_file(inbox: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stages.run(inbox, db)
    before = db.read_bytes()
    (inbox / "more.txt").write_text(ENGLISH.replace("Norway", "Iceland"), "utf-8")

    def failing(*_: object) -> None:
        raise warehouse.SuiteFailed("actor: 9 rows break 'a promise'", table="actor", expectation="a promise")

    monkeypatch.setattr(warehouse, "validate", failing)
    answer = pledgebook("run", inbox, "--db", db)
    assert answer.exit_code == 1
    assert "The last good file stays in place" in answer.output
    assert db.read_bytes() == before


# --- the commands on a loaded file -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("loaded")
    (folder / "inbox").mkdir()
    (folder / "inbox" / "ocean-en.txt").write_text(ENGLISH, "utf-8")
    (folder / "inbox" / "ocean-fr.txt").write_text(FRENCH, "utf-8")
    (folder / "inbox" / "empty.txt").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warehouse, "validate", accept)
        stages.run(folder / "inbox", folder / "book.duckdb")
    return folder / "inbox", folder / "book.duckdb"


def test_a_first_run_shows_documents_file_and_a_question(tmp_path: Path, inbox: Path) -> None:
    answer = pledgebook("run", inbox, "--db", tmp_path / "b.duckdb")
    assert answer.exit_code == 0, answer.output
    for words in ("ocean-en.txt", "ocean-fr.txt", "The DuckDB file:", "b.duckdb", "Who pays whom", "12,500,000"):
        assert words in answer.output, words


def test_strict_counts_what_is_set_aside(tmp_path: Path, loaded: tuple[Path, Path]) -> None:
    inbox, _ = loaded
    assert pledgebook("run", inbox, "--db", tmp_path / "a.duckdb").exit_code == 0
    answer = pledgebook("run", inbox, "--db", tmp_path / "b.duckdb", "--strict", "--json")
    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["records_quarantined"] == 1


def test_sql_in_three_forms(loaded: tuple[Path, Path]) -> None:
    _, db = loaded
    question = "select name, words from documents order by name"
    assert "ocean-en.txt" in pledgebook("sql", question, "--db", db).output
    assert pledgebook("sql", question, "--db", db, "--csv").output.splitlines()[0] == "name,words"
    lines = pledgebook("sql", question, "--db", db, "--json").output.splitlines()
    assert [json.loads(line)["name"] for line in lines] == ["ocean-en.txt", "ocean-fr.txt"]


def test_bad_sql_says_what_and_where_to_look(loaded: tuple[Path, Path]) -> None:
    answer = pledgebook("sql", "select nothing from nowhere", "--db", loaded[1])
    assert answer.exit_code == 2
    assert "nowhere" in answer.output
    assert "show tables" in answer.output


def test_sql_only_reads(loaded: tuple[Path, Path]) -> None:
    assert pledgebook("sql", "create table x as select 1", "--db", loaded[1]).exit_code == 2


def test_status_counts(loaded: tuple[Path, Path]) -> None:
    told = json.loads(pledgebook("status", "--db", loaded[1], "--json").output)
    assert told["rows"]["documents"] == 2
    assert told["runs"][0]["status"] == "completed"
    assert [row["reason_code"] for row in told["quarantine"]] == ["empty_file"]
    assert "Last runs" in pledgebook("status", "--db", loaded[1]).output


def test_quarantine_lists_reasons(loaded: tuple[Path, Path]) -> None:
    said = pledgebook("quarantine", "--db", loaded[1]).output
    assert "empty.txt" in said
    assert "empty_file" in said


def test_report_is_markdown(loaded: tuple[Path, Path]) -> None:
    said = pledgebook("report", "--db", loaded[1]).output
    assert said.startswith("# What book.duckdb holds")
    assert "## Documents" in said
    assert "| --- |" in said
    assert "12,500,000" in said
