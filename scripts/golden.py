"""Write what the engine says of the example documents to tests/golden, so that a change shows as a diff to review.

usage: python -m scripts.golden [--check]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from extract.answer import answer
from extract.parse import parse
from extract.pipeline import extract

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples" / "inbox"
GOLDEN = ROOT / "tests" / "golden"


def said(path: Path) -> dict[str, Any]:
    """Give a document's answer without its text, its offsets and its confidence, which no reviewer can judge."""
    whole = answer(extract(parse(path)))
    whole["document"].pop("text")
    for kind in ("actors", "agreements", "funding", "commitments"):
        for record in whole[kind]:
            record.pop("confidence")
            record["mentions"] = sorted({mention["text"] for mention in record["mentions"]})
    return whole


def golden(path: Path) -> Path:
    """Say where a document's golden answer lies."""
    return GOLDEN / f"{path.name}.json"


def main() -> int:
    """Write the golden answers, or with --check say which would change."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--check", action="store_true", help="write nothing, exit with 1 when an answer differs")
    options = arguments.parse_args()
    changed = []
    for path in sorted(EXAMPLES.iterdir()):
        text = json.dumps(said(path), ensure_ascii=False, indent=1) + "\n"
        target = golden(path)
        if not target.is_file() or target.read_text("utf-8") != text:
            changed.append(target.name)
            if not options.check:
                target.write_text(text, "utf-8")
    print("\n".join(changed) or "golden answers hold")
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
