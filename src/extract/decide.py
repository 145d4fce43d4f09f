"""Decide which candidates are records: a small linear model over named features.

Finders and assembly yield candidates with a high recall; here each gets the probability that a careful reader
would list it. The weights are plain JSON beside this file, made by ``scripts/train.py`` from gold answers that stay
outside the repository. Features have names, so a decision can be explained.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar

from schemas import Record

R = TypeVar("R", bound=Record)

REVIEW_BELOW = 0.6
"""A kept record with less confidence than this is marked for review."""


@dataclass(frozen=True, slots=True)
class Candidate(Generic[R]):
    """A record that might be: what it would say, the rule that proposed it, and what speaks for and against it.

    ``features`` are numbers by name (1.0 for a yes); ``vetoed`` names the rule that excludes it, whatever the model
    says.
    """

    record: R
    rule: str
    features: Mapping[str, float]
    vetoed: str | None = None


@dataclass(frozen=True, slots=True)
class Decision(Generic[R]):
    """A candidate with its probability, and whether it is kept. ``record`` carries the confidence."""

    candidate: Candidate[R]
    record: R
    probability: float
    kept: bool
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression: a bias, a weight a feature, and the probability from which a candidate is kept."""

    bias: float
    threshold: float
    features: Mapping[str, float]


@cache
def weights(record_type: str) -> Weights:
    """Read the weights of a record type; without a file every candidate that no rule vetoes is kept."""
    source = files("extract") / "weights" / f"{record_type}.json"
    if not source.is_file():
        return Weights(bias=2.0, threshold=0.5, features={})
    data = json.loads(source.read_text("utf-8"))
    return Weights(bias=data["bias"], threshold=data["threshold"], features=data["features"])


def decide(candidate: Candidate[R]) -> Decision[R]:
    """Judge one candidate. ``reasons`` are its features with what each added, strongest first."""
    model = weights(candidate.record.record_type)
    reasons = sorted(
        ((name, value * model.features[name]) for name, value in candidate.features.items() if name in model.features),
        key=lambda reason: (-abs(reason[1]), reason[0]),
    )
    score = model.bias + sum(weight for _, weight in reasons)
    probability = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))
    kept = candidate.vetoed is None and probability >= model.threshold
    confidence = round(probability, 3)
    record = candidate.record.model_copy(update={"confidence": confidence, "review": probability < REVIEW_BELOW})
    return Decision(candidate, record, probability, kept, tuple(reasons))
