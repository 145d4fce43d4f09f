"""How long it takes from a file being complete in a watched folder to its rows being in the published file."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import warehouse
from scripts.benches.figures import Ratio, Section

DROPS = 20
_PARTNERS = ("Norway", "Iceland", "Japan", "Chile", "Kenya", "Finland", "Ireland", "Ghana", "Peru", "Malta")
_SENTENCES = (
    "The Government of Canada is investing ${0} million in the {1} Ocean Institute to study sea ice and storms.",
    "Both governments will publish a shared map of the coast of {1} by 2027, and report on it every year.",
    "The Minister of Fisheries said that the work begins in the harbour of Halifax before the end of the year.",
    "Researchers of the University of Bergen and of the {1} Ocean Institute lead the programme together.",
)


def measure() -> Section:
    """Start a watcher, wait until it says that it watches, then drop one-page releases by renaming them in."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        inbox, db = place / "inbox", place / "bench.duckdb"
        inbox.mkdir()
        command = [sys.executable, "-c", "from flows.cli import main; main()", "watch", str(inbox), "--db", str(db)]
        environment = {**os.environ, "PREFECT_API_URL": ""}
        watching = subprocess.Popen(
            command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment
        )
        assert watching.stderr is not None
        try:
            while "Watching" not in watching.stderr.readline():
                assert watching.poll() is None, "the watcher ended"
            seconds = [_dropped(place, inbox, db, number) for number in range(DROPS)]
        finally:
            watching.send_signal(signal.SIGTERM)
            watching.wait(120)
    median, worst = statistics.median(seconds), max(seconds)
    lines = [
        f"{DROPS} one-page releases, one after the other, into a warm `pledgebook watch`, until a query of the",
        f"published file shows the document: {median:.2f} s at the median, {worst:.2f} s at most.",
    ]
    return Section("Watching", lines, [Ratio("seconds from a complete release to its rows, median", median, most=2.0)])


def _dropped(place: Path, inbox: Path, db: Path, number: int) -> float:
    partner = _PARTNERS[number % len(_PARTNERS)]
    paragraphs = [" ".join(line.format(n + number, partner) for line in _SENTENCES) for n in range(1, 6)]
    title = f"Canada and {partner} sign the Ocean Accord {number}"
    outside = place / f"{number}.txt"
    outside.write_text("\n\n".join([title, f"OTTAWA, March {number + 1}, 2025 – {title} today.", *paragraphs]), "utf-8")
    start = time.perf_counter()
    outside.rename(inbox / outside.name)
    while not _shows(db, outside.name):
        assert time.perf_counter() - start < 300, outside.name
        time.sleep(0.02)
    return time.perf_counter() - start


def _shows(db: Path, name: str) -> bool:
    if not db.is_file():
        return False
    return bool(warehouse.query(db, f"select 1 from documents where name = '{name}'")[1])
