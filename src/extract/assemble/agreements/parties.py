"""The parties of an instrument: from its tails and title, the sentence that signs it, the document's own frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

from extract.assemble.agreements.listing import Party, chain, listed, parties_named, states_joined
from extract.assemble.agreements.named import ActorIndex, Named
from extract.assemble.agreements.places import Cluster, Place
from extract.document import Document
from extract.find.agreements.instrument import Tail
from extract.find.agreements.known import Known, register
from extract.find.agreements.phrase import phrase_end
from extract.lexicon.scan import scan, source, words
from extract.qualify import clause_of
from schemas import Evidence, fold

Source = Literal["name", "member", "sentence", "frame", "lead"]
"""What names the parties: the instrument's name, a word of membership, its sentence, the document."""

_BREAK = re.compile(r";|\s--\s|/\s--?\s|\s[–—]\s")
_GOVERNMENT = re.compile(r"(?:government|gouvernement) (?:of|de|du|d) (?:the |la |le |l )?")
_INCLUDING = re.compile(
    r"\s*(?:[,(]?\s*(?:including|such as|notamment|dont|y compris)|[–—:])\s+(?:the\s|l[ae]s?\s|l[’'])?"
)
_OFFICE = re.compile(
    r"(?:Minister|Secretary|President|Premier|Chancellor|ministre|secrétaire|président|présidente|chancelier)s?\b[^.;]{0,30}?"
    r"(?:(?<!\w)(?:of|for|de|du|des)(?: the| la| l[’'])?)\s*$"
)
_PREPOSITION = re.compile(
    r"(?<!\w)(?:of|in|at|on|by|for|from|to|into|with|across|through(?:out)?|under|alongside|including|via|among|between"
    r"|de|du|des|d[’']|en|au|aux|à|dans|par|pour|sur|avec|chez|entre|parmi)(?: the| la| le| les| l[’'])?\s*$",
    re.IGNORECASE,
)
_POSSESSOR = re.compile(r"[’']s?\s+(?:[\w-]+\s){0,2}")
_IT = re.compile(r"[-•*\s]*(?:It|They|Elle|Il|Ils|Elles)\s")
_WE = re.compile(r"(?<!\w)(?:we|our|nous|notre)(?!\w)", re.IGNORECASE)
_OBJECT_REACH, _SUBJECT_REACH = 45, 80
"""How many characters may stand between verb and instrument, and between subject and verb, of one clause."""
_AFTER_REACH, _EXAMPLE_REACH = 200, 70
_OPEN_FAMILIES = ("convention", "protocol", "charter", "pledge", "pact")
"""Capitalised head nouns of instruments that many may join."""


def parties_of(document: Document, cluster: Cluster, actors: ActorIndex) -> tuple[list[Party], Source]:
    """Give the parties that the document names, each once, in the order in which they are found, and what says so.

    Tails and title come first; then what is said between whom it was signed; then the subject that signs; then, for an
    instrument of two, the document's own frame. A convention open to all gets no party from its surroundings.
    """
    found = _once([party for place in cluster.places for party in _within_name(document, place, actors)], actors)
    if open_to_all(cluster):
        joined = _once([p for place in cluster.places for p in _joined_by(document, place, actors)], actors)
        return (found, "name") if found else (joined, "member")
    partners = found or _once([p for place in cluster.places for p in _owners(document, place, actors)], actors)
    found = partners
    if len(found) >= 2 and _names_both_sides(document, cluster, actors):
        return found, "name"
    for surroundings in (_said_between, _signers, _example_of):
        said = _of_bodies([list(surroundings(document, place, actors)) for place in cluster.places], actors)
        found = _once([*said, *found], actors) if said else found
        if len(found) >= 2 and said:
            return found, "sentence"
    if len(found) < 2 and _in_frame(document, cluster, found, actors):
        at = cluster.first.mention
        return _once([*found, *(Party(a.name, at.start, at.end) for a in actors.frame)], actors), "frame"
    if not found:
        return _pair(document, cluster, actors), "frame"
    lead = _lead(document, cluster, partners, actors)
    return _once([*lead, *found], actors), "lead" if lead else "name" if partners else "sentence"


