"""What holds for every sum: formatted in any locale it reads back, and offsets point at the words."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from babel.numbers import format_currency
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import find_money
from extract.normalise import number

LOCALES = ["en_CA", "en_US", "en_GB", "fr_CA", "fr_FR", "ko_KR"]
CURRENCIES = ["CAD", "USD", "EUR", "GBP", "AUD", "NZD", "HKD", "CHF", "CNY", "INR", "BRL", "MXN", "ILS", "TWD"]
WITHOUT_CENTS = ["JPY", "KRW"]

cents = st.integers(min_value=1, max_value=10**14).map(lambda n: Decimal(n).scaleb(-2))


@pytest.mark.parametrize("locale", LOCALES)
@settings(max_examples=30, deadline=None)
@given(amount=cents, currency=st.sampled_from(CURRENCIES))
def test_a_formatted_sum_reads_back(locale, amount, currency):
    words = format_currency(amount, currency, locale=locale)
    (mention,) = find_money(words, language=locale[:2], country=locale[3:])
    assert (mention.value.amount, mention.value.currency, mention.value.qualifier) == (amount, currency, "exact")
    assert mention.text == words


@pytest.mark.parametrize("locale", LOCALES)
@settings(max_examples=30, deadline=None)
@given(amount=st.integers(min_value=1, max_value=10**12), currency=st.sampled_from(WITHOUT_CENTS))
def test_a_sum_without_cents_reads_back(locale, amount, currency):
    words = format_currency(amount, currency, locale=locale)
    (mention,) = find_money(words, language=locale[:2], country=locale[3:])
    assert (mention.value.amount, mention.value.currency) == (amount, currency)


@pytest.mark.parametrize("locale", ["en_CA", "en_US", "fr_CA", "fr_FR"])
@settings(max_examples=40, deadline=None)
@given(
    amount=cents.filter(lambda amount: amount >= 2),
    currency=st.sampled_from(["CAD", "USD", "EUR", "GBP", "AUD", "CHF"]),
)
def test_a_sum_with_the_name_of_its_currency_reads_back(locale, amount, currency):
    words = format_currency(amount, currency, locale=locale, format_type="name")
    (mention,) = find_money(words, language=locale[:2], country=None)
    assert (mention.value.amount, mention.value.currency) == (amount, currency)


@settings(max_examples=120, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(
            [
                "$",
                "€",
                "5",
                "1,000",
                "million",
                "billion",
                "to",
                "and",
                "between",
                "USD",
                "C$",
                "(",
                ")",
                "-",
                "\n",
                "dollars",
                "over",
                "half",
                "a",
                "two",
                "cents",
                "per",
                "year",
                "1.5",
                "won",
                "US",
                "%",
                ".",
                "k",
                "3조",
                "원",
                "de",
                "M$",
                "et",
                "demi",
            ]
        ),
        max_size=12,
    ),
    glue=st.sampled_from(["", " "]),
    language=st.sampled_from(["en", "fr", "ko"]),
)
def test_any_words_give_ordered_mentions_with_true_offsets(words, glue, language):
    text = glue.join(words)
    found = find_money(text, language=language, country="CA")
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert found == find_money(text, language=language, country="CA")


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200), language=st.sampled_from(["en", "fr", "ko", "de"]))
def test_any_text_is_read_without_an_error(text, language):
    assert all(text[mention.start : mention.end] == mention.text for mention in find_money(text, language=language))


NUMBERS = [
    ("2.5 million", "en", "2500000"),
    ("1,234.5", "en", "1234.5"),
    ("1.234,5", "en", "1234.5"),
    ("1 495 800", "fr", "1495800"),
    ("3,075 milliards", "fr", "3075000000"),
    ("twenty-five", "en", "25"),
    ("two hundred thousand million", "en", "200000000000"),
    ("three and a half thousand", "en", "3500"),
    ("one point two five million", "en", "1250000"),
    ("quatre-vingt-dix-sept", "fr", "97"),
    ("soixante et onze", "fr", "71"),
    ("mille neuf cent quatre-vingts", "fr", "1980"),
    ("deux millions trois cent mille", "fr", "2300000"),
    ("un demi-milliard", "fr", "500000000"),
    ("trois virgule cinq millions", "fr", "3500000"),
    ("septante-cinq", "fr", "75"),
    ("1조 2,345억 6,789만", "ko", "1234567890000"),
    ("삼백오십만", "ko", "3500000"),
    ("1,2,3", "en", None),
    ("lots", "en", None),
    ("", "en", None),
]


@pytest.mark.parametrize(("words", "language", "value"), NUMBERS)
def test_number(words, language, value):
    assert number(words, language) == (None if value is None else Decimal(value))
