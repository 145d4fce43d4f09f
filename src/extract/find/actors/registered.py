"""Find the names of the register: one look-up by the first word, then the longest name that fits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract import register
from extract.find.actors.tokens import Token

_PART = re.compile(
    r"É\.-U\.(?:A\.)?|(?:[A-ZÀ-Ý]\.){2,}|[LlDd]['’](?=\w)|['’]s(?!\w)|[^\W_]+(?:['’](?!s(?!\w))[^\W_]+|[-&+][^\W_]+)*|&"
)


@dataclass(frozen=True, slots=True)
class Name:
    """One form of an entry, split into words.

    ``exact`` forms (acronyms) match only as they are written; ``capitals`` says which words of a firm's name need a
    capital: "Best Buy" is a shop, "the best buy" is not.
    """

    words: tuple[str, ...]
    printed: str
    exact: bool
    entry: register.Entry
    capitals: tuple[bool, ...] = ()


@cache
def _names() -> dict[str, tuple[Name, ...]]:
    """Index every form of every entry by its first word, longest first."""
    index: dict[str, list[Name]] = {}
    for entry in register.entries():
        spaced = (form.replace("-", " ") for form in entry.names if "-" in form and " " in form)
        for form in (*entry.names, *spaced):
            parts = _PART.findall(form.replace("’", "'"))
            if not parts or "\uac00" <= form[0] <= "\ud7a3":
                continue
            exact = len(parts) == 1 and (form.isupper() or any(c.isupper() for c in form[1:])) and len(form) <= 8
            capitals = tuple(part[0].isupper() for part in parts) if entry.kind == "company" else ()
            name = Name(tuple(part.lower() for part in parts), form, exact, entry, capitals)
            index.setdefault(name.words[0], []).append(name)
    return {first: tuple(sorted(names, key=lambda name: -len(name.words))) for first, names in index.items()}


def match(tokens: Sequence[Token], at: int) -> tuple[Name, int] | None:
    """Give the longest register name that begins at a word, with the index after its last word."""
    for name in _names().get(tokens[at].key, ()):
        end = at + len(name.words)
        if end > len(tokens) or (name.exact and tokens[at].text.replace("’", "'") != name.printed):
            continue
        if not all(tokens[at + i].cap for i, needed in enumerate(name.capitals) if needed):
            continue
        if all(
            tokens[i].key == name.words[i - at] and (i == at or tokens[i].close or tokens[i].gap == ", ")
            for i in range(at, end)
        ) and (tokens[at].cap or (tokens[end - 1].cap and name.entry.kind != "state")):
            return name, end
    return None


def matches(tokens: Sequence[Token]) -> Iterator[tuple[Name, int, int]]:
    """Give the register names in a run of words, left to right, without overlaps."""
    at = 0
    while at < len(tokens):
        found = match(tokens, at)
        if found is None:
            at += 1
            continue
        yield found[0], at, found[1]
        at = found[1]
