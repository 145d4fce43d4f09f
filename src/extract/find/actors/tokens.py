"""Words of an element with what the actor finders ask of them: case, what stands between, where a sentence begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.document import Document, Element

_WORD = re.compile(
    r"É\.-U\.(?:A\.)?|(?:[A-ZÀ-Ý]\.){2,}|(?:[A-Z]\.-){1,2}[A-Z]\."  # U.S., É.-U., J.-P.
    r"|(?:[LlDdNnSsCcJjMmTt]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)[’'](?=\w)"  # elisions: l', d', qu'
    r"|[’']s(?!\w)"  # possessive
    r"|[A-Z][A-Za-z0-9]*[A-Za-z]\.(?:ai|AI|com|io)(?![\w/])"  # "Newsline.ai": names written as addresses
    r"|[^\W_]+(?:[’'](?!s(?!\w))[^\W_]+|[-‑&+](?!(?:[A-Z]\.){2})[^\W_]+|/[A-ZÀ-Ý][^\W_]*)*"
    r"|&"
)
_MODIFIES = re.compile(r"(?<=\.)[-‑](?:based|led|owned|backed|made|style|funded|listed|born)\b")
_COMPOUND = re.compile(
    r"[-‑](?:based|led|owned|backed|wide|style|born|trained|made|listed|funded|friendly|headquartered)$"
)
ABBREVIATIONS = frozenset(
    [
        "st",
        "ste",
        "jr",
        "sr",
        "dr",
        "mr",
        "mrs",
        "ms",
        "hon",
        "rt",
        "prof",
        "gen",
        "sen",
        "rep",
        "gov",
        "lt",
        "col",
        "sgt",
        "capt",
        "inc",
        "corp",
        "ltd",
        "co",
        "no",
        "m",
        "mm",
        "dre",
        "me",
        "rev",
        "vs",
    ]
)


@dataclass(slots=True, eq=False)
class Token:
    """A word: ``key`` is its lower-case form with straight apostrophes, ``gap`` what stands before it.

    ``initial`` says that a sentence, list item, quotation or clause after a colon begins with it.
    """

    text: str
    key: str
    start: int
    end: int
    gap: str
    cap: bool
    upper: bool
    initial: bool

    @property
    def close(self) -> bool:
        """Tell whether nothing but a blank or an elision stands before the word."""
        return _is_close(self.gap)


_CLOSE = frozenset((" ", "", "\u00a0", "\u202f", "\n", "  ", " \n", "\n "))


def _is_close(gap: str) -> bool:
    # a line of a list item may be folded and indented
    return gap in _CLOSE or (gap.count("\n") == 1 and not gap.strip(" \n"))


def tokenise(document: Document, element: Element) -> list[Token]:
    """Split an element into words."""
    text = document.text
    found: list[Token] = []
    end = element.start
    previous: Token | None = None
    for match in _WORD.finditer(text, element.start, element.end):
        word = match[0]
        start = match.start()
        gap = text[end:start]
        cap = word[0].isupper() or (not word.islower() and any(c.isupper() for c in word))
        if previous is None:
            initial = True
        elif _is_close(gap):
            initial = False
        else:
            initial = _begins(gap, previous)
        if (gap and gap[-1] in "./@_" and (len(gap) == 1 or gap.endswith("//"))) or _COMPOUND.search(word):
            cap = False  # part of an address; "Florida-based"
        if cap and match.end() < element.end and text[match.end()] in "$€£":
            cap = False  # "US$5 million"
        if cap and _MODIFIES.match(text, match.end()):
            cap = False  # "U.S.-based"
        if cap and gap[-3:].strip().endswith("$") and word in ("US", "CA", "CAN", "AU", "USD", "CAD"):
            cap = False  # "3 millions $ US"
        token = Token(
            word,
            word.lower().replace("’", "'").replace("‑", "-"),
            start,
            match.end(),
            gap,
            cap,
            word.isupper(),
            initial,
        )
        found.append(token)
        previous, end = token, match.end()
    return found


def _begins(gap: str, previous: Token) -> bool:
    """Tell whether a sentence begins after ``gap``."""
    if abbreviates(previous, gap):
        return False
    return any(mark in gap for mark in '.!?:;\n•–—|"“”«»') or gap.strip() in {"-", "*", "- "}


def abbreviates(previous: Token, gap: str) -> bool:
    """Tell whether the full stop that begins ``gap`` belongs to an abbreviation or an initial."""
    return gap in (". ", ".\u00a0") and (
        (len(previous.text) == 1 and previous.cap)
        or (previous.key in ABBREVIATIONS and previous.key not in {"no", "co"})
        or (previous.key == "co" and previous.cap)
    )


def elements(document: Document) -> Iterator[tuple[Element, str, list[Token]]]:
    """Give each element with its language and its words."""
    for element in document.elements:
        sentence = document.sentence_at(element.start)
        language = sentence.language if sentence else document.language
        yield element, language, tokenise(document, element)
