"""Names that the text defines an acronym for: "Service des glaces canadien (SGC)", "Coastal Rescue Agency (CRA)"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from extract.find.actors.tokens import Token
from extract.find.actors.words import words

LINKS = frozenset(
    [
        "of",
        "the",
        "for",
        "and",
        "on",
        "in",
        "to",
        "at",
        "by",
        "with",
        "de",
        "du",
        "des",
        "d'",
        "la",
        "le",
        "les",
        "l'",
        "et",
        "en",
        "pour",
        "sur",
        "à",
        "au",
        "aux",
        "contre",
        "dans",
        "&",
        "von",
        "der",
    ]
)
_ACRONYM = re.compile(r"[A-ZÀ-Ý][A-Za-zÀ-ÿ]*[A-ZÀ-Ý0-9][A-Za-z0-9]*|[A-ZÀ-Ý]{2,}[A-Za-z0-9\-]*")
_REACH = 16


def defined(tokens: Sequence[Token], language: str) -> Iterator[tuple[int, int, int]]:
    """Give ``(start, end, at)``: the words ``[start, end)`` have their acronym in parentheses at ``at``."""
    for at in range(1, len(tokens)):
        token = tokens[at]
        if token.gap.rstrip('“"«\u00a0 ').endswith("(") and len(token.gap.strip()) <= 2 and is_acronym(token.text):
            start = _start(tokens, at, language)
            if start is not None:
                yield _whole(tokens, start), at, at


def _whole(tokens: Sequence[Token], start: int) -> int:
    """Take in the capitals right before: "U.S. International Harbour Corporation (HC)"."""
    roles = words("en").roles
    while start > 0 and tokens[start].close and tokens[start - 1].cap:
        key = tokens[start - 1].key
        if key in words("en").function or key in words("fr").function or key in roles or key in words("fr").roles:
            break
        start -= 1
    return start


def is_acronym(text: str) -> bool:
    """Tell whether a word looks like an acronym: capitals, perhaps with a small letter or a figure inside."""
    return 2 <= len(text) <= 12 and bool(_ACRONYM.fullmatch(text)) and sum(c.isupper() for c in text) >= 2


def _start(tokens: Sequence[Token], at: int, language: str) -> int | None:
    """Find where the name before an acronym begins: where its initials are the acronym, else where they hold it."""
    letters = _fold(tokens[at].text)
    initials = ""
    held: int | None = None
    for i in range(at - 1, max(-1, at - _REACH), -1):
        token = tokens[i]
        if i < at - 1 and not (tokens[i + 1].close or tokens[i + 1].gap in (", ", ". ", " – ", "–", "-")):
            break
        if token.key in ("'s", "’s"):
            continue
        if token.key not in LINKS:
            initials = "".join(_fold(part)[:1] for part in re.split(r"[-–/&]", token.text)) + initials
            if initials == letters and _may_begin(token, language):
                return i
            if (
                initials[:1] == letters[0]
                and held is None
                and len(initials) >= 2
                and _holds(initials, letters)
                and _may_begin(token, language)
            ):
                held = i
    return held


def _may_begin(token: Token, language: str) -> bool:
    if token.cap:
        return token.key not in words("en").function and token.key not in words("fr").function
    return language == "fr" and words("fr").heads.get(token.key) in ("government_body", "academic")


def _holds(initials: str, letters: str) -> bool:
    """Tell whether the initials appear in order in the acronym and make up most of it, or the other way round."""
    return (_inside(initials, letters) and len(initials) * 2 > len(letters)) or (
        _inside(letters, initials) and len(letters) * 4 >= len(initials) * 3
    )


def _inside(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


def initials_match(acronym: str, name: Sequence[str]) -> bool:
    """Tell whether an acronym may stand for a name, given as its words."""
    letters = _fold(acronym)
    content = "".join(_fold(word)[:1] for word in name if word.lower().replace("’", "'") not in LINKS)
    every = "".join(_fold(word)[:1] for word in name)
    return letters in (content, every) or (
        len(letters) >= 3 and len(content) >= 2 and content[:1] == letters[:1] and _holds(content, letters)
    )


def _fold(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text)
    return "".join(c for c in bare if c.isalnum() and not unicodedata.combining(c)).lower()
