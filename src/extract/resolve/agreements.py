"""Which agreements are one across documents: by the register, by title and parties, by a long title alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from extract.find.agreements.known import register
from extract.resolve.names import Ideas, countries, folded, ideas, likeness, stems
from schemas import Agreement, Document, Record, Tie

# So many words beside those of every instrument name one, unless its states differ; with fewer the parties must tell.
TELLING = 3
# A form this like the title is the title again; others may be titles of what the instrument serves or amends.
LIKE_TITLE = 0.6


def same_register_entry(record: Record, document: Document | None) -> Iterator[Tie]:
    """Tie an agreement to the entry of the register that names it, in whichever language (``CUSMA``, ``ACEUM``)."""
    if not isinstance(record, Agreement):
        return
    named = {entry for form in (record.title, *record.aliases) if (entry := _entry(form, record.title))}
    if len(named) == 1:
        yield Tie(record.id, f"agreement register {min(named)}", "same_register_entry", 0.98)


def _entry(form: str, title: str) -> str | None:
    """Give the entry of a title's form: an acronym, or words that say what the title says and not a part of it."""
    acronym = form.isupper() and " " not in form
    return _forms().get(folded(form)) if acronym or likeness(form, title) >= LIKE_TITLE else None


def same_title(record: Record, document: Document | None) -> Iterator[Tie]:
    """Tie an agreement to what its title says, in English or French, with the parties when the title is short.

    What an instrument is called beside (``cooperation agreement``, ``agreement``) may differ if its kind does not. A
    title without a word of its own (``joint statement``) needs its date as well: there are many of those.
    """
    if not isinstance(record, Agreement):
        return
    title = ideas(record.title)
    own = title - stems("instrument") - stems("state") - countries(title)
    bound = parties(record) | countries(title)
    if own and len(bound) > 1:
        yield Tie(record.id, f"title {_key(title - countries(title))} of {_key(bound)}", "same_title_and_parties", 0.95)
    if not own and len(title - countries(title)) >= TELLING and len(bound) > 1 and _is_name(record.title):
        yield Tie(record.id, f"title {_key(title - countries(title))} of {_key(bound)}", "same_title_and_parties", 0.88)
    if len(own) >= TELLING:
        yield Tie(record.id, f"title {_key(title - countries(title))}", "same_telling_title", 0.88)
        yield Tie(record.id, f"subject {_key(own)}|{_sort(record)}", "same_kind_and_subject", 0.87)
    elif len(own) == TELLING - 1 and not bound:
        yield Tie(record.id, f"title {_key(title)}|{record.kind}", "same_telling_title", 0.88)
    if len(own) == TELLING - 1 and len(bound) > 1:
        yield Tie(record.id, f"subject {_key(own)}|{_sort(record)} of {_key(bound)}", "same_kind_and_subject", 0.87)
    if not own and len(bound) > 1 and record.date is not None and record.date.precision == "day":
        yield Tie(record.id, f"{record.kind} of {_key(bound)} on {record.date}", "same_parties_and_date", 0.88)


def _is_name(title: str) -> bool:
    """Tell whether a title is written as a name (``Roadmap for a Renewed Partnership``)."""
    return sum(word[0].isupper() for word in title.split()) >= TELLING


def _sort(agreement: Agreement) -> str:
    """Give the kind; what one document calls a treaty another calls an agreement."""
    return "agreement" if agreement.kind in ("treaty", "cooperation_agreement") else agreement.kind


def bound_states(agreement: Agreement) -> Ideas:
    """Give the states that title and parties name: agreements of two states are not one if the states differ."""
    named = ideas(agreement.title)
    return countries(named.union(*(ideas(party) for party in agreement.parties)))


def parties(agreement: Agreement) -> Ideas:
    """Give the parties as one idea each, states and their governments alike."""
    return frozenset(map(party, agreement.parties)) - {""}


def party(name: str) -> str:
    """Give what a party's name says, as one key; a state's government is the state."""
    return _key(ideas(name) - stems("state"))


def _key(said: Ideas) -> str:
    return " ".join(sorted(said))


@cache
def _forms() -> dict[str, str]:
    """Map every folded name and acronym in the register to its entry, but for those that two entries share."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in register():
        for form in (*entry.names, *entry.acronyms):
            found[folded(form)].add(entry.id)
    return {form: next(iter(ids)) for form, ids in found.items() if form and len(ids) == 1}
