"""Well-known agreements of the register, by their names and acronyms in each language."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.document import Document, Mention
from extract.find.agreements.instrument import Instrument
from extract.find.agreements.wording import determiner, part_of_another_name
from extract.qualify import language_at

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Known:
    """A register entry: a stable id, the kind, names by language (fullest first), acronyms, and its parties' names.

    ``parties`` and ``year`` serve resolution; a document's record never takes them from here.
    """

    id: str
    kind: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...]
    parties: tuple[str, ...]
    year: str


@cache
def register() -> tuple[Known, ...]:
    """Read ``register/agreements.csv``; cells hold alternatives separated by ``|``."""
    source = files("extract") / "register" / "agreements.csv"
    entries = []
    for row in csv.DictReader(source.read_text("utf-8").splitlines()):
        names = [name for column in ("names_en", "names_fr", "names_ko") for name in _cell(row[column])]
        acronyms = [name for column in ("acronyms_en", "acronyms_fr") for name in _cell(row[column])]
        entries.append(
            Known(
                row["id"], row["kind"], tuple(names), tuple(dict.fromkeys(acronyms)), _cell(row["parties"]), row["year"]
            )
        )
    return tuple(entries)


def known_instruments(document: Document) -> Iterator[Mention]:
    """Yield the places that name an entry, with the entry's kind."""
    first_word, by_first, by_name = _index()
    text, reached = document.text, 0
    for word in first_word.finditer(text):
        pattern = by_first.get(word[0]) if word.start() >= reached else None
        match = pattern.match(text, word.start()) if pattern else None
        if match is None:
            continue
        reached = match.end()
        entry, family, acronym = by_name[_key(match[0])]
        start, end = match.span()
        if part_of_another_name(text, start, end):
            continue
        language = language_at(document, start)
        low = max(0, start - 60)
        value = Instrument(
            kind=entry.kind,
            family=family,
            language=language,
            head=(start, end),
            name=(start, end),
            full=(start, end),
            acronym=(start, end) if acronym else None,
            determiner=determiner(text, start, low),
            titled=True,
            entry=entry.id,
        )
        yield Mention("agreement", start, end, "agreement.register", value)


@cache
def _index() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]], dict[str, tuple[Known, str, bool]]]:
    """Give a pattern of first words, one for the names that begin with each, and what each name stands for.

    Few words of a text begin a name, so that the long alternation of all names is hardly ever tried.
    """
    by_name: dict[str, tuple[Known, str, bool]] = {}
    for entry in register():
        for name in entry.names:
            by_name.setdefault(_key(name), (entry, entry.kind, False))
        for acronym in entry.acronyms:
            by_name.setdefault(_key(acronym), (entry, entry.kind, True))
    by_first: dict[str, list[str]] = {}
    for name in sorted(by_name, key=lambda name: (-len(name), name)):
        by_first.setdefault(_WORD.match(name)[0], []).append(_loosely(name))  # type: ignore[index]
    lower = sorted(first for first in by_first if first[0].islower())
    first_word = re.compile(rf"(?<!\w)(?:[^\W_a-zà-ÿ]\w*|(?:{'|'.join(lower)})(?!\w))")
    return first_word, {first: re.compile(rf"(?:{'|'.join(n)})(?!\w)") for first, n in by_first.items()}, by_name


def _cell(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _key(name: str) -> str:
    """Fold what varies in print: quotes, dashes, spaces. Case stays: a register name is a proper name."""
    folded = re.sub(r"[‐‑–—]", "-", name.replace("’", "'"))
    return re.sub(r"\s*-\s*", "-", " ".join(folded.split()))


def _loosely(key: str) -> str:
    return re.escape(key).replace("'", "[’']").replace(r"\-", r"\s?[-‐‑–—]\s?").replace(r"\ ", r"\s+")
