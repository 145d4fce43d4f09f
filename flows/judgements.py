"""The file of judgements: dated rows, one an answer, the user's to read, edit and keep under version control."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from schemas import Judgement, PledgebookError

COLUMNS = ("left", "right", "verdict", "on", "by", "left_name", "right_name")


class JudgementsError(PledgebookError):
    """A row of the file of judgements can't be read; ``path`` and ``line`` say which."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(
            f"{path}, line {line}: {reason}",
            remedy=f"A row has {', '.join(COLUMNS)}; the verdict is same, not_same or unsure, the day as 2026-11-22",
        )
        self.path = path
        self.line = line


def beside(db: Path) -> Path:
    """Give the file of judgements for a DuckDB file: the one that PLEDGEBOOK_JUDGEMENTS names, else beside it."""
    named = os.environ.get("PLEDGEBOOK_JUDGEMENTS")
    return Path(named) if named else db.with_name("judgements.csv")


def read(path: Path) -> list[Judgement]:
    """Read the judgements of a file, none if it isn't there. Raises JudgementsError for a row that can't be read."""
    if not path.is_file():
        return []
    found = []
    lines = csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))
    for row in lines:
        try:
            found.append(Judgement.model_validate({name: (row.get(name) or "").strip() for name in COLUMNS}))
        except ValidationError as error:
            first = error.errors()[0]
            raise JudgementsError(
                path, lines.line_num, f"{first['loc'][0] if first['loc'] else 'row'}: {first['msg']}"
            ) from error
    return found


def add(path: Path, judgement: Judgement) -> None:
    """Add a row; an earlier "unsure" about the same pair gives way to it."""
    kept = [j for j in read(path) if j.pair != judgement.pair or j.verdict != "unsure"]
    _write(path, [*kept, judgement])


def take_back(path: Path, left: str, right: str) -> int:
    """Take out what was said about a pair; give how many rows that were."""
    said = read(path)
    kept = [judgement for judgement in said if set(judgement.pair) != {left, right}]
    if len(kept) < len(said):
        _write(path, kept)
    return len(said) - len(kept)


def _write(path: Path, judgements: Sequence[Judgement]) -> None:
    """Replace the file in one step, so that a crash never leaves half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.fresh")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for judgement in judgements:
            writer.writerow(judgement.model_dump(mode="json"))
    os.replace(fresh, path)
