"""Workers side by side: the same rows whatever their number, and what one of them breaks costs only itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.errors import ParseError
from flows import reading
from flows.reading import Readers, Reading

RELEASE = """Canada and {0} sign agreement on ocean research

OTTAWA, March 4, 2025 – Canada and {0} today signed the Canada–{0} Ocean Research Agreement.
The Government of Canada is investing $12.5 million in the Northern Ocean Institute to study sea ice.
"""
PARTNERS = ("Norway", "Iceland", "Japan", "Chile", "Kenya", "Finland", "Ireland")
BREAKS = """
import extract.pipeline, os
real = extract.pipeline.extract
def extract_or_die(document):
    if "Kenya" in document.text:
        os.abort()
    return real(document)
extract.pipeline.extract = extract_or_die
from flows.workers import serve
serve()
"""


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("inbox")
    for number, partner in enumerate(PARTNERS):
        (folder / f"{number}.txt").write_text(RELEASE.format(partner), "utf-8")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def two() -> Iterator[Readers]:
    readers = Readers(2, code=BREAKS)
    yield readers
    readers.stop()


def said(readers: Readers, paths: list[Path]) -> list[tuple[str, list[object]]]:
    """Give for each file, in the order asked, what was read in it: its records, or why it can't be read."""
    return [
        (
            path.name,
            [
                (piece.failure or piece.records) if isinstance(piece, Reading) else getattr(piece, "reason_code", piece)
                for piece in future.result().pieces
            ],
        )
        for path, future in readers.read(paths)
    ]


def test_the_number_of_workers_changes_nothing_and_a_crash_costs_one_document(paths: list[Path], two: Readers) -> None:
    one = Readers(1, code=BREAKS)
    alone = said(one, paths)
    one.stop()
    assert said(two, paths) == alone
    assert [name for name, _ in alone] == [path.name for path in paths]
    assert alone[PARTNERS.index("Kenya")] == ("4.txt", ["crashed"])
    assert all(isinstance(found, tuple) and len(found) >= 3 for name, (found,) in alone if name != "4.txt")


def test_files_are_read_ahead_no_further_than_a_batch(paths: list[Path], two: Readers) -> None:
    with two.expecting(paths):
        first = said(two, paths[:3])
        assert list(two._begun) == paths[3:6]
        assert said(two, paths[3:]) != first
    assert not two._begun


def test_who_stops_asking_ends_the_workers(paths: list[Path], two: Readers) -> None:
    asked = two.read(paths)
    next(asked)
    processes = [worker._process for worker in two._workers if worker._process]
    asked.close()  # as an interrupt does
    assert [process.wait(60) for process in processes]
    assert [found for _, found in said(two, paths[:1])] != [["crashed"]]  # they start again


def test_a_file_that_is_not_there_is_its_own_trouble(paths: list[Path], two: Readers) -> None:
    (_, gone), (_, there) = two.read([paths[0].with_name("gone.txt"), paths[0]])
    with pytest.raises(OSError, match="No such file"):
        gone.result()
    assert not any(isinstance(piece, ParseError) for piece in there.result().pieces)


def test_the_number_of_workers_is_told_or_that_of_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEDGEBOOK_WORKERS", "3")
    assert reading.workers() == 3
    monkeypatch.delenv("PLEDGEBOOK_WORKERS")
    monkeypatch.setattr(reading, "cores", lambda: 64)
    assert reading.workers() == reading.MOST
