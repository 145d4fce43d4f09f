"""The register of known actors: every row is sound, names in each language lead to the same entry."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import get_args

import pytest

from extract import register
from extract.find.agreements import known
from schemas import ActorKind, AgreementKind, fold


def test_it_is_large_enough_and_ids_are_unique() -> None:
    entries = register.entries()
    assert sum(not entry.id.startswith("state-") for entry in entries) >= 600
    assert [identity for identity, count in Counter(entry.id for entry in entries).items() if count > 1] == []


def test_well_known_agreements_are_many_and_sound() -> None:
    agreements = known.register()
    assert len(agreements) >= 120
    assert [identity for identity, count in Counter(entry.id for entry in agreements).items() if count > 1] == []
    for entry in agreements:
        assert entry.kind in get_args(AgreementKind), entry
        assert len(entry.names) >= 2, entry  # in English and in French


def test_one_name_leads_to_one_entry() -> None:
    """Acronyms may be shared (``CDC``): those lead nowhere. Names may not, nor names of agreements."""
    for entries, acronyms in (
        (
            register.entries(),
            {f for e in register.entries() for f in (e.acronym_en, e.acronym_fr, *e.aliases) if short(f)},
        ),
        (known.register(), {form for entry in known.register() for form in entry.acronyms}),
    ):
        bearers: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            for name in set(entry.names) - acronyms:
                bearers[fold(name)].add(entry.id)
        assert {name: ids for name, ids in bearers.items() if len(ids) > 1} == {}


def short(form: str) -> bool:
    return form.isupper() and " " not in form


@pytest.mark.parametrize(
    ("country", "kind", "least"),
    [
        ("CA", "government_body", 120),
        ("US", "government_body", 90),
        ("FR", "government_body", 60),
        ("KR", "government_body", 50),
        ("GB", "government_body", 40),
        ("DE", "government_body", 20),
        ("JP", "government_body", 25),
        (None, "intergovernmental", 200),
    ],
)
def test_the_field_is_covered(country: str | None, kind: str, least: int) -> None:
    found = [entry for entry in register.entries() if entry.country == country and entry.kind == kind]
    assert len(found) >= least
    named = [entry for entry in found if entry.name_en and entry.name_fr]
    assert len(named) >= 0.8 * len(found)
    if country == "KR":
        assert sum(bool(entry.name_ko) for entry in found) >= 0.9 * len(found)


def test_countries_come_from_the_library() -> None:
    """Names of every state in English, French and Korean, as CLDR has them."""
    from babel import Locale

    states = {entry.country: entry for entry in register.entries() if entry.id.startswith("state-")}
    assert len(states) >= 190
    for code in ("CA", "KR", "FR", "DE", "JP", "MX", "UA", "NO"):
        entry = states[code]
        for language, name in (("en", entry.name_en), ("fr", entry.name_fr), ("ko", entry.name_ko)):
            assert name == Locale(language).territories[code].replace("’", "'")


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
