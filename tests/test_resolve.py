"""Entity resolution: which records are one, and that the order of arrival doesn't matter."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from extract.resolve import resolve
from schemas import Actor, Agreement, Commitment, Document, Evidence, Funding, Money, PartialDate, Record

PROOF = (Evidence(field="record", start=0, end=1, quote="x", finder="by hand"),)


def document(name: str, *, language: str = "en", day: str | None = "2026-03-01", words: int = 300) -> Document:
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Document(
        document_id=name,
        name=name,
        uri=name,
        sha256=digest,
        language=language,
        published_on=PartialDate(text=day) if day else None,
        words=words,
        text="x",
    )


def actor(where: str, name: str, kind: Any = "government_body", *aliases: str) -> Actor:
    return Actor(document_id=where, name=name, kind=kind, aliases=aliases, evidence=PROOF)


def agreement(where: str, title: str, *parties: str) -> Agreement:
    return Agreement(document_id=where, title=title, kind="memorandum", parties=parties, evidence=PROOF)


def funding(where: str, amount: int, purpose: str | None = None, *, at: int = 0, currency: str = "CAD") -> Funding:
    quote = Evidence(field="record", start=at, end=at + 1, quote="x", finder="by hand")
    money = Money(amount=Decimal(amount), currency=currency)  # type: ignore[arg-type]
    return Funding(document_id=where, money=money, purpose=purpose, evidence=(quote,))


def clusters(records: list[Record], *documents: Document) -> list[list[str]]:
    """Give the ids of each cluster of more than one record."""
    found: dict[str, list[str]] = defaultdict(list)
    for resolution in resolve(records, documents):
        found[resolution.canonical_id].append(resolution.record_id)
    return sorted(sorted(ids) for ids in found.values() if len(ids) > 1)


def one(*records: Record) -> list[list[str]]:
    return [sorted(record.id for record in records)]


SAME = [
    (actor("a", "Polar Institute", "academic"), actor("b", "polar  institute", "academic")),
    (actor("a", "Institut polaire", "academic"), actor("b", "Institut Polaire", "civil_society")),
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
    (agreement("a", "CUSMA"), agreement("b", "Accord Canada–États-Unis–Mexique", "Canada")),
    (agreement("a", "Ice Accord", "Canada", "France"), agreement("b", "ICE ACCORD", "France", "Canada")),
    (
        agreement("a", "Memorandum on the Safe Transport of Ice", "Canada", "Norland"),
        agreement("b", "Memorandum on the Safe Transport of Ice", "Canada"),
    ),
]

APART = [
    (actor("a", "Georgia", "state"), actor("b", "Georgia", "company")),
    (actor("a", "Quebec", "state"), actor("b", "Canada", "state")),
    (actor("a", "North Korea", "state"), actor("b", "South Korea", "state")),
    (actor("a", "OECD", "company"), actor("b", "OECD", "intergovernmental")),
    (actor("a", "Jean Roy", "person"), actor("b", "Jean Roy", "company")),
    (actor("a", "Ministry of Trade of Korea"), actor("b", "Ministry of Trade of Canada")),
    (
        actor("a", "Ministry of Trade of Korea", "government_body", "Ministry of Trade"),
        actor("b", "Ministry of Trade of Canada", "government_body", "Ministry of Trade"),
    ),
    (actor("a", "Ann Lee", "person", "prime minister"), actor("b", "Bo Chan", "person", "prime minister")),
    (agreement("a", "Memorandum of Understanding"), agreement("b", "Memorandum of Understanding")),
    (agreement("a", "Memorandum of Understanding", "Canada"), agreement("b", "Memorandum of Understanding", "Norland")),
    (
        agreement("a", "Memorandum on the Safe Transport of Ice", "Canada", "Norland"),
        agreement("b", "Memorandum on the Safe Transport of Ice", "Canada", "France"),
    ),
    (funding("a", 5_000_000), funding("b", 5_000_000)),
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


def test_parties_that_fit_two_instruments_decide_for_neither() -> None:
    title = "Memorandum on the Safe Transport of Ice"
    some = [agreement("a", title, "Canada", "Norland"), agreement("b", title, "Canada", "France")]
    assert clusters([*some, agreement("c", title, "Canada")], document("a"), document("b"), document("c")) == []


@pytest.mark.parametrize(
    ("twin", "joined"),
    [
        (document("b", language="fr"), True),
        (document("b", language="fr", day="2026-03-02"), False),
        (document("b", language="fr", words=1000), False),
        (document("b", language="fr", day=None), False),
        (document("b", language="en"), False),
    ],
)
def test_a_sum_of_twins_is_one(twin: Document, joined: bool) -> None:
    records: list[Record] = [funding("a", 5_000_000, "for ice"), funding("b", 5_000_000, "pour la glace")]
    assert clusters(records, document("a"), twin) == (one(*records) if joined else [])


def test_undated_texts_with_many_sums_in_common_are_twins() -> None:
    pairs = [(funding("a", n), funding("b", n)) for n in (1, 2, 3)]
    found = clusters(
        [r for pair in pairs for r in pair], document("a", day=None), document("b", language="fr", day=None)
    )
    assert found == sorted(sorted((left.id, right.id)) for left, right in pairs)


def test_people_tell_undated_twins_too() -> None:
    sums = [funding(where, amount) for where in "ab" for amount in (1, 2)]
    documents = document("a", day=None), document("b", language="fr", day=None)
    assert clusters(sums, *documents) == []
    people: list[Record] = [actor(where, "Ada Lovelace", "person") for where in "ab"]
    assert len(clusters([*sums, *people], *documents)) == 3


def test_equal_sums_of_twins_pair_in_their_order_of_statement() -> None:
    ships, maps = funding("a", 7, "for ships", at=10), funding("a", 7, "for maps", at=90)
    bateaux, cartes = funding("b", 7, "pour des bateaux", at=12), funding("b", 7, "pour des cartes", at=99)
    found = clusters([cartes, ships, bateaux, maps], document("a"), document("b", language="fr"))
    assert found == sorted([sorted((ships.id, bateaux.id)), sorted((maps.id, cartes.id))])


def test_the_earliest_document_stands_for_the_cluster() -> None:
    late, early, undated = actor("a", "Polar Institute"), actor("b", "Polar Institute"), actor("c", "Polar Institute")
    documents = [document("a", day="2026-03"), document("b", day="2025"), document("c", day=None)]
    found = {r.record_id: r for r in resolve([late, early, undated], documents)}
    assert {r.canonical_id for r in found.values()} == {early.id}
    assert (found[early.id].rule, found[late.id].rule) == ("self", "same_name")


def test_the_order_of_arrival_does_not_matter() -> None:
    records = [record for pair in (*SAME, *APART) for record in pair]
    records = list({record.id: record for record in records}.values())
    documents = [document("a", language="fr"), document("b", day="2026-03-01")]
    expected = resolve(records, documents)
    for seed in range(20):
        shuffled = random.Random(seed).sample(records, len(records))
        assert resolve(shuffled, reversed(documents)) == expected


def test_every_record_has_its_place() -> None:
    assert resolve([], []) == []
    assert [r.rule for r in resolve([actor("nowhere", "Canada", "state")], [])] == ["self"]
