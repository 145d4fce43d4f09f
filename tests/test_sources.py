"""What is expected of sources: the file that says so, its mistakes, and where it is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import sources


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("sources: [", "line 1", "this is no YAML"),
        ("", "sources.yaml", "the file: "),
        ("sources:\n- name: a\n  folder: x\n", "line 2", "say what is expected"),
        ("sources:\n- name: a\n  documents: 1\n", "line 2", "which documents are meant"),
        ("sources:\n- name: a\n  folder: x\n  fill: {}\n", "line 4", "fill"),
        ("sources:\n- name: a\n  folder: x\n  filled:\n    funding.colour: 1\n", "line 4", "funding.colour"),
        ("sources:\n- name: a\n  folder: x\n  filled:\n    funding.date: 7\n", "line 5", "less than or equal to 1"),
        ("sources:\n- name: a\n  folder: x\n  folder: y\n", "line 4", "a second time"),
        ("sources:\n- &a {name: a, folder: x, documents: 1}\n- *a\n", "line 1", "two sources are called 'a'"),
    ],
)
def test_a_wrong_file_is_explained(text: str, where: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(text)
    with pytest.raises(sources.SourcesError) as error:
        sources.read(path)
    said = str(error.value)
    assert said.startswith(str(path))
    assert where in said
    assert words in said
    assert "docs/operations.md" in said


def test_the_example_is_right() -> None:
    found = sources.read(Path(__file__).parent.parent / "examples" / "sources.yaml")
    assert [source.severity for source in found] == ["refuse", "warn"]


def test_the_file_beside_the_book_holds_unless_another_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(sources.SETTING, raising=False)
    db = tmp_path / "book.duckdb"
    assert sources.beside(db) is None
    assert sources.read(None) == ()
    (tmp_path / "sources.yaml").touch()
    assert sources.beside(db) == tmp_path / "sources.yaml"
    monkeypatch.setenv(sources.SETTING, "elsewhere.yaml")
    assert sources.beside(db) == Path("elsewhere.yaml")
