"""Fit the weights that decide which candidates are records, from gold answers that stay outside the repository.

usage: python -m scripts.train GOLD_AND_DOCS... [--also GOLD_AND_DOCS...] [--only TYPE ...] [--dry-run]

Each GOLD_AND_DOCS is a folder with ``docs/*.txt`` and ``gold/*.json``. A candidate that matches a required gold record
by the referee's likeness is a yes, one that matches an optional record is left out, every other is a no. Figures are
from cross-validation over families of documents (a release and its translation are never on both sides); the
written weights are fitted on all of them. Record types are trained in the pipeline's order, since agreements see
the actors that were kept. ``--also`` names further folders, of looser answers: figures are never taken on them, and
cross-validation chooses how much their examples weigh.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from extract import decide
from extract.answer import answers
from extract.evaluate import LIKENESS
from extract.evaluate.match import pair
from extract.parse import parse
from extract.pipeline import extract
from scripts.split import family

TYPES = {"actor": "actors", "agreement": "agreements", "funding": "funding", "commitment": "commitments"}
WEIGHTS = Path(decide.__file__).parent / "weights"
STRENGTHS = (0.03, 0.1, 0.3, 1.0)
"""Inverse regularisation strengths that cross-validation chooses from."""
SHARES = (0.001, 0.1, 0.3, 1.0)
"""What an example from a looser folder may weigh beside one from a counted folder."""
FAMILIES = 4
"""Families of documents that a word must be found in for its weight to be learned."""
NOISE = 0.005
"""A difference in F1 that another drawing of documents may turn around."""


@dataclass(frozen=True)
class Example:
    """A candidate with its label: 1.0 a record, 0.0 none, None neither way (or vetoed by a rule)."""

    features: dict[str, float]
    label: float | None
    family: str
    counted: bool = True


@dataclass(frozen=True)
class Sample:
    """The examples of a record type and the required gold records that no candidate offers."""

    examples: list[Example]
    out_of_reach: int
    required: int


def folders(roots: Iterable[Path]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Give every document's path with its gold answers."""
    for root in roots:
        for source in sorted((root / "gold").glob("*.json")):
            yield root / "docs" / f"{source.stem}.txt", json.loads(source.read_text("utf-8"))


def sample(roots: Iterable[Path], record_type: str, documents: dict[Path, Any], *, counted: bool = True) -> Sample:
    """Run the pipeline as it stands now and label its candidates of one type."""
    key = TYPES[record_type]
    examples, missing, required = [], 0, 0
    for path, gold in folders(roots):
        document = documents.setdefault(path, None) or parse(path)
        documents[path] = document
        found = (d.candidate for d in extract(document).decisions if d.record.record_type == record_type)
        # of equally likely pairs the last wins, so the best attested goes last: it is the one to keep
        offered = sorted(found, key=lambda candidate: (candidate.vetoed is None, len(candidate.record.evidence)))
        said, wanted = answers([c.record for c in offered]), gold.get(key, [])
        pairs = pair(key, said, wanted)
        required += sum(not g.get("optional") for g in wanted)
        missing += sum(not g.get("optional") for j, g in enumerate(wanted) if j not in pairs.values())
        for i, candidate in enumerate(offered):
            if candidate.vetoed is None:
                label = _label(key, pairs.get(i), said[i], wanted)
                examples.append(Example(dict(candidate.features), label, family(path.stem), counted))
    return Sample(examples, missing, required)


def _label(key: str, j: int | None, said: dict[str, Any], wanted: list[dict[str, Any]]) -> float | None:
    if j is not None:
        return None if wanted[j].get("optional") else 1.0
    # a second candidate for a record that is taken: a no, unless only an optional one is like it
    return 0.0 if not any(LIKENESS[key](said, g) > 0 and g.get("optional") for g in wanted) else None


def best_threshold(probability: np.ndarray, label: np.ndarray, missing: int) -> tuple[float, float]:
    """Find the cut with the highest F1, counting gold records that no candidate offers as missed.

    Of cuts that are as good within NOISE the one nearest to a half is taken: the best of one drawing of documents is
    not the best of the next.
    """
    scores = []
    for cut in np.arange(0.2, 0.8, 0.02):
        kept = probability >= cut
        hit, false = int((kept & (label == 1)).sum()), int((kept & (label == 0)).sum())
        missed = int((~kept & (label == 1)).sum()) + missing
        scores.append((2 * hit / max(1, 2 * hit + false + missed), float(cut)))
    best = max(f1 for f1, _ in scores)
    return min((pair for pair in scores if pair[0] >= best - NOISE), key=lambda pair: abs(0.5 - pair[1]))


