"""Measure entity resolution on twins: documents whose gold answers name the same records by the same ids.

usage: python -m scripts.resolving DOCS_AND_GOLD [--errors]

DOCS_AND_GOLD holds ``docs/`` and ``gold/``. Twins are files ``X_en_Y`` and ``X_fr_Y``, and pairs given as
``--pair LEFT RIGHT``. Of the gold records that both twins must have, a share is found on both sides; of those, a share
gets the same canonical id (of those found, then of all). Wrong joins are matched records of different gold ids that got
one canonical id.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extract.answer import answers
from extract.evaluate.match import grounded, label, pair
from extract.parse import parse
from extract.pipeline import Extraction, extract
from extract.resolve import resolve

TYPES = {"actors": "actor", "agreements": "agreement", "funding": "funding"}


@dataclass(slots=True)
class Figures:
    """Counts of one record type: gold records of both twins, found on both sides, joined; and wrong joins."""

    gold: int = 0
    found: int = 0
    joined: int = 0
    wrong: int = 0
    errors: list[str] = field(default_factory=list)


def twins(names: Sequence[str], extra: Sequence[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """Pair ``X_en_Y`` with ``X_fr_Y``."""
    known = set(names)
    pairs = [(name, name.replace("_en_", "_fr_", 1)) for name in sorted(known) if "_en_" in name]
    return [both for both in [*pairs, *extra] if known.issuperset(both)]


def matched(extraction: Extraction, gold: Mapping[str, list[dict[str, object]]]) -> Iterator[tuple[str, str, str, str]]:
    """Give (type, gold id, record id, label) of the records that the gold answers know."""
    for kind, record_type in TYPES.items():
        records = [record for record in extraction.records if record.record_type == record_type]
        said = answers(records)
        usable = [i for i, answer in enumerate(said) if grounded(answer, extraction.document.text)]
        for i, j in pair(kind, [said[i] for i in usable], gold[kind]).items():
            yield kind, str(gold[kind][j]["id"]), records[usable[i]].id, label(said[usable[i]])


def measure(folder: Path, extra: Sequence[tuple[str, str]] = ()) -> dict[str, dict[str, Figures]]:
    """Extract all documents of the folder, resolve them together, and count, pair by pair."""
    paths = sorted((folder / "docs").iterdir())
    extractions = {path.stem: extract(parse(path)) for path in paths}
    return measure_extracted(extractions, folder / "gold", extra)


def measure_extracted(
    extractions: Mapping[str, Extraction], gold_folder: Path, extra: Sequence[tuple[str, str]] = ()
) -> dict[str, dict[str, Figures]]:
    """Count for documents that were extracted before, by name."""
    records = [record for extraction in extractions.values() for record in extraction.records]
    documents = [extraction.document.record for extraction in extractions.values()]
    canonical = {r.record_id: r.canonical_id for r in resolve(records, documents)}
    found: dict[str, dict[str, Figures]] = {}
    for left, right in twins(list(extractions), extra):
        gold = [json.loads((gold_folder / f"{name}.json").read_text("utf-8")) for name in (left, right)]
        sides = [list(matched(extractions[name], answer)) for name, answer in zip((left, right), gold, strict=True)]
        found[f"{left} {right}"] = {kind: _count(kind, gold, sides, canonical) for kind in TYPES}
    return found


def _count(
    kind: str,
    gold: Sequence[Mapping[str, list[dict[str, object]]]],
    sides: Sequence[list[tuple[str, str, str, str]]],
    canonical: Mapping[str, str],
) -> Figures:
    left, right = ({g: (r, said) for k, g, r, said in side if k == kind} for side in sides)
    # what a reader may list or leave out need not be found
    listed = [{str(r["id"]) for r in answer[kind] if not r.get("optional")} for answer in gold]
    shared = listed[0] & listed[1]
    figures = Figures(gold=len(shared))
    for identifier in sorted(shared & left.keys() & right.keys()):
        figures.found += 1
        (one, said), (other, told) = left[identifier], right[identifier]
        if canonical[one] == canonical[other]:
            figures.joined += 1
        else:
            figures.errors.append(f"apart: {said} | {told}")
    for g, (one, said) in left.items():
        for h, (other, told) in right.items():
            if g != h and canonical[one] == canonical[other]:
                figures.wrong += 1
                figures.errors.append(f"wrongly one: {said} | {told}")
    return figures


def totals(found: Mapping[str, Mapping[str, Figures]]) -> dict[str, Figures]:
    """Add the counts of all pairs up."""
    sums: dict[str, Counter[str]] = {kind: Counter() for kind in TYPES}
    for figures in found.values():
        for kind, one in figures.items():
            sums[kind].update(gold=one.gold, found=one.found, joined=one.joined, wrong=one.wrong)
    return {kind: Figures(**counts) for kind, counts in sums.items()}  # type: ignore[arg-type]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pair", nargs=2, action="append", default=[], metavar=("LEFT", "RIGHT"))
    parser.add_argument("--errors", action="store_true")
    asked = parser.parse_args()
    report(measure(asked.folder, [(left, right) for left, right in asked.pair]), errors=asked.errors)


def report(found: Mapping[str, Mapping[str, Figures]], *, errors: bool) -> None:
    """Print one line a pair and type, then the totals."""
    for name, figures in [*found.items(), ("all pairs", totals(found))]:
        print(re.sub(r"(\S{40})\S*", r"\1…", name))
        for kind, one in figures.items():
            if one.gold or one.wrong:
                share = f"{one.joined / one.found:.3f} {one.joined / one.gold:.3f}" if one.found else "-"
                counts = f"gold {one.gold:>4}  found {one.found:>4}  one {one.joined:>4}"
                print(f"  {kind:<11}{counts}  {share}  wrong {one.wrong}")
            for line in one.errors if errors else ():
                print(f"    {line}")


if __name__ == "__main__":
    main()
