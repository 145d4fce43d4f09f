"""Which actors are one across documents: by the register, by name, by a translation of it word by word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from extract.register import Entry, entries
from extract.resolve.names import countries, folded, group, ideas, vocabulary
from schemas import Actor, Document, Record, Tie

# Offices that one person of a surname holds at a time ("President Moon"): surname and office tell who is meant.
OFFICES = ("president", "prime minister", "chancellor", "king", "queen", "pope")
# Bodies that every country has: their name tells which one only with the country.
_EVERYWHERE = frozenset(("government_body", "state"))
# Bodies that no country has.
_OF_ALL = frozenset(("world", "international", "global"))
# Those who are known by one name and a number.
_MONARCH = re.compile(r"^\w{3,} [IVX]+$")
# An acronym of so many letters seldom stands for two bodies of one kind.
TELLING_ACRONYM = 5


def same_register_entry(record: Record, document: Document | None) -> Iterator[Tie]:
    """Tie an actor to the entry of the register that names it, in whichever language (``Corée du Sud``)."""
    if isinstance(record, Actor) and (entry := register_entry(record)):
        yield Tie(record.id, f"actor register {entry.id}", "same_register_entry", 0.98)


def same_name(record: Record, document: Document | None) -> Iterator[Tie]:
    """Tie an actor to its name. One word ("Georgia") must be of one kind too; several may differ in kind.

    The bodies of one name in two countries ("Department of Justice") are two. A person needs two names, in any order.
    """
    if not isinstance(record, Actor):
        return
    name = folded(record.name)
    if record.kind == "person":
        words = sorted(set(name.split()) - group("honorific"))
        if len([word for word in words if len(word) > 1]) > 1:
            yield Tie(record.id, f"person {' '.join(w for w in words if len(w) > 1)}", "same_name", 1.0)
        elif _MONARCH.search(record.name):
            yield Tie(record.id, f"person {name}", "same_name", 1.0)
        return
    kind = "body" if " " in name and record.kind != "state" else record.kind
    yield Tie(record.id, f"name {name}|{kind}|{_country(record, document)}", "same_name", 1.0)


def same_words(record: Record, document: Document | None) -> Iterator[Tie]:
    """Tie a body to what each of its full names says word by word, in English or French (``Institut Vecteur``).

    A short form is left out (the "Ministry of Trade" of "Ministry of Trade of Korea"): many bodies share those.
    """
    if not isinstance(record, Actor) or record.kind in ("person", "state"):
        return
    own = ideas(record.name)
    for said in sorted({own} | {ideas(alias) for alias in record.aliases if " " in alias}, key=sorted):
        if len(said) < 2 or said < own or len(said) - len(countries(said)) < 1:
            continue
        kind = "body" if len(said) > 2 else record.kind
        node = f"words {' '.join(sorted(said))}|{kind}|{_country(record, document)}"
        yield Tie(record.id, node, "same_words", 0.92 if said == own else 0.88)


def same_acronym(record: Record, document: Document | None) -> Iterator[Tie]:
    """Tie a body to its acronym, when that is long or the country is known as well."""
    if not isinstance(record, Actor) or record.kind in ("person", "state"):
        return
    for form in sorted({record.name, *record.aliases}):
        if not (form.isupper() and form.isalnum() and form[:3].isalpha() and len(form) <= 2 * TELLING_ACRONYM):
            continue
        if len(form) >= TELLING_ACRONYM:
            yield Tie(record.id, f"acronym {form}", "same_acronym", 0.86)
        elif len(form) == TELLING_ACRONYM - 1 and record.country:
            yield Tie(record.id, f"acronym {form}|{record.kind}|{record.country}", "same_acronym", 0.86)


def same_office(record: Record, document: Document | None) -> Iterator[Tie]:
    """Tie a person to surname and high office (``President Moon``, ``le président Moon``)."""
    if not isinstance(record, Actor) or record.kind != "person":
        return
    name = folded(record.name).split()
    for form in (record.name, *record.aliases):
        words = folded(form).split()
        office = _offices().get(" ".join(words[:-1]))
        if office and words[-1] in name:
            yield Tie(record.id, f"office {office} {words[-1]}", "same_office", 0.87)


@cache
def _offices() -> dict[str, str]:
    return {form: office for office in OFFICES for form in group(office)}


def _country(actor: Actor, document: Document | None) -> str:
    """Give the country that tells bodies of one name apart, "" where the name or the kind does.

    A word that is not of the trade (``Acoustic Science Division``) tells which one is meant.
    """
    said = ideas(actor.name)
    if actor.kind not in _EVERYWHERE or actor.kind == "state" or countries(said):
        return ""
    if said & _OF_ALL or (len(said) > 1 and not said <= vocabulary()):
        return ""
    return actor.country or (document.country if document else None) or ""


def register_entry(actor: Actor) -> Entry | None:
    """Give the register's entry for an actor: by its name, else by the long forms it bears; None when in doubt."""
    if actor.kind == "person":
        return None
    if entry := _forms().get(folded(actor.name)):
        return entry if _agrees(entry, actor, telling=" " in folded(actor.name)) else None
    forms = sorted({folded(alias) for alias in actor.aliases})
    found = {entry.id: entry for form in forms if " " in form and (entry := _forms().get(form))}
    entry = next(iter(found.values())) if len(found) == 1 else None
    return entry if entry and _agrees(entry, actor, telling=True) else None


def _agrees(entry: Entry, actor: Actor, *, telling: bool) -> bool:
    """Tell whether kind and country allow it; a name of several words tells enough to outweigh a mistaken kind."""
    same_kind = entry.kind == actor.kind
    if "state" in (entry.kind, actor.kind) or not telling:
        telling = False
    same_country = None in (entry.country, actor.country) or entry.country == actor.country
    return same_country and (same_kind or telling)


@cache
def _forms() -> dict[str, Entry]:
    """Map every folded form in the register to its entry, but for forms that two entries share."""
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in entries():
        for form in entry.names:
            found[folded(form)][entry.id] = entry
    return {form: next(iter(those.values())) for form, those in found.items() if form and len(those) == 1}
