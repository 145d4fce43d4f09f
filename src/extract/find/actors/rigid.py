"""Which names are known beforehand and never cut: those of the register, and those that the text defines."""

from __future__ import annotations

from collections.abc import Sequence

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
        if not after and (not before or len(name.words) > 1):
            rigid[start] = end
    return rigid


def _bare(token: Token) -> bool:
    return token.key in words("en").function or _title(token.key) or token.text[-1] in "’'" or token.key == "'s"


def _title(key: str) -> bool:
    return key in words("en").roles or key in words("fr").roles
