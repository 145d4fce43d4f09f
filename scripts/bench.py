"""Measure how fast and how large a run is, all as ratios in one run, and write docs/benchmarks.md.

    python -m scripts.bench [FOLDER] [--only path,workers,loading,memory,nothing,watching]

What is compared takes turns and its medians are kept; ratios are what to read: the machine cancels out.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("DO_NOT_TRACK", "1")  # unstructured phones home at import otherwise
os.environ.setdefault("UNSTRUCTURED_DISABLE_NOTICE", "1")

from scripts.benches import loading, memory, nothing, path, watching, workers
from scripts.benches.figures import Section

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def spread(corpus: Path, limit: int) -> list[Path]:
    """Give documents of a folder, ``limit`` at most, evenly spread over it."""
    from flows.inbox import list_inbox

    # bare unstructured reads PDF only with torch beside it, so PDF is left out for all
    paths = [found for found in list_inbox(corpus) if found.suffix.lower() != ".pdf"]
    return paths[:: max(1, -(-len(paths) // limit))]


def page(sections: list[Section], *, corpus: str, rounds: int) -> str:
    """The figures as a page: what is judged first."""
    judged = [ratio.row() for section in sections for ratio in section.ratios]
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {date.today():%Y-%m-%d}, with the documents of `{corpus}`;",
        f"medians of {rounds} rounds in turns, {os.cpu_count()} processors "
        f"(load {os.getloadavg()[0]:.1f} at the end of the run).",
        "",
        "| figure | measured | wanted | holds |",
        "| --- | ---: | --- | --- |",
        *judged,
    ]
    for section in sections:
        lines += ["", f"## {section.heading}", "", *section.lines]
    return "\n".join([*lines, ""])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=Path("examples/inbox"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=150, help="documents at most, evenly spread over the folder")
    parser.add_argument("--only", default="", help="parts to measure, with commas between; the page is not written")
    options = parser.parse_args()
    paths = spread(options.corpus, options.limit)
    parts: dict[str, Callable[[], Section]] = {
        "path": lambda: path.measure(paths, rounds=options.rounds),
        "workers": lambda: workers.measure(paths, rounds=options.rounds),
        "loading": lambda: loading.measure(rounds=options.rounds),
        "memory": memory.measure,
        "nothing": lambda: nothing.measure(rounds=options.rounds),
        "watching": watching.measure,
    }
    wanted = options.only.split(",") if options.only else list(parts)
    sections = []
    for name in wanted:
        start = time.perf_counter()
        sections.append(parts[name]())
        print(f"{name}: {time.perf_counter() - start:.0f} s", file=sys.stderr)
    written = page(sections, corpus=options.corpus.name, rounds=options.rounds)
    if not options.only:
        PAGE.write_text(written, "utf-8")
    print(written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
