"""The quarantine as a work list: what waits, what it looks like, what becomes of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import warehouse
from flows import batch, stages
from flows.cli import main
from flows.exits import REFUSED, WELL, WRONG_USE

pytestmark = pytest.mark.usefixtures("by_hand")
WAITING = "select name, reason_code from quarantine where dismissed_at is null order by all"


@pytest.fixture
def inbox(work: Path) -> Path:
    return work / "inbox"


@pytest.fixture
def db(work: Path) -> Path:
    """Name the published file of a first run."""
    return work / "book.duckdb"


def pledgebook(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    return warehouse.query(path, sql)[1]


def ids(db: Path, *more: str) -> list[str]:
    lines = pledgebook("quarantine", "--db", db, "--json", *more).stdout.splitlines()
    return [json.loads(line)["id"] for line in lines]


def test_the_list_counts_by_reason(inbox: Path, db: Path) -> None:
    said = pledgebook("quarantine", "--db", db).output
    assert re.search(r"empty_file +1\b", said)
    assert re.search(r"quote_not_in_document +1\b", said)
    assert pledgebook("quarantine", "--db", db, "list").output == said
    assert len(ids(db, "--reason", "empty_file")) == 1
    columns = pledgebook("quarantine", "list", "--csv", "--db", db).output.splitlines()[0]
    assert columns == "id,name,stage,reason,message,since,dismissed,because"


def test_an_item_is_shown_beside_what_the_document_says(inbox: Path, db: Path) -> None:
    [item] = ids(db, "--reason", "quote_not_in_document")
    said = pledgebook("quarantine", "show", item[:6], "--db", db).output
    assert "name: “Norland” at 2-9" in said
    assert "the document says there: … No[rland a]nd Canada meet in the north of the world. …" in said
    assert '"record_type": "actor"' in said
    told = json.loads(pledgebook("quarantine", "show", item, "--db", db, "--json").output)
    assert told["quotes"][0]["printed"] == "rland a"
    assert told["payload"]["name"] == "Norland"


def test_replay_says_what_became_of_each(inbox: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again = pledgebook("quarantine", "replay", "--db", db, "--strict")
    assert again.exit_code == REFUSED
    assert again.output.count("refused") == 2
    assert "2 tried again: 0 off the list, 2 still on it" in again.output

    monkeypatch.setattr(warehouse, "validate", lambda documents, records: (warehouse.Accepted(documents, records), []))
    mended = pledgebook("quarantine", "replay", "--reason", "quote_not_in_document", "--db", db)
    assert mended.exit_code == WELL, mended.output
    assert "its document holds 2 records" in mended.output
    assert rows(db, WAITING) == [("empty.txt", "empty_file")]

    (inbox / "empty.txt").unlink()
    [item] = ids(db)
    assert "gone" in pledgebook("quarantine", "replay", item, "--db", db).output
    assert pledgebook("quarantine", "replay", "--reason", "timeout", "--db", db).exit_code == WRONG_USE


def test_what_is_dismissed_stays_so_until_its_content_changes(
    inbox: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = pledgebook("quarantine", "dismiss", *ids(db), "--because", " not ours to mend ", "--db", db)
    assert done.exit_code == WELL, done.output
    assert rows(db, "select distinct because from quarantine") == [("not ours to mend",)]
    assert pledgebook("quarantine", "--db", db).output == "Nothing is in quarantine.\n"
    assert "not ours to mend" in pledgebook("quarantine", "--all", "--db", db).output

    for module in (stages, batch):
        monkeypatch.setattr(module, "fingerprint", lambda: "another engine")
    summary = stages.run(inbox, db)
    assert (summary.quarantined, summary.waiting) == (1, 0)  # refused again, and still nothing to do
    (inbox / "wrong.txt").write_text("Norland and Canada meet in the south of the world.")
    assert stages.run(inbox, db).waiting == 1

    [first, *_] = ids(db, "--all")
    assert pledgebook("quarantine", "dismiss", first, "--take-back", "--db", db).exit_code == WELL
    assert first in ids(db)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "zzz"), "has no item zzz"),
        (("replay", "zzz"), "`pledgebook quarantine` lists them"),
        (("dismiss", "zzz"), "--because"),
        (("dismiss", "zzz", "--because", "  "), "A reason is missing"),
        (("dismiss", "zzz", "--because", "x"), "has no item zzz"),
        (("show", ""), "items begin with"),
    ],
)
def test_wrong_items_are_named(arguments: tuple[str, ...], words: str, inbox: Path, db: Path) -> None:
    answer = pledgebook("quarantine", *arguments, "--db", db)
    assert answer.exit_code == WRONG_USE
    assert words in answer.output
