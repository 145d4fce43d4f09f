"""What holds for every date: formatted in any locale it reads back, and offsets point at the words."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from babel.dates import format_date, format_skeleton
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import find_dates

LOCALES = ["en_CA", "en_US", "en_GB", "fr_CA", "fr_FR", "ko_KR"]
days = st.dates(min_value=date(1901, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("width", ["full", "long", "medium"])
@settings(max_examples=40, deadline=None)
@given(day=days)
def test_a_formatted_day_reads_back(locale, width, day):
    words = format_date(day, width, locale=locale)
    (mention,) = find_dates(words, language=locale[:2])
    assert (str(mention.value), mention.until) == (day.isoformat(), None)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("skeleton", ["yMMMM", "yMMM"])
@settings(max_examples=30, deadline=None)
@given(day=days)
def test_a_formatted_month_reads_back(locale, skeleton, day):
    words = format_skeleton(skeleton, day, locale=locale)
    (mention,) = find_dates(words, language=locale[:2])
    assert str(mention.value) == f"{day:%Y-%m}"


@settings(max_examples=40, deadline=None)
@given(day=days)
def test_an_iso_day_reads_back(day):
    for language in ("en", "fr", "ko"):
        (mention,) = find_dates(day.isoformat(), language=language)
        assert mention.value.first == day


@settings(max_examples=30, deadline=None)
@given(day=days, reference=days)
def test_a_day_without_a_year_is_the_nearest(day, reference):
    (mention,) = find_dates(f"on {day:%B} {day.day}", language="en", reference=reference) or (None,)
    if mention is not None:
        assert (mention.value.first.month, mention.value.first.day) == (day.month, day.day)
        assert abs((mention.value.first - reference).days) <= 184 or (day.month, day.day) == (2, 29)


@settings(max_examples=120, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(
            [
                "May",
                "5",
                "2025",
                ",",
                "to",
                "-",
                "in",
                "the",
                "of",
                "Q2",
                "fiscal",
                "26",
                "early",
                "Monday",
                "today",
                "last",
                "(",
                ")",
                "1er",
                "mars",
                "depuis",
                "2016년",
                "3월",
                "\n",
                "1st",
                "and",
                "/",
                "March",
                "week",
                "il y a",
                "ans",
            ]
        ),
        max_size=10,
    ),
    glue=st.sampled_from(["", " "]),
    language=st.sampled_from(["en", "fr", "ko"]),
)
def test_any_words_give_ordered_mentions_with_true_offsets(words, glue, language):
    text = glue.join(words)
    found = find_dates(text, language=language, reference=date(2025, 9, 25))
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert all(mention.until is None or mention.value.first <= mention.until.last for mention in found)


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200), language=st.sampled_from(["en", "fr", "ko", "de"]))
def test_any_text_is_read_without_an_error(text, language):
    found = find_dates(text, language=language, reference=date(2025, 9, 25))
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
