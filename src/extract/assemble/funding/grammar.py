"""Tell how a name stands to a sum: as the subject of its verb, its owner, after "from", after "to"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.assemble.funding.context import Context, Cue
from extract.assemble.funding.names import Naming
from extract.assemble.funding.phrases import phrase
from extract.lexicon import rows

VERBS = ("commits", "paid", "proposed", "hypothetical", "receives")
"""Meanings of cues that are verbs."""
_LOOK = 44
"""Characters before a name that may hold what it depends on."""
_WORD_BEFORE = re.compile(r"([^\W\d_][\w-]*)\s(?:(?:the|an?|its|our|new|la|le|les|une?)\s|l['’])?$")
_JOINT = re.compile(
    r"(?:\s\([^)]{2,40}\))?"
    r"(?:(?P<and>,?\s(?:and|or|&|et|ou|as well as|along with|ainsi que)\s(?:from\s)?)|(?P<comma>,\s))"
    r"(?:the\s|its\s|other\s|le\s|la\s|les\s|l['’]|de\sla\s|du\s|des\s|de\s|d['’]|aux?\s|à\s(?:la\s|l['’])?)*"
)
_ADJECTIVE = re.compile(r"potenti|projections?$|intention$|proposal$|déjà", re.IGNORECASE)


@cache
def _before(language: str) -> re.Pattern[str]:
    """Give the pattern of what stands before a name, a named group a meaning, up to the name itself."""
    by_value: dict[str, list[str]] = {}
    for row in rows("before_name", language):
        by_value.setdefault(row.value, []).append(row.pattern)
    groups = "|".join(f"(?P<{value}>{'|'.join(patterns)})" for value, patterns in by_value.items())
    start = r"(?P<start>^|[.;:!?–—\"“”«»(])\s*"
    depends = rf"(?<![\w’'-])(?:{groups})(?:\s+|(?<=['’]))"
    return re.compile(rf"(?:{depends}|{start}){phrase('determiner', language).pattern}$", re.IGNORECASE)


def chains(text: str, places: Sequence[Naming]) -> list[int]:
    """Number the namings so that those of one list ("X, Y and Z") have the same number; commas alone make no list."""
    numbers = list(range(len(places)))
    start = 0
    for index in range(1, len(places) + 1):
        joint = _JOINT.fullmatch(text, places[index - 1].end, places[index].start) if index < len(places) else None
        if joint and (joint["and"] or joint["comma"]):
            if joint["and"]:
                numbers[start : index + 1] = [start] * (index + 1 - start)
            continue
        start = index
    return numbers


def dependence(context: Context, low: int, places: Sequence[Naming]) -> list[str]:
    """Say for each naming, in the order of the text, what it depends on; the later of "A and B" as the first.

    Values are those of the ``before_name`` rows, "start" at the start of a clause, "free" where nothing is seen.
    """
    text = context.document.text
    found: list[str] = []
    numbers = chains(text, places)
    for index, place in enumerate(places):
        owned = index and re.fullmatch(r"(?:\s\([^)]{2,30}\))?['’]s?\s", text[places[index - 1].end : place.start])
        if numbers[index] != index or owned:
            found.append(found[index - 1 if owned else numbers[index]])
            continue
        begin = max(low, place.start - _LOOK)
        match = _before(context.language).search(text[begin : place.start])
        value = match.lastgroup if match and match.lastgroup else "free"
        if value == "join" or (
            value == "start" and begin != low and match and match.start() == 0 and not match[0].strip()
        ):
            value = "free"  # the start of the window is not the start of the sentence
        found.append(value)
    return found


def verbs(context: Context) -> list[Cue]:
    """Give the verbs of giving and getting in the sentence of a sum, in the order of the text."""
    cues = (c for c in context.cues if c.subject == "funding" and c.value in VERBS)
    return sorted((c for c in cues if not _ADJECTIVE.match(context.words(c.start, c.end))), key=lambda c: c.start)


def governor(context: Context, found: Sequence[Cue]) -> Cue | None:
    """Choose the verb that governs a sum: the nearest before it in its clause."""
    for cue in reversed(found):
        if cue.end <= context.start:
            return cue if not re.search(r";", context.words(cue.end, context.start)) else None
    return None


def subject(verb: Cue, places: Sequence[Naming], depends: Sequence[str], context: Context) -> set[int]:
    """Choose the subject of a verb, by the indices of its namings: the last free one before it, and its fellows."""
    last: int | None = None
    for index, place in enumerate(places):
        if place.end > verb.start:
            break
        if is_free(place, depends[index], context) or _acts(place, verb, depends[index], context):
            last = index
    if last is None:
        return set()
    numbers = chains(context.document.text, places)
    return {
        index for index, number in enumerate(numbers) if number == numbers[last] and places[index].end <= verb.start
    }


def is_free(place: Naming, depends: str, context: Context) -> bool:
    """Tell whether a name may be the subject of a verb some way on; a group is so only right before it."""
    if depends not in ("start", "free", "that") or place.kind == "group":
        return False
    owner = re.match(r"(?:\s\([^)]{2,30}\))?['’]s?\s", context.document.text[place.end : place.end + 36])
    return owner is None and not _is_object(place, context)


def _acts(place: Naming, verb: Cue, depends: str, context: Context) -> bool:
    """Tell whether a name right before a verb is its subject: "allows the bank to lend", "with the bank paying"."""
    text = context.document.text
    if not adjacent(place, verb, context):
        return False
    if depends in ("start", "free", "that"):
        return not _is_object(place, context)
    if depends in ("to", "help", "for"):
        between = re.sub(r"^\s\([^)]{2,30}\)", "", text[place.end : verb.start])
        return (between == " " and text[verb.start : verb.start + 3] == "to ") or between in (
            " to ",
            " d’",
            " d'",
            " de ",
        )
    return depends in ("with", "other") and text[verb.start : verb.end].endswith(("ing", "ant"))


def _is_object(place: Naming, context: Context) -> bool:
    """Tell whether a name is the object of the verb right before it: "Launch the Port Fund"."""
    text = context.document.text
    before = _WORD_BEFORE.search(
        text, max(context.low, place.start - 30) if place.start >= context.low else place.start - 30, place.start
    )
    return before is not None and bool(_verb_form(context.language).fullmatch(before[1]))


@cache
def _verb_form(language: str) -> re.Pattern[str]:
    """Give the pattern of verbs of action in their forms, as "launch", "launched", "launching"."""
    bases = "|".join(row.pattern for row in rows("action_verb", language) if row.value == "base")
    forms = rf"(?:{bases})(?:s|es|d|ed|ing)?" if language == "en" else rf"(?:{bases})|\w+(?:era|eront|ant|é|ée|és|ées)"
    if language == "en":
        stems = "|".join(
            row.pattern[:-1]
            for row in rows("action_verb", language)
            if row.value == "base" and row.pattern.endswith("e")
        )
        forms += rf"|(?:{stems})(?:ing|ed)"
    return re.compile(rf"(?:{forms})", re.IGNORECASE)


def adjacent(place: Naming, verb: Cue, context: Context) -> bool:
    """Tell whether a name stands right before a verb: "the bank has also invested"."""
    text = context.document.text
    if place.end > verb.start:
        return False
    near = phrase("adjacent", context.language).fullmatch(text, place.end, verb.start) or phrase(
        "acts", context.language
    ).fullmatch(text, place.end, verb.start)
    return near is not None
