"""Find every span that may name an actor: register names, bodies, companies, persons, acronyms, capitalised runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.document import Document, Mention
from extract.find.actors import registered
from extract.find.actors.classify import classify
from extract.find.actors.defined import defined
from extract.find.actors.french import bodies
from extract.find.actors.korean import korean_actors
from extract.find.actors.named import ActorName, Phrase
from extract.find.actors.phrases import phrases
from extract.find.actors.rigid import rigid_names
from extract.find.actors.signs import Passage, outer, signs
from extract.find.actors.tokens import Token, elements

__all__ = ["ActorName", "find_actors"]


def find_actors(document: Document) -> Iterator[Mention]:
    """Yield mentions of kind ``actor``; the value is an ``ActorName``."""
    for element, language, tokens in elements(document):
        if language == "ko":
            yield from korean_actors(document, element)
        if tokens:
            yield from _in_passage(Passage(document, element, language, tokens))


def _in_passage(passage: Passage) -> Iterator[Mention]:
    tokens = passage.tokens
    matches = list(registered.matches(tokens))
    spans = list(defined(tokens, passage.language))
    rigid = rigid_names(tokens, matches, spans)
    names = {(start, end): name for name, start, end in matches}
    acronyms = {(start, end): at for start, end, at in spans}
    taken = [False] * len(tokens)
    if passage.language == "fr":
        for start, end in bodies(tokens, rigid):
            taken[start:end] = [True] * (end - start)
            yield _mention(passage, Phrase(start, end, start), names, acronyms)
    for phrase in phrases(tokens, rigid, passage.language):
        if not any(taken[phrase.start : phrase.end]):
            yield _mention(passage, phrase, names, acronyms)
    for at in _wires(tokens):
        yield _mention(passage, Phrase(at, at + 1, at), names, acronyms)
    for name, start, end in matches:
        if not tokens[start].cap and start not in rigid and not taken[start]:
            yield _mention(passage, Phrase(start, end, start), {(start, end): name}, acronyms)


def _wires(tokens: Sequence[Token]) -> Iterator[int]:
    """Give names in lower case that only their place tells: "The post … appeared first on newsline."."""
    for at in range(3, len(tokens)):
        last = at + 1 == len(tokens) or not tokens[at + 1].close
        if last and not tokens[at].cap and [t.key for t in tokens[at - 3 : at]] == ["appeared", "first", "on"]:
            yield at


def _mention(
    passage: Passage,
    phrase: Phrase,
    names: dict[tuple[int, int], registered.Name],
    acronyms: dict[tuple[int, int], int],
) -> Mention:
    tokens, text = passage.tokens, passage.document.text
    start, end = phrase.start, phrase.end
    name = names.get((start, end))
    acronym = acronyms.get((start, end))
    if name is None and tokens[end - 1].key == "'s" and end - start > 1 and tokens[end - 2].key not in ("st", "saint"):
        end -= 1  # "the Ministry of Works’s (MOW) plan"
    stop = tokens[end - 1].end
    if text[stop : stop + 1] == "." and tokens[end - 1].key in ("inc", "corp", "ltd", "co", "jr", "sr"):
        stop += 1
    said = signs(passage, phrase)
    rule, kind, country = classify(tokens, start, end, said)
    if name is not None:
        rule, kind, country = "register", name.entry.kind, name.entry.country
    value = ActorName(
        kind=kind,
        country=country,
        entry=name.entry.id if name else None,
        outer=outer(passage, phrase, stop),
        acronym=(tokens[acronym].start, tokens[acronym].end) if acronym is not None else None,
        signs=said,
    )
    return Mention("actor", tokens[start].start, stop, rule, value)
