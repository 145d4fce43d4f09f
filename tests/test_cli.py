"""The commands as a person uses them: what they print, what they say when something is wrong, how they exit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import warehouse
from flows.cli import main

COMMANDS = (
    "evaluate",
    "explain",
    "extract",
    "forget",
    "quarantine",
    "report",
    "resolve",
    "run",
    "serve",
    "sql",
    "status",
    "watch",
)

RELEASE = """Canada and Norway sign agreement on ocean research

OTTAWA, March 4, 2025 – Canada and Norway today signed the Canada–Norway Ocean Research Agreement.
The Government of Canada is investing $12.5 million in the Northern Ocean Institute to study sea ice.

"This is good news," said Jane Example, President of the Northern Ocean Institute.
"""


def pledgebook(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "ocean.txt"
    path.write_text(RELEASE, "utf-8")
    return path


def test_help_lists_every_command() -> None:
    said = pledgebook("--help").output
    assert [command for command in COMMANDS if f"  {command} " not in said] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    answer = pledgebook(command, "--help")
    assert answer.exit_code == 0
    assert len(answer.output.splitlines()) > 4


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from flows.cli import main; main(['--help'], standalone_mode=False)\n"
        "print([name for name in ('pydantic', 'duckdb', 'prefect', 'spacy', 'rich') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "[]"


# --- wrong use: one line that names the file and the remedy, no traceback, status 2 ------------------------------


def wrong(answer: Result, *words: str) -> None:
    assert answer.exit_code == 2, answer.output
    assert answer.output.startswith(("Error: ", "Usage: "))
    assert "Traceback" not in answer.output
    assert [word for word in words if word not in answer.output] == []


def test_missing_inbox(tmp_path: Path) -> None:
    wrong(pledgebook("run", tmp_path / "nowhere", "--db", tmp_path / "a.duckdb"), "nowhere", "does not exist", "Name")
    assert list(tmp_path.iterdir()) == []


def test_inbox_is_a_file(release: Path, tmp_path: Path) -> None:
    wrong(pledgebook("run", release, "--db", tmp_path / "a.duckdb"), "ocean.txt", "not a folder")


def test_database_in_a_place_that_is_no_folder(release: Path, tmp_path: Path) -> None:
    wrong(pledgebook("run", tmp_path, "--db", release / "a.duckdb"), "a.duckdb", "--db")


def test_database_is_another_kind_of_file(release: Path, tmp_path: Path) -> None:
    wrong(pledgebook("run", tmp_path, "--db", release), "ocean.txt", "not a DuckDB file")
    assert release.read_text("utf-8") == RELEASE


def test_database_of_somebody_else_is_left_alone(release: Path, tmp_path: Path) -> None:
    import duckdb

    theirs = tmp_path / "theirs.duckdb"
    with duckdb.connect(str(theirs)) as connection:
        connection.execute("create table precious as select 42 as answer")
    wrong(pledgebook("run", tmp_path, "--db", theirs), "theirs.duckdb")
    with duckdb.connect(str(theirs), read_only=True) as connection:
        assert connection.execute("from precious").fetchall() == [(42,)]


@pytest.mark.parametrize("command", [("status",), ("sql", "select 1"), ("quarantine",), ("report",)])
def test_missing_database(command: tuple[str, ...], tmp_path: Path) -> None:
    wrong(pledgebook(*command, "--db", tmp_path / "none.duckdb"), "none.duckdb", "does not exist")


def test_a_schedule_needs_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "")
    wrong(pledgebook("serve", tmp_path, "--cron", "0 6 * * *"), "Prefect server", "prefect server start")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("run", "inbox", "--metrics", "no/such/m.prom"),
            ("no/such/m.prom can't be written", "there is no folder no/such"),
        ),
        (("status", "--metrics", "no/m.prom"), ("no/m.prom can't be written", "Name a file in a folder that exists")),
        (("run", "inbox", "--metrics", "inbox"), ("'--metrics'", "is a directory")),
        (("run", "inbox", "--sources", "none.yaml"), ("none.yaml: it does not exist", "--sources")),
        (("run", "inbox", "--db", "inbox"), ("'--db'", "is a directory")),
        (("run", "inbox", "--db", "/proc/none/a.duckdb"), ("/proc/none/a.duckdb can't be written", "--db")),
        (("run", "inbox", "--log-format", "xml"), ("'--log-format'", "'json'")),
        (("watch", "nowhere"), ("The folder nowhere does not exist", "Name the folder")),
        (("serve", "nowhere", "--cron", "0 6 * * *"), ("nowhere does not exist",)),
        (("quarantine", "shw"), ("No such command 'shw'",)),
        (("quarantine", "show", "x"), ("none.duckdb does not exist",)),
        (("quarantine", "replay"), ("none.duckdb does not exist",)),
        (("quarantine", "dismiss", "x", "--because", "y"), ("none.duckdb does not exist",)),
        (("resolve",), ("none.duckdb does not exist",)),
        (("extract", "none.txt"), ("none.txt: it can't be opened", "Check that it exists")),
        (("explain", "inbox"), ("inbox: it can't be opened (Is a directory)",)),
        (("evaluate", "nowhere"), ("nowhere: no gold answers there",)),
    ],
)
def test_wrong_use_names_what_and_the_remedy(
    arguments: tuple[str, ...], words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api" if "serve" in arguments else "")
    monkeypatch.setenv("PLEDGEBOOK_DB", "none.duckdb")
    (tmp_path / "inbox").mkdir()
    wrong(pledgebook(*arguments), *words)
    assert {path.name for path in tmp_path.iterdir()} - {".pledgebook"} == {"inbox"}  # no file is made


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("select nothing from nowhere", "Table with name nowhere does not exist"),
        ("selec 1", 'syntax error at or near "selec"'),
        ("", "There is no question in it"),
        ("/* nothing */", "There is no question in it"),
        ("drop view funding", "read-only mode"),
    ],
)
def test_a_wrong_question_is_answered_in_one_line(question: str, says: str, tmp_path: Path) -> None:
    with warehouse.open(tmp_path / "a.duckdb"):
        pass
    answer = pledgebook("sql", question, "--db", tmp_path / "a.duckdb")
    wrong(answer, says, "`show tables` lists the views")
    assert len(answer.output.splitlines()) == 1


def test_a_setting_that_is_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEDGEBOOK_PARSE_SECONDS", "soon")
    wrong(pledgebook("run", tmp_path), "PLEDGEBOOK_PARSE_SECONDS is 'soon'", "unset it")


def test_a_mistake_of_ours_keeps_its_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warehouse, "query", lambda *_: 1 / 0)
    answer = pledgebook("sql", "select 1", "--db", tmp_path / "a.duckdb")
    assert answer.exit_code == 3
    assert "Traceback" in answer.stderr
    assert answer.stderr.splitlines()[-1].startswith(
        "Error: ZeroDivisionError: division by zero. This is a mistake of ours"
    )


def test_gold_folder_without_answers(tmp_path: Path) -> None:
    wrong(pledgebook("evaluate", tmp_path), tmp_path.name)


# --- extract and explain: no database ----------------------------------------------------------------------------


def test_extract_prints_a_line_of_json_a_document(release: Path) -> None:
    answer = pledgebook("extract", release, release)
    assert answer.exit_code == 0, answer.output
    first, second = (json.loads(line) for line in answer.output.splitlines())
    assert first == second
    assert first["document"]["name"] == "ocean.txt"
    assert first["document"]["language"] == "en"
    assert set(first) == {"document", "actors", "agreements", "funding", "commitments"}


def test_extract_proves_what_it_says(release: Path) -> None:
    said = json.loads(pledgebook("extract", release).output)
    text = said["document"]["text"]
    records = [record for kind in ("actors", "agreements", "funding", "commitments") for record in said[kind]]
    assert records
    for record in records:
        assert record["mentions"]
        assert all(text[mention["start"] : mention["end"]] == mention["text"] for mention in record["mentions"])
        assert 0 <= record["confidence"] <= 1


def test_extract_goes_on_after_a_bad_file(release: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    answer = CliRunner().invoke(main, ["extract", str(empty), str(tmp_path / "none.txt"), str(release)])
    assert answer.exit_code == 2
    assert json.loads(answer.stdout)["document"]["name"] == "ocean.txt"
    assert "empty.txt" in answer.stderr
    assert "none.txt" in answer.stderr


def test_explain_names_rules_and_decisions(release: Path) -> None:
    told = json.loads(pledgebook("explain", release, "--json").output)
    assert told["mentions"]
    assert all(mention["rule"] for mention in told["mentions"])
    assert {candidate["kept"] for candidate in told["candidates"]} <= {True, False}
    assert all(0 <= candidate["probability"] <= 1 and candidate["why"] for candidate in told["candidates"])
    said = pledgebook("explain", release).output
    assert said.startswith("ocean.txt: ")
    assert all(candidate["rule"] in said for candidate in told["candidates"])


def test_evaluate_scores_a_folder(release: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (tmp_path / "docs").mkdir()
    release.rename(tmp_path / "docs" / "ocean.txt")
    answer = {"document": "ocean.txt", "language": "en", "kind": "press_release", "agreements": [], "commitments": []}
    answer |= {"actors": [{"id": "a1", "names": ["Canada"], "kind": "state", "optional": False}], "funding": []}
    (gold / "ocean.json").write_text(json.dumps(answer), "utf-8")
    figures = json.loads(pledgebook("evaluate", gold, "--json").output)
    assert figures["actors"]["all"]["gold"] == 1
    assert "actors" in pledgebook("evaluate", gold).output
