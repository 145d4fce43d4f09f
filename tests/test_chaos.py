"""What `make chaos` runs: kills at random moments, and readers that ask while runs publish.

None of it is in `make test`, which has the crashes of test_faults.py; for a look: `pytest -m chaos -k few`.
"""

from __future__ import annotations

import pytest

from scripts.chaos import chaos, main, readers

pytestmark = pytest.mark.chaos


def test_a_few_kills() -> None:
    seen = chaos(3, seed=7, cold_every=0)
    assert seen.broken == []
    assert sum(seen.kills.values()) == 3
    assert seen.completed >= 1


def test_a_few_readers() -> None:
    found = readers(4, 3)
    assert [each["wrong"] for each in found] == [[]] * 4
    assert {each["last"] for each in found} == {4}
    assert all(each["asked"] > 3 for each in found)


def test_two_hundred_kills() -> None:
    assert main(["--moments", "200"]) == 0


def test_twenty_readers_during_fifty_runs() -> None:
    assert main(["--readers", "20", "--runs", "50"]) == 0
