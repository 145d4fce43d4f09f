"""The project's own scoring: what counts as alike, how records pair up, and that it agrees with the referee."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from extract.evaluate import LIKENESS, TYPES, breakdown, calibration, interval, outcomes, tally
from extract.evaluate.likeness import bare, token_f1
from extract.evaluate.match import grounded, pair

EVAL = Path(__file__).parents[2] / "shared" / "eval"

GOLD = {
    "language": "en",
    "kind": "press_release",
    "actors": [
        {"id": "a1", "names": ["Institute of Northern Studies", "INS"], "kind": ["academic"], "optional": False},
        {"id": "a2", "names": ["Canada"], "kind": ["state"], "optional": False},
        {"id": "a3", "names": ["Arctic Days"], "kind": ["company"], "optional": True},
    ],
    "agreements": [
        {
            "id": "g1",
            "titles": ["Memorandum of Understanding on Polar Research"],
            "kind": ["memorandum"],
            "status": ["signed", "in_force"],
            "parties": ["a1", "a2"],
            "date": "2024-03",
            "optional": False,
        }
    ],
    "funding": [
        {
            "id": "f1",
            "amounts": [[2000000, "CAD"], [1400000, "USD"]],
            "qualifier": ["exact"],
            "status": ["committed"],
            "funders": ["Canada"],
            "recipients": ["INS"],
            "purpose": "polar research",
            "quote": "$2 million for polar research",
            "optional": False,
        }
    ],
    "commitments": [],
}


@pytest.mark.parametrize(
    ("printed", "compared"),
    [
        ("The Government of Canada", "government canada"),
        ("l’Université de Montréal", "universite montreal"),
        ("Canada–Korea", "canada korea"),
        ("The", "the"),
        ("대한민국 정부", "대한민국 정부"),
    ],
)
def test_names_are_compared_without_case_accents_and_articles(printed, compared):
    assert bare(printed) == compared


@pytest.mark.parametrize(
    ("ours", "theirs", "f1"),
    [
        ("polar research", "Polar Research", 1.0),
        ("research on the poles", "research", 0.5),
        ("", "research", 0.0),
        ("대한민국", "대한민국 정부", 0.8),
    ],
)
def test_token_f1(ours, theirs, f1):
    assert token_f1(ours, theirs) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("kind", "ours", "alike"),
    [
        ("actors", {"name": "Institute of Northern Studies"}, 2.0),
        ("actors", {"name": "Northern Studies", "aliases": ["INS"]}, 1.01),
        ("actors", {"name": "Institute of Southern Studies"}, 0.0),
        ("agreements", {"title": "Memorandum of Understanding"}, 0.0),
        ("agreements", {"title": "Understanding on Polar Research"}, 6 / 7),
        ("funding", {"amount": "1400000", "currency": "USD", "purpose": "polar research"}, 2.0),
        ("funding", {"amount": "2000000", "currency": "USD"}, 0.0),
        ("funding", {"amount": "2005000", "currency": "CAD"}, 1.0),
        ("funding", {"amount": "two", "currency": "CAD"}, 0.0),
    ],
)
def test_likeness(kind, ours, alike):
    assert LIKENESS[kind](ours, GOLD[kind][0]) == pytest.approx(alike, abs=0.08)


def _said(text, *quotes):
    return [{"start": text.index(q), "end": text.index(q) + len(q), "text": q} for q in quotes]


def test_a_document_is_scored_record_by_record():
    text = "Canada and the INS signed it. Arctic Days applauded. Someone Else did not."
    answer = {
        "document": {"text": text},
        "actors": [
            {"name": "Canada", "kind": "state", "confidence": 0.9, "mentions": _said(text, "Canada")},
            {"name": "Arctic Days", "kind": "company", "confidence": 0.5, "mentions": _said(text, "Arctic Days")},
            {"name": "Someone Else", "kind": "person", "confidence": 0.3, "mentions": _said(text, "Someone Else")},
            {"name": "INS", "kind": "academic", "confidence": 0.8, "mentions": [{"start": 0, "end": 3, "text": "INS"}]},
        ],
    }
    results = {o.label: o.result for o in outcomes("d", GOLD, answer) if o.record_type == "actors"}
    assert results == {
        "Canada": "hit",
        "Arctic Days": "optional",
        "Someone Else": "false",
        "INS": "ungrounded",
        "Institute of Northern Studies": "missed",
    }
    figures = breakdown(outcomes("d", GOLD, answer), by=lambda o: o.record_type)["actors"]
    assert (figures.hit, figures.missed, figures.false, figures.ungrounded) == (1, 1, 2, 1)
    assert figures.f1 == pytest.approx(0.4)


def test_fields_of_a_pair_are_scored_by_gold_variants():
    text = "The INS and Canada signed the Memorandum of Understanding on Polar Research."
    answer = {
        "document": {"text": text},
        "agreements": [
            {
                "title": "Memorandum of Understanding on Polar Research",
                "kind": "memorandum",
                "status": "proposed",
                "parties": ["INS", "Norway"],
                "date": "2024",
                "mentions": _said(text, "Memorandum"),
            }
        ],
    }
    (hit,) = [o for o in outcomes("d", GOLD, answer) if o.result == "hit"]
    assert hit.fields == {"kind": 1.0, "status": 0.0, "date": 1.0, "parties": 0.5}


def test_a_required_record_is_paired_before_an_optional_one():
    gold = [{"names": ["INS"], "optional": True}, {"names": ["INS"], "optional": False}]
    assert pair("actors", [{"name": "INS"}], gold) == {0: 1}


def test_evidence_must_stand_where_it_says():
    assert grounded({"mentions": [{"start": 1, "end": 3, "text": "bc"}]}, "abcd")
    assert not grounded({"mentions": [{"start": 0, "end": 2, "text": "bc"}]}, "abcd")
    assert not grounded({"mentions": []}, "abcd")


def test_intervals_hold_the_figure_and_confidence_is_set_against_correctness():
    text = "Canada"
    right = {"actors": [{"name": "Canada", "confidence": 0.95, "mentions": _said(text, "Canada")}]}
    all_outcomes = [o for i in range(20) for o in outcomes(str(i), GOLD, {"document": {"text": text}, **right})]
    actors = [o for o in all_outcomes if o.record_type == "actors"]
    low, high = interval(actors)
    assert low <= tally(actors).f1 <= high
    assert calibration(actors) == [(0.9, 1.0, 20, 1.0)]


@pytest.mark.skipif(not EVAL.is_dir(), reason="the evaluation set is not beside the project")
def test_figures_agree_with_the_referee(tmp_path):
    from extract.answer import answer
    from extract.parse import parse
    from extract.pipeline import extract

    golds = {p.stem: json.loads(p.read_text("utf-8")) for p in sorted((EVAL / "gold").glob("*.json"))}
    answers = {name: answer(extract(parse(EVAL / "docs" / f"{name}.txt"))) for name in golds}
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text("\n".join(json.dumps(a) for a in answers.values()), "utf-8")
    referee = subprocess.run(
        [sys.executable, EVAL / "score.py", EVAL / "gold", predictions, "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    theirs = json.loads(referee.stdout)
    ours = breakdown(
        [o for name, gold in golds.items() for o in outcomes(name, gold, answers[name])], by=lambda o: o.record_type
    )
    for kind in TYPES:
        figures, referees = ours[kind], theirs[kind]
        assert (figures.gold, figures.hit, figures.false) == (referees["gold"], referees["hit"], referees["false"])
        for rate in ("precision", "recall", "f1"):
            assert round(getattr(figures, rate), 3) == referees[rate], (kind, rate)
        assert {name: round(value, 3) for name, value in figures.fields.items()} == referees["fields"]
