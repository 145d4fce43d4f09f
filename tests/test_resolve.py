"""Entity resolution: which records are one, and that the order of arrival doesn't matter."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.resolve import resolve, romanised, twins
from extract.resolve.names import ideas, likeness
from schemas import (
    Actor,
    Agreement,
    Commitment,
    Document,
    Evidence,
    Funding,
    Judgement,
    JudgementConflictError,
    Money,
    PartialDate,
    Record,
)

PROOF = (Evidence(field="record", start=0, end=1, quote="x", finder="by hand"),)


def document(name: str, *, language: str = "en", day: str | None = "2026-03-01", text: str = "x") -> Document:
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Document(
        document_id=name,
        name=name,
        uri=name,
        sha256=digest,
        language=language,
        published_on=PartialDate(text=day) if day else None,
        words=len(text.split()),
        text=text,
    )


def actor(where: str, name: str, kind: Any = "government_body", *aliases: str, country: str | None = None) -> Actor:
    return Actor(document_id=where, name=name, kind=kind, aliases=aliases, country=country, evidence=PROOF)


def agreement(where: str, title: str, *parties: str, **fields: Any) -> Agreement:
    return Agreement(document_id=where, title=title, kind="memorandum", parties=parties, evidence=PROOF, **fields)


def funding(
    where: str, amount: int, purpose: str | None = None, *, at: int = 0, currency: str = "CAD", **fields: Any
) -> Funding:
    quote = Evidence(field="record", start=at, end=at + 1, quote="x", finder="by hand")
    money = Money(amount=Decimal(amount), currency=currency)  # type: ignore[arg-type]
    return Funding(document_id=where, money=money, purpose=purpose, evidence=(quote,), **fields)


def judgement(left: Record, right: Record, verdict: Any) -> Judgement:
    return Judgement(left=left.id, right=right.id, verdict=verdict, on=date(2026, 11, 1), by="Ada")


def clusters(records: list[Record], *documents: Document, judgements: list[Judgement] | None = None) -> list[list[str]]:
    """Give the ids of each cluster of more than one record."""
    found: dict[str, list[str]] = defaultdict(list)
    for resolution in resolve(records, documents, judgements or []):
        found[resolution.canonical_id].append(resolution.record_id)
    return sorted(sorted(ids) for ids in found.values() if len(ids) > 1)


def one(*records: Record) -> list[list[str]]:
    return [sorted(record.id for record in records)]


TRANSLATED = [
    ("University of Toronto", "l'Université de Toronto"),
    ("Polar Institute", "Institut polaire"),
    ("Vector Institute", "Institut Vecteur"),
    ("Ministry of Trade of Korea", "ministère du Commerce de la Corée"),
    ("Norland Embassy in South Korea", "Ambassade de Norland en République de Corée"),
    ("Canada-ASEAN Ice Council", "Conseil Canada-ANASE sur l'ice"),
    ("Comprehensive Strategic Partnership", "partenariat stratégique global"),
    ("Memorandum of Understanding on critical minerals", "protocole d’entente sur les minéraux critiques"),
    ("National Research Laboratory", "Laboratoire national de recherches"),
    ("AgriStability", "Agri-stabilité"),
    ("Ministry of Science and Information Technology", "과학정보기술부"),
    ("Memorandum of Understanding on critical minerals", "핵심광물에 관한 양해각서"),
]

UNLIKE = [
    ("Ministry of Trade of Korea", "Ministry of Trade of Canada"),
    ("Ministry of Health", "ministère du Commerce"),
    ("University of Toronto", "Université de Montréal"),
    ("Government of Ontario", "gouvernement du Canada"),
    ("North Korea", "Corée du Sud"),
]


@pytest.mark.parametrize(("english", "french"), TRANSLATED)
def test_a_name_and_its_translation_say_the_same(english: str, french: str) -> None:
    assert ideas(english) == ideas(french)


@pytest.mark.parametrize(("english", "french"), UNLIKE)
def test_names_that_differ_in_a_word_do_not(english: str, french: str) -> None:
    assert ideas(english) != ideas(french)
    assert likeness(english, french) < 0.8


SAME = [
    (actor("a", "Polar Institute", "academic"), actor("b", "polar  institute", "academic")),
    (actor("a", "Institut polaire", "academic"), actor("b", "Institut Polaire", "civil_society")),
    (actor("a", "Polar Institute", "academic"), actor("b", "Institut polaire", "academic")),
    (actor("a", "Georgia", "state"), actor("b", "Géorgia", "state")),
    (
        actor("a", "Polar Institute of Norland", "academic", "Institut polaire de Norlande"),
        actor("b", "Institut polaire de Norlande", "academic"),
    ),
    (actor("a", "Corée du Sud", "state"), actor("b", "Republic of Korea", "state")),
    (
        actor("a", "OECD", "intergovernmental"),
        actor("b", "Organisation de coopération et de développement économiques"),
    ),
    (
        actor("a", "Northern Ice Data Exchange", "academic", "NIDEX"),
        actor("b", "Bourse de données", "academic", "NIDEX"),
    ),
    (actor("a", "Lee Min-ho", "person"), actor("b", "Min-ho Lee", "person")),
    (actor("a", "Ann B. Roy", "person"), actor("b", "Dr. Ann Roy", "person")),
    (
        actor("a", "Ann Roy", "person", "President Roy"),
        actor("b", "Roy", "person", "la présidente Roy", "président Roy"),
    ),
    (actor("a", "Elizabeth II", "person", "Queen Elizabeth II"), actor("b", "Elizabeth II", "person")),
    (actor("a", "Acoustic Ice Division", country="CA"), actor("b", "Acoustic Ice Division")),
    (actor("a", "World Ice Assembly", country="CA"), actor("b", "World Ice Assembly", country="US")),
    (
        actor("a", "Ice Conference", "intergovernmental", "COI26"),
        actor("b", "Conference of the Ice", "company", "COI26"),
    ),
    (
        agreement("a", "Roadmap for a Renewed Canada-Norland Partnership", "Canada", "Norland"),
        agreement("b", "Feuille de route pour un Partenariat Renouvelé Norland–Canada", "Canada", "Norland"),
    ),
    (
        funding("a", 5_000_000, "training and new jobs for young residents of northern ports", funders=("Canada",)),
        funding("b", 5_000_000, "training and new jobs for young residents of northern ports", funders=("Ports",)),
    ),
    (agreement("a", "CUSMA"), agreement("b", "Accord Canada–États-Unis–Mexique", "Canada")),
    (agreement("a", "Ice Accord", "Canada", "France"), agreement("b", "ICE ACCORD", "France", "Canada")),
    (
        agreement("a", "Ice Partnership", "Government of Canada", "Korea"),
        agreement("b", "partenariat sur l'ice entre le Canada et la République de Corée", "Canada", "Corée du Sud"),
    ),
    (
        agreement("a", "Memorandum on the Safe Transport of Ice", "Canada", "Norland", status="proposed"),
        agreement("b", "Memorandum on the Safe Transport of Ice", "Canada", status="signed"),
    ),
    (
        funding("a", 7_000_000, "Arctic research stations and ice cores"),
        funding("b", 7_000_000, "research stations and ice cores in the Arctic"),
    ),
    (
        funding("a", 12_750_000, funders=("Government of Canada",), recipients=("Polar Institute",)),
        funding("b", 12_750_000, "cores", funders=("Canada",), recipients=("Institut polaire",)),
    ),
    (
        agreement("a", "Cooperation Agreement on Ice, Snow and Water", "Canada"),
        agreement("b", "Accord sur l'ice, la snow et l'eau", "Canada", "Norland"),
    ),
    (
        agreement("a", "Canada-Korea Agreement on Science, Technology and Innovation Cooperation"),
        agreement("b", "대한민국 정부와 캐나다 정부 간의 과학, 기술 및 혁신 협력을 위한 협정"),
    ),
]

APART = [
    (actor("a", "Georgia", "state"), actor("b", "Georgia", "company")),
    (actor("a", "Quebec", "state"), actor("b", "Canada", "state")),
    (actor("a", "North Korea", "state"), actor("b", "South Korea", "state")),
    (actor("a", "OECD", "company"), actor("b", "OECD", "intergovernmental")),
    (actor("a", "Jean Roy", "person"), actor("b", "Jean Roy", "company")),
    (actor("a", "Ministry of Trade of Korea"), actor("b", "Ministry of Trade of Canada")),
    (actor("a", "Department of Justice", country="CA"), actor("b", "Department of Justice", country="US")),
    (actor("a", "Ministry of Ice", country="KR"), actor("b", "ministère de l'Ice", country="FR")),
    (
        actor("a", "Ministry of Trade of Korea", "government_body", "Ministry of Trade"),
        actor("b", "Ministry of Trade of Canada", "government_body", "Ministry of Trade"),
    ),
    (actor("a", "Ann Lee", "person", "prime minister"), actor("b", "Bo Chan", "person", "prime minister")),
    (actor("a", "Kiyeon Shin", "person"), actor("b", "Kiyoon Shin", "person")),
    (actor("a", "Roy", "person"), actor("b", "Roy", "person")),
    (agreement("a", "Memorandum of Understanding"), agreement("b", "Memorandum of Understanding")),
    (agreement("a", "Memorandum of Understanding", "Canada"), agreement("b", "Memorandum of Understanding", "Norland")),
    (
        agreement("a", "joint statement", "Canada", "France"),
        agreement("b", "déclaration conjointe", "Canada", "France"),
    ),
    (
        agreement("a", "Memorandum on the Safe Transport of Ice", "Canada", "Korea"),
        agreement("b", "Memorandum on the Safe Transport of Ice", "Canada", "France"),
    ),
    (funding("a", 5_000_000), funding("b", 5_000_000)),
    (  # a round sum is given twice
        funding("a", 5_000_000, funders=("Canada",), recipients=("Polar Institute",)),
        funding("b", 5_000_000, funders=("Canada",), recipients=("Polar Institute",)),
    ),
    (funding("a", 5_000_000, "ice cores for schools"), funding("b", 5_000_000, "maps for schools in ports")),
    (
        Commitment(document_id="a", kind="next_step", text="Meet again", evidence=PROOF),
        Commitment(document_id="b", kind="next_step", text="Meet again", evidence=PROOF),
    ),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_one_thing(left: Record, right: Record) -> None:
    assert clusters([left, right], document("a"), document("b")) == one(left, right)


@pytest.mark.parametrize(("left", "right"), APART)
def test_two_things(left: Record, right: Record) -> None:
    assert clusters([left, right], document("a"), document("b")) == []


SPELLINGS = [
    ("Kiyeon Shin", "Kiyoon Shin"),
    ("Shin Ki-yeon", "Kiyoon Shin"),
    ("Lee Min-ho", "Yi Minho"),
    ("Yoon Seok-yeol", "Suk Yeol Yoon"),
    ("Moon Jae-in", "Jae In Mun"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_spellings_of_a_korean_name_share_a_sound(one: str, other: str) -> None:
    assert set(romanised.keys(one)) & set(romanised.keys(other))


@pytest.mark.parametrize(("one", "other"), [("Lee Min-ho", "Lee Min-hee"), ("Kim Jun-ho", "Park Jun-ho")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert not set(romanised.keys(one)) & set(romanised.keys(other))


@pytest.mark.parametrize(("beside", "joined"), [("of NIDEX", True), ("of the ministry", False)])
def test_a_spelling_is_joined_if_a_name_beside_it_is_the_same(beside: str, joined: bool) -> None:
    texts = f"Kiyeon Shin {beside} spoke.", f"Merci à Kiyoon Shin {beside}."
    documents = [document(key, text=text) for key, text in zip("ab", texts, strict=True)]
    people = []
    for made, name in zip(documents, ("Kiyeon Shin", "Kiyoon Shin"), strict=True):
        start = made.text.index(name)
        proof = Evidence(field="name", start=start, end=start + len(name), quote=name, finder="by hand")
        people.append(Actor(document_id=made.document_id, name=name, kind="person", evidence=(proof,)))
    assert clusters([*people], *documents) == (one(*people) if joined else [])


ENGLISH = (
    "Today the Minister met Ula Kwan and Xerxes Maro of NIDEX in Vex. They spoke about Kelp, Ystad and 4,500 tonnes."
)
FRENCH = (
    "Aujourd'hui, le ministre a vu Ula Kwan et Xerxes Maro de NIDEX à Vex. Ils ont parlé d'Ystad et de 4 500 tonnes."
)
OTHER = "Hier, la ministre a parlé avec Ann Fenn et Bo Chan de Ruskel à Torvin. On y était 300, dont Ula Kwan."

TWINS = [
    (document("a", text=ENGLISH), document("b", text=FRENCH, language="fr"), True),
    (document("a", text=ENGLISH), document("b", text=OTHER, language="fr"), False),
    (document("a", text=ENGLISH), document("b", text=FRENCH, language="fr", day="2026-04-01"), False),
    (document("a", text=ENGLISH), document("b", text=FRENCH * 3, language="fr"), False),
    (document("a", text=ENGLISH), document("b", text=ENGLISH, day=None), True),
    # few names, no date: the name of the file has to speak for it
    (
        document("kelp_en.txt", text="About Ystad.", day=None),
        document("algue.txt", text="Sur Ystad.", language="fr"),
        False,
    ),
    (
        document("kelp_en.txt", text="About Ystad.", day=None),
        document("kelp_fr.txt", text="Sur Ystad.", language="fr"),
        True,
    ),
    (
        document("kelp_en.txt", text="About Vex.", day=None),
        document("kelp_fr.txt", text="Sur Ystad.", language="fr"),
        False,
    ),
]


@pytest.mark.parametrize(("left", "right", "same"), TWINS)
def test_twins_state_the_same_names_in_the_same_order(left: Document, right: Document, same: bool) -> None:
    by_id = {document.document_id: document for document in (left, right)}
    signs = {key: twins.signs(document) for key, document in by_id.items()}
    assert bool(twins.pairs(by_id, signs)) == same


def test_first_words_of_sentences_are_no_signs() -> None:
    read = twins.signs(document("a", text="Today we met Ula Kwan. Today was fine; Vex too. The vex."))
    assert read.telling == {"ula", "kwan"}
    assert "today" in read.places


def test_the_earliest_document_stands_for_the_cluster() -> None:
    late, early, undated = actor("a", "Polar Institute"), actor("b", "Polar Institute"), actor("c", "Polar Institute")
    documents = [document("a", day="2026-03"), document("b", day="2025"), document("c", day=None)]
    found = {r.record_id: r for r in resolve([late, early, undated], documents)}
    assert {r.canonical_id for r in found.values()} == {early.id}
    assert (found[early.id].rule, found[late.id].rule) == ("self", "same_name")


RECORDS = list({record.id: record for pair in (*SAME, *APART) for record in pair}.values())
IDS = [record.id for record in RECORDS]
VERDICTS = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS), st.sampled_from(["same", "not_same", "unsure"]))


@settings(deadline=None, max_examples=60)
@given(order=st.permutations(RECORDS), swapped=st.booleans(), said=st.lists(VERDICTS, max_size=4), data=st.data())
def test_the_order_of_arrival_does_not_matter(
    order: list[Record], swapped: bool, said: list[tuple[str, str, Any]], data: st.DataObject
) -> None:
    documents = [document("a", language="fr"), document("b", day="2026-03-01")]
    judgements = [
        Judgement(left=left, right=right, verdict=verdict, on=date(2026, 11, 1))
        for left, right, verdict in said
        if left != right
    ]
    try:
        expected = resolve(RECORDS, documents, judgements)
    except JudgementConflictError:
        with pytest.raises(JudgementConflictError):
            resolve(order, documents, judgements[::-1])
        return
    shuffled = data.draw(st.permutations(judgements))
    assert resolve(order, reversed(documents) if swapped else documents, shuffled) == expected


def test_every_record_has_its_place() -> None:
    assert resolve([], []) == []
    assert [r.rule for r in resolve([actor("nowhere", "Canada", "state")], [])] == ["self"]


def test_judgements_outrank_the_program() -> None:
    left, right = actor("a", "Polar Institute"), actor("b", "Polar Institute")
    shin, shun = actor("a", "Kiyeon Shin", "person"), actor("b", "Kiyoon Shin", "person")
    documents = document("a"), document("b")
    assert clusters([left, right], *documents, judgements=[judgement(left, right, "not_same")]) == []
    assert clusters([shin, shun], *documents, judgements=[judgement(shin, shun, "same")]) == one(shin, shun)
    assert clusters([shin, shun], *documents, judgements=[judgement(shin, shun, "unsure")]) == []
    rules = {r.rule for r in resolve([shin, shun], documents, [judgement(shun, shin, "same")])}
    assert rules == {"self", "judgement"}


def test_judgements_are_transitive() -> None:
    a, b, c = actor("a", "Ann Roy", "person"), actor("b", "A. Roy-Lee", "person"), actor("c", "Ann Lee", "person")
    said = [judgement(a, b, "same"), judgement(c, b, "same")]
    assert clusters([a, b, c], document("a"), document("b"), document("c"), judgements=said) == one(a, b, c)


def test_a_judgement_keeps_two_clusters_apart() -> None:
    records = [actor(where, "Polar Institute", "academic") for where in "abc"]
    apart = [judgement(records[0], records[2], "not_same")]
    found = clusters(list(records), *(document(where) for where in "abc"), judgements=apart)
    assert len(found) == 1
    assert len(found[0]) == 2


def test_contradictions_are_loud() -> None:
    a, b, c = (actor(where, name, "person") for where, name in zip("abc", ("Ann Roy", "Bo Roy", "Cy Roy"), strict=True))
    said = [judgement(a, b, "same"), judgement(b, c, "same"), judgement(a, c, "not_same")]
    with pytest.raises(JudgementConflictError, match="contradict") as caught:
        resolve([a, b, c], [], said)
    assert len(caught.value.same) == 2
    assert "Take one of these rows out" in str(caught.value)


def test_a_judgement_about_a_record_that_is_gone_does_no_harm() -> None:
    left, right, gone = actor("a", "Polar Institute"), actor("b", "Polar Institute"), actor("c", "Ice Office")
    said = [judgement(left, gone, "same"), judgement(right, gone, "not_same")]
    assert clusters([left], document("a"), judgements=said) == []
