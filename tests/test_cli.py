"""The commands as a person uses them: what they print, what they say when something is wrong, how they exit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

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
