"""What a run costs that finds nothing to do."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scripts.benches.figures import Ratio, Section, in_turns

MANY = 10_000
_TEXT = "Canada and Norway today signed the Ocean Accord {}.\n"
_RUN = "from flows.cli import main; main()"
_ONCE = """
import sys, time
from pathlib import Path
from flows import stages
start = time.perf_counter()
found = stages.look(Path(sys.argv[1]), Path(sys.argv[2]))[1]
assert not found.new, found
print(time.perf_counter() - start)
"""


def measure(*, rounds: int) -> Section:
    """Run over a small inbox that is loaded, beside a Python that only imports DuckDB; then look at a large one."""
    environment = {**os.environ, "PREFECT_API_URL": ""}

    def python(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    with tempfile.TemporaryDirectory() as folder:
        inbox, db = Path(folder) / "inbox", Path(folder) / "bench.duckdb"
        inbox.mkdir()
        for number in range(17):
            (inbox / f"{number}.txt").write_text(_TEXT.format(number))
        again = (_RUN, "run", str(inbox), "--db", str(db))
        python(*again)
        taken = in_turns({"run": lambda: python(*again), "import": lambda: python("import duckdb")}, rounds=3 * rounds)
        many = _looked(python, inbox, db)
    run, alone = taken["run"].clock, taken["import"].clock
    lines = [
        f'A run with nothing to do: {run:.2f} s, all in all; `python -c "import duckdb"`: {alone:.2f} s.',
        f"A look at {MANY:,} unchanged files takes {many:.2f} s after imports.",
    ]
    ratios = [
        Ratio('a run with nothing to do, beside `python -c "import duckdb"`', run / alone, most=3.0),
        Ratio(f"seconds for {MANY:,} unchanged files, after imports", many, most=2.0),
    ]
    return Section("Nothing to do", lines, ratios)


def _looked(python: object, inbox: Path, db: Path) -> float:
    """Have many files known as they are, as if they had been read, and give the seconds that the look takes."""
    import warehouse
    from flows.inbox import key
    from schemas import Document

    states, documents = {}, []
    for number in range(MANY):
        path = inbox / f"m{number}.txt"
        path.write_text(_TEXT.format(number))
        sha256 = f"{number:064x}"
        states[key(path)] = warehouse.file_state(path, sha256=sha256)
        documents.append(
            Document(
                document_id=f"{number:016x}",
                name=path.name,
                uri=str(path),
                sha256=sha256,
                language="en",
                words=1,
                text="x",
            )
        )
    from scripts.benches.loading import RUN

    with warehouse.open(warehouse.working_file(db)) as connection:
        warehouse.load(connection, documents, [], [], [], RUN, files=states)
    start = time.perf_counter()
    said = str(python(_ONCE, str(inbox), str(db)))  # type: ignore[operator]
    assert time.perf_counter() > start
    return float(said)