def fit(
    drawn: Sample, *, shares: Sequence[float] = SHARES, strengths: Sequence[float] = STRENGTHS
) -> tuple[dict[str, Any], float]:
    """Fit by cross-validation: the weights, and the F1 on counted documents not seen in fitting."""
    used = _without_rare_words([e for e in drawn.examples if e.label is not None])
    vectors = DictVectorizer(sparse=True, sort=True)
    x = vectors.fit_transform([e.features for e in used])
    y = np.array([e.label for e in used])
    counted = np.array([e.counted for e in used])
    groups = np.array([e.family for e in used])
    scored = []
    for share in (1.0,) if counted.all() else shares:
        worth = np.where(counted, 1.0, share)
        for strength in strengths:
            guess = np.zeros(len(y))
            for train, test in GroupKFold(n_splits=8).split(x, y, groups):
                guess[test] = _model(strength).fit(x[train], y[train], worth[train]).predict_proba(x[test])[:, 1]
            f1, threshold = best_threshold(guess[counted], y[counted], drawn.out_of_reach)
            scored.append((f1, threshold, strength, share))
    f1, threshold, strength, share = max(scored)
    model = _model(strength).fit(x, y, np.where(counted, 1.0, share))
    named = {
        name: round(float(weight), 4)
        for name, weight in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(weight) >= 0.0005
    }
    bias = round(float(model.intercept_[0]), 4)
    about = {"strength": strength, "share": share}
    return {"bias": bias, "threshold": round(threshold, 2), "features": named, **about}, f1


def _without_rare_words(examples: Sequence[Example]) -> list[Example]:
    """Leave out features that are words ("after=said") which too few families of documents have."""
    families: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for name in example.features:
            families[name].add(example.family)
    rare = {name for name, having in families.items() if "=" in name and len(having) < FAMILIES}
    return [replace(e, features={k: v for k, v in e.features.items() if k not in rare}) for e in examples]


def _model(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=2000, solver="lbfgs")


def main() -> int:
    """Train the types asked for, print cross-validated figures, write the weights."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("roots", nargs="+", type=Path)
    arguments.add_argument("--also", nargs="*", type=Path, default=[], help="folders with looser answers")
    arguments.add_argument("--only", nargs="*", choices=list(TYPES), default=list(TYPES))
    arguments.add_argument("--share", type=float, nargs="*", default=SHARES, help="weights of looser answers to try")
    arguments.add_argument("--strength", type=float, nargs="*", default=STRENGTHS, help="inverse regularisation to try")
    arguments.add_argument("--dry-run", action="store_true", help="print the figures, write nothing")
    options = arguments.parse_args()
    documents: dict[Path, Any] = {}
    for record_type in [t for t in TYPES if t in options.only]:
        drawn = sample(options.roots, record_type, documents)
        more = sample(options.also, record_type, documents, counted=False)
        drawn = replace(drawn, examples=drawn.examples + more.examples)
        yes = sum(e.label == 1 for e in drawn.examples)
        no = sum(e.label == 0 for e in drawn.examples)
        reach = 1 - drawn.out_of_reach / max(1, drawn.required)
        print(
            f"{record_type:11} {yes} yes, {no} no; candidates reach {reach:.3f} of {drawn.required}",
            end="  ",
            flush=True,
        )
        if min(yes, no) < 10:
            print("too few to fit")
            continue
        weights, f1 = fit(drawn, shares=options.share, strengths=options.strength)
        print(
            f"F1 on unseen documents {f1:.3f}, threshold {weights['threshold']}, C {weights['strength']}, "
            f"looser answers weigh {weights['share']}"
        )
        if not options.dry_run:
            WEIGHTS.mkdir(exist_ok=True)
            text = json.dumps(weights, indent=1, ensure_ascii=False, sort_keys=True)
            (WEIGHTS / f"{record_type}.json").write_text(text + "\n", "utf-8")
            decide.weights.cache_clear()
    return 0


if __name__ == "__main__":
    sys.exit(main())
