"""Add outcomes up: precision, recall and F1 with the mean score of each field, by any grouping."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extract.evaluate.match import Outcome


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and rates of a set of outcomes; ``fields`` are mean scores (0 to 1) over the hits."""

    hit: int
    missed: int
    false: int
    ungrounded: int
    fields: dict[str, float]

    @property
    def gold(self) -> int:
        """How many gold records had to be found."""
        return self.hit + self.missed

    @property
    def precision(self) -> float:
        """Share of what was said that is right."""
        return self.hit / (self.hit + self.false) if self.hit + self.false else 0.0

    @property
    def recall(self) -> float:
        """Share of what had to be found that was."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def tally(outcomes: Iterable[Outcome]) -> Figures:
    """Count outcomes. A record without evidence is a false alarm."""
    counts: dict[str, int] = defaultdict(int)
    fields: dict[str, list[float]] = defaultdict(list)
    for outcome in outcomes:
        counts[outcome.result] += 1
        for name, value in outcome.fields.items():
            fields[name].append(value)
    return Figures(
        hit=counts["hit"],
        missed=counts["missed"],
        false=counts["false"] + counts["ungrounded"],
        ungrounded=counts["ungrounded"],
        fields={name: sum(values) / len(values) for name, values in sorted(fields.items())},
    )


def breakdown(outcomes: Iterable[Outcome], by: Callable[[Outcome], str]) -> dict[str, Figures]:
    """Tally each group apart, in the order of the groups' names."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[by(outcome)].append(outcome)
    return {name: tally(groups[name]) for name in sorted(groups)}


def interval(outcomes: Sequence[Outcome], *, draws: int = 1000, level: float = 0.95) -> tuple[float, float]:
    """Bootstrap the F1 over documents: the bounds within which ``level`` of the redrawn sets fall.

    Documents are drawn, not records: the records of one document stand or fall together.
    """
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    column = {"hit": 0, "missed": 1, "false": 2, "ungrounded": 2}
    for outcome in outcomes:
        if outcome.result in column:
            counts[outcome.document][column[outcome.result]] += 1
    documents = [counts[name] for name in sorted(counts)]
    if not documents:
        return 0.0, 0.0
    dice = random.Random(20260101)
    scores = sorted(_f1(dice.choices(documents, k=len(documents))) for _ in range(draws))
    cut = int(draws * (1 - level) / 2)
    return scores[cut], scores[draws - 1 - cut]


def _f1(documents: Iterable[Sequence[int]]) -> float:
    hit, missed, false = (sum(column) for column in zip(*documents, strict=True))
    return 2 * hit / (2 * hit + missed + false) if hit + missed + false else 0.0


def calibration(outcomes: Iterable[Outcome], *, bins: int = 10) -> list[tuple[float, float, int, float]]:
    """Compare confidence with correctness: (from, to, records, share that is right) for every bin with records."""
    right: dict[int, list[float]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.confidence is not None and outcome.result in ("hit", "false"):
            right[min(bins - 1, int(outcome.confidence * bins))].append(float(outcome.result == "hit"))
    return [(i / bins, (i + 1) / bins, len(right[i]), sum(right[i]) / len(right[i])) for i in sorted(right)]
