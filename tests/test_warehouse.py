"""Loading, publishing and asking: what an analyst and the pipeline may rely on."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from pydantic import ValidationError

import warehouse
from extract.resolve import resolve
from schemas import (
    Actor,
    Agreement,
    Commitment,
    Document,
    Evidence,
    Funding,
    Money,
    PartialDate,
    Quarantined,
    Record,
    Run,
)
from warehouse.promises import promises

RUN = Run(run_id="run-1", started_at=datetime(2026, 3, 2, 8, 0, tzinfo=UTC), version="0.1.0")

# The public face: the plan's names and columns, in the plan's order.
VIEWS = {
    "documents": "document_id name uri sha256 kind title language publisher published_on pages words"
    " ingested_at run_id",
    "actors": "actor_id name name_en name_fr kind country aliases documents mentions",
    "agreements": "agreement_id title kind status signed_on date_precision parties documents mentions",
    "agreement_parties": "agreement_id actor_id actor role",
    "funding": "funding_id amount amount_max currency qualifier status funders recipients purpose date agreement_id"
    " document_id quote",
    "funding_parties": "funding_id actor_id actor role",
    "commitments": "commitment_id kind text actors section document_id",
    "evidence": "record_id record_type field document_id page char_start char_end quote finder",
    "quarantine": "quarantine_id document_id name stage reason_code message payload at",
    "runs": "run_id started_at ended_at status documents_seen documents_loaded records_loaded records_quarantined"
    " version",
    "resolution": "record_id canonical_id rule score",
}


def release(text: str, *, name: str = "release.txt", language: str = "en", published: str = "2026-03-01") -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        document_id=digest[:16],
        name=name,
        uri=name,
        sha256=digest,
        kind="press_release",
        language=language,
        published_on=PartialDate(text=published),
        words=len(text.split()),
        text=text,
    )


def quote(document: Document, words: str, field: str = "record") -> tuple[Evidence, ...]:
    start = document.text.index(words)
    return (Evidence(field=field, start=start, end=start + len(words), quote=words, finder="by hand"),)


def english() -> tuple[Document, list[Record]]:
    """Give a release with one record of each type, and two actors."""
    doc = release(
        "Canada gives $5 million to the Polar Institute under the Ice Accord. Next: publish the ice maps, "
        "say Quillmere and Zovind.",
        name="release.en.txt",
    )
    key = doc.document_id
    accord = Agreement(
        document_id=key,
        title="Ice Accord",
        kind="treaty",
        status="signed",
        parties=("Canada", "Norland"),
        date=PartialDate(text="2024-05"),
        evidence=quote(doc, "Ice Accord", "title"),
    )
    return doc, [
        Actor(document_id=key, name="Canada", kind="state", country="CA", evidence=quote(doc, "Canada", "name")),
        Actor(
            document_id=key,
            name="Polar Institute",
            aliases=("the Institute",),
            kind="academic",
            evidence=quote(doc, "Polar Institute", "name"),
        ),
        accord,
        Funding(
            document_id=key,
            money=Money(amount=Decimal("5000000"), currency="CAD"),
            restated=(Money(amount=Decimal("3600000.50"), currency="USD"),),
            status="committed",
            funders=("CANADA",),
            recipients=("The Institute", "its partners"),
            agreement_id=accord.id,
            evidence=quote(doc, "Canada gives $5 million"),
        ),
        Commitment(
            document_id=key,
            kind="next_step",
            text="publish the ice maps",
            actors=("Canada",),
            section="Next",
            evidence=quote(doc, "publish the ice maps"),
        ),
    ]


def french() -> tuple[Document, list[Record]]:
    """Give the French twin of the English release, with its sum and its payer."""
    text = (
        "Le Canada verse 5 M$ à l'Institut polaire selon l'Accord sur les glaces. Ensuite : publier les cartes, "
        "disent Quillmere et Zovind."
    )
    doc = release(text, name="release.fr.txt", language="fr")
    key = doc.document_id
    return doc, [
        Actor(document_id=key, name="Canada", kind="state", language="fr", evidence=quote(doc, "Canada", "name")),
        Funding(
            document_id=key,
            money=Money(amount=Decimal("5000000"), currency="CAD"),
            funders=("Canada",),
            recipients=("Institut polaire",),
            evidence=quote(doc, "Le Canada verse 5 M$"),
        ),
    ]


def load(path: Path, *batches: tuple[Document, Sequence[Record]], quarantined: Sequence[Quarantined] = ()) -> None:
    documents = [doc for doc, _ in batches]
    records = [record for _, found in batches for record in found]
    with warehouse.open(path) as connection:
        warehouse.load(connection, documents, records, resolve(records, documents), quarantined, RUN, fingerprint="v1")


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    return warehouse.query(path, sql)[1]


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with warehouse.open(path, read_only=True) as connection:
        return {view: sorted(connection.execute(f"from {view}").fetchall(), key=repr) for view in VIEWS}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.duckdb"
    load(path)
    return path


@pytest.fixture
def working(tmp_path: Path, empty: Path) -> Path:
    path = warehouse.working_file(tmp_path / "pledgebook.duckdb")
    path.parent.mkdir()
    return Path(shutil.copyfile(empty, path))


def test_the_views_are_those_of_the_plan(working: Path) -> None:
    assert {name for (name,) in ask(working, "show tables")} == VIEWS.keys()
    with warehouse.open(working, read_only=True) as connection:
        for view, columns in VIEWS.items():
            found = [row[0] for row in connection.execute(f"describe {view}").fetchall()]
            assert [name for name in found if name in columns.split()] == columns.split(), view


def test_every_view_and_column_says_what_it_means(working: Path) -> None:
    silent = "select {0}_name from duckdb_{0}s() where not internal and schema_name = 'main' and comment is null"
    assert ask(working, silent.format("view")) == []
    assert ask(working, silent.format("column")) == []


def test_amounts_are_decimals_and_lists_are_lists(working: Path) -> None:
    types = {name: kind for name, kind, *_ in ask(working, "describe funding")}
    assert types["amount"] == types["amount_max"] == "DECIMAL(38,2)"
    assert types["funders"] == types["recipients"] == "VARCHAR[]"
    assert dict(row[:2] for row in ask(working, "describe quarantine"))["payload"] == "JSON"


def test_a_release_becomes_rows(working: Path) -> None:
    load(working, english())
    assert ask(working, "select amount, currency, status, funders, recipients, quote from funding") == [
        (
            Decimal("5000000.00"),
            "CAD",
            "committed",
            ["Canada"],
            ["Polar Institute", "its partners"],
            "Canada gives $5 million",
        )
    ]
    assert ask(working, "select title, signed_on, date_precision, parties, documents, mentions from agreements") == [
        ("Ice Accord", date(2024, 5, 1), "month", ["Canada", "Norland"], 1, 1)
    ]
    assert ask(working, "select title from funding join agreements using (agreement_id)") == [("Ice Accord",)]
    assert ask(working, "select kind, text, actors, section from commitments") == [
        ("next_step", "publish the ice maps", ["Canada"], "Next")
    ]


def test_parties_are_actors_where_the_document_names_them(working: Path) -> None:
    load(working, english())
    assert ask(
        working,
        "select p.role, a.name, p.actor from funding_parties p left join actors a using (actor_id) order by all",
    ) == [
        ("funder", "Canada", "Canada"),
        ("recipient", "Polar Institute", "Polar Institute"),
        ("recipient", None, "its partners"),
    ]


def test_what_was_loaded_can_be_read_back(working: Path) -> None:
    doc, records = english()
    load(working, (doc, records))
    with warehouse.open(working) as connection:
        assert warehouse.documents(connection) == [doc]
        assert {record.id: record for record in warehouse.records(connection)} == {r.id: r for r in records}


def test_every_quote_stands_in_the_text(working: Path) -> None:
    load(working, english(), french())
    quotes = "from evidence join documents using (document_id)"
    cut = "substr(text, char_start + 1, char_end - char_start)"
    assert ask(working, f"select count(*), count(*) filter (where quote = {cut}) {quotes}") == [(7, 7)]


def test_twins_state_one_sum_and_both_prove_it(working: Path) -> None:
    load(working, english(), french())
    assert ask(working, "select count(*), sum(amount) from funding") == [(1, Decimal("5000000.00"))]
    assert ask(
        working, "select count(distinct e.document_id) from evidence e, funding where record_id = funding_id"
    ) == [(2,)]
    assert ask(working, "select name, name_en, name_fr, documents, mentions from actors where kind = 'state'") == [
        ("Canada", "Canada", "Canada", 2, 2)
    ]


def test_any_order_of_loading_gives_the_same_rows(tmp_path: Path) -> None:
    views = []
    for number, batches in enumerate([(english(), french()), (french(), english())]):
        path = tmp_path / f"{number}.duckdb"
        for batch in batches:
            load(path, batch)
            with warehouse.open(path) as connection:
                resolutions = resolve(warehouse.records(connection), warehouse.documents(connection))
                warehouse.write_resolutions(connection, resolutions)
        views.append(everything(path))
    assert views[0] == views[1]
    assert len(views[0]["funding"]) == 1


def test_loading_twice_is_loading_once(working: Path) -> None:
    refused = [Quarantined(name="empty.txt", stage="parse", reason_code="empty_file", message="empty.txt is empty")]
    load(working, english(), french(), quarantined=refused)
    once = everything(working)
    load(working, english(), french(), quarantined=refused)
    assert everything(working) == once
    assert len(once["quarantine"]) == 1


def test_a_document_replaces_what_it_said_before(working: Path) -> None:
    doc, records = english()
    load(working, (doc, records), french())
    load(working, (doc, records[:1]))
    assert ask(working, "select count(*) from agreements") == [(0,)]
    assert ask(
        working, "select document_id = (select document_id from documents where language = 'fr') from funding"
    ) == [(True,)]


def test_a_failed_load_leaves_nothing(working: Path) -> None:
    load(working, french())
    before = everything(working)
    doc, records = english()
    orphan = records[0].model_copy(update={"document_id": "nowhere"})
    with pytest.raises(warehouse.SuiteFailed, match="document_id in document"):
        load(working, (doc, [*records, orphan]))
    assert everything(working) == before


def test_forgetting_leaves_no_trace(working: Path) -> None:
    load(working, english())
    alone = everything(working)
    doc, records = french()
    refused = Quarantined(
        document_id=doc.document_id, name=doc.name, stage="validate", reason_code="no_evidence", message="actor"
    )
    load(working, (doc, records), english(), quarantined=[refused])
    with warehouse.open(working) as connection:
        assert warehouse.forget(connection, doc.document_id)
        assert not warehouse.forget(connection, doc.document_id)
        found = connection.execute("select table_name from duckdb_tables() where schema_name = 'store'").fetchall()
        for (table,) in found:
            assert doc.document_id not in str(connection.execute(f"from store.{table}").fetchall()), table
    assert everything(working) == alone


def test_a_cluster_outlives_the_record_that_stood_for_it(working: Path) -> None:
    doc, _ = english()
    twin, _ = french()
    load(working, english(), french())
    for gone, left in ((doc, twin), (twin, doc)):
        load(working, english(), french())
        with warehouse.open(working) as connection:
            warehouse.forget(connection, gone.document_id)
        assert ask(working, "select document_id, amount from funding") == [(left.document_id, Decimal("5000000.00"))]


def test_the_quarantine_keeps_the_whole_payload(working: Path) -> None:
    refused = Quarantined(
        name="élan.txt", stage="parse", reason_code="bad_encoding", message="…", payload={"é": [1, None, {"b": "c"}]}
    )
    load(working, quarantined=[refused])
    assert warehouse.quarantine(working) == [refused]
    assert ask(working, "select payload ->> '$.é[2].b' from quarantine") == [("c",)]
    load(working, (release("Now it can be read.", name="élan.txt"), []))
    assert warehouse.quarantine(working) == []


def test_what_is_known_is_cheap_to_ask(working: Path) -> None:
    assert warehouse.known(working) == warehouse.known(working.with_name("missing.duckdb")) == {}
    doc, records = english()
    load(working, (doc, records))
    assert warehouse.known(working) == {doc.document_id: "v1"}
    state = warehouse.FileState(size=1, mtime_ns=2, sha256=doc.sha256)
    with warehouse.open(working) as connection:
        warehouse.remember(connection, {"inbox/release.txt": state})
    assert warehouse.known_files(working) == {"inbox/release.txt": state}


def test_publishing_replaces_the_file_whole_while_a_reader_holds_it(tmp_path: Path, working: Path) -> None:
    published = tmp_path / "pledgebook.duckdb"
    load(working, english())
    warehouse.publish(working, published)
    reader = subprocess.Popen(
        [sys.executable, "-c", _READER, str(published)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert reader.stdin is not None
    assert reader.stdout is not None
    assert reader.stdout.readline() == "1\n"
    load(working, english(), french())
    warehouse.publish(working, published)
    assert ask(published, "select count(*) from documents") == [(2,)]
    answer, _ = reader.communicate("again\n")
    assert answer == "1\n"  # the old file, whole, for as long as it is held
    assert [path.name for path in tmp_path.rglob("*.*duckdb*")] == [published.name, working.name]


_READER = textwrap.dedent("""
    import sys, duckdb
    connection = duckdb.connect(sys.argv[1], read_only=True)
    for _ in range(2):
        print(connection.execute("select count(*) from documents").fetchone()[0], flush=True)
        sys.stdin.readline()
