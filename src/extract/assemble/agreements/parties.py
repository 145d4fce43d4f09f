"""The parties of an instrument: from its tails and title, the sentence that signs it, the document's own frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from extract.assemble.agreements.joining import Cluster, Place
from extract.document import Document
from extract.find.agreements.known import register
from extract.lexicon.scan import scan
from extract.qualify import clause_of
from schemas import Actor, Evidence, fold

_COMPOUND = re.compile(
    r"(?:[A-ZÀ-Ý][\w.’']*\s)*[A-ZÀ-Ý][\w.’']*(?:\s?[-–—‑]\s?[A-ZÀ-Ý][\w.’']*(?:\s(?:(?:and|et|du|of)\s)?[A-ZÀ-Ý][\w.’']*)*)+"
)
_FRAME_WORDS = re.compile(
    r"\b(?:bilateral|two (?:countries|nations|leaders|governments|sides|parties|ministers)|both (?:countries|nations|leaders|sides|governments)"
    r"|our (?:two )?(?:countries|nations|governments)|joint(?:ly)?|conjoint(?:e|es|s|ement)?|bilatéra(?:l|le|ux|les)|(?:deux|nos) pays|deux (?:dirigeants|leaders|gouvernements|parties)"
    r"|Prime Minister|President|Chancellor|premier ministre|président|chanceli(?:er|ère)|ministers?|ministres?)\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"\s*(?:,|and|et|&|, and|,\s*et|as well as|ainsi que)\s*(?:the|le|la|l[’'])?\s*$", re.IGNORECASE)
_DASH = re.compile(r"\s?[-–—‑]\s?")
_BREAK = re.compile(r";|\s--\s|/\s--?\s|\s[–—]\s")
_BETWEEN = re.compile(r"\b(?:between|among|with|entre|avec)\b", re.IGNORECASE)
_SUCH_AS = re.compile(r"\b(?:such as|like|including|tels? que|telles? que|comme|notamment)\b", re.IGNORECASE)
_SIGNS = re.compile(
    r"\b(?:sign\w*|conclu\w*|reach\w*|announc\w*|launch\w*|adopt\w*|enter\w*|negotiat\w*|inked|struck|secur\w*|partner\w*|form\w*|establish\w*|agree\w*|issu\w*"
    r"|maint\w*|has|have|had|its|their|annonc\w*|lanc\w*|établi\w*|négoci\w*|convenu\w*|a|ont|sa|son|ses|leurs?|develop\w*|élabor\w*|made|creat\w*|renew\w*|expand\w*|complet\w*|will|would)\b",
    re.IGNORECASE,
)
_GOVERNMENT = re.compile(r"(?:government|gouvernement) (?:of|de|du|d) ")
_NO_PARTY = frozenset({"person"})


@dataclass(frozen=True, slots=True)
class Party:
    """A party as named, with the span that names it as such."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ActorIndex:
    """Where the kept actors of a document are named, in the order of the text."""

    spans: tuple[tuple[int, int, Actor], ...]
    by_name: dict[str, Actor]
    frame: tuple[Actor, ...]

    def within(self, start: int, end: int) -> list[tuple[int, int, Actor]]:
        """Give the actors named in ``[start, end)``, the longest of overlapping names, each once."""
        inside = sorted((s for s in self.spans if start <= s[0] and s[1] <= end), key=lambda s: (s[0], -s[1]))
        kept: list[tuple[int, int, Actor]] = []
        for span in inside:
            if (not kept or span[0] >= kept[-1][1]) and all(span[2].id != k[2].id for k in kept):
                kept.append(span)
        return kept


def index_actors(document: Document, actors: Sequence[Actor], places: Sequence[Place]) -> ActorIndex:
    """Index the actors by place and by name; the frame is the pair of states that the document is about."""
    spans = sorted(
        ((e.start, e.end, actor) for actor in actors for e in actor.evidence if e.field in ("name", "record")),
        key=lambda span: (span[0], -span[1], span[2].name),
    )
    by_name = {fold(name): actor for actor in actors for name in (actor.name, *actor.aliases)}
    heads = [place.value.head for place in places]
    clear = tuple(s for s in spans if not any(s[0] <= h[0] and h[1] <= s[1] for h in heads) and not _bystander(s[2].name))
    return ActorIndex(clear, by_name, _frame(document, actors))


