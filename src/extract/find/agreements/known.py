"""Well-known agreements of the register, by their names and acronyms in each language."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.document import Document, Mention
from extract.find.agreements.growing import determiner
from extract.find.agreements.instrument import Instrument
from extract.find.agreements.wording import part_of_another_name
from extract.qualify import language_at


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
        entries.append(Known(row["id"], row["kind"], tuple(names), tuple(dict.fromkeys(acronyms)), _cell(row["parties"]), row["year"]))
    return tuple(entries)


def known_instruments(document: Document) -> Iterator[Mention]:
    """Yield the places that name an entry, with the entry's kind."""
    pattern, by_name = _index()
    text = document.text
    for match in pattern.finditer(text):
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
def _index() -> tuple[re.Pattern[str], dict[str, tuple[Known, str, bool]]]:
    by_name: dict[str, tuple[Known, str, bool]] = {}
    for entry in register():
        for name in entry.names:
            by_name.setdefault(_key(name), (entry, entry.kind, False))
        for acronym in entry.acronyms:
            by_name.setdefault(_key(acronym), (entry, entry.kind, True))
    alternatives = "|".join(_loosely(name) for name in sorted(by_name, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![\w])(?:{alternatives})(?!\w)"), by_name


def _cell(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _key(name: str) -> str:
    """Fold what varies in print: quotes, dashes, spaces. Case stays: a register name is a proper name."""
    folded = re.sub(r"[‐‑–—]", "-", name.replace("’", "'"))
    return re.sub(r"\s*-\s*", "-", " ".join(folded.split()))


def _loosely(key: str) -> str:
    escaped = re.escape(key).replace("'", "[’']").replace(r"\-", r"\s?[-‐‑–—]\s?").replace(r"\ ", r"\s+")
    return escaped
