"""What the engine says of the documents written for this project: reviewed answers that change only on purpose.

After a change for the better: ``python -m scripts.golden``, then read the diff.
"""

import json

import pytest

from scripts.golden import EXAMPLES, golden, said

DOCUMENTS = sorted(EXAMPLES.iterdir())


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_the_answer_is_the_reviewed_one(path):
    assert said(path) == json.loads(golden(path).read_text("utf-8"))
