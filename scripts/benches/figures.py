"""What a bench gives back, and how contestants take turns."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Ratio:
    """One figure that is judged: its name, its value, and the least or most that it should be."""

    name: str
    value: float
    least: float | None = None
    most: float | None = None

    @property
    def holds(self) -> bool:
        """Tell whether it is as it should be."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    def row(self) -> str:
        """Give it as a row of the page."""
        wanted = f"at least {self.least}" if self.least is not None else f"at most {self.most}"
        return f"| {self.name} | {self.value:.2f} | {wanted} | {'yes' if self.holds else '**no**'} |"


@dataclass(frozen=True)
class Section:
    """A part of the page: a heading, lines of Markdown, and the ratios that are judged."""

    heading: str
    lines: list[str]
    ratios: list[Ratio] = field(default_factory=list)


@dataclass(frozen=True)
class Taken:
    """Seconds by the clock, and seconds of all processors that our processes used."""

    clock: float
    processors: float


def in_turns(entrants: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, Taken]:
    """Let contestants take turns, A B C A B C …, and give the median of each: what else the machine does hits all."""
    clock: dict[str, list[float]] = {name: [] for name in entrants}
    used: dict[str, list[float]] = {name: [] for name in entrants}
    for _ in range(rounds):
        for name, run in entrants.items():
            before, start = processor_seconds(), time.perf_counter()
            run()
            clock[name].append(time.perf_counter() - start)
            used[name].append(processor_seconds() - before)
    return {name: Taken(statistics.median(clock[name]), statistics.median(used[name])) for name in entrants}


def processor_seconds() -> float:
    """Give the seconds that this process, its ended children and its living ones have used so far (Linux)."""
    ticks = os.sysconf("SC_CLK_TCK")
    own = os.times()
    living = (_stat(child) for child in children())
    return sum(own[:4]) + sum(sum(map(int, stat[11:13])) for stat in living if stat) / ticks


def children() -> Iterable[int]:
    """Give the processes that this one started and that still run (Linux)."""
    for folder in Path("/proc/self/task").iterdir():
        try:
            told = (folder / "children").read_text()
        except OSError:  # a thread that ended meanwhile
            continue
        yield from map(int, told.split())


def _stat(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
