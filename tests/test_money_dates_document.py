"""Sums and dates of a whole document: offsets into it, its language by passage, its country, its day of publication."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest

import schemas
from extract.document import Document, Element, Sentence
from extract.find.dates import date_mentions
from extract.find.money import money_mentions
from extract.find.money.document import stated_currency

ENGLISH = "The Department will pay $5 million over two years. It announced the sum yesterday."
FRENCH = "Le ministère versera 7,5 M$ d’ici le 31 mars 2026, soit plus de 450 000 $ par mois."


def document(*passages: tuple[str, str], country: str | None = "CA", published: str | None = "2025-09-25") -> Document:
    """Make a document of passages (text, language), a sentence each."""
    text = "\n\n".join(words for words, _ in passages)
    starts = [text.index(words) for words, _ in passages]
    spans = [(start, start + len(words)) for start, (words, _) in zip(starts, passages, strict=True)]
    record = schemas.Document(
        document_id="d1",
        name="sample.txt",
        uri="sample.txt",
        sha256="0" * 64,
        language=passages[0][1],
        country=country,
        published_on=schemas.PartialDate(text=published) if published else None,
        words=len(text.split()),
        text=text,
    )
    sentences = tuple(
        Sentence(start, end, language, index)
        for index, ((start, end), (_, language)) in enumerate(zip(spans, passages, strict=True))
    )
    return Document(record=record, elements=tuple(Element("text", *span) for span in spans), sentences=sentences)


def test_sums_have_offsets_into_the_document_and_the_language_of_their_passage():
    both = document((ENGLISH, "en"), (FRENCH, "fr"))
    found = [mention.value for mention in money_mentions(both)]
    assert [(str(v.value.amount), v.value.currency, v.value.per) for v in found] == [
        ("5000000", "CAD", None),
        ("7500000", "CAD", None),
        ("450000", "CAD", "month"),
    ]
    assert all(both.text[v.start : v.end] == v.text for v in found)


def test_mentions_name_their_kind_and_rule():
    (mention,) = money_mentions(document(("It cost US$5.", "en")))
    assert (mention.kind, mention.finder, mention.start, mention.end) == ("money", "money/sign", 8, 12)
    (mention,) = date_mentions(document(("It was signed on May 5, 2022.", "en")))
    assert (mention.kind, mention.finder) == ("date", "date/day")


def test_dates_are_read_against_the_day_of_publication():
    both = document((ENGLISH, "en"), (FRENCH, "fr"))
    found = [mention.value for mention in date_mentions(both)]
    assert [str(v.value) for v in found] == ["2025-09-24", "2026-03-31"]
    assert all(both.text[v.start : v.end] == v.text for v in found)


def test_without_a_day_of_publication_yesterday_stays_out():
    assert list(date_mentions(document((ENGLISH, "en"), published=None))) == []
    assert list(date_mentions(document((ENGLISH, "en"), published="2025-09"))) == []


@pytest.mark.parametrize(
    ("country", "language", "currency", "reason"),
    [
        ("CA", "en", "CAD", "country"),
        ("US", "en", "USD", "country"),
        (None, "en", "USD", "language"),
        (None, "fr", "CAD", "language"),
    ],
)
def test_a_bare_dollar_is_settled_by_country_else_by_language(country, language, currency, reason):
    (mention,) = money_mentions(document(("50 $", language), country=country))
    assert (mention.value.value.currency, mention.value.reason) == (currency, reason)


NOTES = [
    ("All amounts are in U.S. dollars unless otherwise noted.", "en", "USD"),
    ("All figures in this release are stated in Canadian dollars.", "en", "CAD"),
    ("(All dollar figures in USD)", "en", "USD"),
    ("All monetary amounts are expressed in Australian dollars.", "en", "AUD"),
    ("Tous les montants sont en dollars canadiens.", "fr", "CAD"),
    ("Les montants sont exprimés en dollars américains.", "fr", "USD"),
    ("The company paid in U.S. dollars.", "en", None),
    ("All amounts are in dollars.", "en", None),
]


@pytest.mark.parametrize(("words", "language", "currency"), NOTES)
def test_a_document_states_its_currency(words, language, currency):
    assert stated_currency(words, language) == currency


def test_the_stated_currency_beats_the_country():
    (mention,) = money_mentions(document(("Revenue was $5. All amounts are in U.S. dollars.", "en")))
    assert (mention.value.value.currency, mention.value.reason) == ("USD", "document")
    (mention,) = money_mentions(document(("Revenue was €5. All amounts are in U.S. dollars.", "en")))
    assert mention.value.value.currency == "EUR"


def test_a_unit_price_finer_than_a_cent_is_no_fact_of_a_document():
    words = "The token trades at $0.014, and eggs at 64.2 cents a dozen. The province pays $5.25."
    assert [mention.value.text for mention in money_mentions(document((words, "en")))] == ["$5.25"]


def test_a_funding_record_holds_whole_cents():
    money = schemas.Money(amount=Decimal("0.014"), currency="CAD")
    with pytest.raises(ValueError, match="whole cents"):
        schemas.Funding.model_construct(money=money)._in_whole_cents()


def test_what_no_verb_dates_and_years_to_come_date_no_fact_of_a_document():
    words = "The office opens Friday. It gets $5 million over the next five years. Ministers met on Monday."
    dates = [(m.value.text, str(m.value.value)) for m in date_mentions(document((words, "en")))]
    assert dates == [("Monday", "2025-09-22")]


def test_importing_the_package_loads_no_library():
    code = "import sys, extract; print(sorted({'babel', 'pycountry', 'spacy', 'pydantic'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
