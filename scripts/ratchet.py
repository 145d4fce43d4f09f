"""Hold accuracy: score the shared gold folders and compare with tests/accuracy.json, which may only rise.

usage: python -m scripts.ratchet [--raise]

Exits with 1 when a figure lies below the ratchet. ``--raise`` writes the figures reached where they are higher.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from flows.evaluate import as_json, run_gold

ROOT = Path(__file__).parents[1]
RATCHET = ROOT / "tests" / "accuracy.json"
FOLDERS = {"eval": ROOT.parent / "shared/eval/gold", "more": ROOT.parent / "shared/eval/more/gold"}


def reached(folder: Path) -> dict[str, float]:
    """Give the F1 of each type and the mean score of each of its fields, over all documents of a folder."""
    figures: dict[str, float] = {}
    for kind, groups in as_json(run_gold(folder)).items():
        figures[kind] = groups["all"]["f1"]
        figures |= {f"{kind}.{name}": value for name, value in groups["all"]["fields"].items()}
    return figures


def main() -> int:
    """Compare, print every figure beside its ratchet, and say whether all hold."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--raise", dest="lift", action="store_true", help="write figures that are higher")
    options = arguments.parse_args()
    held: dict[str, Any] = json.loads(RATCHET.read_text("utf-8")) if RATCHET.is_file() else {}
    fallen = 0
    for name, folder in FOLDERS.items():
        if not folder.is_dir():
            print(f"{folder}: not there, so its figures can't be checked here")
            continue
        floor = held.setdefault(name, {})
        for key, value in reached(folder).items():
            low = value < floor.get(key, 0.0)
            fallen += low
            print(f"{name:5} {key:24} {value:.3f}  ratchet {floor.get(key, 0.0):.3f}{'  FELL' if low else ''}")
            floor[key] = max(value, floor.get(key, 0.0)) if options.lift else floor.get(key, 0.0)
    if options.lift:
        RATCHET.write_text(json.dumps(held, indent=1, sort_keys=True) + "\n", "utf-8")
    if fallen:
        print(f"{fallen} figures fell below tests/accuracy.json", file=sys.stderr)
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
