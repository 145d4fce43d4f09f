"""The most memory that a run takes, our processes together, with few documents and with ten times as many.

python -m scripts.benches.memory DOCUMENTS      prints the megabytes of one run over so many synthetic documents
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from scripts.benches.figures import Ratio, Section, children

FEW, MANY = 1_000, 10_000
_PLACES = ("Bergen", "Halifax", "Lyon", "Nuuk", "Turku", "Busan", "Gdansk", "Cork", "Quebec", "Oslo")
_THINGS = ("sea ice", "coastal storms", "fish stocks", "tidal power", "harbour safety", "ocean noise", "kelp forests")


def measure(*, few: int = FEW, many: int = MANY) -> Section:
    """Run over both, each in a process of its own."""
    took = {number: _peak(number) for number in (few, many)}
    lines = [
        "Resident memory of the run and its workers, the highest sum of all, sampled twenty times a second;",
        "synthetic releases of some 60 words.",
        "",
        "| documents | megabytes |",
        "| ---: | ---: |",
        *(f"| {number:,} | {peak:,.0f} |" for number, peak in took.items()),
    ]
    ratio = Ratio(f"peak memory with {many:,} documents, beside {few:,}", took[many] / took[few], most=1.3)
    return Section("Memory", lines, [ratio])


def _peak(documents: int) -> float:
    command = [sys.executable, "-m", "scripts.benches.memory", str(documents)]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()[-1])


def write_documents(folder: Path, number: int) -> None:
    """Write releases that differ in their parties, sums and subjects, as a publisher's do."""
    for n in range(number):
        place, other = _PLACES[n % 10], _PLACES[(n // 10) % 10]
        thing, year = _THINGS[n % 7], 2000 + n % 25
        (folder / f"{n}.txt").write_text(
            f"{place} and {other} agree on {thing} ({n})\n\n{place.upper()}, March {1 + n % 28}, {year} – The city of "
            f"{place} and the {other} Ocean Institute {n % 400} today signed the {thing.title()} Agreement {n}. The "
            f"Government of Canada is investing ${1 + n % 97} million in the {other} Ocean Institute {n % 400} to "
            f"study {thing}.\n\nNext steps\n\n- publish a map of {thing} by {year + 2}\n",
            "utf-8",
        )


class Peak(threading.Thread):
    """Samples the resident memory of this process and of those that it started; ``megabytes`` is the highest sum."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.megabytes = 0.0
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.05):
            self.megabytes = max(self.megabytes, sum(map(resident, [os.getpid(), *children()])))


def resident(process: int) -> float:
    """Give the megabytes of memory that a process holds; 0 when it is gone (Linux)."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    from flows import stages

    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder) / "inbox"
        inbox.mkdir()
        write_documents(inbox, int(sys.argv[1]))
        peak = Peak()
        peak.start()
        summary = stages.run(inbox, Path(folder) / "bench.duckdb")
        assert peak.is_alive(), "the sampling broke off"
        peak.done.set()
        assert summary.loaded == int(sys.argv[1]), summary.sentence()
        print({stage: round(seconds, 1) for stage, seconds in summary.stages.items()}, file=sys.stderr)
        print(peak.megabytes)


if __name__ == "__main__":
    main()