def parties_of(document: Document, cluster: Cluster, actors: ActorIndex) -> list[Party]:
    """Give the parties that the document names, each once, in the order of the text.

    Tails and title come first; then what is said between whom it was signed; then the subject that signs; then, for an
    instrument of two, the document's own frame. A convention open to all gets no party from its surroundings.
    """
    found: list[Party] = []
    for place in cluster.places:
        found += [*_in_tails(document, place, actors), *_in_title(document, place, actors), *_in_korean(document, place, actors)]
    found = _once(found, actors)
    both_sides = any(tail.role == "between" for place in cluster.places for tail in place.value.tails) or any(
        len(list(_in_title(document, place, actors))) >= 2 for place in cluster.places
    )
    if (len(found) >= 2 and both_sides) or _open_to_all(cluster):
        return found
    for surroundings in (_said_between, _signers, _example_of):
        said = [party for place in cluster.places for party in surroundings(document, place, actors)]
        found = _once([*said, *found], actors) if said else found
        if len(found) >= 2 and said:
            return found
    if len(found) >= 2:
        return found
    at = cluster.first.mention
    framed = any(_framed(document, place) for place in cluster.places)
    if len(actors.frame) == 2 and (framed or not found) and all(p.name in {a.name for a in actors.frame} for p in found):
        return _once([*found, *(Party(actor.name, at.start, at.end) for actor in actors.frame)], actors)
    return _once([*_lead(document, found, actors), *found], actors)


def _lead(document: Document, found: Sequence[Party], actors: ActorIndex) -> list[Party]:
    """Give the first body that the document names, as the other side of a partner who is named alone."""
    if len(found) != 1:
        return []
    other = actors.by_name.get(fold(found[0].name))
    kinds = ("company", "academic", "civil_society") if other and other.kind == "company" else ()
    publisher = actors.by_name.get(fold(document.record.publisher or ""))
    first = [s for s in actors.spans if publisher and s[2].id == publisher.id][:1]
    for start, end, actor in (*first, *actors.spans):
        if actor.kind not in ("person", "state", "intergovernmental") and (not kinds or actor.kind in kinds):
            return [Party(actor.name, start, end)]
    return []


def _open_to_all(cluster: Cluster) -> bool:
    """Tell whether the register knows the instrument as one of many parties, or its kind makes it so."""
    entries = {entry.id: entry for entry in register()}
    if any(p.entry and len(entries[p.entry].parties) != 2 for p in cluster.places):
        return True
    return cluster.first.value.titled and cluster.first.value.family in ("convention", "protocol", "charter", "code")


def _in_tails(document: Document, place: Place, actors: ActorIndex) -> Iterable[Party]:
    for tail in place.value.tails:
        if tail.role in ("with", "between"):
            for start, end, actor in actors.within(tail.start, tail.end):
                if actor.kind not in _NO_PARTY:
                    yield Party(actor.name, start, end)


def _in_korean(document: Document, place: Place, actors: ActorIndex) -> Iterable[Party]:
    """Give the parties that a Korean title joins: "A 정부와 B 정부 간의 … 협정"."""
    low, high = place.value.name
    if place.value.language == "ko" and "간" in document.words(low, high):
        yield from (Party(actor.name, start, end) for start, end, actor in actors.within(low, high))


def _in_title(document: Document, place: Place, actors: ActorIndex) -> Iterable[Party]:
    """Give the parties that a title joins by a dash: "Canada–Korea Free Trade Agreement"."""
    value = place.value
    for match in _COMPOUND.finditer(document.text, value.name[0], value.name[1]):
        known = _states_joined(document.text, *match.span(), actors)
        if len(known) >= 2:
            yield from known


def _states_joined(text: str, start: int, end: int, actors: ActorIndex) -> list[Party]:
    """Give the states that dashes join, where a name may hold a dash itself ("Canada–États-Unis–Mexique")."""
    parts = _parts(text, start, end)
    found: list[Party] = []
    i = 0
    while i < len(parts):
        for j in range(len(parts), i, -1):
            low, high = parts[i][0], parts[j - 1][1]
            whole = j - i > 1
            party = _named_exactly(text, low, high, actors) if whole else _state_in(text, low, high, actors)
            if party:
                found.append(party)
                i = j - 1
                break
        i += 1
    return found


