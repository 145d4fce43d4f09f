"""Agreements as a phrase book: names, kinds, states, parties and dates, told as sentences with invented names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pytest

from extract.assemble.agreements import assemble_agreements
from extract.decide import Candidate
from extract.document import Document
from extract.find.agreements import Instrument, find_agreements
from extract.find.agreements.known import register
from extract.find.dates import date_mentions
from extract.lexicon import rows
from extract.parse import parse
from schemas import Actor, ActorKind, Agreement, AgreementKind

ACTORS: dict[str, ActorKind] = {
    "Norway": "state",
    "Peru": "state",
    "Chile": "state",
    "Norvège": "state",
    "Pérou": "state",
    "Chili": "state",
    "Acme Robotics": "company",
    "Borealis Shipping": "company",
    "Harbour Wire": "company",
    "Lakeside University": "academic",
    "Institut du Nord": "academic",
    "Port Authority of Lund": "government_body",
    "Harbour Office": "government_body",
    "Fjord Foods Co.": "company",
    "Lena Marsh": "person",
}


def document(text: str) -> Document:
    return parse(Path("sample.txt"), data=text.encode())


def actors(read: Document) -> list[Actor]:
    found = []
    for name, kind in ACTORS.items():
        places = [m.span() for m in re.finditer(re.escape(name), read.text)]
        evidence = tuple(read.evidence("name", *place, finder="test") for place in places)
        if evidence:
            found.append(Actor(document_id=read.record.document_id, evidence=evidence, name=name, kind=kind))
    return found


def candidates(text: str) -> list[Candidate[Agreement]]:
    read = document(text)
    mentions = sorted([*find_agreements(read), *date_mentions(read)], key=lambda m: (m.start, -m.end, m.kind))
    return assemble_agreements(read, mentions, actors(read))


def records(text: str) -> list[Agreement]:
    return [candidate.record for candidate in candidates(text)]


def named(text: str, words: str) -> Agreement:
    """Give the agreement one of whose names is ``words``."""
    found = [r for r in records(text) if words in (r.title, *r.aliases)]
    assert found, [r.title for r in records(text)]
    return found[0]


TITLES = [
    # capitalised names grow over their modifiers and their capitalised tails
    ("Both sides praised the Norway–Peru Free Trade Agreement.", "Norway–Peru Free Trade Agreement"),
    ("They signed the Science and Technology Agreement on Monday.", "Science and Technology Agreement"),
    (
        "They signed a Memorandum of Understanding on Cooperation in Ocean Research, Port Safety, and Trade.",
        "Memorandum of Understanding on Cooperation in Ocean Research, Port Safety, and Trade",
    ),
    ("The Convention on Northern Wetlands was adopted.", "Convention on Northern Wetlands"),
    # descriptions keep what they are about, and lose article, verb and praise
    ("The two firms will develop a joint action plan on port safety.", "joint action plan on port safety"),
    ("They signed a new and historic fisheries agreement.", "fisheries agreement"),
    (
        "The firm inked a letter of intent with Acme Robotics to build two ships.",
        "letter of intent with Acme Robotics",
    ),
    (
        "They signed a cost-sharing agreement with Lakeside University in May.",
        "cost-sharing agreement with Lakeside University",
    ),
    (
        "The ports issued a joint declaration of intent to establish a rail alliance.",
        "joint declaration of intent",
    ),
    # headings in title case: the verb is no part of the name
    (
        "Acme Robotics Forges Strategic Partnership With Borealis Shipping",
        "Strategic Partnership With Borealis Shipping",
    ),
    # a comma before a new clause ends the name; names link over "of the"
    (
        "Under the Clean Harbours Agreement on Ferries, the ports have cut and sorted their waste.",
        "Clean Harbours Agreement on Ferries",
    ),
    ("Both praised the Protection of the Fjord Declaration.", "Protection of the Fjord Declaration"),
    ("They plan a science, technology and innovation agreement.", "science, technology and innovation agreement"),
    ("They seek an agreement on the remaining issues.", "agreement on the remaining issues"),
    # quoted names
    ("Leaders adopted the “Ports for People” Joint Statement.", "“Ports for People” Joint Statement"),
    # French: the name follows its head noun
    ("Ils saluent l’Accord de libre-échange Norvège-Pérou.", "Accord de libre-échange Norvège-Pérou"),
    (
        "Ils ont signé le Protocole d’entente sur la coopération en matière de ports, de transport et de pêche.",
        "Protocole d’entente sur la coopération en matière de ports, de transport et de pêche",
    ),
    (
        "Ils ont signé une entente administrative avec l’Institut du Nord.",
        "entente administrative avec l’Institut du Nord",
    ),
    ("Ils ont lancé un nouveau partenariat stratégique global.", "partenariat stratégique global"),
    (
        "Elles négocient un accord sur la protection des renseignements classifiés.",
        "accord sur la protection des renseignements classifiés",
    ),
    (
        "Ils ont adopté une déclaration commune intitulée « Des ports pour tous ».",
        "déclaration commune intitulée « Des ports pour tous »",
    ),
    # Korean titles stand in corner brackets
    ("양국은 「해양 연구 협력에 관한 협정」을 체결하였다.", "해양 연구 협력에 관한 협정"),
    ("Le port a conclu un accord de contribution d'une valeur de 3,2 millions de dollars.", "accord de contribution"),
    ("Le port a signé un contrat de prêt de 60 M€ avec la banque.", "contrat de prêt"),
    ("The port won a supply contract valued at ten million dollars.", "supply contract"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_the_title_is_the_name_without_verb_article_or_date(text: str, title: str) -> None:
    assert named(text, title)


NO_INSTRUMENT = [
    "It was built in partnership with the province.",
    "The Norway–Peru Partnership Committee met in Oslo.",
    "They oppose the Charter of Rights and Freedoms.",
    "The tenant broke the lease agreement.",
    "Public-private partnerships pay for roads.",
    "The firm will deal with the delays.",
    "Ils travaillent en étroite collaboration avec la province.",
    "Les renseignements sont traités avec soin.",
    "Déclaration du premier ministre à l’occasion de la fête nationale",
    "D’un commun accord, ils sont partis.",
    "L’Organisation du Traité de l’Atlantique Nord se réunit.",
]


@pytest.mark.parametrize("text", NO_INSTRUMENT)
def test_what_only_sounds_like_an_instrument_is_not_proposed(text: str) -> None:
    assert [r.title for r in records(text)] == []


KINDS = [
    ("They signed the Treaty on Northern Rivers.", "treaty"),
    ("They signed a free trade agreement.", "trade_agreement"),
    ("They signed a memorandum of understanding.", "memorandum"),
    ("They signed an MOU on fisheries.", "memorandum"),
    ("They formed a strategic partnership.", "partnership"),
    ("They released a joint roadmap.", "action_plan"),
    ("They issued a joint statement.", "declaration"),
    ("They adopted a voluntary code of conduct.", "declaration"),
    ("They signed a supply contract.", "cooperation_agreement"),
    ("Ils ont signé la Convention sur les zones humides du Nord.", "treaty"),
    ("Ils ont signé un accord de libre-échange.", "trade_agreement"),
    ("Ils ont signé un protocole d’entente.", "memorandum"),
    ("Ils ont noué un partenariat stratégique.", "partnership"),
    ("Ils ont publié une feuille de route conjointe.", "action_plan"),
    ("Ils ont publié une déclaration conjointe.", "declaration"),
    ("Ils ont signé une entente sur les ports.", "cooperation_agreement"),
    ("양국은 양해각서에 서명하였다.", "memorandum"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_head_noun_tells_the_kind(text: str, kind: str) -> None:
    assert [r.kind for r in records(text)] == [kind]


STATES = [
    ("The two ports signed a fisheries accord on Monday.", "signed"),
    ("The fisheries accord was signed by both ports on Monday.", "signed"),
    ("The two ports will sign a fisheries accord next year.", "proposed"),
    ("The two ports would sign a fisheries accord.", "proposed"),
    ("The ministers did not sign the fisheries accord.", "proposed"),
    ("The report recommends a fisheries accord between the ports.", "proposed"),
    ("The two ports are negotiating a fisheries accord.", "under_negotiation"),
    ("Under the fisheries accord, both ports share their data.", "in_force"),
    ("The existing fisheries accord covers both ports.", "in_force"),
    ("The Treaty on Northern Rivers seeks to protect salmon.", "in_force"),
    ("The fisheries accord is being negotiated by the two ports.", "under_negotiation"),
    ("The port withdrew from the fisheries accord.", "ended"),
    ("The Treaty on Northern Rivers and its history fill two volumes.", "in_force"),
    ("Les deux ports ont signé une entente sur la pêche lundi.", "signed"),
    ("Les deux ports signeront une entente sur la pêche.", "proposed"),
    ("Les deux ports pourraient signer une entente sur la pêche.", "proposed"),
    ("Les ports ont ouvert des négociations en vue d’une entente sur la pêche.", "under_negotiation"),
    ("En vertu de l’entente sur la pêche, les ports partagent leurs données.", "in_force"),
    ("Le port a résilié l’entente sur la pêche.", "ended"),
    # a month is no modal; talks may follow the name; "toward" looks ahead
    ("In May 2014, both ports signed the Fisheries Accord.", "signed"),
    ("Both ports opened the Fisheries Accord negotiations.", "under_negotiation"),
    ("The two ports work toward a fisheries accord.", "under_negotiation"),
    ("The two ports hold discussions towards a fisheries accord.", "under_negotiation"),
    ("They pushed on with efforts to secure a fisheries accord.", "under_negotiation"),
    ("Les ports veulent parvenir à une entente sur la pêche.", "proposed"),
]


@pytest.mark.parametrize(("text", "status"), STATES)
def test_tense_and_modality_tell_the_state(text: str, status: str) -> None:
    assert records(text)[0].status == status


PARTIES = [
    # the title
    ("Both praised the Norway–Peru Free Trade Agreement.", {"Norway", "Peru"}),
    ("Ils saluent l’Accord de libre-échange Norvège-Pérou-Chili.", {"Norvège", "Pérou", "Chili"}),
    # tails
    ("There is a fisheries accord between Norway and Peru.", {"Norway", "Peru"}),
    ("Une entente sur la pêche entre la Norvège et le Pérou est en vigueur.", {"Norvège", "Pérou"}),
    # the subject that signs
    ("Norway signed a fisheries accord with Peru.", {"Norway", "Peru"}),
    ("Acme Robotics and Borealis Shipping signed a supply contract.", {"Acme Robotics", "Borealis Shipping"}),
    ("La Norvège a signé un accord sur la pêche avec le Pérou.", {"Norvège", "Pérou"}),
    # after the verb
    (
        "A supply contract was signed between Acme Robotics and Borealis Shipping.",
        {"Acme Robotics", "Borealis Shipping"},
    ),
    # people sign for others, a news wire carries the news
    (
        "/Harbour Wire/ -- Acme Robotics, led by Lena Marsh, signed a lease accord with Lakeside University.",
        {"Acme Robotics", "Lakeside University"},
    ),
    # a partner whom no actor is known by
    ("Acme Robotics announced a partnership with Zephyr Tools.", {"Acme Robotics", "Zephyr Tools"}),
    # an instrument open to all takes none from its surroundings
    ("Norway and Peru met on the Paris Agreement.", set()),
    ("Acme Robotics signed a letter of intent with Fjord Foods Co.", {"Acme Robotics", "Fjord Foods Co."}),
    ("Acme Robotics signed an accord with Fjord Foods Co., Ltd. now.", {"Acme Robotics", "Fjord Foods Co."}),
    (
        "Acme Robotics has a contract with the Port of Sund and Borealis Shipping.",
        {"Acme Robotics", "Port of Sund", "Borealis Shipping"},
    ),
    ("Norway is a party to the Convention on Northern Wetlands.", {"Norway"}),
    ("Norway and Peru have joined the Convention on Northern Wetlands.", {"Norway", "Peru"}),
    ("The Convention on Northern Wetlands, of which Peru is a member, helps both.", {"Peru"}),
    ("La Norvège et le Pérou sont parties à la Convention sur les milieux humides.", {"Norvège", "Pérou"}),
    ("Norway and Peru met. They welcomed a voluntary code of conduct.", set()),
    (
        "Norway signs a pact\n\nThe Harbour Office signed a pact with Acme Robotics.",
        {"Harbour Office", "Acme Robotics"},
    ),
    # who did it, after the name
    ("The fisheries accord signed by Norway, Peru and Chile holds.", {"Norway", "Peru", "Chile"}),
    ("L’entente sur la pêche conclue par la Norvège et le Pérou tient bon.", {"Norvège", "Pérou"}),
    # lists with acronyms in brackets, with names that no actor bears, after an unnamed group
    (
        "It is a partnership between Acme Robotics (AR), Zephyr Tools, and Lakeside University (LU).",
        {"Acme Robotics", "Zephyr Tools", "Lakeside University"},
    ),
    (
        "The Harbour Office signed letters of intent with two firms – Acme Robotics and Borealis Shipping.",
        {"Harbour Office", "Acme Robotics", "Borealis Shipping"},
    ),
    (
        "The Harbour Office signed contracts with ten firms, including Acme Robotics and Borealis Shipping.",
        {"Harbour Office", "Acme Robotics", "Borealis Shipping"},
    ),
    # the nearest subject, never one after a preposition
    (
        "Acme Robotics said that Borealis Shipping signed a supply contract with Lakeside University.",
        {"Borealis Shipping", "Lakeside University"},
    ),
    (
        "Borealis Shipping, with yards across Peru, signed a supply contract with Lakeside University.",
        {"Borealis Shipping", "Lakeside University"},
    ),
    # whose it is, by the name or right before it
    ("The Acme Robotics contract with Lakeside University is old.", {"Acme Robotics", "Lakeside University"}),
    ("They spoke of Norway’s fisheries accord.", {"Norway"}),
    # membership of an instrument that many may join
    ("Norway and Peru signed on to the Clean Rivers Pact.", {"Norway", "Peru"}),
    ("Norway and Peru are among nine member countries of the Convention on Northern Wetlands.", {"Norway", "Peru"}),
    ("They praised Chile’s ratification of the Convention on Northern Wetlands.", {"Chile"}),
    ("Peru moved first. It is a party to the Convention on Northern Wetlands.", {"Peru"}),
    (
        "A pact was signed between Acme Robotics and Borealis Shipping to sell boats between Norway and Peru.",
        {"Acme Robotics", "Borealis Shipping"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parties"), PARTIES)
def test_parties_come_from_title_tail_and_subject(text: str, parties: set[str]) -> None:
    assert set(records(text)[0].parties) == parties


def test_two_countries_are_those_of_the_document() -> None:
    text = (
        "Norway and Peru strengthen ties\n\nLeaders of Norway and Peru met in Lima.\n\n"
        "The two countries signed a fisheries accord.\n"
    )
    assert set(named(text, "fisheries accord").parties) == {"Norway", "Peru"}


DATES = [
    ("They signed the Treaty on Northern Rivers in 2014.", "2014"),
    ("The Treaty on Northern Rivers, signed in March 2014, helps both.", "2014-03"),
    ("The Treaty on Northern Rivers (2014) helps both.", "2014"),
    ("The Treaty on Northern Rivers entered into force on May 5, 2014.", "2014-05-05"),
    ("In March 2014, both ports signed the Treaty on Northern Rivers.", "2014-03"),
    ("They reviewed the March 2014 Treaty on Northern Rivers.", "2014-03"),
    ("Ports: In March 2014, both ports signed the Treaty on Northern Rivers.", "2014-03"),
    ("And, in March 2014, both ports signed the Treaty on Northern Rivers.", "2014-03"),
    ("It is the first since 2014 when the Treaty on Northern Rivers was adopted.", "2014"),
    ("Since 2014, ports have signed the Treaty on Northern Rivers.", None),
    ("They signed a letter of intent with Fjord Foods Co. to open a shop in 2014.", None),
    ("En 2014, le pays a mis en œuvre le Traité sur les rivières du Nord.", "2014"),
    ("They met in 2014 and praised the Treaty on Northern Rivers.", None),
    ("The Conference of the Parties to the Convention on Northern Wetlands in 2014 failed.", None),
    ("Le Traité sur les rivières du Nord, signé en mars 2014, les aide.", "2014-03"),
    ("Ils ont signé le Traité sur les rivières du Nord en 2014.", "2014"),
    ("2014년 3월 5일 서명된 「해양 연구 협력에 관한 협정」을 공포한다.", "2014-03-05"),
]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_a_date_counts_only_when_it_is_the_instruments(text: str, date: str | None) -> None:
    found = records(text)[0].date
    assert (found.text if found else None) == date


JOINED = [
    # acronym defined in a bracket
    "They signed the Northern Rivers Compact Treaty (NRCT). The NRCT helps both ports.",
    # taken up again
    "They signed a fisheries accord with Peru. The accord protects cod. This agreement matters.",
    # short for long
    "The Norway-led Clean Harbours Charter is old. They praised the Clean Harbours Charter.",
    # register entry by name and acronym, in both languages
    "They praised the Paris Agreement. The Paris Climate Accord matters.",
    "Ils ont signé un protocole d’entente sur la pêche. Le protocole d’entente protège la morue.",
    # the short form of a memorandum; what a name is said to be; a heading and its first lines
    "Ils ont signé un protocole d’entente sur la pêche. Le protocole protège la morue.",
    "They signed the Lund Declaration, a joint statement on cod.",
    "Acme Robotics inks shipping deal with Borealis\n\nAcme Robotics has a partnership with Borealis Shipping.",
    "한-노르웨이 해양 협력 양해각서\n\n양측은 「해양 연구에 관한 양해각서」를 체결했다. 이번 양해각서는 중요하다.",
]


@pytest.mark.parametrize("text", JOINED)
def test_mentions_of_one_instrument_are_one_record(text: str) -> None:
    assert len(records(text)) == 1


APART = [
    "They signed the Northern Nations Skills Accord after the Northern Nations Health Accord.",
    "They signed a memorandum of understanding with Peru. Chile signed a letter of intent to buy ships.",
    "They signed the Lund Declaration on Ferries. Later they issued a joint declaration on cod.",
    "They signed a memorandum of understanding on fisheries and a memorandum of understanding on rail.",
    "Ils ont signé le Plan d’action du Protocole d’entente sur la pêche.",
]


@pytest.mark.parametrize("text", APART)
def test_two_instruments_stay_two(text: str) -> None:
    assert len(records(text)) == 2


@pytest.mark.parametrize("text", ["Initiatives\n\nThe port pays.", "The firm read 140 public contracts."])
def test_what_names_nothing_is_vetoed(text: str) -> None:
    assert all(candidate.vetoed for candidate in candidates(text))


def test_every_field_is_quoted() -> None:
    text = "In March 2014, Norway signed a fisheries accord with Peru.\n"
    (record,) = records(text)
    read = document(text)
    assert {e.field for e in record.evidence} == {"title", "kind", "status", "parties", "date"}
    assert all(read.text[e.start : e.end] == e.quote for e in record.evidence)


def test_features_name_what_speaks_for_a_candidate() -> None:
    (candidate,) = candidates("Acme Robotics signed a supply contract with Borealis Shipping.")
    assert candidate.features["with_name"] == candidate.features["close=signed"] == 1.0
    assert "generic" not in " ".join(candidate.features)


def _instruments(text: str) -> Sequence[Instrument]:
    return [mention.value for mention in find_agreements(document(text))]


@pytest.mark.parametrize(
    ("text", "determiner"),
    [
        ("They signed the accord.", "definite"),
        ("They signed a new accord.", "indefinite"),
        ("They signed this accord.", "demonstrative"),
        ("They signed their accord.", "possessive"),
        ("They signed two accords.", "count"),
        ("They signed no other accord.", "generic"),
        ("Ils ont signé l’accord.", "definite"),
        ("Ils ont signé un nouvel accord.", "indefinite"),
    ],
)
def test_the_article_is_read_past_praise(text: str, determiner: str) -> None:
    assert [value.determiner for value in _instruments(text)] == [determiner]


def test_the_register_is_sound_and_large_enough() -> None:
    entries = register()
    assert len(entries) >= 120
    assert len({entry.id for entry in entries}) == len(entries)
    known = set(get_args(AgreementKind))
    assert {entry.kind for entry in entries} <= known
    assert all(re.fullmatch(r"(?:\d{4})?", entry.year) for entry in entries)


def test_every_name_of_the_register_is_found() -> None:
    names = [(entry.id, name) for entry in register() for name in (*entry.names, *entry.acronyms)]
    read = document("\n\n".join(f"They spoke of {name} at length." for _, name in names))
    found = {(m.value.entry, read.words(m.start, m.end)) for m in find_agreements(read) if m.value.entry}
    shared = {name for _, name in names if sum(name == other for _, other in names) > 1}
    assert [pair for pair in names if pair not in found and pair[1] not in shared] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_head_noun_holds_a_stem(language: str) -> None:
    stems = [row.value for row in rows("agreement_stem", language)]
    lost = [
        row.example for row in rows("agreement", language) if not any(s.lower() in row.example.lower() for s in stems)
    ]
    assert lost == []
