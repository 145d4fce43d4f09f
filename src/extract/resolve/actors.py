"""Which actors are one: by the register, by name, by a long form that both bear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cache

from extract.register import Entry, entries
from extract.resolve.links import Link, chained, of_type
from schemas import Actor, Document, Record, fold


def same_register_entry(records: Sequence[Record], documents: Mapping[str, Document]) -> Iterator[Link]:
    """Link actors that one entry of the register names, in whichever language (``Corée du Sud``, ``South Korea``)."""
    blocks: dict[Hashable, list[str]] = defaultdict(list)
    for actor in of_type(records, Actor):
        if entry := register_entry(actor):
            blocks[entry.id].append(actor.id)
    yield from chained(blocks, rule="same_register_entry", score=0.98)


def same_name(records: Sequence[Record], documents: Mapping[str, Document]) -> Iterator[Link]:
    """Link actors of one name. One word ("Georgia") must be of one kind too; several may differ in kind."""
    blocks: dict[Hashable, list[str]] = defaultdict(list)
    for actor in of_type(records, Actor):
        name = fold(actor.name)
        telling = " " in name and actor.kind != "person"
        blocks[name, "body" if telling else actor.kind].append(actor.id)
    yield from chained(blocks, rule="same_name", score=1.0)


def same_long_alias(records: Sequence[Record], documents: Mapping[str, Document]) -> Iterator[Link]:
    """Link bodies that share a form of several words and their kind.

    A short form is left out (the "Ministry of Trade" of "Ministry of Trade of Korea"): many bodies share those;
    so are people, whose other forms are titles as often as names.
    """
    blocks: dict[Hashable, list[str]] = defaultdict(list)
    for actor in of_type(records, Actor):
        if actor.kind == "person":
            continue
        name = fold(actor.name)
        forms = {fold(alias) for alias in actor.aliases}
        for form in sorted({name} | {form for form in forms if not _is_part(form, name)}):
            if " " in form:
                blocks[form, actor.kind].append(actor.id)
    yield from chained(blocks, rule="same_long_alias", score=0.9)


def register_entry(actor: Actor) -> Entry | None:
    """Give the register's entry for an actor: by its name, else by the long forms it bears; None when in doubt."""
    if actor.kind == "person":
        return None
    if entry := _forms().get(fold(actor.name)):
        return entry if _agrees(entry, actor, telling=" " in fold(actor.name)) else None
    forms = sorted({fold(alias) for alias in actor.aliases})
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
            found[fold(form)][entry.id] = entry
    return {form: next(iter(those.values())) for form, those in found.items() if form and len(those) == 1}


def _is_part(form: str, name: str) -> bool:
    return f" {form} " in f" {name} "