def _in_frame(document: Document, cluster: Cluster, found: Sequence[Party], actors: ActorIndex) -> bool:
    """Tell whether the two states that the document is about are the parties: nothing says otherwise."""
    framed = any(_framed(document, p) or (not found and (p.value.titled or _heads_it(p))) for p in cluster.places)
    return len(actors.frame) == 2 and framed and all(p.name in {a.name for a in actors.frame} for p in found)


def _pair(document: Document, cluster: Cluster, actors: ActorIndex) -> list[Party]:
    """Give the two firms of a sentence that names no others ("A owes B payments under a licence"), or whom it counts.

    "The two firms" are those named most, "the two ministries" the public bodies named last.
    """
    for place in cluster.places:
        sentence = document.sentence_at(place.mention.start)
        if sentence and words("frame", "bodies", "en", "fr").search(document.text, sentence.start, sentence.end):
            before = [s for s in actors.bodies(0, sentence.start) if s[2].kind == "government_body"]
            return parties_named(before[-2:]) if len(before) >= 2 else []
        if not actors.business:
            continue
        if sentence and words("frame", "firms", "en", "fr").search(document.text, sentence.start, sentence.end):
            return parties_named(actors.firms[:2])
        named = actors.bodies(sentence.start, sentence.end) if sentence else []
        if len(named) == 2 and all(span[2].kind == "company" for span in named):
            return parties_named(named)
    return []


def evidence_of(document: Document, parties: Sequence[Party]) -> list[Evidence]:
    """Quote the words that name each party."""
    return [document.evidence("parties", p.start, p.end, finder="agreement.parties") for p in parties]


def open_to_all(cluster: Cluster) -> bool:
    """Tell whether the register knows the instrument as one of many parties, or its kind makes it so."""
    entries = _entries()
    if any(p.entry and len(entries[p.entry].parties) != 2 for p in cluster.places):
        return True
    if any(tail.role in ("with", "between") for place in cluster.places for tail in place.value.tails):
        return False
    family = cluster.first.value.family
    return family == "code" or (cluster.first.value.titled and family in _OPEN_FAMILIES)


@cache
def _entries() -> dict[str, Known]:
    return {entry.id: entry for entry in register()}


def _of_bodies(chains: list[list[Party]], actors: ActorIndex) -> list[Party]:
    """Leave out what a heading shortens: "Canada signs a pact" where the text says which body of Canada signed it."""
    found = [[actor for p in part if (actor := actors.by_name.get(fold(p.name)))] for part in chains]
    bodies = any(actor.kind == "government_body" for named in found for actor in named)
    kept = [c for c, named in zip(chains, found, strict=True) if not (bodies and all(a.kind == "state" for a in named))]
    return [party for part in kept for party in part]


def _within_name(document: Document, place: Place, actors: ActorIndex) -> Iterator[Party]:
    for tail in place.value.tails:
        if tail.role in ("with", "between"):
            yield from listed(document, tail, actors)
    yield from _including(document, place, actors)
    yield from states_joined(document.text, *place.value.name, actors)
    low, high = place.value.name
    if place.value.language == "ko" and "간" in document.words(low, high):  # "A 정부와 B 정부 간의 … 협정"
        yield from parties_named(actors.within(low, high))


def _names_both_sides(document: Document, cluster: Cluster, actors: ActorIndex) -> bool:
    """Tell whether a name says all its parties: "between A and B", "A–B accord"; "with B" leaves one side open."""
    return any(
        any(tail.role == "between" for tail in place.value.tails)
        or len(states_joined(document.text, *place.value.name, actors)) >= 2
        for place in cluster.places
    )


def _including(document: Document, place: Place, actors: ActorIndex) -> Sequence[Party]:
    """Give the names after an unnamed group: "letters with five firms – A, B and C", "with ten firms, including A"."""
    ends = [tail.end for tail in place.value.tails if tail.role in ("with", "between")]
    match = _INCLUDING.match(document.text, ends[-1]) if ends else None
    inside = actors.bodies(match.end(), match.end() + _AFTER_REACH) if match else []
    return parties_named(chain(document, inside)) if match and inside and inside[0][0] == match.end() else []


