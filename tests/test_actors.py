"""Names of actors in marked-up sentences: what stands in brackets must be found, cut exactly there, with that kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.assemble.actors import assemble_actors
from extract.document import Document
from extract.find.actors import find_actors
from extract.parse import parse
from schemas import Actor

MARK = re.compile(r"\[([^\]|]+)\|(\w+)\]")

ENGLISH = [
    # bodies by their head noun
    "The two sides met at the [Institute of Northern Studies|academic] on Tuesday.",
    "A report by the [Department of Fisheries and Rural Affairs|government_body] says so.",
    "She works for the [Ministry of Trade, Industry and Crafts|government_body] of the island.",
    "The [Securities and Derivatives Commission|government_body] has approved the plan.",
    "He spoke to the [Ministry of Justice|government_body] and the [Ministry of Defence|government_body].",
    "The [Riverbend Community Foundation|civil_society] will fund it.",
    "Students of [Larkspur University|academic] and [Westmere College|academic] took part.",
    "The [Embassy of Finland in Japan|government_body] hosted the evening.",
    "It was led by the [Maple Teachers’ Federation|civil_society].",
    # companies by their legal form
    "[Blue Heron Systems Inc.|company] signed a lease with [Quarry & Sons Ltd.|company] in May.",
    "The plant belongs to [Nordwind Energie GmbH|company], a supplier.",
    "[Tundra Robotics, LLC|company] announced the deal.",
    # names known beforehand
    "[Canada|state] and [South Korea|state] will work with the [OECD|intergovernmental] on this.",
    "[Canada|state]’s ministers met [Germany|state]’s.",
    "Officials of the [U.S. Department of Energy|government_body] and [Natural Resources Canada|government_body] met.",
    "The [European Union|intergovernmental], [Japan|state] and the [World Bank|intergovernmental] agreed.",
    # persons
    "[Mary Poole|person], President and CEO of the firm, thanked the team.",
    "Prime Minister [Anna Lindqvist|person] met Premier [David Okafor|person].",
    "The Honourable [Jean Tremblay|person], Minister of Fisheries, said so.",
    "It was signed by Minister [Tremblay|person] and Dr. [Helen Marsh|person].",
    "Former Finance Secretary [Robert Ellery|person] and President [Lee Min-jun|person] spoke.",
    "The Minister of Foreign Affairs [Karin Holm|person] agreed.",
    "The Minister of Environment and Climate Change [Jon Hartwell|person] spoke.",
    "President [Bon Soo Kim|person] and [Lars van Holt|person] came.",
    "President of the United States [Mary Poole|person] spoke.",
    "The President of the [Queen’s Privy Council for Canada|government_body] spoke.",
    # companies by what stands around them
    "DENVER, CO, May 3, 2025 /[PrairieWire|none]/ -- The firm grew.",
    "Then [Quill Systems|company] (NASDAQ: QLSY) grew.",
    # bodies inside other governments, and those that an office owns
    "It was held by the [Mayor’s Office of Harbour Affairs|government_body] in May.",
    "We showed it to the [Deputy Minister’s Committee on Harbour Safety|government_body] in May.",
    "The [Maryland Department of Transportation|government_body] will check it.",
    "The [German Federal Ministry of Justice|government_body] agreed.",
    "She joined the [Coalition on Fisheries Beyond National Waters|civil_society] in June.",
    "The [Task Force on Harbour-related Risks|government_body] met.",
    "He leads the [Harbour Building Trades Council|government_body] of the city.",
    # two bodies beside each other
    "Speakers of the [University of Quillmere|academic] and [Lindhof Hafen-Software GmbH|company] came.",
    "The [Marta-Beispiel-Institut|academic] will test it.",
    # holders behind their office
    "Secretary of State [Blinkley|person] and the Secretary of the Treasury [Janet Quill|person] met.",
    "He met the President of India, [Ravi Nath Zovin|person], and the Minister of Ports, [Sushila Zwarak|person].",
    "Minister of Roads, Housing and Ports, [Amarjit Zohin|person], spoke.",
    "The Minister of Crown-Coastal Relations [Mary Poole|person] agreed.",
    "[Ursula von der Mayen|person] and President [Hanna Yakoub|person] of Northland came.",
    "Professors [Jane Harlow|person] and [Paul Quill|person] wrote it.",
    # the body before a role, the place behind a court
    "[Quarrystone Group|company] Board Member [Joe Black|person] agreed.",
    "The [Supreme Court of the State of Vermont|government_body] ruled.",
    "The [Department of Harbours and Coastal Roads|government_body]’s (DHCR) plan was read.",
    "Talks in [Asia Pacific Economic Cooperation|intergovernmental] went on.",
    # names written as addresses, and publishers in lower case
    "The firm [TheQuillOf.AI|none] grew.",
    "The post “Harbour grows” appeared first on [quillbiz|none].",
    # acronyms
    "The [Coastal Rescue Agency|government_body] (CRA) trains divers.",
    "A paper of the [Centre for Rural Energy Policy|none] (CREP) says so.",
]

FRENCH = [
    "Il a vu le président de l’Inde, [Ravi Nath Zovin|person], et la ministre des Ports, [Sushila Zwarak|person].",
    "Le [ministère de l'Énergie et des Ressources marines|government_body] a annoncé le projet.",
    "L'[Institut de recherche en politique scientifique|academic] publiera le rapport.",
    "La [Commission canadienne de sûreté maritime|government_body] a signé une entente.",
    "Elle travaille à l'[Agence nationale de la forêt boréale|government_body] depuis un an.",
    "Le [gouvernement de la Nouvelle-Écosse|government_body] offrira un soutien.",
    "Les étudiants de l'[Université de Rivière-Claire|academic] y participeront.",
    "La [Fondation des amis du fleuve|civil_society] et la [Société Boréal inc.|company] financent le projet.",
    "Le [Service des glaces canadien|government_body] (SGC) surveille le fleuve.",
    "Le [Canada|state] et la [Corée du Sud|state] collaborent avec l’[OCDE|intergovernmental].",
    "Le premier ministre [Marc Lavoie|person] a rencontré la ministre [Hélène Roy|person].",
    "L’honorable [Jeanne Pelletier|person] et Mme [Roy|person] étaient présentes.",
    "La conférence générale de l'[Agence internationale de l'énergie atomique|intergovernmental] a lieu à Vienne.",
    "[Paul Girard|person], directeur de l'usine, a remercié l'équipe.",
    "L'[Ambassade du Canada en Norvège|government_body] accueille les invités.",
    "Le [ministère des Affaires étrangères|government_body] et du campus sont représentés.",
    "L'[Institut des Dunes pour la recherche sur les algues|academic] y participe.",
    "Le [ministère de la Mer et des Métiers|government_body] agit.",
]

KOREAN = [
    "[대한민국 정부|government_body]와 [캐나다 정부|government_body]는 합의하였다.",
    "[외교부|government_body] 장관 [김민수|person]가 서명하였다.",
    "[북방경제위원회|government_body]는 [캐나다|state]와 협력한다.",
]


def document(text: str) -> Document:
    return parse(Path("sample.txt"), data=text.encode())


def marked(sentence: str) -> tuple[str, dict[str, str]]:
    """Give the plain sentence, and the names in it with their kinds."""
    return MARK.sub(r"\1", sentence), dict(MARK.findall(sentence))


@pytest.mark.parametrize("sentence", [*ENGLISH, *FRENCH, *KOREAN])
def test_names_are_cut_where_they_end(sentence: str) -> None:
    text, expected = marked(sentence)
    read = document(text)
    found = {read.words(m.start, m.end): m for m in find_actors(read)}
    for name, kind in expected.items():
        assert name in found, f"{name!r} not in {sorted(found)}"
        assert found[name].kind == "actor"
        assert (found[name].value.kind or "none") == kind


def actors(text: str) -> list[Actor]:
    read = document(text)
    mentions = sorted(find_actors(read), key=lambda m: (m.start, -m.end, m.finder))
    return [c.record for c in assemble_actors(read, mentions) if c.vetoed is None]


SAME = [
    # (text, the name of the actor, other forms of it)
    ("The Coastal Rescue Agency (CRA) grows. Today the CRA opened a base.", "Coastal Rescue Agency", {"CRA"}),
    ("Minister Mary Poole spoke. Minister Poole left. Later Poole wrote.", "Mary Poole", {"Poole"}),
    (
        "Vertex Marine Technologies Inc. grew. Then Vertex Marine sold it.",
        "Vertex Marine Technologies Inc.",
        {"Vertex Marine"},
    ),
    ("Le Service des glaces canadien (SGC) existe. Le SGC agit.", "Service des glaces canadien", {"SGC"}),
    ("Le ministre Paul Girard a parlé. M. Girard est parti.", "Paul Girard", {"Girard"}),
    ("It met Donald R. Ames. President Ames agreed.", "Donald R. Ames", {"Ames"}),
    ("Sales rose at Tundra Robotics, Inc. and Tundra Robotics grew.", "Tundra Robotics, Inc.", {"Tundra Robotics"}),
    ("Shares of Quill Optics (NASDAQ: QLOP) rose, and QLOP grew.", "Quill Optics", {"QLOP"}),
    ("President Donald Ames met Mary Ames. President Ames agreed.", "Donald Ames", {"Ames"}),
    ("Talks with the Republic of Korea began. South Korea agreed.", "Republic of Korea", {"South Korea"}),
]


@pytest.mark.parametrize(("text", "name", "forms"), SAME)
def test_forms_of_one_actor_are_joined(text: str, name: str, forms: set[str]) -> None:
    found = {actor.name: actor for actor in actors(text)}
    assert name in found, sorted(found)
    assert forms <= set(found[name].aliases)
    assert not forms & set(found), "the short form stands for an actor of its own"


APART = [
    ("Canada thanked the Government of Canada.", {"Canada", "Government of Canada"}),
    ("The Ministry of Trade met the Ministry of Defence.", {"Ministry of Trade", "Ministry of Defence"}),
    ("Michael Dunmore and Susan Dunmore came.", {"Michael Dunmore", "Susan Dunmore"}),
    ("President Ames met First Lady Mary Ames. President Ames left.", {"Ames", "Mary Ames"}),
    ("La Banque du Canada et la Banque mondiale prêtent.", {"Banque du Canada", "Banque mondiale"}),
]


@pytest.mark.parametrize(("text", "names"), APART)
def test_different_actors_stay_apart(text: str, names: set[str]) -> None:
    assert names <= {actor.name for actor in actors(text)}


@pytest.mark.parametrize(
    "text",
    [
        "The Canadian firm grew on Monday.",
        "Hier, le temps et la presse ont compté.",
        "Les Canadiens ont voté en janvier.",
        "American and French firms met.",
        "The Minister left.",
        "The Chief Science Officer and the Certified Harbour Accountant left.",
        "It opened two U.S.-based plants.",
        "Un prix de 3 millions de $ US.",
    ],
)
def test_days_and_nationalities_are_no_actors(text: str) -> None:
    assert actors(text) == []


def test_a_word_of_a_body_is_no_short_form_of_it() -> None:
    text = "The Research Council of Norway paid. Research grew, and the Research Council of Norway paid again."
    (council,) = [actor for actor in actors(text) if "Council" in actor.name]
    assert "Research" not in council.aliases


def test_the_article_of_what_follows_is_no_part_of_a_country() -> None:
    (canada,) = [a for a in actors("The Canada–Norway plan helps Canada.") if a.name == "Canada"]
    assert "The Canada" not in canada.aliases


def test_a_label_of_posts_names_its_holders() -> None:
    (actor,) = [a for a in actors("- Vice-President, Inspections – Haldy Tardos") if a.kind == "person"]
    assert actor.name == "Haldy Tardos"


def test_an_acronym_of_everyday_words_is_no_agency() -> None:
    (found,) = [a for a in actors("It has an internal combustion engine (ICE).") if a.name == "ICE"]
    assert found.country is None, "taken for an agency of that acronym"


def test_an_acronym_means_the_body_that_the_text_defines() -> None:
    # the register knows another body of that acronym
    (found,) = actors("The Association of Fish Packers (AFP) met, and the AFP voted.")
    assert (found.name, found.kind, found.country) == ("Association of Fish Packers", "civil_society", None)


def test_a_heading_in_title_case_names_only_what_the_text_names() -> None:
    text = "Quill Optics Raises Funds for New Glass\n\nIn May the firm Quill Optics raised funds for its new glass."
    assert {actor.name for actor in actors(text)} == {"Quill Optics"}


def test_every_mention_is_quoted_as_printed() -> None:
    text = "Prime Minister Anna Lindqvist thanked the Coastal Rescue Agency (CRA).\n\nLindqvist praised the CRA."
    read = document(text)
    for actor in actors(text):
        for proof in actor.evidence:
            assert read.words(proof.start, proof.end) == proof.quote


def test_titles_are_aliases_and_no_part_of_the_name() -> None:
    (actor,) = [a for a in actors("Prime Minister Anna Lindqvist spoke.") if a.kind == "person"]
    assert actor.name == "Anna Lindqvist"
    assert "Prime Minister Anna Lindqvist" in actor.aliases


def test_the_same_document_gives_the_same_candidates() -> None:
    text = " ".join(MARK.sub(r"\1", sentence) for sentence in ENGLISH)
    assert [a.model_dump() for a in actors(text)] == [a.model_dump() for a in actors(text)]
