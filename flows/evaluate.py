"""Run a folder of gold answers: extract its documents, pair records with gold, print the figures.

A gold folder holds one ``NAME.json`` a document; its documents lie beside it, in ``docs/``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from extract.evaluate import TYPES, Figures, Outcome, breakdown, interval, outcomes, tally
from schemas.errors import PledgebookError


class GoldError(PledgebookError):
    """A gold folder that can't be used."""


def read_gold(folder: Path) -> dict[str, dict[str, Any]]:
    """Read the gold answers of a folder by document name.

    Raises GoldError when there are none.
    """
    golds = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}
    if not golds:
        raise GoldError(f"{folder}: no gold answers there; name a folder that holds NAME.json files")
    return golds


def documents_of(folder: Path, names: Iterable[str]) -> dict[str, Path]:
    """Find the documents that a gold folder answers for: in ``docs/`` beside it, or in the folder itself."""
    found: dict[str, Path] = {}
    for place in (folder, folder.parent / "docs"):
        if place.is_dir():
            found |= {path.stem: path for path in sorted(place.iterdir()) if path.suffix != ".json"}
    return {name: found[name] for name in names if name in found}


def run_gold(folder: Path, *, advance: Callable[[], None] = lambda: None) -> list[Outcome]:
    """Extract every document of a gold folder and score it. A document that is not there counts as missed whole."""
    from extract.answer import answer
    from extract.parse import parse
    from extract.pipeline import extract

    golds = read_gold(folder)
    documents = documents_of(folder, golds)
    scored: list[Outcome] = []
    for name, gold in golds.items():
        said = answer(extract(parse(documents[name]))) if name in documents else {}
        scored.extend(outcomes(name, gold, said))
        advance()
    return scored


HEADINGS = ("type", "set", "documents", "gold", "P", "R", "F1", "95% interval", "fields")


def rows(scored: Sequence[Outcome]) -> list[tuple[str, ...]]:
    """Give the figures as rows of text under HEADINGS: each type over all documents, then by language."""
    table = []
    for kind in TYPES:
        of_kind = [outcome for outcome in scored if outcome.record_type == kind]
        if not of_kind:
            continue
        table.append(_row(kind, "all", of_kind))
        for language in sorted({outcome.language for outcome in of_kind}):
            table.append(_row(kind, language, [o for o in of_kind if o.language == language]))
    table.append(_row("all", "all", list(scored)))
    return table


def _row(kind: str, group: str, scored: Sequence[Outcome]) -> tuple[str, ...]:
    figures = tally(scored)
    low, high = interval(scored)
    documents = str(len({outcome.document for outcome in scored}))
    fields = "  ".join(f"{name} {value:.2f}" for name, value in figures.fields.items()) if kind != "all" else ""
    rates = (f"{figures.precision:.3f}", f"{figures.recall:.3f}", f"{figures.f1:.3f}")
    return (kind, group, documents, str(figures.gold), *rates, f"{low:.2f}-{high:.2f}", fields)


def as_json(scored: Sequence[Outcome]) -> dict[str, Any]:
    """Give the figures as one object: by type, within it over all documents and by language."""
    return {
        kind: {
            "all": _figures(tally(of_kind)),
            **{name: _figures(f) for name, f in breakdown(of_kind, by=lambda o: o.language).items()},
        }
        for kind in TYPES
        if (of_kind := [outcome for outcome in scored if outcome.record_type == kind])
    }


def errors(scored: Iterable[Outcome]) -> list[str]:
    """List every miss and false alarm, one a line, fields apart by tabs."""
    wrong = ("missed", "false", "ungrounded")
    return [f"{o.document}\t{o.record_type}\t{o.result}\t{o.label}" for o in scored if o.result in wrong]


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "gold": figures.gold,
        "hit": figures.hit,
        "missed": figures.missed,
        "false": figures.false,
        "ungrounded": figures.ungrounded,
        "precision": round(figures.precision, 3),
        "recall": round(figures.recall, 3),
        "f1": round(figures.f1, 3),
        "fields": {name: round(value, 3) for name, value in figures.fields.items()},
    }
