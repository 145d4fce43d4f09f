"""Known actors and their names in English, French and Korean: a register that people can read and extend.

``register/*.csv`` was written for this project from general knowledge of the field, one file a family of actors; the
columns are those of ``Entry``, several values in ``aliases`` stand between ``|``. Names of countries and territories
come from Babel (CLDR). The word lists (``*.txt``) say in their first lines where they come from.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from schemas import ActorKind

LANGUAGES = ("en", "fr", "ko")
ACTOR_FILES = (
    "international.csv",
    "canada.csv",
    "united_states.csv",
    "world.csv",
    "bodies.csv",
    "companies.csv",
    "media.csv",
)

# CLDR territories that are no actors of ours: regions of the sea, outlying rocks, pseudo codes
_NO_STATES = {
    "AC",
    "AQ",
    "BV",
    "CP",
    "CQ",
    "DG",
    "EA",
    "EU",
    "EZ",
    "GS",
    "HM",
    "IC",
    "QO",
    "TA",
    "TF",
    "UM",
    "UN",
    "XA",
    "XB",
    "ZZ",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One known actor: ``kind`` and ``country`` as in ``schemas.Actor``, its names, acronyms and other forms."""

    id: str
    kind: ActorKind
    country: str | None
    name_en: str
    name_fr: str
    name_ko: str
    acronym_en: str
    acronym_fr: str
    aliases: tuple[str, ...]
    domain: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every form by which the actor is called, the full names first."""
        forms = (self.name_en, self.name_fr, self.name_ko, self.acronym_en, self.acronym_fr, *self.aliases)
        return tuple(dict.fromkeys(form for form in forms if form))


@cache
def entries() -> tuple[Entry, ...]:
    """Read all entries: the files of ``ACTOR_FILES`` in their order, then the states."""
    read: list[Entry] = []
    for name in ACTOR_FILES:
        lines = (files("extract.register") / name).read_text("utf-8").splitlines()
        read += [_entry(row) for row in csv.DictReader(lines)]
    return (*read, *_states())


def _entry(row: dict[str, str]) -> Entry:
    return Entry(
        id=row["id"],
        kind=row["kind"],  # type: ignore[arg-type]  # a test checks every row
        country=row["country"] or None,
        name_en=row["name_en"],
        name_fr=row["name_fr"],
        name_ko=row["name_ko"],
        acronym_en=row["acronym_en"],
        acronym_fr=row["acronym_fr"],
        aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
        domain=row["domain"],
    )


def _states() -> tuple[Entry, ...]:
    """Countries and territories: names from CLDR, other forms (``U.S.``, ``Corée``) from ``states.csv``."""
    from babel import Locale

    other = {
        row["code"]: row
        for row in csv.DictReader((files("extract.register") / "states.csv").read_text("utf-8").splitlines())
    }
    names = {language: Locale(language).territories for language in LANGUAGES}
    codes = sorted(str(code) for code in names["en"] if re.fullmatch("[A-Z]{2}", str(code)) and code not in _NO_STATES)
    return tuple(
        Entry(
            id=f"state-{code.lower()}",
            kind="state",
            country=code,
            name_en=names["en"][code].replace(" & ", " and "),
            name_fr=names["fr"].get(code, "").replace("’", "'"),
            name_ko=names["ko"].get(code, ""),
            acronym_en="",
            acronym_fr="",
            aliases=tuple(alias for alias in other.get(code, {}).get("aliases", "").split("|") if alias),
            domain="",
        )
        for code in codes
    )


@cache
def given_names() -> frozenset[str]:
    """Given names of the world, in lower case."""
    return _lines("given_names.txt")


@cache
def family_names() -> frozenset[str]:
    """Family names of the world, in lower case, without those that are everyday words."""
    return _lines("family_names.txt")


@cache
def everyday() -> frozenset[str]:
    """Everyday words of English and French, in lower case."""
    return _lines("everyday.txt")


@cache
def cities() -> frozenset[str]:
    """Names of cities, in lower case: places that are mostly only places."""
    return _lines("cities.txt")


def _lines(name: str) -> frozenset[str]:
    lines = (files("extract.register") / name).read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def states() -> dict[str, str]:
    """Give the country code by the last word of each state's name, in lower case ("korea", "ukraine")."""
    found: dict[str, str] = {}
    for entry in _states():
        for name in (entry.name_en, entry.name_fr):
            if name and " " not in name:
                found.setdefault(name.lower(), entry.country or "")
    return {**found, "korea": "KR", "états-unis": "US", "royaume-uni": "GB", "states": "US", "kingdom": "GB"}


@cache
def by_id() -> dict[str, Entry]:
    """Give the entries by their ids."""
    return {entry.id: entry for entry in entries()}
