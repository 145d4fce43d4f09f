"""Every lexicon row finds its own example."""

import re

import pytest

from extract import lexicon

SUBJECTS = sorted(lexicon.subjects())


@pytest.mark.parametrize(("subject", "language"), SUBJECTS, ids=[".".join(pair) for pair in SUBJECTS])
def test_each_row_finds_its_example(subject, language):
    missing = [
        (row.pattern, row.example)
        for row in lexicon.rows(subject, language)
        if not re.search(rf"(?<!\w)(?:{row.pattern})(?!\w)", row.example, re.IGNORECASE)
    ]
    assert missing == []


@pytest.mark.parametrize(("subject", "language"), SUBJECTS, ids=[".".join(pair) for pair in SUBJECTS])
def test_no_pattern_stands_twice_with_the_same_value(subject, language):
    rows = [(row.pattern, row.value) for row in lexicon.rows(subject, language)]
    assert len(rows) == len(set(rows))
