"""Korean instruments: bracketed titles (「…협정」, "…협약") and names that end in a head noun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.document import Document, Mention
from extract.find.agreements.instrument import Instrument
from extract.lexicon.scan import scan

_HANGUL = re.compile(r"[가-힣]")
_BRACKETS = {"」": "「", "』": "『", "”": "“", '"': '"', "》": "《"}
_NAME_BEFORE = re.compile(r"(?:[가-힣A-Za-zㆍ·0-9-]+ ){0,3}[가-힣A-Za-zㆍ·0-9-]*$")
_PARTICLE_END = re.compile(r"(?:은|는|이|가|을|를|에|에서|하고|하여|한다|된|과|와|및|고)$")


def korean_instruments(document: Document) -> Iterator[Mention]:
    """Yield the places that name an instrument in Korean; nothing is searched in a text without Hangul."""
    text = document.text
    if not _HANGUL.search(text):
        return
    for hit in scan("agreement", "ko", text):
        kind, family = hit.row.value.split()
        start, quoted = _start(text, hit.start, hit.end)
        back = text[max(0, start - 2) : start]
        value = Instrument(
            kind=kind,
            family=family,
            language="ko",
            head=(hit.start, hit.end),
            name=(start, hit.end),
            full=(start, hit.end),
            determiner="demonstrative"
            if back.strip() in ("이", "동", "본") or text[start : hit.start].rstrip() in POINTING
            else "",
            titled=quoted,
            quoted=quoted,
        )
        yield Mention("agreement", start, hit.end, "agreement.head.ko", value)


POINTING = ("이", "동", "본", "이번", "해당")
"""Words before a head noun that take up an instrument named earlier: "this agreement"."""


def _start(text: str, head: int, end: int) -> tuple[int, bool]:
    """Give the start of the name, and whether brackets mark it as a title."""
    opening = _BRACKETS.get(text[end : end + 1])
    if opening:
        start = text.rfind(opening, max(0, head - 120), head)
        if start >= 0 and "\n" not in text[start:head]:
            return start + 1, True
    line = text.rfind("\n", 0, head) + 1
    line_end = _line_end(text, end)
    if text[end:line_end].strip() == "" and head - line < 80:  # a heading that is the title
        return line, True
    match = _NAME_BEFORE.search(text, max(line, head - 40), head)
    words = match[0].split(" ") if match else []
    kept: list[str] = []
    for word in reversed(words):
        if word and _PARTICLE_END.search(word) and len(kept) > 0:
            break
        kept.insert(0, word)
    return head - len(" ".join(kept)), False


@cache
def _newline() -> re.Pattern[str]:
    return re.compile(r"\n|$")


def _line_end(text: str, position: int) -> int:
    match = _newline().search(text, position)
    return match.start() if match else len(text)
