"""Cut titles and roles off a run of capitals: "Prime Minister Mary Poole" names Mary Poole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract import register
from extract.find.actors.named import Phrase
from extract.find.actors.tokens import Token
from extract.find.actors.words import is_head, words

_OFFICE = frozenset(("of", "and", "&", "de", "du", "des", "d'", "et"))
_LINKS = frozenset(("of", "for", "on", "to", "de", "du", "des", "d'"))


def cut_titles(tokens: Sequence[Token], start: int, end: int, rigid: bool) -> Iterator[Phrase]:
    """Cut titles off the front: "Prime Minister Mary Poole", "Former Treasury Secretary Mary Poole"."""
    if rigid:
        yield Phrase(start, end, start)
        return
    name = _after_titles(tokens, start, end)
    if name == end:
        return
    if name > start and tokens[name].key in _LINKS:
        yield from _office(tokens, start, name, end)
        return
    employer = _employer(tokens, start, name)
    if employer is not None:
        yield employer
    else:
        employer = _employer(tokens, start, end)
        if employer is not None and employer.start == name:
            yield employer  # "Acme Group Chairman and CEO", with no name behind
            return
    yield Phrase(name, _person_end(tokens, name, end), start)


def _employer(tokens: Sequence[Token], start: int, name: int) -> Phrase | None:
    """Give the body before a role in a run of capitals: "Acme Group Chief Scientist (Mary Poole)" names Acme Group."""
    roles = words("en").roles
    first = start
    while first < name and _is_title(tokens, first, name, first=first == start):
        first += 1
    last = name
    while last > first and (tokens[last - 1].key in roles or _two(tokens, last) in roles):
        last -= 1 if tokens[last - 1].key in roles else 2
    if not first < last < name or tokens[last - 1].key in roles or tokens[last - 1].key in _LINKS:
        return None
    headed = is_head(tokens[last - 1].key) or tokens[last - 1].key in words("en").suffixes
    if not headed and any(tokens[i].key in register.everyday() for i in range(first, last)):
        return None  # "Treasury Secretary", "Foreign Affairs Minister"
    return Phrase(first, last, first, frozenset(("in_role",)))


def _two(tokens: Sequence[Token], end: int) -> str:
    return f"{tokens[end - 2].key} {tokens[end - 1].key}" if end > 1 else ""


def _person_end(tokens: Sequence[Token], start: int, end: int) -> int:
    """Cut what follows a person's name in a run of capitals: "Mary Poole Ranking Member", "Mary Poole, Jr. Call"."""
    if (
        tokens[start].key not in register.given_names()
        or is_head(tokens[end - 1].key)
        or any(not t.cap for t in tokens[start:end])
    ):
        return end
    for i in range(start + 2, end):
        key = tokens[i].key
        if (
            tokens[i - 1].key in ("jr", "sr")
            or key in words("en").roles
            or (key in words("en").nonactors and key not in register.family_names())
        ):
            return i
    return end


def _after_titles(tokens: Sequence[Token], start: int, end: int) -> int:
    """Give the index of the first word of the name behind its titles; ``end`` when there is no name."""
    at = start
    roles, given = words("en").roles, register.given_names()
    if any(tokens[i].key == "'s" and is_head(tokens[i + 1].key) for i in range(start + 1, end - 1)):
        return start  # "Mayor’s Office of …", "Deputy Minister’s Committee on …"
    held = _holder(tokens, start, end)
    if held is not None:
        return held
    while at < end and _is_title(tokens, at, end, first=at == start):
        at += 1
    if (
        at > start
        and at < end
        and is_head(tokens[end - 1].key)
        and tokens[end - 1].key not in given
        and end - start > 2
    ):
        return start  # "Premier Tech Group", "Director General Office": a body whose name begins like a title
    if at < end and tokens[at].key not in given and not is_head(tokens[end - 1].key):
        office = start > 1 and tokens[start].close and tokens[start - 1].key in _OFFICE
        held = office and tokens[start - 2].key in roles and at == start
        for i in range(end - 2, at, -1):
            if tokens[i].key in given and (
                tokens[i - 1].key in roles
                or _two(tokens, i) in roles
                or (office and (held or tokens[at].key in register.everyday()))
            ):
                return i  # "Former Finance Secretary Mary Poole", "(Minister of) Foreign Affairs Mary Poole"
    return at


def _holder(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Give where the holder's name begins behind an office: "(Secretary of) Defense Poole"."""
    at = start - 1
    if at > 0 and tokens[at].key == "the":
        at -= 1
    if at < 1 or tokens[at].key != "of" or tokens[at - 1].key not in words("en").roles or not tokens[at].close:
        return None
    last = tokens[end - 1].key
    if end - start == 2 and tokens[start].key in register.everyday() and not is_head(last):
        return end - 1 if last in register.family_names() or last not in register.everyday() else None
    if end - start == 3 and tokens[start + 1].key in register.given_names() and not is_head(last):
        return end - 2
    return None


def _is_title(tokens: Sequence[Token], at: int, end: int, *, first: bool) -> bool:
    """Tell whether the word at ``at`` is part of a title: "Prime", "Minister", "and", "German" before a role."""
    key = tokens[at].key
    follows = tokens[at + 1].key if at + 1 < end else ""
    roles = words("en").roles
    if follows == "'s":
        return False  # "Queen’s Privy Council"
    if key in roles or f"{key} {follows}" in roles:
        return True
    if key in words("fr").roles and key not in register.given_names():
        return True
    return (not first and key in ("and", "&", "et")) or (key in words("en").demonyms and follows in roles)


def _office(tokens: Sequence[Token], start: int, name: int, end: int) -> Iterator[Phrase]:
    """Give what stands in an office's title: "Minister of Foreign Affairs" names no actor, "President of Acme" may."""
    inner = name + 1
    while inner < end and not tokens[inner].cap:
        inner += 1
    for i in range(inner + 1, end - 1):  # "Minister of Foreign Affairs Mary Poole"
        if tokens[i].key in register.given_names() and not is_head(tokens[end - 1].key):
            yield Phrase(i, end, start)
            return
    if inner < end:
        yield Phrase(inner, end, inner, frozenset(("in_role",)))
