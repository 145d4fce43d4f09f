"""Which evaluation documents are set aside: a third, by family, so that a release and its translation stay together."""

from __future__ import annotations

import hashlib
import re

SALT = "held-out 83: "
"""Chosen once, before any tuning, so that both halves hold every kind of source and both languages."""

TWINS = {"000": "canada-korea-ai", "001": "canada-korea-ai"}
"""One report in French and English whose file names don't show it."""

OPENED = frozenset(("fr_14_plan_transformation_ecologique",))
"""Set aside at first, then read (November 2026): the ratchet fell on it and its cause had to be found. Now seen."""


def family(name: str) -> str:
    """Give a release and its translation one name."""
    stem = re.sub(r"\.(txt|json)$", "", name)
    twins = TWINS.get(stem.split("_")[0])
    return twins or re.sub(r"^pm_(?:en|fr)_", "pm_", stem)


def held_out(name: str) -> bool:
    """Tell whether a document is set aside."""
    if family(name) in OPENED:
        return False
    return int(hashlib.sha256((SALT + family(name)).encode()).hexdigest(), 16) % 3 == 0
