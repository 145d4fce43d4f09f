"""The docs of the records say what the schemas say."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.describe import StaleDocsError, describe

DOCS = Path(__file__).parent.parent / "docs"


def test_the_docs_are_fresh() -> None:
    describe(DOCS, check=True)


def test_a_stale_page_is_named(tmp_path: Path) -> None:
    describe(tmp_path)
    (tmp_path / "records.md").write_text("# Records of last year\n")
    (tmp_path / "schemas" / "pledge.json").write_text("{}")
    with pytest.raises(StaleDocsError) as caught:
        describe(tmp_path, check=True)
    assert [path.name for path in caught.value.paths] == ["records.md", "pledge.json"]
    describe(tmp_path)
    describe(tmp_path, check=True)
