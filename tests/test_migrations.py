"""Files of earlier versions open, keep what they held and become files of this version; files of a later one don't."""

from __future__ import annotations

import gzip
from pathlib import Path

import duckdb
import pytest

import warehouse
from flows import stages
from schemas import Document, Quarantined, Record
from warehouse import migrate

FILES = Path(__file__).parent / "files"
RELEASED = {"first": (2, 12, 39), "0.1": (3, 12, 43)}  # documents, records and quotes in each


def accept(documents: list[Document], records: list[Record]) -> tuple[warehouse.Accepted, list[Quarantined]]:
    return warehouse.Accepted(documents, records), []


def unpacked(release: str, path: Path) -> Path:
    path.write_bytes(gzip.decompress((FILES / f"warehouse-{release}.duckdb.gz").read_bytes()))
    return path


def shape(path: Path) -> list[tuple[object, ...]]:
    columns = "table_name, column_name, data_type, is_nullable"
    with warehouse.open(path, read_only=True) as connection:
        return connection.execute(f"select {columns} from duckdb_columns() where not internal order by all").fetchall()


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "new.duckdb"
    with warehouse.open(path):
        return path


@pytest.mark.parametrize("release", RELEASED)
def test_a_file_of_each_release_becomes_one_of_this(
    release: str, new: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = unpacked(release, tmp_path / "book.duckdb")
    before = path.read_bytes()
    names = "select name from documents order by 1"
    known = warehouse.query(path, names)
    with warehouse.open(path) as connection:
        documents, records = warehouse.documents(connection), warehouse.records(connection)
        quotes = connection.execute("select count(*) from evidence").fetchall()[0][0]
    assert (len(documents), len(records), quotes) == RELEASED[release]
    assert warehouse.query(path, names) == known
    assert shape(path) == shape(new)
    [copy] = tmp_path.glob("book.v1-*.duckdb")
    assert copy.read_bytes() == before
    assert f"version 1 of the tables becomes {migrate.newest()}; the file as it was is {copy}" in caplog.text
    assert warehouse.copies(path) == [copy]
    with warehouse.open(path):  # and no second time
        assert list(tmp_path.glob("book.v*")) == [copy]


def test_what_files_held_is_known_after_the_migration(tmp_path: Path) -> None:
    path = unpacked("0.1", tmp_path / "book.duckdb")
    with warehouse.open(path) as connection:
        held = connection.execute(
            "select parse_filename(path), name from store.held left join store.document using (document_id) order by 1"
        ).fetchall()
    assert held == [
        ("empty.txt", None),
        ("more.zip", "more.zip/tram.txt"),
        ("ocean-en.txt", "ocean-en.txt"),
        ("ocean-fr.txt", "ocean-fr.txt"),
    ]


def test_a_run_brings_the_published_file_up_to_date_though_nothing_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warehouse, "validate", accept)
    db = unpacked("0.1", tmp_path / "book.duckdb")
    (tmp_path / "inbox").mkdir()
    assert stages.run(tmp_path / "inbox", db).loaded == 0
    with warehouse.open(db, read_only=True) as connection:
        assert migrate.found_version(connection) == (migrate.newest(), migrate.definition())
        assert len(warehouse.documents(connection)) == 3
    assert len(list(tmp_path.glob("book.v1-*.duckdb"))) == 1


def test_a_migration_that_breaks_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = unpacked("0.1", tmp_path / "book.duckdb")
    steps = (*migrate.migrations(), (migrate.newest() + 1, "alter table store.nowhere add column x integer"))
    monkeypatch.setattr(migrate, "migrations", lambda: steps)
    monkeypatch.setattr(migrate, "definition", lambda: "newer")
    with pytest.raises(duckdb.CatalogException), warehouse.open(path):
        pass
    monkeypatch.undo()
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("select version from store.version").fetchall() == [(1,)]
        assert connection.execute("select count(*) from duckdb_tables() where table_name = 'held'").fetchall() == [(0,)]


def test_without_room_for_the_copy_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = unpacked("0.1", tmp_path / "book.duckdb")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    problem = pytest.raises(warehouse.WarehouseError, match=r"no copy could be made .* No space left.*Make room in")
    with problem, warehouse.open(path):
        pass
    assert list(tmp_path.iterdir()) == [path]
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("select version from store.version").fetchall() == [(1,)]


def test_the_steps_are_numbered_without_a_gap() -> None:
    assert [number for number, _ in migrate.migrations()] == list(range(2, migrate.newest() + 1))
