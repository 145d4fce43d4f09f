"""Read lists of parties: "A (AA), B and C", "Norway–Peru", names that no actor bears beside those that do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.assemble.agreements.named import ActorIndex, Named, is_state
from extract.document import Document
from extract.find.agreements.instrument import Tail
from schemas import fold

_CAPITAL = r"[A-ZÀ-Ý][\w.’']*"
_DASHES = "-–—‑"
_COMPOUND = re.compile(
    rf"(?:{_CAPITAL}\s)*{_CAPITAL}(?:\s?[{_DASHES}]\s?{_CAPITAL}(?:\s(?:(?:and|et|du|of)\s)?{_CAPITAL})*)+"
)
_DASH = re.compile(rf"\s?[{_DASHES}]\s?")
_BRACKET = r"(?:\s*\([^()]{1,40}\))?"
_CONTINUES = re.compile(
    _BRACKET + r"\s*(?:,|and|et|&|,\s*and|,\s*et|as well as|ainsi que)\s*"
    r"(?:the|le|la|les|l[’']|de la|de l[’']|du|des|de|d[’'])?\s*",
    re.IGNORECASE,
)
_GENITIVE = re.compile(r"\s(?:of(?: the)?|des|du|de(?: la)?|de l[’']|d[’'])\s?")
_OPENER = re.compile(r"(?:with|avec|between|among|entre)\s+", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:,\s*(?:and|et|&)(?!\w)|,|(?<!\w)(?:and|et)(?!\w))\s*")
_ARTICLE = re.compile(r"(?:the|le|la|les|l[’'])\s*", re.IGNORECASE)
_NAME = re.compile(r"[#A-ZÀ-Ý][\w&.’'-]*(?:\s(?:(?:of|for|&|de|du|des|and|et)\s(?:the\s|la\s)?)?[A-ZÀ-Ý][\w&.’'-]*)*")
_LEGAL_FORM = re.compile(r"(?:Ltd|Inc|LLC|Corp|Co|Ltée|GmbH|AG|S\.?A\.?)\.?")
"""What follows the comma within a firm's name: "Fjord Foods Co., Ltd."."""
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Party:
    """A party as named, with the span that names it as such."""

    name: str
    start: int
    end: int


def parties_named(spans: Iterable[Named]) -> list[Party]:
    """Give actors as parties, by the spans that name them."""
    return [Party(actor.name, start, end) for start, end, actor in spans]


def chain(document: Document, spans: Sequence[Named]) -> list[Named]:
    """Give the first actor and those that commas and "and" join to it."""
    found = list(spans[:1])
    for span in spans[1:]:
        if not _CONTINUES.fullmatch(document.words(found[-1][1], span[0])):
            break
        found.append(span)
    return found


def listed(document: Document, tail: Tail, actors: ActorIndex) -> Iterator[Party]:
    """Give the parties that a tail lists: known actors, and the capitalised names of its parts that none bears."""
    text = document.text
    spans = _own(document, actors.bodies(tail.start, tail.end))
    yield from parties_named(spans)
    opener = _OPENER.match(text, tail.start, tail.end)
    covered = actors.within(tail.start, tail.end)
    for low, high in _parts(text, opener.end(), tail.end, covered) if opener else ():
        if any(start < high and low < end for start, end, _ in covered):
            continue
        low = match.end() if (match := _ARTICLE.match(text, low, high)) else low
        name = _NAME.match(text, low, high)
        if name and len(name[0]) <= _LONGEST_NAME and not _LEGAL_FORM.fullmatch(name[0]):
            printed = name[0].rstrip(".,")
            yield Party(printed, low, low + len(printed))


def _parts(text: str, start: int, end: int, covered: Sequence[Named]) -> Iterator[tuple[int, int]]:
    """Cut a list at its commas and "and"s, but not within a name that an actor bears."""
    low = start
    for mark in _SEPARATOR.finditer(text, start, end):
        if not any(s < mark.end() and mark.start() < e for s, e, _ in covered):
            yield low, mark.start()
            low = mark.end()
    yield low, end


def _own(document: Document, spans: Sequence[Named]) -> list[Named]:
    """Leave out the state that only says whose the body before it is: "the Department of Ports of Ireland"."""
    return [
        span
        for index, span in enumerate(spans)
        if index == 0 or not _GENITIVE.fullmatch(document.words(spans[index - 1][1], span[0]))
    ]


def states_joined(text: str, start: int, end: int, actors: ActorIndex) -> list[Party]:
    """Give the states that dashes join, where a name may hold a dash itself ("Canada–États-Unis–Mexique")."""
    for match in _COMPOUND.finditer(text, start, end):
        found = _joined(text, *match.span(), actors)
        if len(found) >= 2:
            return found
    return []


def _joined(text: str, start: int, end: int, actors: ActorIndex) -> list[Party]:
    edges = [start, *(p for m in _DASH.finditer(text, start, end) for p in m.span()), end]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    found: list[Party] = []
    i = 0
    while i < len(parts):
        for j in range(len(parts), i, -1):
            read = _named_exactly if j - i > 1 else _named_within
            party = read(text, parts[i][0], parts[j - 1][1], actors)
            if party:
                found.append(party)
                i = j - 1
                break
        i += 1
    return found


def _named_exactly(text: str, start: int, end: int, actors: ActorIndex) -> Party | None:
    name = text[start:end]
    actor = actors.by_name.get(fold(name))
    if (actor and actor.kind != "person") or is_state(name):
        return Party(actor.name if actor else name, start, end)
    return None


def _named_within(text: str, start: int, end: int, actors: ActorIndex) -> Party | None:
    """Give the state or actor that a part of a compound names: the longest run of its words that is a name."""
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", text[start:end])]
    runs = [(i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
    for i, j in sorted(runs, key=lambda run: (run[0] - run[1], run[0])):
        party = _named_exactly(text, words[i][0], words[j - 1][1], actors)
        if party:
            return party
    return None
