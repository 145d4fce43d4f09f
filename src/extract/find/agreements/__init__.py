"""Find instruments: head nouns grown into names, agreements of the register, acronyms that the text defines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extract.document import Document, Mention
from extract.find.agreements.instrument import Instrument, Tail
from extract.find.agreements.known import known_instruments
from extract.find.agreements.korean import korean_instruments
from extract.find.agreements.left import grow_left
from extract.find.agreements.right import grow_right
from extract.find.agreements.wording import determiner, part_of_another_name
from extract.lexicon import rows
from extract.lexicon.scan import Hit, scan, words

__all__ = ["Instrument", "Tail", "find_agreements"]

_PLURAL = re.compile(r"(?:memoranda|[A-Z]{2,}s|.*(?:s|consortia)\b.*)", re.IGNORECASE)
_NOT_PLURAL = re.compile(r"(?:consensus|.*[’']s|principles|principes)", re.IGNORECASE)
_GENERIC_ACRONYMS = frozenset({"MOU", "LOI", "FTA", "PE", "AI", "IA", "EU", "UE", "US", "UK", "UN", "ONU", "CEO"})
_CAPITALS_WITHIN = re.compile(r"[A-Z].?[A-Z]")
_ONLY_NAMES = frozenset({"pledge", "initiative", "principles", "call"})
"""Families that are instruments only as proper names: "the Global Methane Pledge", not "a pledge"."""

_NAMED_AFTER = re.compile(
    r"\s+(?:titled|entitled|called|named|known as|intitulée?s?|appelée?s?)\s+(?:the\s+|l[’'])?"
    r"([“«\"‘]\s*[^”»\"’\n]{4,110}\s*[”»\"’])"
)
_QUOTED_BEFORE = re.compile(r"[“«\"‘]\s*[^”»\"’“\n]{4,90}\s*[”»\"’]\s*$")


def find_agreements(document: Document) -> Iterator[Mention]:
    """Yield a mention wherever words name an instrument; values are ``Instrument``."""
    found = [*_heads(document), *known_instruments(document), *korean_instruments(document)]
    yield from found
    yield from _acronyms(document, found)


def _heads(document: Document) -> Iterator[Mention]:
    for sentence in document.sentences:
        taken: set[int] = set()
        for language in ("en", "fr"):
            if not _may_hold(document.text, sentence.start, sentence.end, language):
                continue
            for hit in scan("agreement", language, document.text, sentence.start, sentence.end):
                if hit.start in taken or (sentence.language != language and _shared(hit, document.text)):
                    continue
                taken.update(range(hit.start, hit.end))
                mention = _head(document, hit, language) if hit.row.value != "none" else None
                if mention:
                    yield mention


def _may_hold(text: str, start: int, end: int, language: str) -> bool:
    """Tell cheaply whether a sentence may hold a head noun: a few stems are looked for before the whole lexicon."""
    sentence = text[start:end]
    lower = sentence.lower()
    return any(stem in lower if stem.islower() else stem in sentence for stem in _stems(language))


@cache
def _stems(language: str) -> tuple[str, ...]:
    return tuple(row.value for row in rows("agreement_stem", language))


def _shared(hit: Hit, text: str) -> bool:
    """Tell whether both languages write the head noun alike, so that the sentence's own language must read it."""
    return words("shared_head", "shared", "en").fullmatch(text, hit.start, hit.end) is not None


def _head(document: Document, hit: Hit, language: str) -> Mention | None:
    text = document.text
    element = document.element_at(hit.start)
    low, high = (element.start, element.end) if element else (max(0, hit.start - 200), min(len(text), hit.end + 300))
    sentence = document.sentence_at(hit.start)
    if sentence:
        low, high = max(low, sentence.start), min(high, sentence.end)
    noun = text[hit.start : hit.end]
    kind, family = hit.row.value.split()
    if part_of_another_name(text, hit.start, hit.end):
        return None
    if family in _ONLY_NAMES and not noun[0].isupper():
        return None
    acronym_head = bool(_CAPITALS_WITHIN.search(noun))
    titled = noun[0].isupper() and not acronym_head and not _opens_sentence(text, hit.start, low, language)
    start = grow_left(text, hit.start, low, titled=titled) if language == "en" else hit.start
    quoted = _QUOTED_BEFORE.search(text, low, start)
    start = quoted.start() if quoted else start
    name_end, tails, acronym = grow_right(text, hit.end, high, language, titled=titled)
    named = _NAMED_AFTER.match(text, max([name_end, *(tail.end for tail in tails)]), high)
    name_end = named.end(1) if named else name_end
    if family == "deal" and not determiner(text, start, low) and noun.islower() and not noun.endswith("s"):
        return None  # the verb: "to deal with"
    end = max([name_end, *(tail.end for tail in tails)])
    value = Instrument(
        kind=kind,
        family=family,
        language=language,
        head=(hit.start, hit.end),
        name=(start, name_end),
        full=(start, end),
        tails=tails,
        acronym=acronym if acronym and _abbreviates(text[acronym[0] : acronym[1]], text[start : acronym[0]]) else None,
        determiner=determiner(text, start, low),
        plural=bool(_PLURAL.fullmatch(noun)) and not _NOT_PLURAL.fullmatch(noun),
        titled=titled or _capitals(text[start : hit.start], opens=start == low),
        quoted=bool(quoted or named),
    )
    return Mention("agreement", start, end, f"agreement.head.{language}", value)


def _opens_sentence(text: str, start: int, low: int, language: str) -> bool:
    """Tell whether the capital of the head noun may be due to its place: the first word of a sentence or heading."""
    return start == low and language == "en"


def _capitals(words: str, *, opens: bool) -> bool:
    """Tell whether modifiers are all capitalised; the one word that opens a sentence owes its capital to its place."""
    bare = words.split()
    return len(bare) > opens and all(word[:1].isupper() or word in ("and", "of", "for", "&") for word in bare)


def _abbreviates(acronym: str, name: str) -> bool:
    """Tell whether the capitals of an acronym are initials of words of the name, in order, all but one."""
    initials = re.findall(r"(?<!\w)\w|(?<=[-–’'])\w", name)
    letters, missed = [c for c in acronym.rstrip("s") if c.isalnum()], 0
    position = 0
    for letter in letters:
        rest = [i for i in range(position, len(initials)) if initials[i].casefold() == letter.casefold()]
        if rest:
            position = rest[0] + 1
        else:
            missed += 1
    return len(letters) >= 2 and missed <= (1 if len(letters) > 3 else 0)


def _acronyms(document: Document, found: list[Mention]) -> Iterator[Mention]:
    """Yield the later places of an acronym that a bracket defined."""
    defined: dict[str, Instrument] = {}
    for mention in found:
        value = mention.value
        if value.acronym:
            words = document.words(*value.acronym)
            if words.rstrip("s").upper() not in _GENERIC_ACRONYMS:
                defined.setdefault(words, value)
    if not defined:
        return
    covered = [(m.start, m.end) for m in found]
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(defined, key=len, reverse=True)))})(?![\w])")
    for match in pattern.finditer(document.text):
        span = match.span()
        if any(start <= span[0] and span[1] <= end for start, end in covered if start < span[1]):
            continue
        origin = defined[match[0]]
        value = replace(
            origin, head=span, name=span, full=span, tails=(), acronym=span, determiner="", plural=False, titled=True
        )
        yield Mention("agreement", *span, "agreement.acronym", value)
