"""Clusters across documents, reviewed by reading, against what resolution makes of the whole evaluation set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from extract.parse import parse
from extract.pipeline import extract
from extract.resolve import resolve
from schemas import Actor, Agreement, Record, fold

SHARED = Path(__file__).parents[2] / "shared" / "eval"
GOLDEN = Path(__file__).parent / "golden" / "clusters.json"


def forms(record: Record) -> Iterator[str]:
    if isinstance(record, Actor):
        yield from (record.name, *record.aliases)
    elif isinstance(record, Agreement):
        yield from (record.title, *record.aliases)


@pytest.fixture(scope="module")
def found() -> dict[str, dict[tuple[str, str], str]]:
    """Give the canonical id of each golden name that was extracted, by record type."""
    if not SHARED.is_dir():
        pytest.skip("the evaluation set is not beside the project")
    golden = json.loads(GOLDEN.read_text("utf-8"))
    names = sorted({name for kind in ("actors", "agreements") for group in golden[kind] for name, _ in group})
    extractions = {name: extract(parse(SHARED / "docs" / f"{name}.txt")) for name in names}
    records = [record for extraction in extractions.values() for record in extraction.records]
    documents = [extraction.document.record for extraction in extractions.values()]
    canonical = {r.record_id: r.canonical_id for r in resolve(records, documents)}
    answer: dict[str, dict[tuple[str, str], str]] = {}
    for kind, model in (("actors", Actor), ("agreements", Agreement)):
        answer[kind] = {}
        for document, name in (tuple(member) for group in golden[kind] for member in group):
            for record in extractions[document].records:
                if isinstance(record, model) and fold(name) in map(fold, forms(record)):
                    answer[kind][document, name] = canonical[record.id]
                    break
    return answer


def pairs(groups: list[list[Any]]) -> set[frozenset[tuple[str, str]]]:
    return {frozenset(pair) for group in groups for pair in combinations(sorted(map(tuple, group)), 2)}


@pytest.mark.slow
def test_names_are_joined_as_a_reader_joins_them(found: dict[str, dict[tuple[str, str], str]]) -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))
    wanted: set[frozenset[tuple[str, str]]] = set()
    made: set[frozenset[tuple[str, str]]] = set()
    for kind, ids in found.items():
        by_id: dict[str, list[Any]] = {}
        for member, identifier in ids.items():
            by_id.setdefault(identifier, []).append(member)
        made |= pairs(list(by_id.values()))
        wanted |= {pair for pair in pairs(golden[kind]) if pair <= ids.keys()}
    precision, recall = len(made & wanted) / len(made), len(made & wanted) / len(wanted)
    print(f"precision {precision:.3f}, recall {recall:.3f}, {len(wanted)} pairs")
    print("wrong", [sorted(pair) for pair in made - wanted], "missed", [sorted(pair) for pair in wanted - made])
    assert len(wanted) > 80
    assert precision >= 0.98
    assert recall >= 0.85
