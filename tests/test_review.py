"""Judging in the terminal: what is shown, what lands in the file, what is refused, and how it is taken back."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import warehouse
from flows import judgements as file_of
from flows.cli import main
from flows.review import side_by_side
from flows.stages import prepare
from schemas import Actor, Document, Evidence, Judgement, Record, Run

RUN = Run(run_id="r", started_at=datetime(2026, 11, 1, tzinfo=UTC), version="0")
TEXTS = {
    "a": ("The engineer Kiyeon Shin spoke about sea ice.", "Kiyeon Shin"),
    "b": ("L'ingénieur Kiyoon Shin a parlé de la glace.", "Kiyoon Shin"),
    "c": ("Thanks went to Kiyun Shin.", "Kiyun Shin"),
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    documents, records = [], list[Record]()
    for key, (text, name) in TEXTS.items():
        documents.append(
            Document(document_id=key, name=f"{key}.txt", uri=key, sha256="0" * 64, language="en", words=7, text=text)
        )
        start = text.index(name)
        proof = Evidence(field="name", start=start, end=start + len(name), quote=name, finder="by hand")
        records.append(Actor(document_id=key, name=name, kind="person", evidence=(proof,)))
    file = tmp_path_factory.mktemp("loaded") / "pledges.duckdb"
    with warehouse.open(prepare(file)) as connection:
        warehouse.load(connection, documents, records, [], [], RUN)
    return file


@pytest.fixture
def db(loaded: Path, tmp_path: Path) -> Path:
    shutil.copytree(loaded.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / loaded.name


def resolve(db: Path, *arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(main, ["resolve", "--db", str(db), *arguments], input=answers)


def actors(db: Path) -> list[int]:
    return [row[0] for row in warehouse.query(db, "select documents from actors order by 1")[1]]


def test_the_walk_shows_both_contexts_and_keeps_the_answers(db: Path) -> None:
    answer = resolve(db, "--review", "--by", "Ada", answers="s\nn\n\n")
    assert answer.exit_code == 0, answer.output
    assert "[Kiyeon Shin] spoke about sea ice" in answer.output
    assert "[Kiyoon Shin] a parlé" in answer.output
    said = file_of.read(db.with_name("judgements.csv"))
    assert [(j.verdict, j.by) for j in said] == [("same", "Ada"), ("not_same", "Ada")]
    assert {said[0].left_name, said[0].right_name} == {"Kiyeon Shin", "Kiyoon Shin"}
    assert actors(db) == [1, 2]
    reasons = warehouse.query(db, "select distinct rule from resolution order by 1")[1]
    assert [row[0] for row in reasons] == ["judgement", "self"]


def test_what_was_judged_is_not_asked_again(db: Path) -> None:
    resolve(db, "--review", answers="s\nu\nu\n")
    again = resolve(db, "--review", answers="q\n")
    assert "Kiyeon" not in again.output


def test_an_answer_that_contradicts_is_refused(db: Path) -> None:
    answer = resolve(db, "--review", answers="s\ns\nn\n")
    assert answer.exit_code == 0, answer.output
    assert "contradict" in answer.output
    assert actors(db) == [3]


def test_a_judgement_is_taken_back(db: Path) -> None:
    resolve(db, "--review", answers="s\nq\n")
    assert actors(db) == [1, 2]
    (said,) = file_of.read(db.with_name("judgements.csv"))
    assert "Took back 1" in resolve(db, "--take-back", said.right, said.left).output
    assert actors(db) == [1, 1, 1]


def test_a_file_edited_by_hand_counts(db: Path) -> None:
    resolve(db, "--review", answers="s\nq\n")
    path = db.with_name("judgements.csv")
    path.write_text(path.read_text("utf-8").replace(",same,", ",not_same,"), encoding="utf-8")
    resolve(db)
    assert actors(db) == [1, 1, 1]


def test_a_row_that_cannot_be_read_says_which(db: Path) -> None:
    path = db.with_name("judgements.csv")
    path.write_text("left,right,verdict,on\na,b,maybe,2026-11-01\n", encoding="utf-8")
    answer = resolve(db)
    assert answer.exit_code == 2
    assert "judgements.csv, line 2: verdict" in answer.output


def test_in_a_terminal(db: Path) -> None:
    """The walk as people take it: a process of its own, a terminal, an answer after each question."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [
        sys.executable,
        "-c",
        "from flows.cli import main; main()",
        "resolve",
        "--db",
        str(db),
        "--review",
        "--by",
        "Ada",
    ]
    walk = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    shown = ""
    try:
        for answer in ("s", "s", "n"):
            shown += until(ours, "[q]uit", shown)
            os.write(ours, f"{answer}\n".encode())
        shown += until(ours, "contradict", shown)
        assert walk.wait(timeout=60) == 0
    finally:
        walk.kill()
        os.close(ours)
    assert "[Kiyeon Shin] spoke about sea ice" in shown
    assert {j.verdict for j in file_of.read(db.with_name("judgements.csv"))} == {"same"}
    assert actors(db) == [3]


def until(terminal: int, words: str, before: str) -> str:
    """Read a terminal until words are shown once more than before."""
    shown, wanted = "", before.count(words) + 1
    while (before + shown).count(words) < wanted:
        assert select.select([terminal], [], [], 60)[0], f"nothing more after: {shown}"
        shown += os.read(terminal, 4096).decode(errors="replace")
    return shown


def test_a_file_that_duckdb_would_confuse_with_our_tables_is_refused(tmp_path: Path) -> None:
    answer = resolve(tmp_path / "Store.duckdb")
    assert answer.exit_code == 2
    assert "Name another file, such as pledges.duckdb" in answer.output


def test_nothing_loaded_is_said(tmp_path: Path) -> None:
    answer = resolve(tmp_path / "none.duckdb")
    assert answer.exit_code == 2
    assert "Load some documents first" in answer.output


def test_unsure_gives_way_to_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    unsure = Judgement(left="a", right="b", verdict="unsure", on=date(2026, 11, 1), by="Ada", left_name="É, é")
    same = Judgement(left="b", right="a", verdict="same", on=date(2026, 11, 2))
    file_of.add(path, unsure)
    assert file_of.read(path) == [unsure]
    file_of.add(path, same)
    assert file_of.read(path) == [same]


def test_columns_stand_beside_each_other() -> None:
    lines = list(side_by_side(["one", "two"], ["three"]))
    assert [line.split("|")[0].strip() for line in lines] == ["one", "two"]
    assert lines[0].endswith("| three")
