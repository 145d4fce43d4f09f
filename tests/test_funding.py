"""Funding: who gives whom how much for what, told as sentences with the answer beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from extract.assemble.funding import assemble_funding, undecided_sums
from extract.decide import Candidate, decide
from extract.document import Document
from extract.find.dates import date_mentions
from extract.find.money import money_mentions
from extract.parse import parse
from schemas import Actor, Agreement, Funding

KINDS = {
    "Government of Norvia": "government_body",
    "gouvernement de Norvie": "government_body",
    "Norvia": "state",
    "Norvie": "state",
    "Estland": "state",
    "Acme Robotics": "company",
    "Robotique Acme": "company",
    "Northern Bank": "company",
    "Harbour Foundation": "civil_society",
    "Fondation du Port": "civil_society",
    "Lakeside University": "academic",
    "Université du Lac": "academic",
    "Lena Marsh": "person",
}


def document(text: str) -> Document:
    """Read a text as a plain file; a bare "$" is Canadian in it."""
    read = parse(Path("sample.txt"), data=text.encode())
    return Document(
        record=read.record.model_copy(update={"country": "CA"}), elements=read.elements, sentences=read.sentences
    )


def actors(read: Document) -> list[Actor]:
    """Find the invented actors by their names; the longest first, so that one name is not read inside another."""
    found, taken = [], set()
    for name in sorted(KINDS, key=len, reverse=True):
        places = [m.span() for m in re.finditer(re.escape(name), read.text) if m.start() not in taken]
        for start, end in places:
            taken.update(range(start, end))
        if places:
            proofs = tuple(read.evidence("name", *place, finder="test") for place in places)
            kind = KINDS[name]
            found.append(Actor(document_id=read.record.document_id, evidence=proofs, name=name, kind=kind))  # type: ignore[arg-type]
    return found


def candidates(text: str) -> list[Candidate[Funding]]:
    """Assemble what a text says of money."""
    read = document(text)
    return assemble_funding(read, list(money_mentions(read)), actors(read), ())


def only(text: str) -> Funding:
    """Give the one sum of a text."""
    found = candidates(text)
    assert len(found) == 1, [c.record.money for c in found]
    return found[0].record


GIVERS: Sequence[tuple[str, tuple[str, ...]]] = [
    ("The Government of Norvia will provide $5 million to small businesses.", ("Government of Norvia",)),
    ("Acme Robotics is investing $70 million in a new plant.", ("Acme Robotics",)),
    ("The school receives $3 million from the Harbour Foundation.", ("Harbour Foundation",)),
    ("Estland’s $12 million contribution to the fund was welcomed.", ("Estland",)),
    ("The Government of Norvia and Estland pledged $40 million for clean water.", ("Government of Norvia", "Estland")),
    (
        "Minister Lena Marsh, on behalf of the Government of Norvia, announced $9 million for ports.",
        ("Government of Norvia",),
    ),
    ("The Government of Norvia will:\n\n- Invest $8 million in clinics.", ("Government of Norvia",)),
    (
        "The Government of Norvia is investing $6 million through the Coastal Jobs Fund.",
        ("Government of Norvia", "Coastal Jobs Fund"),
    ),
    ("European allies have spent $3 billion on defence.", ("European allies",)),
    ("Le gouvernement de Norvie versera 5 millions de dollars aux petites entreprises.", ("gouvernement de Norvie",)),
    ("Robotique Acme investit 70 M$ dans une nouvelle usine.", ("Robotique Acme",)),
    ("L’école reçoit 3 millions de dollars de la part de la Fondation du Port.", ("Fondation du Port",)),
    ("La contribution de la Norvie s’élève à 12 M$.", ("Norvie",)),
    ("School districts across the country plan to spend $27 million on tutors.", ("School districts",)),
    ("About 40 companies and organizations have committed to invest $4 million.", ("companies and organizations",)),
    ("Lakeside University received $5 million in CJA funds.", ("CJA",)),
    ("The school received $2 million from the Coastal Jobs Act.", ("Coastal Jobs Act",)),
    ("The Coastal Development Bank has approved a loan of $9 million.", ("Coastal Development Bank",)),
    (
        "Acme Robotics raised $4 million. The round was led by Northern Bank, joined by Lakeside University.",
        ("Northern Bank", "Lakeside University"),
    ),
    ("The project, which has a total cost of $9 million, is of use to the Government of Norvia.", ()),
    ("Le projet prévoit un don de 3 M$ de la Fondation du Port.", ("Fondation du Port",)),
    # a law, a programme or a fund that hands money out
    ("The Coastal Jobs Act includes $10 million to repair piers.", ("Coastal Jobs Act",)),
    ("Lakeside University received $2 million in Coastal Jobs Act grants.", ("Coastal Jobs Act",)),
    ("Through the Coastal Jobs Fund, Acme Robotics has invested $4 million.", ("Acme Robotics", "Coastal Jobs Fund")),
    ("Budget 2030 provides $7 million to the Government of Norvia for ports.", ("Government of Norvia",)),
    # who acts: right before the verb, after the sum, in a list, together
    ("$5 million that Northern Bank will invest in piers is new.", ("Northern Bank",)),
    (
        "The act allows Northern Bank (NB) and Acme Robotics to provide $6 million to crews.",
        ("Northern Bank", "Acme Robotics"),
    ),
    ("Norvia and Estland, with Northern Bank contributing $2 million, will build a pier.", ("Northern Bank",)),
    ("In Estland, Acme Robotics announced a $4 million investment in Lakeside University.", ("Acme Robotics",)),
    ("A diverse group of angel investors pledged to invest more than $1 million in crews.", ("angel investors",)),
    ("Norvia has also procured $3 million in boats from Estland.", ("Norvia",)),
    ("The crews made a request to Northern Bank for $3 million.", ("Northern Bank",)),
    ("The president requested an additional $3 million for ports.", ()),
    ("Le Fonds du port, qui permet à la Banque du Nord d’offrir 6 M$ aux équipages, est ouvert.", ("Fonds du port",)),
    (
        "Les gouvernements fédéral, provinciaux et territoriaux investissent 9 M$ dans les ports.",
        ("gouvernements fédéral, provinciaux et territoriaux",),
    ),
    ("À Norvie, Robotique Acme a annoncé un investissement de 4 M$.", ("Robotique Acme",)),
    (
        "Le gouvernement de Norvie va :\n\n- Investir 8 millions de dollars dans les cliniques.",
        ("gouvernement de Norvie",),
    ),
]


@pytest.mark.parametrize(("text", "names"), GIVERS)
def test_funders(text: str, names: tuple[str, ...]) -> None:
    assert only(text).funders == names


GETTERS: Sequence[tuple[str, tuple[str, ...]]] = [
    ("Norvia will provide $5 million to small businesses.", ("small businesses",)),
    ("Norvia granted $5 million to Lakeside University.", ("Lakeside University",)),
    ("Norvia announced $5 million for families with young children.", ("families with young children",)),
    (
        "Norvia announced $5 million to support farmers, growers, and ranchers who lost their crops.",
        ("farmers, growers, and ranchers",),
    ),
    ("Acme Robotics secured $4 million in seed funding from Northern Bank.", ("Acme Robotics",)),
    ("Families with two children will receive up to $467.", ("Families with two children",)),
    ("Norvia will provide community organizations with $2 million.", ("community organizations",)),
    ("Norvia invests $5 million to address housing needs.", ()),
    ("Norvia will spend $7 million to help rebuild the harbour.", ()),
    ("Norvia invested $15 million in rural schools, and it shows.", ("rural schools",)),
    ("Norvia will spend $5 million to respond to the needs of displaced families.", ("displaced families",)),
    ("Norvia gave $20 million for increased training in coastal states.", ("coastal states",)),
    ("Norvia announced $2 million for the Coastal Jobs Initiative.", ("Coastal Jobs Initiative",)),
    ("Norvia’s help has enabled small businesses to access $9 million in financing.", ("small businesses",)),
    ("Acme Robotics announced a $5 million investment from Northern Bank.", ("Acme Robotics",)),
    ("Harborview, MA received $8 million for its port.", ("Harborview",)),
    ("Norvia announced $5 million to develop a standard in the security sector.", ()),
    ("La Norvie versera 5 millions de dollars aux petites entreprises.", ("petites entreprises",)),
    ("La Norvie accorde 5 millions de dollars à l’Université du Lac.", ("Université du Lac",)),
    ("La Norvie annonce 5 M$ pour aider les agriculteurs touchés par le gel.", ("agriculteurs",)),
    ("La Norvie consacrera 5 M$ pour répondre aux besoins des familles déplacées.", ("familles déplacées",)),
    ("La Norvie annonce 5 M$ pour bâtir un pont.", ()),
    # between the verb and the sum
    ("Last summer, Northern Bank awarded Lakeside University $3 million for a pier.", ("Lakeside University",)),
    (
        "The fund will provide eligible parents and guardians with payments of up to $650.",
        ("eligible parents and guardians",),
    ),
    # a name ends where its use begins
    ("Norvia provides $4 million to Lakeside University for repairing piers.", ("Lakeside University",)),
    ("Norvia gave $2 million for the Coastal Jobs Fund announced last month.", ("Coastal Jobs Fund",)),
    ("Norvia spends $5 million to help students recover from the storm.", ("students",)),
    ("Norvia spends $5 million to support schools safely reopening their doors.", ("schools",)),
    # what is no gift
    ("Norvia invested $5 million to install cable.", ()),
    ("Norvia invested $7 million in transit, housing, and trade routes.", ()),
    ("Norvia pledged $7 million, subject to approval.", ()),
    # invested in
    ("Acme Robotics announced a $4 million investment in Lakeside University.", ("Lakeside University",)),
    ("Acme Robotics will invest $5 million in a new plant.", ("plant",)),
    ("Norvia will increase Northern Bank’s borrowing limit by $5 million.", ("Northern Bank",)),
    ("To support fish harvesters, Norvia announced $5 million.", ("fish harvesters",)),
    ("La contribution de la Norvie à la Fondation du Port comprend une subvention de 6 M$.", ("Fondation du Port",)),
    ("La Norvie consacrera 3 M$ au soutien des pays vulnérables.", ("pays vulnérables",)),
    ("La Norvie versera 3 M$ pour un nouveau Fonds du port visant à aider les crabiers.", ("Fonds du port",)),
]


@pytest.mark.parametrize(("text", "names"), GETTERS)
def test_recipients(text: str, names: tuple[str, ...]) -> None:
    assert only(text).recipients == names


STATUSES: Sequence[tuple[str, str]] = [
    ("Norvia announced $5 million for ports.", "committed"),
    ("Norvia will invest $5 million in ports.", "committed"),
    ("Norvia pledged $5 million for ports.", "committed"),
    ("The minister announced that Norvia would provide $5 million for ports.", "committed"),
    ("In 2019, Norvia invested $5 million in ports.", "paid"),
    ("Norvia has provided $5 million to ports since 2015.", "paid"),
    ("Acme Robotics raised $5 million from Northern Bank.", "paid"),
    ("The budget proposes $5 million for ports.", "proposed"),
    ("Norvia could provide $5 million to ports.", "proposed"),
    ("The president has requested $5 million in aid for ports.", "proposed"),
    ("La Norvie a annoncé 5 M$ pour les ports.", "committed"),
    ("La Norvie investira 5 M$ dans les ports.", "committed"),
    ("Au total, 5 M$ seront versés aux ports.", "committed"),
    ("En 2019, la Norvie a investi 5 M$ dans les ports.", "paid"),
    ("Le budget propose 5 M$ pour les ports.", "proposed"),
    ("La Norvie pourrait verser 5 M$ aux ports.", "proposed"),
]


@pytest.mark.parametrize(("text", "status"), STATUSES)
def test_status(text: str, status: str) -> None:
    assert only(text).status == status


PURPOSES: Sequence[tuple[str, str | None]] = [
    ("Norvia is investing $5 million to build a bridge over the river.", "build a bridge over the river"),
    ("Norvia will provide $5 million over five years to train nurses.", "train nurses"),
    (
        "Norvia gave $5 million in funding to the city to restore, clean, and reopen the port.",
        "restore, clean, and reopen the port",
    ),
    ("Norvia announced $5 million in support of the new transit line.", "the new transit line"),
    ("Norvia announced a $5 million skills initiative.", "skills initiative"),
    ("Norvia gave $5 million to Lakeside University for a study of the tides.", "a study of the tides"),
    ("Northern Bank is considering a loan of $5 million.", "loan"),
    ("Norvia invested $5 million.", None),
    ("La Norvie investit 5 M$ pour bâtir un pont sur la rivière.", "bâtir un pont sur la rivière"),
    ("La Norvie versera 5 M$ sur cinq ans afin de former des infirmières.", "former des infirmières"),
    ("La Norvie annonce 5 M$ à l’appui de la nouvelle ligne de train.", "la nouvelle ligne de train"),
]


@pytest.mark.parametrize(("text", "purpose"), PURPOSES)
def test_purpose(text: str, purpose: str | None) -> None:
    assert only(text).purpose == purpose


FUNDING = [
    "The Government of Norvia is investing $5 million to build a bridge.",
    "Acme Robotics announced a $30 million contract with Norvia to supply drones.",
    "Northern Bank approved a loan of $2 million for the plant.",
    "Eligible families will receive a one-time payment of $450.",
    "The Harbour Foundation donated €250,000 to schools.",
    "Acme Robotics closed a $4 million seed round led by Northern Bank.",
    "Le gouvernement de Norvie investit 5 M$ pour bâtir un pont.",
    "La Fondation du Port a fait un don de 250 000 € aux écoles.",
    "Une subvention de 2 millions de dollars aidera les petites entreprises.",
    "54 Md€ seront investis dans la recherche.",
]

NO_FUNDING = [
    "Two-way merchandise trade between the countries reached $85 billion in 2015.",
    "Exports to Estland totalled more than $1.2 billion.",
    "Norvia has a GDP of $2.5 trillion.",
    "Quarterly revenue rose to $142.4 million.",
    "Net income was $11.5 million, compared to $9 million a year ago.",
    "The global market for drones is expected to reach $6.4 billion by 2030.",
    "Shares closed at $14.57 per share.",
    "The court ordered the firm to pay damages of $8 million.",
    "Individuals could face fines of up to $25,000.",
    "Parents save $6,300 a year on child care.",
    "A barrel of oil costs $80.",
    "Analysts predict that the coin could rise to $100,000.",
    "The industry contributes $18 billion to the gross domestic product.",
    "The agency will review all contracts above $20 million.",
    "The bill means a $500 reduction in the grant of each student.",
    "The plan will help narrow the $40 trillion need of developing countries.",
    "Of every ten dollars promised, six have reached a builder.",
    "The insurer reported a gross exposure of $9 million.",
    "Les échanges de marchandises ont atteint 85 milliards de dollars en 2015.",
    "Les exportations vers l’Estland ont dépassé 1,2 milliard de dollars.",
    "Le PIB de la Norvie est de 2 500 milliards de dollars.",
    "Le chiffre d’affaires a atteint 142 millions de dollars.",
    "Le marché mondial des drones est évalué à 6,4 milliards de dollars.",
    "Les contrevenants risquent une amende de 25 000 $.",
]


@pytest.mark.parametrize("text", FUNDING)
def test_is_funding(text: str) -> None:
    assert all(decide(candidate).kept for candidate in candidates(text))


@pytest.mark.parametrize("text", NO_FUNDING)
def test_is_no_funding(text: str) -> None:
    found = candidates(text)
    assert found, "a sum that is no funding is still looked at"
    assert not any(decide(candidate).kept for candidate in found)


DATES = [
    ("In 2019, Norvia invested $5 million in ports.", "2019"),
    ("Norvia invested $5 million in 2019.", "2019"),
    ("Norvia announced on June 3, 2024, $5 million for ports.", "2024-06-03"),
    ("Norvia will invest $5 million in ports by 2030.", None),
    ("The port, built in 1952, receives $5 million.", None),
    ("En 2019, la Norvie a investi 5 M$ dans les ports.", "2019"),
]


@pytest.mark.parametrize(("text", "day"), DATES)
def test_date(text: str, day: str | None) -> None:
    read = document(text)
    found = [*money_mentions(read), *date_mentions(read)]
    record = assemble_funding(read, found, actors(read), ())[0].record
    assert (str(record.date) if record.date else None) == day


def test_the_agreement_it_belongs_to() -> None:
    text = (
        "Norvia and Estland signed the Ports Accord. Under the Ports Accord, Norvia will provide $5 million to Estland."
    )
    read = document(text)
    start = text.rindex("Ports Accord")
    proof = read.evidence("title", start, start + 12, finder="test")
    accord = Agreement(
        document_id=read.record.document_id, evidence=(proof,), title="Ports Accord", kind="cooperation_agreement"
    )
    found = assemble_funding(read, list(money_mentions(read)), actors(read), (accord,))
    assert [c.record.agreement_id for c in found] == [accord.id]


def test_one_record_a_sum() -> None:
    text = (
        "Norvia announced $62.5 million for the fishery.\n\nThe $62.5 million for the fishery will help crews.\n\n"
        "- $50 million to schools\n\n- $50 million to clinics"
    )
    amounts = sorted(int(c.record.money.amount) for c in candidates(text))
    assert amounts == [50_000_000, 50_000_000, 62_500_000]
    repeated = next(c.record for c in candidates(text) if c.record.money.amount == 62_500_000)
    assert len([proof for proof in repeated.evidence if proof.field == "money"]) == 2


def test_the_article_points_back() -> None:
    text = (
        "Norvia announced $100 million to improve access to food for families.\n\n"
        "Details will follow. The $100 million investment is divided as follows."
    )
    assert len(candidates(text)) == 1


def test_part_of_a_sum_has_the_giver_of_the_whole() -> None:
    text = "The Government of Norvia will provide $30 million for housing, including $12 million for repairs."
    assert [c.record.funders for c in candidates(text)] == [("Government of Norvia",)] * 2


def test_items_of_a_list_have_the_giver_and_the_getter_of_its_lead() -> None:
    lead = "Norvia has committed $5 million in assistance to Estland. This includes:"
    text = f"{lead}\n\n- $3 million in loans\n\n- $2 million in aid"
    found = [c.record for c in candidates(text)]
    assert [(record.funders, record.recipients) for record in found] == [(("Norvia",), ("Estland",))] * 3


def test_sums_of_one_clause_have_one_giver() -> None:
    text = "Norvia will give $8 million to ports; $2 million to clinics; and $1 million to schools."
    assert [c.record.funders for c in candidates(text)] == [("Norvia",)] * 3


def test_restated_sum_is_one_record() -> None:
    record = only("Norvia contributes €75 million (C$120 million) to the fund.")
    assert (record.money.currency, record.restated[0].currency) == ("EUR", "CAD")


def test_every_quote_stands_in_the_text() -> None:
    text = "Le gouvernement de Norvie versera 5 M$ sur deux ans aux familles pour chauffer leur maison; c’est un début."
    read = document(text)
    record = assemble_funding(read, list(money_mentions(read)), actors(read), ())[0].record
    assert {"record", "money", "status", "funders", "recipients", "purpose"} <= {e.field for e in record.evidence}
    assert all(read.text[e.start : e.end] == e.quote for e in record.evidence)


def test_a_sum_without_currency_is_not_lost() -> None:
    read = parse(Path("sample.txt"), data=b"They invested 5 million pesos in the mine.")
    read = Document(
        record=read.record.model_copy(update={"country": None}), elements=read.elements, sentences=read.sentences
    )
    found = list(money_mentions(read))
    open_sums = [m for m in found if m.value.value.currency is None]
    assert undecided_sums(read, found) == open_sums
    assert len(assemble_funding(read, found, (), ())) == len(found) - len(open_sums)