def _named_exactly(text: str, start: int, end: int, actors: ActorIndex) -> Party | None:
    name = text[start:end]
    actor = actors.by_name.get(fold(name))
    if actor or is_state(name):
        return Party(actor.name if actor else name, start, end)
    return None


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    edges = [start, *(p for m in _DASH.finditer(text, start, end) for p in m.span()), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _state_in(text: str, start: int, end: int, actors: ActorIndex) -> Party | None:
    """Give the state or actor that a part of a compound names: the longest run of its words that is a name."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", text[start:end])]
    runs = sorted(((i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1)), key=lambda r: (r[0] - r[1], r[0]))
    for i, j in runs:
        party = _named_exactly(text, start + words[i][0], start + words[j - 1][1], actors)
        if party:
            return party
    return None


def _said_between(document: Document, place: Place, actors: ActorIndex) -> list[Party]:
    """Give the parties after the verb: "an agreement was signed between A and B"."""
    _, high = clause_of(document, *place.value.full)
    found: list[Party] = []
    for opener in _BETWEEN.finditer(document.text, place.value.full[1], min(high, place.value.full[1] + 200)):
        inside = [s for s in actors.within(opener.end(), high) if s[2].kind not in _NO_PARTY]
        if inside and inside[0][0] - opener.end() <= 30:
            found += [Party(actor.name, start, end) for start, end, actor in _chain(document, inside)]
    return found


def _signers(document: Document, place: Place, actors: ActorIndex) -> list[Party]:
    """Give the subject before the instrument in its clause, with what "and" joins to it, when a verb of signing follows it."""
    sentence = document.sentence_at(place.mention.start)
    if sentence is None:
        return []
    start = max(sentence.start, *(m.end() for m in _BREAK.finditer(document.text, sentence.start, place.value.name[0])), 0)
    before = [s for s in actors.within(start, place.value.name[0]) if s[2].kind not in _NO_PARTY]
    for index, span in enumerate(before):
        subject = _chain(document, before[index:])
        if _SIGNS.search(document.text, subject[-1][1], place.value.name[0]):
            return [Party(actor.name, start, end) for start, end, actor in subject]
        del span
    return []


def _example_of(document: Document, place: Place, actors: ActorIndex) -> list[Party]:
    """Give the parties of the title that this one is an example of: "the A–B agreement, such as joint statements"."""
    sentence = document.sentence_at(place.mention.start)
    if sentence is None:
        return []
    marks = list(_SUCH_AS.finditer(document.text, sentence.start, place.value.name[0]))
    if not marks:
        return []
    for match in _COMPOUND.finditer(document.text, max(sentence.start, marks[-1].start() - 70), marks[-1].start()):
        known = _states_joined(document.text, *match.span(), actors)
        if len(known) >= 2:
            return known
    return []


def _chain(document: Document, spans: Sequence[tuple[int, int, Actor]]) -> list[tuple[int, int, Actor]]:
    """Give the first actor and those that commas and "and" join to it."""
    chain = [spans[0]]
    for span in spans[1:]:
        if not _CONTINUES.fullmatch(document.words(chain[-1][1], span[0])):
            break
        chain.append(span)
    return chain


def _framed(document: Document, place: Place) -> bool:
    sentence = document.sentence_at(place.mention.start)
    return bool(sentence and _FRAME_WORDS.search(document.text, sentence.start, sentence.end))


def _once(parties: Iterable[Party], actors: ActorIndex) -> list[Party]:
    seen: dict[str, Party] = {}
    for party in parties:
        actor = actors.by_name.get(fold(party.name))
        seen.setdefault(actor.id if actor else fold(party.name), party)
    states = {fold(party.name) for party in seen.values()}
    return [p for p in seen.values() if _GOVERNMENT.sub("", re.sub(r"\b(?:the|la|le|l)\b ", "", fold(p.name))) not in states or fold(p.name) in states and not _GOVERNMENT.match(fold(p.name))]


def _frame(document: Document, actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Give the two states that the document is about: the two it names most, if both are named more than once."""
    states = [actor for actor in actors if actor.kind == "state"]
    counted = sorted(states, key=lambda actor: (-len(actor.evidence), actor.name))[:2]
    return tuple(counted) if len(counted) == 2 and len(counted[1].evidence) >= 2 else ()


@cache
def _bystander(name: str) -> bool:
    """Tell whether an actor only stands beside a deal: a news wire, a stock exchange, a court."""
    return next(scan("bystander", "en", name), None) is not None


def evidence_of(document: Document, parties: Sequence[Party]) -> list[Evidence]:
    """Quote the words that name each party."""
    return [document.evidence("parties", p.start, p.end, finder="agreement.parties") for p in parties]


def is_state(words: str) -> bool:
    """Tell whether words are a country's name or its short form, in English or French."""
    return fold(words) in _territories()


@cache
def _territories() -> frozenset[str]:
    from babel import Locale

    names = {fold(name) for code in ("en", "fr") for name in Locale(code).territories.values()}
    return frozenset(names | {fold(n) for n in ("U.S.", "US", "USA", "U.K.", "UK", "EU", "E.U.", "UE", "Korea", "Corée", "Québec", "Quebec", "Nunavut", "Ontario", "Alberta", "Manitoba", "Saskatchewan", "Yukon", "ASEAN", "ANASE", "Quebec", "Nova Scotia", "Newfoundland", "Inuit", "Taiwan", "EFTA")})