def _owners(document: Document, place: Place, actors: ActorIndex) -> Sequence[Party]:
    """Give the actor in the name or right before it: "the Acme deal", "the League’s action plan"."""
    start, head = place.value.name[0], place.value.head[0]
    inside = actors.bodies(start, head)
    before = actors.bodies(max(0, start - _OBJECT_REACH), start)
    if inside or not before or not _POSSESSOR.fullmatch(document.text, before[-1][1], start):
        return parties_named(inside)
    return parties_named(before[-1:])


def _joined_by(document: Document, place: Place, actors: ActorIndex) -> Sequence[Party]:
    """Give who belongs to an instrument that many may join, or adopted it."""
    return [*_belonging(document, place, actors), *_done_by(document, place, actors)]


def _belonging(document: Document, place: Place, actors: ActorIndex) -> Sequence[Party]:
    """Give those whom the text calls parties: "A and B are parties to the pact", "the pact, of which A is a member"."""
    sentence = document.sentence_at(place.mention.start)
    if sentence is None:
        return []
    name, end = place.value.name[0], place.value.full[1]
    verbs = list(words("belongs", "belongs", "en", "fr").finditer(document.text, sentence.start, name))
    if verbs and name - verbs[-1].end() <= _OBJECT_REACH:
        subject = _last_chain(document, actors.bodies(sentence.start, verbs[-1].start()))
        if subject and verbs[-1].start() - subject[-1][1] <= _SUBJECT_REACH:
            return parties_named(subject)
        if not subject:
            return _unnamed_subject(document, sentence.start, verbs[-1].start(), actors)
    clause = _relative().match(document.text, end, sentence.end)
    return parties_named(actors.bodies(clause.start(1), clause.end(1))) if clause else []


def _unnamed_subject(document: Document, start: int, verb: int, actors: ActorIndex) -> Sequence[Party]:
    """Give who "it" or "we" is, or who is left out in an item of a list: the body just named, or who speaks."""
    element = document.element_at(start)
    if element and _IT.match(document.text, start, verb):
        before = actors.bodies(element.start, start)
        return parties_named(before[-1:])
    if actors.speaker and (_WE.search(document.text, start, verb) or verb - start <= len("- ")):
        return [Party(actors.speaker.name, start, verb)] if verb > start else []
    return []


def _last_chain(document: Document, before: Sequence[Named]) -> Sequence[Named]:
    """Give the last actor with those before it that "and" joins to it."""
    chains = (chain(document, before[index:]) for index in range(len(before)))
    return next((c for c in chains if c[-1] == before[-1]), ())


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(
        rf"[^\w,;.]{{0,3}}(?:\([^()\s]*(?:\([^()]*\)[^()\s]*)?\))?\s*,?\s*(?:(?:of|to) which|dont) ([^,;.]{{2,80}}?)"
        rf" (?:is|are|est|sont) (?:a |an )?(?:{source('belongs', 'role', 'en', 'fr')})",
        re.IGNORECASE,
    )


def _said_between(document: Document, place: Place, actors: ActorIndex) -> Sequence[Party]:
    """Give the parties after the verb: "an agreement was signed between A and B", "the pact signed by A and B"."""
    start, (_, high) = place.value.full[1], clause_of(document, *place.value.full)
    high = min(high, start + _AFTER_REACH)
    for role in ("between", "with"):
        for opener in words("tail", role, "en", "fr").finditer(document.text, start, high):
            inside = actors.bodies(opener.end(), high)
            if inside and opener[0].lower() not in ("by", "par") and inside[0][0] - opener.end() <= 30:
                language = place.value.language
                end = phrase_end(document.text, opener.end(), high, language, role="between", titled=False)
                among = [*listed(document, Tail("between", opener.start(), end), actors)] if role == "between" else []
                return among if len(among) > 2 else parties_named(chain(document, inside))
    return _done_by(document, place, actors)


def _done_by(document: Document, place: Place, actors: ActorIndex) -> Sequence[Party]:
    """Give who did it: "the pact signed by A, B and C", "un pacte conclu par A et B"."""
    sentence = document.sentence_at(place.mention.start)
    if sentence is None:
        return []
    done = _by().match(document.text, place.value.name[1], sentence.end)
    inside = actors.bodies(done.end(), sentence.end) if done else []
    near = done and inside and inside[0][0] - done.end() <= _OBJECT_REACH
    return parties_named(chain(document, inside)) if near else []


