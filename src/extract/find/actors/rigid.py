"""Which names are known beforehand and never cut: those of the register, and those that the text defines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extract import register
from extract.find.actors.registered import Name
from extract.find.actors.tokens import Token
from extract.find.actors.words import words


def rigid_names(
    tokens: Sequence[Token], matches: Sequence[tuple[Name, int, int]], spans: Sequence[tuple[int, int, int]]
) -> dict[int, int]:
    """Give the ends of known names by their first word; a match inside a longer run of capitals is not known."""
    rigid = {start: end for start, end, _ in spans}
    for name, start, end in matches:
        if any(s < end and start < e for s, e, _ in spans):
            continue
        before = start > 0 and tokens[start].close and tokens[start - 1].cap and not _bare(tokens[start - 1])
        after = (
            end < len(tokens)
            and tokens[end].close
            and tokens[end].cap
            and tokens[end].key not in words("en").function
            and tokens[end].key != "'s"
            and not _title(tokens[end].key)
            and words("en").nonactors.get(tokens[end].key) != "thing"
        )
        if after and name.entry.kind == "state" and tokens[end].key in register.given_names():
            after = False  # "President of the United States Mary Poole"
        if name.entry.kind == "government_body" and (
            _is_part(tokens, start, end) or _foreign(tokens, start, name.entry.country)
        ):
            continue
        if not after and (not before or len(name.words) > 1):
            rigid[start] = end
    return rigid


def _is_part(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a register name is part of another body's: "Maryland Department of Transportation", "Mayor’s …"."""
    if start > 1 and tokens[start].close and tokens[start - 1].key == "'s" and tokens[start - 2].key in _OWNERS:
        return True
    inside = start > 0 and tokens[start].close and tokens[start - 1].text.title() in _regions()
    further = end + 1 < len(tokens) and tokens[end].key == "of" and tokens[end].close and tokens[end + 1].cap
    return inside or (further and tokens[end - 1].key in ("department", "ministry"))


def _foreign(tokens: Sequence[Token], start: int, country: str | None) -> bool:
    """Tell whether an adjective before a register name gives it to another country: "German Federal Ministry of …"."""
    at = start - 1
    if at > 0 and tokens[at].key == "federal" and tokens[at].close:
        at -= 1
    if at < 0 or not tokens[at + 1].close or not tokens[at].cap or country is None:
        return False
    return words("en").demonyms.get(tokens[at].key, country) not in (country, "XX")


_OWNERS = frozenset(("mayor", "governor", "minister", "attorney"))


@cache
def _regions() -> frozenset[str]:
    """Give the names of one word of the states and provinces inside countries."""
    regions = (entry for entry in register.entries() if entry.kind == "state" and not entry.id.startswith("state-"))
    return frozenset(name for entry in regions for name in entry.names if " " not in name and len(name) > 3)


def _bare(token: Token) -> bool:
    return token.key in words("en").function or _title(token.key) or token.text[-1] in "’'" or token.key == "'s"


def _title(key: str) -> bool:
    return key in words("en").roles or key in words("fr").roles
