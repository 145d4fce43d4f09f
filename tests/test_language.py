"""Language of passages: documents mix them, and short ones lean on their neighbours."""

import pytest

from extract.language import languages, main_language

FRENCH = "Le Canada et la Corée du Sud ont signé hier un accord sur les chaînes d'approvisionnement."
ENGLISH = "The voluntary code offers a flexible framework for public-private partnerships in both countries."
KOREAN = "양국은 과학기술 분야의 협력을 강화하기로 합의하였다."


@pytest.mark.parametrize(
    ("passage", "language"),
    [
        (FRENCH, "fr"),
        (ENGLISH, "en"),
        (KOREAN, "ko"),
        ("Next steps", "en"),
        ("Étapes suivantes", "fr"),
        ("Recommandations pour les gouvernements", "fr"),
        ("Global Affairs Canada announced new funding.", "en"),
        ("과학기술정보통신부는 Canadian Space Agency와 협력한다.", "ko"),
        ("RENFORCER LES PARTENARIATS SUR LA SÉCURITÉ", "fr"),
        ("STRENGTHENING PARTNERSHIPS ON SECURITY", "en"),
    ],
)
def test_a_passage_alone(passage: str, language: str) -> None:
    assert languages([passage]) == [language]


def test_each_sentence_of_a_mixed_passage_has_its_own() -> None:
    assert languages([FRENCH, ENGLISH, FRENCH, KOREAN]) == ["fr", "en", "fr", "ko"]


@pytest.mark.parametrize("short", ["Innovation", "Contact", "Canada", "2025", "Sessions"])
def test_a_short_passage_speaks_as_its_neighbours_do(short: str) -> None:
    assert languages([FRENCH, short, FRENCH])[1] == "fr"
    assert languages([ENGLISH, short, ENGLISH])[1] == "en"


def test_what_the_file_states_settles_doubt_only() -> None:
    assert languages(["Innovation"], hint="fr") == ["fr"]
    assert languages([ENGLISH], hint="fr") == ["en"]


def test_the_document_speaks_the_language_of_most_words() -> None:
    sentences = [FRENCH, ENGLISH, FRENCH]
    assert main_language(sentences, languages(sentences)) == "fr"
    assert main_language([], []) == "en"