""")


def test_an_analyst_who_writes_into_the_published_file_spoils_nothing(tmp_path: Path, working: Path) -> None:
    published = tmp_path / "pledgebook.duckdb"
    load(working, english())
    warehouse.publish(working, published)
    with duckdb.connect(str(published)) as analyst:
        analyst.execute("create table notes as select 1 as note")
        assert published.with_name("pledgebook.duckdb.wal").is_file()
        warehouse.publish(working, published)
        read = (
            "import sys, duckdb; print(duckdb.connect(sys.argv[1], read_only=True).execute('show tables').fetchall())"
        )
        shown = subprocess.run([sys.executable, "-c", read, str(published)], capture_output=True, text=True, check=True)
        assert "notes" not in shown.stdout
        assert "actors" in shown.stdout
        assert analyst.execute("from notes").fetchall() == [(1,)]
    assert ask(published, "select count(*) from documents") == [(1,)]


def test_a_crash_while_publishing_leaves_the_last_good_file(
    tmp_path: Path, working: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = tmp_path / "pledgebook.duckdb"
    load(working, english())
    warehouse.publish(working, published)
    before = published.read_bytes()
    load(working, french())

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", crash)
    with pytest.raises(KeyboardInterrupt):
        warehouse.publish(working, published)
    assert published.read_bytes() == before
    monkeypatch.undo()
    warehouse.publish(working, published)
    assert ask(published, "select count(*) from documents") == [(2,)]


def test_the_published_file_opens_in_older_clients(tmp_path: Path, working: Path) -> None:
    published = tmp_path / "it's.duckdb"
    load(working, english())
    warehouse.publish(working, published)
    with duckdb.connect(str(published), read_only=True) as connection:
        tags = connection.execute("select tags from duckdb_databases() where not internal").fetchone()
    assert tags is not None
    assert tags[0]["storage_version"].startswith("v1.2.0")


def test_an_attached_file_answers_too(tmp_path: Path, working: Path) -> None:
    published = tmp_path / "pledgebook.duckdb"
    load(working, english())
    warehouse.publish(working, published)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{published}' as book (read_only)")
        for view in VIEWS:
            connection.execute(f"from book.{view}").fetchall()


def test_a_file_of_a_newer_version_is_refused(working: Path) -> None:
    with warehouse.open(working) as connection:
        connection.execute("update store.version set version = version + 1")
    with pytest.raises(warehouse.WarehouseError, match="Update Pledgebook"), warehouse.open(working):
        pass


def test_a_file_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam, " * 1000)
    with pytest.raises(warehouse.WarehouseError, match="not a DuckDB file"), warehouse.open(letter):
        pass
    other = tmp_path / "other.duckdb"
    duckdb.connect(str(other)).close()
    with pytest.raises(warehouse.WarehouseError, match="no Pledgebook tables"):
        warehouse.query(other, "select 1")
    with pytest.raises(warehouse.WarehouseError, match="does not exist"):
        warehouse.query(tmp_path / "missing.duckdb", "select 1")
    with pytest.raises(warehouse.WarehouseError, match="can't be opened"), warehouse.open(tmp_path):
        pass


def test_a_file_that_another_program_writes_is_said_to_be_in_use(working: Path) -> None:
    hold = "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.readline()"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(working)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        with pytest.raises(warehouse.WarehouseError, match="in use by another program") as caught:
            warehouse.known(working)
        assert caught.value.path == working
    finally:
        holder.communicate("\n")


def test_a_wrong_question_gets_an_answer(working: Path) -> None:
    load(working, english())
    with pytest.raises(warehouse.QueryError, match="show tables"):
        warehouse.query(working, "select * from fundings")
    with pytest.raises(warehouse.QueryError, match="read-only"):
        warehouse.query(working, "delete from store.document")
    assert len(warehouse.query(working, "from evidence", limit=2)[1]) == 2


def test_asking_imports_nothing_heavy() -> None:
    heavy = "import sys, warehouse; sys.exit(bool({'pandas', 'great_expectations', 'pyarrow'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", heavy], check=False).returncode == 0


def test_nothing_to_check_is_nothing_wrong() -> None:
    assert warehouse.validate([], []) == (warehouse.Accepted([], []), [])


def test_promises_come_from_the_schemas() -> None:
    said = {(p.reason_code, p.arguments.get("column")) for p in promises("funding")}
    assert {
        ("unknown_currency", "money.currency"),
        ("out_of_range", "money.amount_max"),
        ("not_in_enumeration", "status"),
        ("bad_date", "date"),
        ("no_evidence", "evidence"),
    } <= said


def test_what_pydantic_refuses_becomes_a_row() -> None:
    with pytest.raises(ValidationError) as caught:
        Money.model_validate({"amount": "-3", "currency": "XYZ"})
    refused = warehouse.from_validation_error(caught.value, document_id="d", name="d.txt")
    assert refused.reason_code == "invalid_record"
    assert refused.message == "Money: amount: Input should be greater than or equal to 0 (and 1 more)"
    assert [error["input"] for error in refused.payload["errors"]] == ["-3", "XYZ"]


def test_the_account_of_a_run_costs_no_heavy_import(tmp_path: Path) -> None:
    said = 'it\'s \\ "so"; drop table store.run --'
    code = textwrap.dedent("""
        import sys, warehouse
        from datetime import UTC, datetime
        from pathlib import Path
        from schemas import Run
        run = Run(run_id="r", started_at=datetime.now(UTC), version="1", error=sys.argv[2], warnings=(sys.argv[2],))
        with warehouse.open(Path(sys.argv[1])) as connection:
            warehouse.account(connection, run.model_dump())
            print(connection.execute("select error = warnings[1], error from runs").fetchall())
        sys.exit(bool({"pandas", "pyarrow", "numpy"} & sys.modules.keys()))
    """)
    command = [sys.executable, "-c", code, str(tmp_path / "a.duckdb"), said]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip() == repr([(True, said)])
