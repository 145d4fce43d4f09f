"""What a clause says of its act: negation, hypothesis, future, past, and the state of an instrument."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.document import Document
from extract.lexicon import rows
from extract.lexicon.scan import scan
from extract.parse import parse
from extract.qualify import Qualification, clause_of, qualify


def marked(sentence: str) -> tuple[Document, int, int]:
    """Read a sentence with one span in square brackets."""
    start = sentence.index("[")
    text = sentence.replace("[", "").replace("]", "")
    document = parse(Path("sample.txt"), data=text.encode())
    words = re.search(r"\[(.+?)\]", sentence)
    assert words is not None
    start = document.text.index(words[1])
    return document, start, start + len(words[1])


def read(sentence: str) -> Qualification:
    return qualify(*marked(sentence))


MODALITY = [
    # negation
    ("The two ministers did not sign the [fisheries accord] in the end of that week.", "negated"),
    ("The parties failed to conclude the [fisheries accord] before the deadline.", "negated"),
    ("The [fisheries accord] was not signed by the two ministers last week.", "negated"),
    ("Les deux ministres n’ont pas signé l’[accord sur la pêche] la semaine dernière.", "negated"),
    ("Aucun des deux ministres ne veut de l’[accord sur la pêche] dans sa forme actuelle.", "negated"),
    # hypothesis
    ("Under the plan, both countries would sign a [fisheries accord] with their neighbours.", "hypothetical"),
    ("The two sides could conclude a [fisheries accord] if the talks go well.", "hypothetical"),
    ("Les deux pays pourraient conclure un [accord sur la pêche] avec leurs voisins.", "hypothetical"),
    ("La ministre évoque la possibilité d’un [accord sur la pêche] avec les pays voisins.", "hypothetical"),
    # future
    ("Next year the two countries will sign a [fisheries accord] with their neighbours.", "future"),
    ("The ministry intends to negotiate a [fisheries accord] with the islands.", "future"),
    ("Les deux pays signeront un [accord sur la pêche] avec leurs voisins des îles.", "future"),
    ("Ils ont convenu d’élaborer un [accord sur la pêche] avec les pays voisins.", "future"),
    # past
    ("The two countries have signed a [fisheries accord] with their neighbours.", "past"),
    ("Les deux pays ont signé un [accord sur la pêche] avec leurs voisins des îles.", "past"),
]


@pytest.mark.parametrize(("sentence", "flag"), MODALITY)
def test_the_clause_tells_the_modality(sentence: str, flag: str) -> None:
    assert getattr(read(sentence), flag)


PLAIN = [
    "The two ministers signed the [fisheries accord] in Oslo on Friday.",
    "Les deux ministres signent l’[accord sur la pêche] à Oslo vendredi.",
]


@pytest.mark.parametrize("sentence", PLAIN)
def test_a_plain_statement_is_neither_denied_nor_supposed(sentence: str) -> None:
    found = read(sentence)
    assert [found.negated, found.hypothetical, found.future] == [False, False, False]


STATES = [
    ("The two firms signed a [supply contract] in Oslo on Friday morning.", "signed"),
    ("Both leaders announced a [youth charter] at the close of the summit.", "signed"),
    ("Under the [youth charter], schools receive more help than before.", "in_force"),
    ("The [youth charter] entered into force after both parliaments had voted.", "in_force"),
    ("The ministers are negotiating a [youth charter] with the islands.", "under_negotiation"),
    ("The report recommends a [youth charter] for the whole region of the islands.", "proposed"),
    ("The state withdrew from the [youth charter] after the vote in parliament.", "ended"),
    ("Les deux sociétés ont signé un [contrat de fourniture] à Oslo vendredi.", "signed"),
    ("En vertu de la [charte de la jeunesse], les écoles reçoivent plus d’aide.", "in_force"),
    ("Les ministres négocient une [charte de la jeunesse] avec les pays des îles.", "under_negotiation"),
    ("Le rapport recommande une [charte de la jeunesse] pour toute la région.", "proposed"),
    ("L’État a dénoncé la [charte de la jeunesse] après le vote du parlement.", "ended"),
]


@pytest.mark.parametrize(("sentence", "state"), STATES)
def test_the_nearest_cue_tells_the_state(sentence: str, state: str) -> None:
    assert read(sentence).states[0].value == state


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("The existing [youth charter] helps schools in both of the countries.", "in_force"),
        ("The existing schools of both countries like their own [youth charter].", None),
    ],
)
def test_an_adjective_counts_only_beside_the_span(sentence: str, state: str | None) -> None:
    values = [cue.value for cue in read(sentence).states]
    assert (values[:1] or [None])[0] == state


def test_the_clause_ends_at_a_semicolon_and_before_a_new_clause() -> None:
    document, start, end = marked("They signed a lease; they will adopt the [youth charter], and nothing else matters.")
    assert document.words(*clause_of(document, start, end)) == "they will adopt the youth charter"


def test_cues_are_quoted_where_they_stand() -> None:
    document, start, end = marked("Next year the two countries will sign a [fisheries accord] with their neighbours.")
    found = qualify(document, start, end)
    assert {document.words(cue.start, cue.end) for cue in (*found.cues, *found.states)} >= {"will", "sign"}
    assert [cue.distance(start, end) for cue in found.states] == sorted(
        cue.distance(start, end) for cue in found.states
    )


@pytest.mark.parametrize("subject", ["modality", "status", "agreement", "tail", "dated", "signs", "frame"])
@pytest.mark.parametrize("language", ["en", "fr", "ko"])
def test_scanning_an_example_finds_its_row(subject: str, language: str) -> None:
    lost = [
        row for row in rows(subject, language) if row not in [hit.row for hit in scan(subject, language, row.example)]
    ]
    assert lost == []
