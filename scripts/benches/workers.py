"""How much faster two workers are than one, and that they say the same."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import warehouse
from scripts.benches.figures import Ratio, Section, in_turns


def measure(paths: Sequence[Path], *, rounds: int) -> Section:
    """Take the documents all the way with one worker and with two, in turns; both are warm."""
    from flows.reading import readers

    said: dict[int, set[tuple[object, ...]]] = {}

    def run(count: int) -> None:
        from flows import stages

        os.environ["PLEDGEBOOK_WORKERS"] = str(count)
        with tempfile.TemporaryDirectory() as folder:
            db = Path(folder) / "bench.duckdb"
            stages.run(paths[0].parent, db, paths=paths)
            said[count] = set(warehouse.query(db, "select own_record_id, record_type, quote from evidence")[1])

    for count in (1, 2):
        os.environ["PLEDGEBOOK_WORKERS"] = str(count)
        readers().warm()
    taken = in_turns({"one": lambda: run(1), "two": lambda: run(2)}, rounds=rounds)
    if said[1] != said[2]:
        raise AssertionError("one worker and two say different things")
    one, two = taken["one"].clock, taken["two"].clock
    lines = [
        f"{len(paths)} documents all the way: {one:.1f} s with one worker, {two:.1f} s with two, "
        f"on {os.cpu_count()} processors. The rows are the same.",
        "With one worker, checking and loading already go on beside the reading.",
    ]
    return Section("Two workers", lines, [Ratio("throughput with two workers, beside one", one / two, least=1.7)])
