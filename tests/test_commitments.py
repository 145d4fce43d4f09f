"""Commitments: items of lists, plans and next steps, told as small documents with the items that count."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.assemble.commitments import assemble_commitments, body_form, item_form, read_lead
from extract.decide import Candidate, decide
from extract.document import Document
from extract.find.commitments import find_commitments
from extract.find.commitments.forms import who_will
from extract.parse import parse
from schemas import Actor, Commitment


def candidates(text: str, *, name: str = "sample.txt", named: tuple[str, ...] = ()) -> list[Candidate[Commitment]]:
    """Read a text as a plain file and assemble what it undertakes."""
    read = parse(Path(name), data=text.encode())
    return assemble_commitments(read, list(find_commitments(read)), [_actor(read, actor) for actor in named])


def _actor(read: Document, name: str) -> Actor:
    start = read.text.index(name)
    proof = read.evidence("name", start, start + len(name), finder="test")
    return Actor(document_id=read.record.document_id, evidence=(proof,), name=name, kind="government_body")


def kept(text: str) -> list[Commitment]:
    """Give the commitments of a text."""
    return [decide(candidate).record for candidate in candidates(text) if decide(candidate).kept]


OPENING = "Ministers of both sides met on Monday to review their work. They agreed on several points.\n\n"
OUVERTURE = (
    "Les ministres des deux pays se sont réunis lundi pour faire le point. Ils ont convenu de plusieurs points.\n\n"
)

LISTS = [
    (
        OPENING + "The two governments will:\n\n- Launch a joint research fund.\n\n- Train more pilots in the north.",
        ["Launch a joint research fund.", "Train more pilots in the north."],
        "commitment",
    ),
    (
        OPENING + "RECOMMENDATIONS:\n\n- Align the rules for drones.\n"
        "- Explore a common licence.\n- Strengthen exchanges of data.",
        ["Align the rules for drones.", "Explore a common licence.", "Strengthen exchanges of data."],
        "recommendation",
    ),
    (
        OPENING + "NEXT STEPS:\n\n- Prepare a second meeting in Oslo.\n- Identify partners for a pilot project.",
        ["Prepare a second meeting in Oslo.", "Identify partners for a pilot project."],
        "next_step",
    ),
    (
        OPENING + "The ministry will support growers by:\n\n"
        "- Creating a fund for storms;\n- Working with banks to lower fees; and\n- Opening new markets.",
        ["Creating a fund for storms", "Working with banks to lower fees", "Opening new markets."],
        "commitment",
    ),
    (
        "FACT SHEET: New Actions for Safer Ports\n\nThe minister is announcing the following:\n\n"
        "- Harbour Pilots: The Harbour Agency will train forty pilots a year.\n"
        "- Cleaner Quays. The ministry plans to replace the old cranes.\n"
        "- Coast Guard School: The minister announced the creation of a school that will open in May.",
        [
            "Harbour Pilots: The Harbour Agency will train forty pilots a year.",
            "Cleaner Quays. The ministry plans to replace the old cranes.",
            "Coast Guard School: The minister announced the creation of a school that will open in May.",
        ],
        "commitment",
    ),
    (
        OPENING + "Both sides agreed to closer ties.\n\nThe leaders are working to:\n\n"
        "- Lower the fees of ports. Make the lower rate permanent.\n- Close the gap. Provide cover to more crews.",
        [
            "Lower the fees of ports. Make the lower rate permanent.",
            "Close the gap. Provide cover to more crews.",
        ],
        "commitment",
    ),
    (
        OUVERTURE + "Le gouvernement :\n\n- Créera un volet pour les jeunes.\n\n- Investira dans les écoles du nord.",
        ["Créera un volet pour les jeunes.", "Investira dans les écoles du nord."],
        "commitment",
    ),
    (
        OUVERTURE + "RECOMMANDATIONS :\n\n- Aligner les règles sur les drones.\n"
        "- Explorer un permis commun.\n- Renforcer les échanges de données.",
        ["Aligner les règles sur les drones.", "Explorer un permis commun.", "Renforcer les échanges de données."],
        "recommendation",
    ),
    (
        OUVERTURE
        + "PROCHAINES ÉTAPES :\n\n- Préparer une deuxième réunion à Oslo.\n- Élaborer une feuille de route commune.",
        ["Préparer une deuxième réunion à Oslo.", "Élaborer une feuille de route commune."],
        "next_step",
    ),
    (
        OUVERTURE + "Initiatives : Organiser chaque année un dialogue sur la mer; "
        "échanger des renseignements (p. ex. météo; marées) "
        "pour les ports; étudier un permis commun.",
        [
            "Organiser chaque année un dialogue sur la mer",
            "échanger des renseignements (p. ex. météo; marées) pour les ports",
            "étudier un permis commun.",
        ],
        "commitment",
    ),
    (  # a verb that no list of verbs knows: the lead says that it is one
        OPENING + "The harbour board commits to:\n\na) moor the old ferry\nb) signpost the channel",
        ["moor the old ferry", "signpost the channel"],
        "commitment",
    ),
    (  # the words that lead a run of headings lead the lists below each of them
        OPENING + "The two governments agree to the following:\n\nSafer Seas\n\n- Share radar data.\n- Train pilots."
        "\n\nTrade between Ports\n\n- Lower the fees of ports.\n- Open one desk for permits.",
        ["Share radar data.", "Train pilots.", "Lower the fees of ports.", "Open one desk for permits."],
        "commitment",
    ),
    (
        OUVERTURE + "Les deux gouvernements s’engagent à ce qui suit :\n\nDes mers plus sûres\n\n"
        "- Échanger des données.\n- Former des pilotes.",
        ["Échanger des données.", "Former des pilotes."],
        "commitment",
    ),
    (
        "Report on the harbours\n\nThe panel visited six ports over the winter of 2023 and met crews.\n\n"
        "Recommendation 1: Build a second quay.\n\nRecommendation 2: The ministry should lower its fees.",
        ["Build a second quay.", "The ministry should lower its fees."],
        "recommendation",
    ),
    (
        "Rapport sur les ports\n\nLe comité a visité six ports pendant l’hiver 2023.\n\n"
        "Recommandation no 1 : Construire un quai.\n\nRecommandation no 2 : Que le ministère réduise ses frais.",
        ["Construire un quai.", "Que le ministère réduise ses frais."],
        "recommendation",
    ),
    (
        "Harbour news\n\nThe ministers agreed on three steps. First, the coast guards will share their data. "
        "Second, both countries will open a school. Finally, the ports will lower their fees.",
        [
            "the coast guards will share their data.",
            "both countries will open a school.",
            "the ports will lower their fees.",
        ],
        "commitment",
    ),
    (  # short lines without a sign
        OPENING + "To help crews, the government will:\n\nLaunch a fund for small boats\n\nTrain forty pilots a year",
        ["Launch a fund for small boats", "Train forty pilots a year"],
        "commitment",
    ),
    (  # a list goes on after a paragraph that explains its last item
        OPENING + "The ministry will support growers by:\n\n- Creating a fund for storms.\n\n"
        "Storms have cost farms forty million dollars a year, which few of them can bear.\n\n- Opening new markets.",
        ["Creating a fund for storms.", "Opening new markets."],
        "commitment",
    ),
    (
        OUVERTURE + "D’ici la fin de l’année, la ville va :\n\n1. Baliser le chenal\n2. Remplacer les grues",
        ["Baliser le chenal", "Remplacer les grues"],
        "commitment",
    ),
    (
        OUVERTURE
        + "Et ensuite?\nNous testerons le service avec quarante équipages de la région, puis nous l’ouvrirons "
        "à tous les ports du nord dès le printemps.\n\nMerci à tous.",
        [
            "Nous testerons le service avec quarante équipages de la région, puis nous l’ouvrirons à tous les ports "
            "du nord dès le printemps."
        ],
        "next_step",
    ),
]


@pytest.mark.parametrize(("text", "items", "kind"), LISTS)
def test_items_of_lists(text: str, items: list[str], kind: str) -> None:
    found = kept(text)
    assert [record.text for record in found] == items
    assert {record.kind for record in found} == {kind}


NO_COMMITMENTS = [
    "Quick Facts\n\n- The two countries share a border of 900 kilometres.\n\n- Trade reached $3 billion last year.",
    "Participants included:\n\n- Anna Berg, Minister of Trade\n- Lars Holm, Chair of the Council",
    "The key features of the service include:\n\n- A list of templates\n- Text messages in two languages",
    "With this announcement, the ministry has:\n\n- Delivered support to 83 towns.\n- Prevented cuts of ten per cent.",
    "There are two ways to solve this problem:\n\n- Ask the team lead to decide.\n- Leave the choice to each member.",
    "Related links\n\n- Report on fisheries\n- Backgrounder: support for crews",
    "Faits saillants\n\n- Les deux pays partagent une frontière de 900 kilomètres.\n\n"
    "- Le commerce a atteint 3 G$ l’an dernier.",
    "La loi s’applique notamment à ces installations :\n\n- les centrales du nord\n- les réacteurs de recherche",
    "As a crew member, you must:\n\n- Wear a vest.\n- Report every leak.",
    "Comme membre d’équipage, vous devez :\n\n- Porter un gilet.\n- Signaler toute fuite.",
    "Our work adds to what we have been able to do in the past few years. This includes:\n\n"
    "- Opening four ports.\n- Lowering the fees for crews.",
    "The two leaders celebrate these achievements:\n\n- Ports: The city opened a quay in 2022.\n"
    "- Crews: The school has trained forty pilots.",
]


@pytest.mark.parametrize("text", NO_COMMITMENTS)
def test_lists_of_facts(text: str) -> None:
    assert kept(text) == []


def test_not_every_sentence_with_will() -> None:
    text = "The minister will travel to Oslo. She will meet the mayor. The two cities will mark their anniversary."
    assert candidates(text) == []


PLAN = (
    "Action Plan: Putting the Partnership of Norvia and Estland to Work\n\nPillar 1: Safer seas\n\nMaritime safety\n\n"
    "Cooperate on the safety of ferries and protect the freedom of the seas. Deepen joint training of coast guards.\n"
)


def test_sentences_of_a_plan() -> None:
    assert [record.text for record in kept(PLAN)] == [
        "Cooperate on the safety of ferries and protect the freedom of the seas.",
        "Deepen joint training of coast guards.",
    ]


def test_who_undertakes_and_where() -> None:
    text = (
        OPENING + "Deliverables\n\n"
        "To make the ports of the north safer, and with the help of both cities, the Harbour Agency will:\n\n"
        "- Launch a joint fund.\n- Train pilots."
    )
    record = candidates(text, named=("Harbour Agency",))[0].record
    assert record.actors == ("Harbour Agency",)
    assert record.section == "Deliverables"


def test_lists_within_lists() -> None:
    text = (
        "Quick Facts\n\n- The budget proposes more measures, including:\n\n- Cracking down on junk fees;\n\n"
        "- Supporting small firms; and\n\n- Opening new schools.\n\n- The two cities are 40 kilometres apart."
    )
    assert [record.text for record in kept(text)] == [
        "Cracking down on junk fees",
        "Supporting small firms",
        "Opening new schools.",
    ]


def test_every_quote_stands_in_the_text() -> None:
    for candidate in candidates(LISTS[3][0]):
        for proof in candidate.record.evidence:
            assert proof.quote
            assert len(proof.quote) == proof.end - proof.start
        assert candidate.record.evidence[0].quote == candidate.record.text


def test_an_item_that_leads_a_list_and_the_list_that_follows() -> None:
    text = (
        OPENING + "The plan will:\n\n- Train forty pilots.\n\n- Renew the fleet. This includes:\n\n"
        "- ferries of the north\n\n- tugs of the south\n\n- Lower the fees of ports."
    )
    found = {candidate.record.text: candidate for candidate in candidates(text)}
    leads = {words: "leads" in candidate.features for words, candidate in found.items()}
    assert leads["Renew the fleet. This includes:"]
    assert not leads["Train forty pilots."]
    assert found["tugs of the south"].features["nested"]
    assert "nested" not in found["Lower the fees of ports."].features


def test_a_bullet_is_one_item_however_many_clauses_it_has() -> None:
    text = OPENING + "The two cities will:\n\n- Help crews: train pilots; lower fees; open a desk.\n- Mark the channel."
    assert [record.text for record in kept(text)] == [
        "Help crews: train pilots; lower fees; open a desk.",
        "Mark the channel.",
    ]


LEADS = [
    ("The two ministers will:", "en", "promises", "modal"),
    ("The council agreed to:", "en", "promises", "modal"),
    ("The ministry will help growers by:", "en", "promises", "by"),
    ("Examples of commitments include:", "en", "promises", "names"),
    ("Initiatives:", "en", "promises", "label"),
    ("The panel recommends that cities:", "en", "recommends", "colon"),
    ("There are three steps that cities can take. These include:", "en", "recommends", "names"),
    ("The minister is announcing the following:", "en", "promises", "names"),
    ("On Monday the minister announced:", "en", "announces", "colon"),
    ("To date, the ministry has taken these measures, including:", "en", "done", "names"),
    ("The main features of the service for crews of both towns include:", "en", "things", "names"),
    ("This investment will:", "en", "describes", "modal"),
    ("Our plan will:", "en", "promises", "modal"),
    ("The code aims to:", "en", "aims", "modal"),
    ("The Secretary shall:", "en", "orders", "modal"),
    ("The Parties shall:", "en", "promises", "modal"),
    ("As an employee, you must:", "en", "reader", "modal"),
    ("Safer ports for all", "en", "", "heading"),
    ("The ministers met on Monday and will meet again.", "en", "", "sentence"),
    ("Le gouvernement s’engage à :", "fr", "promises", "modal"),
    ("Les mesures comprennent :", "fr", "promises", "names"),
    ("Notre feuille de route pour les ports :", "fr", "promises", "label"),
    ("Le comité recommande de :", "fr", "recommends", "modal"),
    ("Le ministère a déjà pris des mesures, notamment :", "fr", "done", "names"),
    ("Le code vise à :", "fr", "aims", "modal"),
    ("Vous devez :", "fr", "reader", "modal"),
    ("Les défis comprennent :", "fr", "things", "names"),
]


@pytest.mark.parametrize(("words", "language", "turn", "close"), LEADS)
def test_what_a_lead_promises(words: str, language: str, turn: str, close: str) -> None:
    lead = read_lead(words, language)
    assert (lead.turn, lead.close) == (turn, close)


WHO = [
    ("Norvia and Estland will open an office", "en", "party"),
    ("In May, the Harbour Agency (HA) will train pilots", "en", "party"),
    ("The two governments will meet", "en", "party"),
    ("The new fund will help renters", "en", "thing"),
    ("Anna Berg announced a fund, which will open in May", "en", "thing"),
    ("The fee will be lowered", "en", "passive"),
    ("It will help", "en", "other"),
    ("Launch a fund", "en", ""),
    ("La ville bâtira un quai", "fr", "party"),
    ("Au printemps, nous ouvrirons un bureau", "fr", "party"),
    ("Le nouveau fonds aidera les équipages", "fr", "thing"),
    ("Les frais seront réduits", "fr", "passive"),
]


@pytest.mark.parametrize(("words", "language", "who"), WHO)
def test_whose_future_an_item_tells(words: str, language: str, who: str) -> None:
    assert who_will(words, language) == who


BODIES = [
    ("Ports: The city will build a quay.", "en", "will"),
    ("Safer ports. The ministry plans more patrols.", "en", "aims"),
    ("Ports — Replace the old cranes.", "en", "acts"),
    ("Ports: The city has two quays.", "en", "states"),
    ("Launch a fund for crews", "en", "unlabelled"),
    ("Ports : la ville bâtira un quai.", "fr", "will"),
]


@pytest.mark.parametrize(("words", "language", "form"), BODIES)
def test_what_an_item_says_after_its_label(words: str, language: str, form: str) -> None:
    assert body_form(words, language) == form


FORMS = [
    ("Align the rules for drones.", "en", "action"),
    ("Jointly promote trade", "en", "action"),
    ("To help firms, consider a lower fee.", "en", "action"),
    ("Creating a fund", "en", "action"),
    ("Institutionalize the dialogue", "en", "action"),
    ("Norvia will sign the letter.", "en", "future"),
    ("Supported 40 towns", "en", "done"),
    ("The creation of an office", "en", "noun"),
    ("$5 million for schools", "en", "money"),
    ("What is a fund?", "en", "question"),
    ("Norvia is building a quay.", "en", "doing"),
    ("Turn our radars on", "en", "action"),
    ("Trade grew by a third", "en", "other"),
    ("Anna Berg, Minister of Trade", "en", "other"),
    ("Aligner les règles", "fr", "action"),
    ("S’engager à réduire les frais", "fr", "action"),
    ("Conformément au protocole, coopérer en matière de recherche", "fr", "action"),
    ("Créera un volet pour les jeunes", "fr", "action"),
    ("Bonifié l’allocation", "fr", "done"),
    ("La création d’un bureau", "fr", "action"),
    ("5 M$ pour les écoles", "fr", "money"),
    ("Atelier de couture", "fr", "other"),
]


@pytest.mark.parametrize(("words", "language", "form"), FORMS)
def test_item_form(words: str, language: str, form: str) -> None:
    assert item_form(words, language) == form
