"""Propose every item of a list, run-on list or plan as a commitment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from extract.assemble.commitments.features import Group, Setting, announces, features, read_group
from extract.assemble.commitments.lead import last_sentence
from extract.decide import Candidate
from extract.document import Document, Mention
from extract.find.commitments.clue import CommitmentClue, is_plan
from extract.find.commitments.forms import WILL
from schemas import Actor, Commitment, CommitmentKind, fold


def assemble_commitments(
    document: Document, mentions: Sequence[Mention], actors: Sequence[Actor]
) -> list[Candidate[Commitment]]:
    """Propose every item of a list, run-on list or plan as a commitment; the features tell which of them are."""
    names = _names(document, actors)
    setting = Setting(is_plan(document), announces(document))
    groups: dict[int, list[Mention]] = {}
    for mention in mentions:
        if mention.kind == "commitment":
            groups.setdefault(mention.value.group, []).append(mention)
    candidates = []
    for members in groups.values():
        group = read_group(document, members)
        candidates += [_candidate(document, member, group, names, setting) for member in members]
    return candidates


def _candidate(
    document: Document, mention: Mention, group: Group, names: Mapping[str, str], setting: Setting
) -> Candidate[Commitment]:
    clue: CommitmentClue = mention.value
    words = document.words(mention.start, mention.end)
    lead = document.words(*clue.lead) if clue.lead else None
    heading = next((heading for heading in reversed(clue.headings) if heading != lead), None)
    evidence = [
        document.evidence("record", mention.start, mention.end, finder=mention.finder),
        document.evidence("text", mention.start, mention.end, finder=mention.finder),
    ]
    if clue.lead:
        evidence.append(document.evidence("kind", *clue.lead, finder=mention.finder))
    record = Commitment(
        document_id=document.record.document_id,
        evidence=tuple(evidence),
        kind=_kind(group),
        text=words,
        actors=tuple(_undertakers(document, clue, words, names)),
        section=heading,
    )
    return Candidate(record, mention.finder, features(document, mention, group, setting))


def _kind(group: Group) -> CommitmentKind:
    """Choose the kind by the heading first, then by the lead; what is no recommendation or next step is undertaken."""
    for source in (group.heading, group.above):
        if "recommendation" in source:
            return "recommendation"
        if "next_step" in source:
            return "next_step"
    lead = group.lead if group.lead.turn else group.governing
    if lead.turn == "next":  # "In the coming months, the city will:" promises, and says when
        return "next_step"
    if lead.turn == "recommends" and "undertakes" not in lead.cues:
        return "recommendation"
    return "commitment"


def _names(document: Document, actors: Iterable[Actor]) -> dict[str, str]:
    """Map each name by which an actor goes in the document to the actor's name."""
    return {alias: actor.name for actor in actors for alias in (actor.name, *actor.aliases) if len(alias) > 2}


def _undertakers(document: Document, clue: CommitmentClue, words: str, names: Mapping[str, str]) -> list[str]:
    """Give the actors named as the subject: before the item's own verb, else in the lead."""
    language = document.language if document.language in WILL else "en"
    verb = WILL[language].search(words)
    subject = words[: verb.start()] if verb else ""
    lead = document.words(*clue.lead) if clue.lead else ""
    for place in (subject, last_sentence(lead)):
        found = _named(place, names)
        if found:
            return found
    return []


def _named(words: str, names: Mapping[str, str]) -> list[str]:
    held = [(words.find(alias), name) for alias, name in names.items() if alias in words]
    return list(dict.fromkeys(name for _, name in sorted(held, key=lambda pair: (pair[0], fold(pair[1])))))
