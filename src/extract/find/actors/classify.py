"""Tell what kind of actor the words of a name speak of: legal form, head noun, given name, titles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from extract import register
from extract.find.actors import registered
from extract.find.actors.tokens import Token
from extract.find.actors.words import all_heads, marked, words
from schemas import ActorKind

_KINDS = frozenset(get_args(ActorKind))
_OF = frozenset(("of", "for", "on", "de", "du", "des", "d'", "pour", "sur", "in"))
_PARTICLES = frozenset(
    ("de", "von", "van", "der", "del", "da", "di", "y", "al", "bin", "la", "el", "du", "d'", "dos", "ben", "le")
)


def classify(
    tokens: Sequence[Token], start: int, end: int, signs: frozenset[str]
) -> tuple[str, ActorKind | None, str | None]:
    """Give the rule that fits the words ``[start, end)`` best, the kind of actor it means, and the country if told."""
    country = _country(tokens, start, end)
    if end - start > 1 and tokens[end - 1].key in words("en").suffixes and tokens[end - 1].text != "CO":
        return "company", "company", country
    head = _head(tokens, start, end)
    if is_person(tokens, start, end) and head is None:
        return "person", "person", None
    if end - start == 1 and "-" in tokens[start].key:
        compound = all_heads().get(tokens[start].key.rpartition("-")[2])
        if compound is not None and compound.removeprefix("soft_") in _KINDS:
            return "body", _kind(compound), country  # "Robert-Koch-Institut"
    if head is not None and (end - start > 1 or "acronym_after" in signs):
        return "body", _qualified(tokens, start, end, head), country
    direct = "title_before" in signs or ("role_before" in signs and "office_before" not in signs)
    if head is None and direct:
        return "titled", "person", None
    if {"role_after", "office_before"} & signs and 2 <= end - start <= 4 and not tokens[start].upper:
        return "titled", "person", None
    if end - start == 1 and tokens[start].upper and len(tokens[start].text) > 1:
        return "acronym", None, None
    return "capitals", _kind(head) if head and not head.startswith("soft") else None, country


def is_person(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether the words look like the name of a person: given name first, or family names of two kinds."""
    if not 2 <= end - start <= 6:
        return False
    names = [t for t in tokens[start:end] if t.key not in _PARTICLES and len(t.text) > 1 and t.key not in ("jr", "sr")]
    if len(names) < 2 or not all(t.cap for t in names) or any(t.text[0].isdigit() for t in names):
        return False
    given, family = register.given_names(), register.family_names()
    if " ".join(t.key for t in tokens[start:end]).replace(".", "") in register.cities():
        return False
    first, last = names[0].key, names[-1].key
    if len(names) > 4 or last in words("en").nonactors:
        return False
    if first in given or first.split("-")[0] in given:
        # "Peace Reconciliation", "Bruce Generating Station": given names that are words before words
        plain = last in register.everyday() and last not in family
        return not plain or (len(names) == 2 and first not in register.everyday())
    if last == "park" and len(names) <= 3 and first not in register.everyday():
        return True
    # Korean and Chinese order: Lee Jae-myung, Xi Jinping; and a given name that no list has: Ranj Pillai
    known = register.everyday()
    if last in marked("korean_family") and all(len(t.text) <= 6 for t in names) and len(names) == 3:
        return True  # "Bon Tae Koo"
    if last in marked("korean_family") and len(names) == 2 and first not in known:
        return True
    return len(names) <= 3 and (
        (last in family and last not in known and first not in known) or (first in family and "-" in last)
    )


def _head(tokens: Sequence[Token], start: int, end: int) -> str | None:
    """Give what the head noun says: the first word before "of", in French the first word, else the last one."""
    heads = all_heads()
    first = words("fr").heads.get(tokens[start].key)
    if first is not None and end - start > 1:
        second = tokens[start + 1]
        if second.key in _OF or (second.key not in heads and (not second.cap or tokens[end - 1].key not in heads)):
            return first
    for i in range(start, end):
        key = tokens[i].key
        singular = key if key in heads else key[:-1] if key.endswith("s") and key[:-1] in heads else None
        if singular and (i + 1 == end or tokens[i + 1].key in _OF):
            return heads[singular]
    # "Royal Bank of Scotland Group": nothing before "of", but a head noun somewhere inside
    return next((heads[t.key] for t in tokens[start + 1 : end] if t.key in heads and t.cap), None)


def _qualified(tokens: Sequence[Token], start: int, end: int, head: str) -> ActorKind | None:
    """Let the other words of a name say what its head noun leaves open: "Youth Council", "G20 Task Force"."""
    kind = _kind(head)
    soft = head.startswith("soft") or kind in ("company", None)
    first = registered.match(tokens, start)
    if first is not None and first[0].entry.kind == "intergovernmental" and first[1] < end and soft:
        return "intergovernmental"
    if kind == "intergovernmental" and _country(tokens, start, end):
        return "civil_society"  # "Canadian Organization of …": its members are no states
    if soft:
        for token in tokens[start:end]:
            told = words("en").qualifiers.get(token.key)
            if told:
                return told  # type: ignore[return-value]
    return kind


def _kind(value: str) -> ActorKind | None:
    kind = value.removeprefix("soft_")
    return kind if kind in _KINDS else None  # type: ignore[return-value]


def _country(tokens: Sequence[Token], start: int, end: int) -> str | None:
    """Give the country that the name itself tells: "of Ukraine", "canadienne"."""
    demonyms = words("en").demonyms
    for i in range(start, end):
        code = demonyms.get(tokens[i].key)
        if code and code not in ("XX", "EU"):
            return code
    return register.states().get(tokens[end - 1].key)
