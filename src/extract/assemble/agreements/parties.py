"""The parties of an instrument: from its tails and title, the sentence that signs it, the document's own frame."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.assemble.agreements.joining import Cluster, Place
from extract.assemble.agreements.named import ActorIndex, Named, is_state
from extract.document import Document
from extract.find.agreements.known import register
from extract.lexicon.scan import scan, source, words
from extract.qualify import clause_of
from schemas import Evidence, fold

_CAPITAL = r"[A-ZÀ-Ý][\w.’']*"
_DASHES = "-–—‑"
_COMPOUND = re.compile(
    rf"(?:{_CAPITAL}\s)*{_CAPITAL}(?:\s?[{_DASHES}]\s?{_CAPITAL}(?:\s(?:(?:and|et|du|of)\s)?{_CAPITAL})*)+"
)
_DASH = re.compile(rf"\s?[{_DASHES}]\s?")
_CONTINUES = re.compile(
    r"\s*(?:,|and|et|&|,\s*and|,\s*et|as well as|ainsi que)\s*(?:the|le|la|l[’'])?\s*", re.IGNORECASE
)
_BREAK = re.compile(r";|\s--\s|/\s--?\s|\s[–—]\s")
_ARTICLE = r"(?:the\s|le\s|la\s|l[’'])?"
_TWO_SIDES = re.compile(
    rf"(?:between|entre)\s+{_ARTICLE}(.+?)\s+(?:and|et)\s+{_ARTICLE}(.+?)"
    r"(?=\s(?:on|for|[Cc]oncerning|[Rr]egarding|sur|concernant)\b|$)"
)
_PARTNER = re.compile(
    rf"(?:with|avec)\s+{_ARTICLE}([A-ZÀ-Ý][\w&.’'-]*"
    r"(?:\s(?:(?:of|and|for|&|de|du|des|et)\s(?:the\s|la\s)?)?[A-ZÀ-Ý][\w&.’'-]*)*)"
)
_GENITIVE = re.compile(r"\s(?:of(?: the)?|des|du|de(?: la)?|de l[’']|d[’'])\s?")
_LISTED = re.compile(
    r"(?<!\w)([A-ZÀ-Ý][\w&.’'-]*(?:\s(?:(?:of|for|&|de|du|des)\s(?:the\s|la\s)?)?[A-ZÀ-Ý][\w&.’'-]*)*)(?<![.,])"
)
_OPENER = re.compile(r"(?:with|avec|between|among|entre)\s+", re.IGNORECASE)
_LIST_EDGE = re.compile(rf"(?:^|,|(?<!\w)(?:and|et|&))\s*{_ARTICLE}$|^\s*(?:,|(?:and|et|&)(?!\w)|$)", re.IGNORECASE)
_GOVERNMENT = re.compile(r"(?:government|gouvernement) (?:of|de|du|d) (?:the |la |le |l )?")
_LONGEST_NAME = 80
_OBJECT_REACH = 45
"""How many characters may stand between subject, verb and instrument of one clause."""
_AFTER_REACH, _EXAMPLE_REACH = 200, 70


@dataclass(frozen=True, slots=True)
class Party:
    """A party as named, with the span that names it as such."""

    name: str
    start: int
    end: int


def parties_of(document: Document, cluster: Cluster, actors: ActorIndex) -> list[Party]:
    """Give the parties that the document names, each once, in the order in which they are found.

    Tails and title come first; then what is said between whom it was signed; then the subject that signs; then, for an
    instrument of two, the document's own frame. A convention open to all gets no party from its surroundings.
    """
    within = [party for place in cluster.places for party in _within_name(document, place, actors)]
    found = _once(within, actors)
    if _open_to_all(cluster):
        return found or _once([p for place in cluster.places for p in _belonging(document, place, actors)], actors)
    if len(found) >= 2 and _names_both_sides(document, cluster, actors):
        return found
    for surroundings in (_said_between, _signers, _example_of):
        said = _of_bodies([list(surroundings(document, place, actors)) for place in cluster.places], actors)
        found = _once([*said, *found], actors) if said else found
        if len(found) >= 2 and said:
            return found
    if len(found) >= 2:
        return found
    framed = any(_framed(document, p) or (not found and (p.value.titled or _heads_it(p))) for p in cluster.places)
    if len(actors.frame) == 2 and framed and all(p.name in {a.name for a in actors.frame} for p in found):
        at = cluster.first.mention
        return _once([*found, *(Party(actor.name, at.start, at.end) for actor in actors.frame)], actors)
    return _once([*_lead(document, cluster, found, actors), *found], actors)


def evidence_of(document: Document, parties: Sequence[Party]) -> list[Evidence]:
    """Quote the words that name each party."""
    return [document.evidence("parties", p.start, p.end, finder="agreement.parties") for p in parties]


def _of_bodies(chains: list[list[Party]], actors: ActorIndex) -> list[Party]:
    """Leave out what a heading shortens: "Canada signs a pact" where the text says which body of Canada signed it."""
    found = [[actor for p in chain if (actor := actors.by_name.get(fold(p.name)))] for chain in chains]
    bodies = any(actor.kind == "government_body" for named in found for actor in named)
    kept = [c for c, named in zip(chains, found, strict=True) if not (bodies and all(a.kind == "state" for a in named))]
    return [party for chain in kept for party in chain]


def _within_name(document: Document, place: Place, actors: ActorIndex) -> Iterator[Party]:
    yield from _in_tails(document, place, actors)
    yield from _in_title(document, place, actors)
    low, high = place.value.name
    if place.value.language == "ko" and "간" in document.words(low, high):  # "A 정부와 B 정부 간의 … 협정"
        yield from (Party(actor.name, start, end) for start, end, actor in actors.within(low, high))


def _names_both_sides(document: Document, cluster: Cluster, actors: ActorIndex) -> bool:
    """Tell whether a name says all its parties: "between A and B", "A–B accord"; "with B" leaves one side open."""
    return any(
        any(tail.role == "between" for tail in place.value.tails) or len(list(_in_title(document, place, actors))) >= 2
        for place in cluster.places
    )


def _open_to_all(cluster: Cluster) -> bool:
    """Tell whether the register knows the instrument as one of many parties, or its kind makes it so."""
    entries = {entry.id: entry for entry in register()}
    if any(p.entry and len(entries[p.entry].parties) != 2 for p in cluster.places):
        return True
    family = cluster.first.value.family
    return family == "code" or (cluster.first.value.titled and family in ("convention", "protocol", "charter"))


def _belonging(document: Document, place: Place, actors: ActorIndex) -> list[Party]:
    """Give those whom the text calls parties: "A and B are parties to the pact", "the pact, of which A is a member"."""
    sentence = document.sentence_at(place.mention.start)
    if sentence is None:
        return []
    name, end = place.value.name[0], place.value.full[1]
    verbs = list(words("belongs", "belongs", "en", "fr").finditer(document.text, sentence.start, name))
    if verbs and name - verbs[-1].end() <= _OBJECT_REACH:
        before = actors.bodies(sentence.start, verbs[-1].start())
        chains = [_chain(document, before[index:]) for index in range(len(before))]
        subject = next((c for c in chains if c[-1] == before[-1]), [])
        if subject and verbs[-1].start() - subject[-1][1] <= _OBJECT_REACH:
            return [Party(actor.name, low, high) for low, high, actor in subject]
    clause = _relative().match(document.text, end, sentence.end)
    named = actors.bodies(clause.start(1), clause.end(1)) if clause else []
    return [Party(actor.name, low, high) for low, high, actor in named]


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(
        rf"[^\w,;.]{{0,3}}(?:\([^()\s]*(?:\([^()]*\)[^()\s]*)?\))?\s*,?\s*(?:(?:of|to) which|dont) ([^,;.]{{2,80}}?)"
        rf" (?:is|are|est|sont) (?:a |an )?(?:{source('belongs', 'role', 'en', 'fr')})",
        re.IGNORECASE,
    )


def _in_tails(document: Document, place: Place, actors: ActorIndex) -> Iterator[Party]:
    for tail in place.value.tails:
        if tail.role not in ("with", "between"):
            continue
        named = _own(document, actors.bodies(tail.start, tail.end))
        yield from (Party(actor.name, start, end) for start, end, actor in named)
        opener = _OPENER.match(document.text, tail.start, tail.end)
        if opener and named and not (tail.role == "between" and len(named) < 2):
            yield from _unlisted(document.text, opener.end(), tail.end, actors.within(tail.start, tail.end))
        if tail.role == "between" and len(named) < 2:
            yield from _as_printed(_TWO_SIDES.match(document.text, tail.start, tail.end), named)
        elif not named:
            yield from _as_printed(_PARTNER.match(document.text, tail.start, tail.end), named)


def _own(document: Document, named: Sequence[Named]) -> list[Named]:
    """Leave out the state that only says whose the body before it is: "the Department of Ports of Ireland"."""
    return [
        span
        for index, span in enumerate(named)
        if index == 0 or not _GENITIVE.fullmatch(document.words(named[index - 1][1], span[0]))
    ]


def _unlisted(text: str, start: int, end: int, named: Sequence[Named]) -> Iterator[Party]:
    """Give the names of a list that are no known actors, beside those that are: "with the Port of Oslo and X Inc."."""
    edges = [start, *(edge for low, high, _ in named for edge in (low, high)), end]
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        for part in _LISTED.finditer(text, low, max(low, high)):
            before, after = text[low : part.start(1)], text[part.end(1) : high]
            if part[1] and _LIST_EDGE.search(before) and _LIST_EDGE.match(after) and len(part[1]) <= _LONGEST_NAME:
                yield Party(part[1], *part.span(1))


def _as_printed(match: re.Match[str] | None, named: Sequence[Named]) -> Iterator[Party]:
    """Give the parties in the words of the text, where no actor is known by them."""
    for group in range(1, match.re.groups + 1) if match else ():
        assert match is not None
        words_ = match[group].rstrip(".,")
        low, high = match.start(group), match.start(group) + len(words_)
        if words_[:1].isupper() and len(words_) <= _LONGEST_NAME and not any(low <= s[0] < high for s in named):
            yield Party(words_, low, high)


def _in_title(document: Document, place: Place, actors: ActorIndex) -> Iterator[Party]:
    """Give the parties that a title joins by a dash: "Canada–Korea Free Trade Agreement"."""
    for match in _COMPOUND.finditer(document.text, *place.value.name):
        known = _states_joined(document.text, *match.span(), actors)
        if len(known) >= 2:
            yield from known


def _states_joined(text: str, start: int, end: int, actors: ActorIndex) -> list[Party]:
    """Give the states that dashes join, where a name may hold a dash itself ("Canada–États-Unis–Mexique")."""
    edges = [start, *(p for m in _DASH.finditer(text, start, end) for p in m.span()), end]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    found: list[Party] = []
    i = 0
    while i < len(parts):
        for j in range(len(parts), i, -1):
            read = _named_exactly if j - i > 1 else _named_within
            party = read(text, parts[i][0], parts[j - 1][1], actors)
            if party:
                found.append(party)
                i = j - 1
                break
        i += 1
    return found


def _named_exactly(text: str, start: int, end: int, actors: ActorIndex) -> Party | None:
    name = text[start:end]
    actor = actors.by_name.get(fold(name))
    if (actor and actor.kind != "person") or is_state(name):
        return Party(actor.name if actor else name, start, end)
    return None


def _named_within(text: str, start: int, end: int, actors: ActorIndex) -> Party | None:
    """Give the state or actor that a part of a compound names: the longest run of its words that is a name."""
    found = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", text[start:end])]
    runs = [(i, j) for i in range(len(found)) for j in range(i + 1, len(found) + 1)]
    for i, j in sorted(runs, key=lambda run: (run[0] - run[1], run[0])):
        party = _named_exactly(text, found[i][0], found[j - 1][1], actors)
        if party:
            return party
    return None


def _said_between(document: Document, place: Place, actors: ActorIndex) -> Iterator[Party]:
    """Give the parties after the verb: "an agreement was signed between A and B"."""
    start, (_, high) = place.value.full[1], clause_of(document, *place.value.full)
    high = min(high, start + _AFTER_REACH)
    for role in ("between", "with"):
        for opener in words("tail", role, "en", "fr").finditer(document.text, start, high):
            inside = actors.bodies(opener.end(), high)
            if inside and opener[0].lower() not in ("by", "par") and inside[0][0] - opener.end() <= 30:
                yield from (Party(actor.name, low, end) for low, end, actor in _chain(document, inside))
                return


def _signers(document: Document, place: Place, actors: ActorIndex) -> list[Party]:
    """Give the subject before the instrument, with what "and" joins to it, when a verb of signing follows it."""
    sentence = document.sentence_at(place.mention.start)
    if sentence is None:
        return []
    name = place.value.name[0]
    start = max(sentence.start, *(m.end() for m in _BREAK.finditer(document.text, sentence.start, name)), 0)
    before = actors.bodies(start, name)
    for index in range(len(before)):
        subject = _chain(document, before[index:])
        if any(True for lang in ("en", "fr") for _ in scan("signs", lang, document.text, subject[-1][1], name)):
            return [Party(actor.name, low, end) for low, end, actor in subject]
    return []


def _example_of(document: Document, place: Place, actors: ActorIndex) -> list[Party]:
    """Give the parties of the title that this one is an example of: "the A–B agreement, such as joint statements"."""
    sentence = document.sentence_at(place.mention.start)
    if sentence is None:
        return []
    example = words("title_edge", "example", "en", "fr")
    marks = [match.start() for match in example.finditer(document.text, sentence.start, place.value.name[0])]
    for match in (
        _COMPOUND.finditer(document.text, max(sentence.start, marks[-1] - _EXAMPLE_REACH), marks[-1]) if marks else ()
    ):
        known = _states_joined(document.text, *match.span(), actors)
        if len(known) >= 2:
            return known
    return []


def _chain(document: Document, spans: Sequence[Named]) -> list[Named]:
    """Give the first actor and those that commas and "and" join to it."""
    chain = [spans[0]]
    for span in spans[1:]:
        if not _CONTINUES.fullmatch(document.words(chain[-1][1], span[0])):
            break
        chain.append(span)
    return chain


def _heads_it(place: Place) -> bool:
    """Tell whether nothing else in the words says whose instrument it is: no partner, no possessor, no indefinite."""
    return not place.value.tails and place.value.determiner in ("", "definite", "demonstrative")


def _framed(document: Document, place: Place) -> bool:
    sentence = document.sentence_at(place.mention.start)
    if sentence is None:
        return False
    return any(True for lang in ("en", "fr") for _ in scan("frame", lang, document.text, sentence.start, sentence.end))


def _lead(document: Document, cluster: Cluster, found: Sequence[Party], actors: ActorIndex) -> list[Party]:
    """Give the publisher, else the company named most or the first body, as the other side of a lone partner."""
    if len(found) != 1:
        return []
    partner = actors.by_name.get(fold(found[0].name))
    kinds = ("company", "academic", "civil_society") if partner and partner.kind == "company" else ()
    with_whom = any(
        any(tail.role == "with" for tail in place.value.tails) or any(_said_between(document, place, actors))
        for place in cluster.places
    )
    if not kinds and not with_whom:
        return []
    publisher = actors.by_name.get(fold(document.record.publisher or ""))
    counts = Counter(span[2].id for span in actors.spans)
    first = [s for s in actors.spans if publisher and s[2].id == publisher.id][:1]
    others = sorted(actors.spans, key=lambda span: -counts[span[2].id]) if kinds else actors.spans
    for start, end, actor in (*first, *others):
        if kinds and partner and actor.id == partner.id:
            continue
        if actor.kind not in ("person", "state", "intergovernmental") and (not kinds or actor.kind in kinds):
            return [Party(actor.name, start, end)]
    return []


def _once(parties: Iterable[Party], actors: ActorIndex) -> list[Party]:
    """Keep each party once; a state's government goes when the state itself is a party."""
    seen: dict[str, Party] = {}
    for party in parties:
        actor = actors.by_name.get(fold(party.name))
        seen.setdefault(actor.id if actor else fold(party.name), party)
    names = {fold(party.name) for party in seen.values()}
    return [
        party
        for party in seen.values()
        if not _GOVERNMENT.match(fold(party.name)) or _GOVERNMENT.sub("", fold(party.name)) not in names
    ]
