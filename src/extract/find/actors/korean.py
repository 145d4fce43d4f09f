"""Find Korean names: states and their governments, bodies by register or head noun, persons by their titles.

Korean has no capitals and glues particles to its nouns, so a name is found by what it is made of: a register name, a
head noun at its end, or a family name and two syllables beside a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract import register
from extract.document import Document, Element, Mention
from extract.find.actors.named import ActorName
from extract.lexicon import rows
from schemas import ActorKind

_FAMILY = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민나진" + (
    "지엄채원천방공현함변염여추도소석선설마길위표명기반왕금옥육인맹제모탁국어은편용류라"
)
_NAME = rf"[{_FAMILY}][가-힣]{{2}}"


@cache
def _known() -> tuple[re.Pattern[str], dict[str, register.Entry]]:
    names: dict[str, register.Entry] = {}
    for entry in register.entries():
        for form in entry.names:
            if "가" <= form[0] <= "힣" or "가" <= form[-1] <= "힣":
                names.setdefault(form, entry)
    ordered = sorted(names, key=lambda name: (-len(name), name))
    long = "|".join(re.escape(name) for name in ordered if len(name) > 3)
    short = "|".join(re.escape(name) for name in ordered if len(name) <= 3)
    return re.compile(rf"(?:{long})|(?<![가-힣\"”」』’)])(?:{short})"), names


@cache
def _bodies() -> tuple[re.Pattern[str], dict[str, str]]:
    heads = {row.pattern: row.value for row in rows("head", "ko")}
    ordered = sorted(heads, key=lambda head: (-len(head), head))
    return re.compile(
        rf"(?<![가-힣])[가-힣A-Z]{{2,12}}?({'|'.join(ordered)})(?=[은는이가을를의에와과도로,. )]|$|으로|에서|에게)"
    ), heads


@cache
def _persons() -> re.Pattern[str]:
    titles = "|".join(sorted((row.pattern for row in rows("role", "ko")), key=lambda title: (-len(title), title)))
    after = rf"(?P<before>{_NAME})(?=\s+[가-힣]{{0,8}}(?:{titles}))"
    return re.compile(rf"(?:{titles})\s+(?P<after>{_NAME})(?![가-힣]{{2}})|(?<![가-힣]){after}")


def korean_actors(document: Document, element: Element) -> Iterator[Mention]:
    """Yield mentions of actors in a Korean element; names in Latin letters are found like everywhere."""
    text, start, end = document.text, element.start, element.end
    pattern, names = _known()
    taken: list[tuple[int, int]] = []
    for match in pattern.finditer(text, start, end):
        entry = names[match[0]]
        taken.append(match.span())
        if entry.kind == "state" and text.startswith(" 정부", match.end()):
            yield _mention(match.start(), match.end() + 3, "body", "government_body", entry.country, None)
        else:
            yield _mention(*match.span(), "register", entry.kind, entry.country, entry.id)
    pattern, heads = _bodies()
    for match in pattern.finditer(text, start, end):
        if not any(s < match.end() and match.start() < e for s, e in taken):
            kind: ActorKind = heads[match[1]]  # type: ignore[assignment]
            yield _mention(*match.span(), "body", kind, None, None)
    for match in _persons().finditer(text, start, end):
        group = "after" if match["after"] else "before"
        yield _mention(*match.span(group), "person", "person", None, None, outer=match.span())


def _mention(
    start: int,
    end: int,
    rule: str,
    kind: ActorKind,
    country: str | None,
    entry: str | None,
    *,
    outer: tuple[int, int] | None = None,
) -> Mention:
    signs = frozenset(("title_before",)) if kind == "person" else frozenset(("korean",))
    return Mention("actor", start, end, rule, ActorName(kind, country, entry, outer or (start, end), None, signs))