@cache
def _by() -> re.Pattern[str]:
    done = f"(?:{source('dated', 'concluded', 'en', 'fr')}|{source('belongs', 'belongs', 'en', 'fr')})"
    return re.compile(rf"[^.;]{{0,40}}?{done}(?: \w+){{0,3}}? (?:by|par) (?:both |the |l[ae]s? |l[’'])?", re.IGNORECASE)


def _signers(document: Document, place: Place, actors: ActorIndex) -> Sequence[Party]:
    """Give the subject before the instrument, with what "and" joins to it, when a verb of signing follows it."""
    sentence = document.sentence_at(place.mention.start)
    if sentence is None or place.value.acronym == place.value.name:
        return []
    name = place.value.name[0]
    if place.value.language == "ko":  # the partner stands before the name as well: "A는 B와 「…」를 체결했다"
        sealed = words("dated", "concluded", "ko").search(document.text, place.value.name[1], sentence.end)
        return parties_named(actors.bodies(sentence.start, name)) if sealed else []
    start = max(sentence.start, *(m.end() for m in _BREAK.finditer(document.text, sentence.start, name)), 0)
    before = actors.bodies(start, name)
    for index in reversed(range(len(before))):  # the nearest subject: "the agency said that the firm signed …"
        subject = chain(document, before[index:])
        inside_list = index and len(chain(document, before[index - 1 :])) > 1
        if inside_list or not _may_act(document, subject[0]):
            continue
        if any(True for lang in ("en", "fr") for _ in scan("signs", lang, document.text, subject[-1][1], name)):
            return parties_named(subject)
    return []


def _may_act(document: Document, span: Named) -> bool:
    """Tell whether an actor may be a subject: none after a preposition, but "the President of Peru" acts for Peru."""
    before = document.words(max(0, span[0] - _OBJECT_REACH), span[0])
    if _OFFICE.search(before):
        return span[2].kind == "state"
    return _PREPOSITION.search(before) is None


def _example_of(document: Document, place: Place, actors: ActorIndex) -> Sequence[Party]:
    """Give the parties of the title that this one is an example of: "the A–B agreement, such as joint statements"."""
    sentence = document.sentence_at(place.mention.start)
    if sentence is None:
        return []
    example = words("title_edge", "example", "en", "fr")
    marks = [m.start() for m in example.finditer(document.text, sentence.start, place.value.name[0])]
    if not marks:
        return []
    return states_joined(document.text, max(sentence.start, marks[-1] - _EXAMPLE_REACH), marks[-1], actors)


def _heads_it(place: Place) -> bool:
    """Tell whether nothing else in the words says whose instrument it is: no partner, no possessor, no indefinite."""
    return not place.value.tails and place.value.determiner in ("", "definite", "demonstrative")


def _framed(document: Document, place: Place) -> bool:
    sentence = document.sentence_at(place.mention.start)
    if sentence is None:
        return False
    cues = (
        hit.row.value
        for lang in ("en", "fr")
        for hit in scan("frame", lang, document.text, sentence.start, sentence.end)
    )
    return any(cue not in ("firms", "bodies") for cue in cues)


def _lead(document: Document, cluster: Cluster, found: Sequence[Party], actors: ActorIndex) -> list[Party]:
    """Give the publisher, else the company named most or the first body, as the other side of a lone partner."""
    if not found or any(party.name in actors.own for party in found):
        return []
    partner = actors.by_name.get(fold(found[0].name))
    known = {fold(party.name) for party in found}
    with_whom = any(
        any(tail.role == "with" for tail in place.value.tails) or any(_said_between(document, place, actors))
        for place in cluster.places
    )
    commercial = bool(partner and partner.kind == "company")
    if not commercial and not with_whom:
        return []
    for start, end, name in actors.lead(partner, commercial=commercial):
        actor = actors.by_name.get(fold(name))
        name = actor.name if actor else name
        if fold(name) not in known:
            return [Party(name, start, end)]
        if not commercial:
            break  # the document is about the partner
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
