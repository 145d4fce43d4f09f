"""The name of an actor and its aliases: the fullest form printed, and all others."""

from __future__ import annotations

from extract.assemble.actors.cluster import Cluster, Form
from extract.document import Document

_MOST_ALIASES = 24


def canonical_name(cluster: Cluster) -> str:
    """Choose the fullest form: known or defined ones first, not in capitals, the longest."""
    return max(cluster.forms, key=_fullness).text


def _fullness(form: Form) -> tuple[bool, bool, int, int, str]:
    shouting = form.text.isupper() and len(form.words) > 1
    acronym = form.text.isupper() and len(form.words) == 1
    return (not acronym, not shouting, len(form.text), len(form.mentions), form.text)


def aliases(document: Document, cluster: Cluster, name: str) -> tuple[str, ...]:
    """Give every other form as printed, then the forms with titles."""
    found = {form.text: None for form in cluster.forms}
    for mention in cluster.mentions:
        start, end = mention.value.outer
        if mention.value.kind == "state" and _bare_country(document.words(start, mention.end)):
            continue
        if start < mention.start and (end - start) < 120:
            found.setdefault(" ".join(document.words(start, mention.end).split()), None)
        if mention.value.acronym is not None:
            found.setdefault(document.words(*mention.value.acronym), None)
    found.pop(name, None)
    return tuple(found)[:_MOST_ALIASES]


def _bare_country(text: str) -> bool:
    """Tell whether "the" belongs to what follows a country's name: "the Canada–Germany plan"."""
    article, _, name = text.partition(" ")
    return article.lower() == "the" and name.istitle() and " " not in name and not name.endswith("s")
