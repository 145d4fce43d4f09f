"""Which candidates are no actors whatever stands around them: days and months, adjectives of nationality, figures."""

from __future__ import annotations

from extract import register
from extract.assemble.actors.cluster import Cluster
from extract.find.actors.words import words

_DEGREES = frozenset(
    ["md", "phd", "mba", "msc", "bsc", "ms", "mse", "ma", "jd", "llb", "llm", "dphil", "pharmd", "rn", "cpa", "esq"]
)


def excluded(cluster: Cluster, name: str) -> str | None:
    """Name the rule that excludes a candidate, None when the model is to judge it."""
    if cluster.entry is not None:
        return None
    keys = [part.strip(".,").lower() for part in name.replace("’", "'").split()]
    if all(key in words("en").demonyms for key in keys):
        return "nationality"
    marks = [words("en").nonactors.get(key) or words("fr").nonactors.get(key) for key in keys]
    for excluding in ("time", "place"):
        if all(mark == excluding for mark in marks):
            return excluding
    if len(keys) == 1 and name.isupper() and (marks[0] == "code" or keys[0].replace(".", "") in _DEGREES):
        return "code"
    if len(keys) == 1 and (marks[0] in ("law", "thing", "work") or sum(c.isalpha() for c in name) < 2):
        return "word"
    if len(keys) == 1 and (keys[0] in words("en").roles or keys[0] in words("fr").roles):
        return "role"
    if cluster.rule in ("titled", "capitals", "acronym") and _is_post(keys):
        return "role"
    return None


def _is_post(keys: list[str]) -> bool:
    """Tell whether words name a post and no holder: "Science Officer", "Certified Management Accountant"."""
    table = words("en").roles if keys[-1] in words("en").roles else words("fr").roles
    return (
        len(keys) > 1
        and table.get(keys[-1]) == "role"
        and keys[-1] not in register.family_names()
        and keys[0] not in register.given_names()
        and any(key in register.everyday() for key in keys[:-1])
    )
