"""Sentences: one line a passage, a bar where a sentence ends."""

import pytest

from extract.sentences import sentence_spans

PASSAGES = [
    "The Minister spoke.|Then she left.",
    "Mr. Roy and Dr. Kim met in St. Thomas.|They signed.",
    "The Rt. Hon. Anne Roy will attend.",
    "Acme Inc. and Beta Corp. will build it.|The plant opens in 2028.",
    "It was bought by Acme Inc.|The price was not disclosed.",
    "The U.S. President met allies in the U.S.|He left on Monday.",
    "The plan costs $5.5 million.|It starts on Sept. 5, 2026.",
    "J. R. Whitcomb Jr. agreed.|No. 5 on the list is closed.",
    "See No. 12 and Fig. 3 for more.|She said no.|They said yes.",
    "“We agree.”|“Good,” said the chair.",
    "He asked why?|Nobody knew!|It went on…|So be it.",
    "M. Roy et Mme Kim ont signé.|Le projet commence.",
    "L’hon. Anne Roy a annoncé l’entente.|L’hon. Marc Dubé était présent.",
    "« Nous agissons. »|« C’est fait », dit-il.",
    "« Quoi ? » demanda la ministre.|Puis elle sortit.",
    "Des partenaires, p. ex. Mila et Ivado, aideront.|Ils sont prêts.",
    "Le prêt vaut 60 M€ env. 5 fois plus.|Il est de 3,5 milliards.",
    "양국은 협력한다.|이에 다음과 같이 합의하였다.|끝.",
    "1. Sign the agreement.|2. Publish it.",
    "Version 2.0 of the plan, at example.org, is out.|Read it.",
]


@pytest.mark.parametrize("marked", PASSAGES)
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    passage = marked.replace("|", " ")
    assert [passage[start:end] for start, end in sentence_spans(passage)] == marked.split("|")


def test_a_row_of_a_table_is_a_sentence() -> None:
    assert sentence_spans("Canada\t5 M$\nKorea\t6 M$") == [(0, 11), (12, 22)]


@pytest.mark.parametrize("passage", ["", "   ", "\n\n"])
def test_blank_passages_have_no_sentence(passage: str) -> None:
    assert sentence_spans(passage) == []


def test_spans_cover_all_words() -> None:
    passage = "  Acme Inc. grew. “Yes!” He left… 5 M. Le reste.  "
    covered = "".join(passage[start:end] for start, end in sentence_spans(passage))
    assert covered.replace(" ", "") == passage.replace(" ", "")
