"""Fit the weights that choose what a sum is for, from gold answers that stay outside the repository.

usage: python -m scripts.train_purpose GOLD_AND_DOCS... [--dry-run]

Each GOLD_AND_DOCS is a folder with ``docs/*.txt`` and ``gold/*.json``. For every sum that has a purpose in the gold,
each span that assembly proposes is an example, worth its likeness to the gold purpose (F1 of words); a ridge
regression on the spans' features learns to foretell it. The figures are from cross-validation over families of
documents (a release and its translation are never on both sides); the written weights are fitted on all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import Ridge
from sklearn.model_selection import GroupKFold

from extract.answer import answers
from extract.assemble.funding.assemble import proposed_purposes
from extract.evaluate.likeness import token_f1
from extract.evaluate.match import pair
from extract.parse import parse
from extract.pipeline import extract
from scripts.split import family
from scripts.train import WEIGHTS, folders

STRENGTH = 20.0
"""Regularisation of the regression; 1 to 60 do equally well."""
FLOOR = 0.12
"""A span of less expected likeness is no purpose."""


@dataclass(frozen=True)
class Choice:
    """The spans proposed for one sum, with their features and their likeness to the gold purpose."""

    features: tuple[dict[str, float], ...]
    likeness: tuple[float, ...]
    family: str


def choices(roots: list[Path]) -> Iterator[Choice]:
    """Run the pipeline and give the proposals of each sum that the gold answers have with a purpose."""
    for path, gold in folders(roots):
        wanted: list[dict[str, Any]] = gold.get("funding", [])
        if not wanted:
            continue
        document = parse(path)
        found = extract(document)
        proposed = proposed_purposes(document, found.mentions, found.actors)
        pairs = pair("funding", answers([record for record, _ in proposed]), wanted)
        for i, j in sorted(pairs.items()):
            aim = wanted[j].get("purpose")
            spans = proposed[i][1]
            if aim and spans and not wanted[j].get("optional"):
                likeness = tuple(token_f1(document.words(*place), aim) for place, _ in spans)
                yield Choice(tuple(features for _, features in spans), likeness, family(path.stem))


def main() -> int:
    """Fit, print the cross-validated likeness, write the weights."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("roots", nargs="+", type=Path)
    arguments.add_argument("--dry-run", action="store_true", help="print the figures, write nothing")
    options = arguments.parse_args()
    drawn = list(choices(options.roots))
    vectors = DictVectorizer(sparse=False, sort=True)
    x = vectors.fit_transform([features for choice in drawn for features in choice.features])
    y = np.array([value for choice in drawn for value in choice.likeness])
    owner = np.array([i for i, choice in enumerate(drawn) for _ in choice.features])
    groups = np.array([drawn[i].family for i in owner])
    guess = np.zeros(len(y))
    for train, test in GroupKFold(n_splits=8).split(x, y, groups):
        guess[test] = Ridge(alpha=STRENGTH).fit(x[train], y[train]).predict(x[test])
    rows = [np.flatnonzero(owner == i) for i in range(len(drawn))]
    reached = float(np.mean([y[row].max() for row in rows]))
    chosen = float(np.mean([y[row[np.argmax(guess[row])]] for row in rows]))
    print(f"purpose     {len(drawn)} sums, best span {reached:.3f}, chosen on unseen documents {chosen:.3f}")
    if not options.dry_run:
        model = Ridge(alpha=STRENGTH).fit(x, y)
        named = {
            name: round(float(weight), 4)
            for name, weight in zip(vectors.get_feature_names_out(), model.coef_, strict=True)
            if abs(weight) >= 0.0005
        }
        text = {"bias": round(float(model.intercept_), 4), "threshold": FLOOR, "features": named, "strength": STRENGTH}
        (WEIGHTS / "purpose.json").write_text(json.dumps(text, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
