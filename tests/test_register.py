"""The register of known actors: every row is sound, names in each language lead to the same entry."""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args

import pytest

from extract import register
from schemas import ActorKind


def test_it_is_large_enough_and_ids_are_unique() -> None:
    entries = register.entries()
    assert sum(not entry.id.startswith("state-") for entry in entries) >= 600
    assert [identity for identity, count in Counter(entry.id for entry in entries).items() if count > 1] == []


def test_every_row_is_sound() -> None:
    for entry in register.entries():
        assert entry.kind in get_args(ActorKind), entry
        assert entry.country is None or re.fullmatch(r"[A-Z]{2}", entry.country), entry
        assert entry.name_en or entry.name_fr, entry
        assert all(name == name.strip() for name in entry.names), entry


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("Germany", "Allemagne"),
        ("South Korea", "Corée du Sud"),
        ("World Trade Organization", "Organisation mondiale du commerce"),
        ("Health Canada", "Santé Canada"),
        ("British Columbia", "Colombie-Britannique"),
        ("University of Toronto", "Université de Toronto"),
        ("European Union", "Union européenne"),
    ],
)
def test_names_in_both_languages_belong_together(english: str, french: str) -> None:
    by_name = {name: entry.id for entry in register.entries() for name in entry.names}
    assert by_name[english] == by_name[french]


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("캐나다", "Canada"),
        ("대한민국", "South Korea"),
        ("외교부", "Ministry of Foreign Affairs of the Republic of Korea"),
    ],
)
def test_korean_names_are_known(korean: str, english: str) -> None:
    (entry,) = [entry for entry in register.entries() if korean in entry.names]
    assert entry.name_en == english


def test_word_lists_are_lower_case() -> None:
    for words in (register.given_names(), register.family_names(), register.cities(), register.everyday()):
        assert len(words) > 1000
        assert all(word == word.lower() for word in words)


def test_everyday_words_are_no_family_names() -> None:
    assert not {"bank", "ministry", "program", "house", "street"} & register.family_names()
