"""Which records of two twins are one: by what their names say and by where they stand in the aligned texts.

Names and figures that both texts hold are pegs; between two pegs a place of one text answers to a place of the other in
proportion. A name need not be understood to be found again where its translation must stand, but never by its place
alone: something of the name, the kind or the parties must speak for it, and no country against it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher

from extract.resolve.actors import register_entry
from extract.resolve.links import R, both, of_type
from extract.resolve.names import Ideas, compare, countries, folded, ideas, stems
from extract.resolve.twins import Signs, rising
from schemas import Actor, Agreement, Funding, Record, Tie

# Characters within which two places are the same place: a clause or two.
NEAR = 160
# What a pair of records must reach, of 1.0: 0.6 for the name, 0.4 for the places.
ENOUGH_ACTOR = 0.52
ENOUGH_AGREEMENT = 0.5
# However well placed, so much of the name must be the same.
LEAST_NAME = 0.3
# A sign that stands more often than this is no peg.
OFTEN = 4


@dataclass(frozen=True, slots=True)
class Alignment:
    """Places of one text and the places of the other that answer to them, both rising."""

    ours: tuple[int, ...]
    theirs: tuple[int, ...]

    def answer(self, place: int) -> float:
        """Give the place in the other text that a place of this one answers to."""
        at = bisect_right(self.ours, place)
        low, high = max(0, at - 1), min(at, len(self.ours) - 1)
        if low == high:
            return self.theirs[low] + (place - self.ours[low])
        share = (place - self.ours[low]) / (self.ours[high] - self.ours[low])
        return self.theirs[low] + share * (self.theirs[high] - self.theirs[low])


def align(ours: Signs, theirs: Signs, lengths: tuple[int, int]) -> Alignment:
    """Align two texts by the signs that stand equally often in both, and not often."""
    pegs = {(0, 0), lengths}
    for sign in ours.places.keys() & theirs.places.keys():
        left, right = ours.places[sign], theirs.places[sign]
        if len(left) == len(right) <= OFTEN:
            pegs.update(zip(left, right, strict=True))
    ordered = sorted(pegs)
    kept = [ordered[index] for index in rising([theirs for _, theirs in ordered])]
    single = [peg for index, peg in enumerate(kept) if index == 0 or peg[0] > kept[index - 1][0]]
    return Alignment(tuple(peg[0] for peg in single), tuple(peg[1] for peg in single))


def twin_ties(
    left: Sequence[Record], right: Sequence[Record], aligned: Alignment, nodes: Mapping[str, AbstractSet[str]]
) -> Iterator[Tie]:
    """Tie the records of two twins that are one thing; ``aligned`` leads from the left text to the right.

    ``nodes`` has the nodes that each record is tied to by itself: actors that share one are one already.
    """
    ours, theirs = _open(left, right, nodes), _open(right, left, nodes)
    actors = pair_up(list(of_type(ours, Actor)), list(of_type(theirs, Actor)), aligned, actor_likeness, ENOUGH_ACTOR)
    for one, other, score in actors:
        yield from both(one.id, other.id, rule="twin_actors", score=score)
    agreements = pair_up(
        list(of_type(left, Agreement)), list(of_type(right, Agreement)), aligned, agreement_likeness, ENOUGH_AGREEMENT
    )
    for agreed, accord, score in agreements:
        yield from both(agreed.id, accord.id, rule="twin_agreements", score=score)
    yield from _sums(list(of_type(left, Funding)), list(of_type(right, Funding)), aligned)


def _open(records: Sequence[Record], others: Sequence[Record], nodes: Mapping[str, AbstractSet[str]]) -> list[Record]:
    """Keep the records that no node joins with one of the others."""
    known = frozenset(node for other in others for node in nodes.get(other.id, ()))
    return [record for record in records if not nodes.get(record.id, frozenset()) & known]


def pair_up(
    left: Sequence[R],
    right: Sequence[R],
    aligned: Alignment,
    likeness: Callable[[R, R, float], float],
    enough: float,
) -> Iterator[tuple[R, R, float]]:
    """Pair records one to one, the most alike first."""
    answers = [[aligned.answer(place) for place in places(record)] for record in left]
    found = [places(record) for record in right]
    ranked = []
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            score = likeness(one, other, met(answers[i], found[j]))
            if score >= enough:
                ranked.append((-score, one.id, other.id, i, j))
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    for score, _, _, i, j in sorted(ranked):
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            # a little below what names alone give, so that they are joined first
            yield left[i], right[j], round(min(0.9, 0.9 * -score), 4)


def places(record: Record) -> list[int]:
    """Give where a record is named, in order."""
    return sorted({proof.start for proof in record.evidence if proof.field in _NAMING[record.record_type]})


_NAMING = {
    "actor": ("name", "aliases"),
    "agreement": ("record", "title", "aliases"),
    "funding": ("record", "amount", "money"),
}


def met(answers: Sequence[float], found: Sequence[int]) -> float:
    """Give the share of places that meet a place of the other, from 0 to 1: a Dice coefficient."""
    if not answers or not found:
        return 0.0
    hits, j = 0, 0
    for place in answers:
        while j < len(found) and found[j] < place - NEAR:
            j += 1
        if j < len(found) and found[j] <= place + NEAR:
            hits, j = hits + 1, j + 1
    return 2 * hits / (len(answers) + len(found))


def actor_likeness(one: Actor, other: Actor, place: float) -> float:
    """Say how likely two actors of twins are one, from 0 to 1."""
    if folded(one.name) == folded(other.name):
        return 1.0
    if "person" in (one.kind, other.kind):
        return _person_likeness(one, other, place) if one.kind == other.kind else 0.0
    if "state" in (one.kind, other.kind) and one.kind != other.kind:
        return 0.0
    name = max(_body_likeness(ours, theirs) for ours in _forms(one) for theirs in _forms(other))
    if set(_acronyms(one)) & set(_acronyms(other)):
        name = max(name, 0.8)
    if name < LEAST_NAME or _of_other_countries(one, other) or _known_apart(one, other):
        return 0.0
    return 0.6 * name + 0.4 * place - (0.1 if one.kind != other.kind and name < 1 else 0.0)


def _body_likeness(ours: Ideas, theirs: Ideas) -> float:
    """Compare names; a country (``… Canada``) or what every such body is called (``… Network``) tells nothing alone.

    An institute of a university is not the university: what says all that the other says, and what kind of body it is
    beside, is a part of it.
    """
    left, right = ours - countries(ours), theirs - countries(theirs)
    if left and right and compare(left, right) < LEAST_NAME:
        return 0.0
    heads = stems("body")
    if left - heads and right - heads and compare(left - heads, right - heads) < LEAST_NAME:
        return 0.0
    if (left < right or right < left) and min(left, right, key=len) & heads and (left ^ right) & heads:
        return 0.0
    return compare(ours, theirs)


def _person_likeness(one: Actor, other: Actor, place: float) -> float:
    left, right = sorted(folded(one.name).split()), sorted(folded(other.name).split())
    if left == right:
        return 1.0
    if not set(left) & set(right):
        return 0.0
    return 0.6 * SequenceMatcher(None, " ".join(left), " ".join(right), autojunk=False).ratio() + 0.4 * place


def _forms(actor: Actor) -> list[Ideas]:
    """Give what the name says and, of the other forms, those that say no less than most of it."""
    own = ideas(actor.name)
    others = {ideas(alias) for alias in actor.aliases if " " in alias.strip()}
    return [own, *sorted((other for other in others if len(other) >= max(2, len(own) - 1)), key=sorted)]


def _acronyms(actor: Actor) -> list[str]:
    """Give the acronyms by which it goes, and long ones inside its names (``Mécanisme NIDEX``)."""
    own = [form for form in (actor.name, *actor.aliases) if form.isupper() and 3 <= len(form) <= 8 and " " not in form]
    inside = [word for form in (actor.name, *actor.aliases) if not form.isupper() for word in form.split()]
    return own + [word for word in inside if word.isupper() and word.isalpha() and 4 <= len(word) <= 8]


def _known_apart(one: Actor, other: Actor) -> bool:
    left, right = register_entry(one), register_entry(other)
    return left is not None and right is not None and left.id != right.id


def _of_other_countries(one: Actor, other: Actor) -> bool:
    left, right = countries(ideas(one.name)), countries(ideas(other.name))
    return bool(left and right and not left & right)


def agreement_likeness(one: Agreement, other: Agreement, place: float) -> float:
    """Say how likely two agreements of twins are one, from 0 to 1."""
    name = max(
        compare(ideas(ours), ideas(theirs))
        for ours in (one.title, *one.aliases)
        for theirs in (other.title, *other.aliases)
    )
    title = compare(ideas(one.title), ideas(other.title))
    parties = compare(_parties(one), _parties(other))
    if max(name, title) < LEAST_NAME:
        return 0.0
    kind = 1.0 if one.kind == other.kind else 0.0
    return 0.4 * title + 0.15 * name + 0.3 * place + 0.1 * parties + 0.05 * kind


def _parties(agreement: Agreement) -> Ideas:
    return frozenset(idea for party in agreement.parties for idea in ideas(party))


def _sums(left: Sequence[Funding], right: Sequence[Funding], aligned: Alignment) -> Iterator[Tie]:
    """Tie equal sums, in any of their currencies, those nearest to where the other must stand first."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, other in enumerate(right):
        for amount in amounts(other):
            holders[amount].append(j)
    ranked = []
    for i, one in enumerate(left):
        for j in {j for amount in amounts(one) for j in holders[amount]}:
            far = min(abs(aligned.answer(p) - q) for p in places(one) or [0] for q in places(right[j]) or [0])
            ranked.append((round(far), one.id, right[j].id, i, j))
    taken: set[tuple[str, int]] = set()
    for _, ours, theirs, i, j in sorted(ranked):
        if not {("left", i), ("right", j)} & taken:
            taken |= {("left", i), ("right", j)}
            yield from both(ours, theirs, rule="twin_sums", score=0.9)


def amounts(funding: Funding) -> list[tuple[str, ...]]:
    """Give the sum in each of its currencies, as keys."""
    return [(str(m.amount), str(m.amount_max), str(m.currency)) for m in (funding.money, *funding.restated)]
