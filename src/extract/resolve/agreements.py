"""Which agreements are one: by the register, by title and parties, by a long title alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cache

from extract.find.agreements.known import register
from extract.resolve.links import Link, chained, of_type
from schemas import Agreement, Document, Record, fold

# A title of so many words names one instrument ("… on cooperation in critical minerals"); shorter ones
# ("Memorandum of Understanding") need their parties to tell them apart.
TELLING_TITLE = 5


def same_register_entry(records: Sequence[Record], documents: Mapping[str, Document]) -> Iterator[Link]:
    """Link agreements that one entry of the register names, in whichever language (``CUSMA``, ``ACEUM``)."""
    blocks: dict[Hashable, list[str]] = defaultdict(list)
    for agreement in of_type(records, Agreement):
        forms = [agreement.title, *agreement.aliases]
        named = {entry for form in forms if (entry := _forms().get(fold(form)))}
        if len(named) == 1:
            blocks[named.pop()].append(agreement.id)
    yield from chained(blocks, rule="same_register_entry", score=0.98)


def same_title_and_parties(records: Sequence[Record], documents: Mapping[str, Document]) -> Iterator[Link]:
    """Link agreements of one title that bind the same parties."""
    blocks: dict[Hashable, list[str]] = defaultdict(list)
    for agreement in of_type(records, Agreement):
        title, *parties = agreement.key()
        if parties or len(title.split()) >= TELLING_TITLE:
            blocks[title, tuple(parties)].append(agreement.id)
    yield from chained(blocks, rule="same_title_and_parties", score=0.95)


def same_telling_title(records: Sequence[Record], documents: Mapping[str, Document]) -> Iterator[Link]:
    """Link agreements of one long title where the parties of one are some of the parties of the other."""
    blocks: dict[str, list[tuple[int, str, frozenset[str]]]] = defaultdict(list)
    for agreement in of_type(records, Agreement):
        title, *parties = agreement.key()
        if len(title.split()) >= TELLING_TITLE:
            blocks[title].append((-len(parties), agreement.id, frozenset(parties)))
    for block in blocks.values():
        block.sort(key=lambda item: item[:2])
        for index, (_, identifier, parties_) in enumerate(block):
            wider = [item for item in block[:index] if parties_ < item[2]]
            # parties that fit into two different wider sets tell nothing about which of them is meant
            if wider and all(item[2] <= wider[0][2] for item in wider):
                yield Link(identifier, wider[0][1], "same_telling_title", 0.85)


@cache
def _forms() -> dict[str, str]:
    """Map every folded name and acronym in the register to its entry, but for those that two entries share."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in register():
        for form in (*entry.names, *entry.acronyms):
            found[fold(form)].add(entry.id)
    return {form: next(iter(ids)) for form, ids in found.items() if form and len(ids) == 1}
