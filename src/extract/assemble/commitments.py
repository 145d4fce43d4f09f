"""Turn items of lists and plans into candidate commitments: the item's words, its kind, and what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from extract.decide import Candidate
from extract.document import Document, Mention
from extract.find.commitments import CommitmentClue, is_plan, section_kinds
from extract.lexicon import alternation
from schemas import Actor, Commitment, CommitmentKind, fold

_CUES = ("undertakes", "announces", "recommends", "next", "done", "describes", "reader")
_WORD = re.compile(r"[^\W\d_][\w'’\-]*")
_WILL = {
    "en": re.compile(r"\b(?:will|shall|(?:is|are)(?: also| now)? \w{2,}ing|(?:plans?|intends?|expects?|hopes?) to)\b"),
    "fr": re.compile(
        r"\b(?:\w{2,}(?:era|ira|dra|vra|tra|erons|irons|drons|vrons|trons|eront|iront|dront|vront|tront|ura|urons|uront)"
        r"|prévo(?:it|ient|yons)(?! que)|comptons|compte(?:nt)?(?= \w+(?:er|ir|re)\b)|(?:nous )?attendons à)\b"
    ),
}
_GERUND = re.compile(r"(?!During|According|Regarding|Including|Following|Spring|String|Thing)\w{3,}ing\b")
_MONEY = re.compile(
    r"(?:(?:an additional|up to|more than|over|jusqu['’]à|plus de) )?"
    r"(?:[A-Z]{0,3}[$€£]\s?\d|\d[\d\s.,]*(?:millions?|milliards?|M|G)?\s?[$€])"
)
_POINTING = re.compile(r"(?:th(?:is|ese|ey)|it|some of these|cela|ceci|ces|ce|il s['’]agit|elles?|ils?)\b", re.I)
_PROMISES = frozenset(("undertakes", "recommends", "next"))
_OPENING = {
    "en": re.compile(r"(?:to|in order to|when|as|by|with|through|where)\b", re.I),
    "fr": re.compile(r"(?:pour|afin|en|dans|à|avec|par|conformément|compte tenu)\b", re.I),
}


_LABELLED = re.compile(r"([^\n:.;?!]{2,110}?)(?:\s?:|\.|\s?[–—])\s*(?=[\w“«\"(])")
"""A short label before an item's own words: "Ports: The city will …", "Safer ports. The city …", "Ports — …"."""
_JOINT = re.compile(r"(?:and|or|et|ou)\b,?\s+", re.I)
_TO = re.compile(r"\b(?:to|de|d['’]|à)\s*:$")
_AIM = {
    "en": re.compile(
        r"\b(?:announc(?:es?|ed|ing)|launch(?:es|ed|ing)|commit(?:s|ted|ting)|intends?|plans?|aims?|agreed|pledg(?:es?|ed)"
        r"|calls? (?:on|for)|would|propos(?:es?|ed)|seeks?|supports?|endorses?|directs?|working (?:to|with))\b"
    ),
    "fr": re.compile(
        r"\b(?:annonc(?:e|ent|é|ons)|lanc(?:e|ent|é|ons)|s['’]engagent?|engagés?|vise(?:nt)? à|a pour (?:objectif|but)"
        r"|convenu|propos(?:e|ent|é)|entend(?:ent)?|souhaite(?:nt)?|\w{3,}rai(?:t|ent))\b"
    ),
}


class _Group(NamedTuple):
    """What all items of one list share: the cues of its lead and headings, and how alike its items are.

    ``predicate`` tells that the lead is the subject of the items: "The government: – Will fund …". ``heads`` is the
    form of a lead that was printed like a heading ("Improve the ports"), ``aims`` that the lead ends with "to:".
    """

    cues: frozenset[str]
    last_cue: str | None
    heading: frozenset[str]
    above: frozenset[str]
    colon: bool
    led: bool
    predicate: bool
    heads: str
    aims: bool
    forms: Mapping[str, float]
    openings: Sequence[str]


def assemble_commitments(
    document: Document, mentions: Sequence[Mention], actors: Sequence[Actor]
) -> list[Candidate[Commitment]]:
    """Propose every item of a list, run-on list or plan as a commitment; the features tell which of them are."""
    found = [mention for mention in mentions if mention.kind == "commitment"]
    names = _names(document, actors)
    plan = is_plan(document)
    groups: dict[int, list[Mention]] = {}
    for mention in found:
        groups.setdefault(mention.value.group, []).append(mention)
    announces = _announces(document)
    candidates = []
    for members in groups.values():
        group = _group(document, members)
        candidates += [_candidate(document, member, group, names, plan=plan, announces=announces) for member in members]
    return candidates


def _candidate(
    document: Document, mention: Mention, group: _Group, names: Mapping[str, str], *, plan: bool, announces: bool
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
    return Candidate(record, mention.finder, _features(document, mention, group, plan=plan, announces=announces))


def _kind(group: _Group) -> CommitmentKind:
    """Choose the kind by the heading first, then by the lead; what is no recommendation or next step is undertaken."""
    for source in (group.heading, group.above):
        if "recommendation" in source:
            return "recommendation"
        if "next_step" in source:
            return "next_step"
    if "undertakes" in group.cues:
        return "commitment" if "next" not in group.cues else "next_step"
    if "next" in group.cues:
        return "next_step"
    return "recommendation" if group.last_cue == "recommends" else "commitment"


def _group(document: Document, members: Sequence[Mention]) -> _Group:
    clue: CommitmentClue = members[0].value
    language = _language(document, members[0])
    lead = document.words(*clue.lead) if clue.lead else ""
    like_heading = len(lead) < 110 and not lead.rstrip().endswith((".", ":", "!", "»", "”"))
    colon = lead.rstrip().endswith(":")
    last = _last_sentence(lead) if colon or like_heading else ""
    ends = {cue: max((match.end() for match in _cue(language, cue).finditer(last)), default=-1) for cue in _CUES}
    cues = {cue: end for cue, end in ends.items() if end >= 0}
    heading = section_kinds(clue.headings[-1], language) if clue.headings else frozenset()
    if lead and like_heading:
        heading |= section_kinds(lead, language)  # a heading that was printed like a line of text
    above: frozenset[str] = frozenset().union(*(section_kinds(h, language) for h in clue.headings[:-1]))
    prose = clue.form == "sentence"
    forms = [item_form(document.words(m.start, m.end), language, prose=prose) for m in members]
    shares = {form: forms.count(form) / len(forms) for form in set(forms)}
    return _Group(
        frozenset(cues),
        max(cues, key=lambda cue: (cues[cue], cue == "describes")) if cues else None,
        heading,
        above,
        colon,
        bool(lead),
        colon and any(_WILL[language].match(document.text, m.start) for m in members),
        item_form(lead, language) if lead and (like_heading or len(lead) < 60) else "",
        _TO.search(lead.rstrip()) is not None,
        shares,
        forms,
    )


@cache
def _cue(language: str, cue: str) -> re.Pattern[str]:
    return alternation("commitment", language, cue)


def _language(document: Document, mention: Mention) -> str:
    sentence = document.sentence_at(mention.start)
    language = sentence.language if sentence else document.language
    return language if language in _WILL else document.language if document.language in _WILL else "en"


def _last_sentence(lead: str) -> str:
    """Give the sentence that leads a list; with the one before it if it only points back ("These include:")."""
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý])", lead)
    pointing = _POINTING.match(sentences[-1]) and len(sentences[-1].split()) <= 6
    return " ".join(sentences[-2:]) if pointing else sentences[-1]


@cache
def _verbs(language: str, value: str) -> re.Pattern[str]:
    return alternation("action_verb", language, value)


@cache
def _nouns(language: str) -> re.Pattern[str]:
    return alternation("action_noun", language)


def item_form(words: str, language: str, *, prose: bool = False) -> str:
    """Name the form in which an item opens: action, future, done, money, noun, question or other.

    In ``prose`` an English gerund is a subject ("Building it was hard"), not a thing to do.
    """
    joint = _JOINT.match(words)
    words = words[joint.end() :] if joint else words
    opening = words[:160]
    if words.rstrip().endswith("?"):
        return "question"
    if _MONEY.match(opening):
        return "money"
    first = _WORD.search(opening[:24])
    if first is None:
        return "other"
    if _acts(first[0], opening, language) and not (prose and language == "en" and _GERUND.fullmatch(first[0])):
        return "action"
    if _WILL[language].match(opening, first.start()):
        return "action"
    if _did(first[0], language):
        return "done"
    if _WILL[language].search(opening):
        return "future"
    if _OPENING[language].match(opening) and _acts_after_comma(words[:300], language):
        return "action"
    return "noun" if _nouns(language).search(opening[:36]) else "other"


def _acts(word: str, opening: str, language: str) -> bool:
    """Tell whether an item opens with a verb of action: imperative, infinitive or gerund, maybe after an adverb."""
    if word.casefold() in ("to", "jointly", "further", "also", "continue", "ne", "de", "à", "mieux"):
        following = _WORD.search(opening, opening.find(word) + len(word))
        return following is not None and _acts(following[0], opening[following.start() :], language)
    if language == "fr":
        word = re.sub(r"^s['’]", "", word, flags=re.IGNORECASE)
    if language == "en" and _GERUND.fullmatch(word):
        return True
    return _verbs(language, "base").fullmatch(word) is not None and not _verbs(language, "not").fullmatch(word)


def _acts_after_comma(words: str, language: str) -> bool:
    """Tell whether a verb of action follows a first clause: "Under the memorandum, cooperate on research"."""
    after = (_WORD.match(words, comma.end()) for comma in re.finditer(r", ", words))
    return any(word is not None and _acts(word[0], words[word.start() :], language) for word in after)


def _did(word: str, language: str) -> bool:
    """Tell whether a word is the past participle of a verb of action: what was done is no undertaking."""
    done, base, word = _verbs(language, "done"), _verbs(language, "base"), word.casefold()
    if done.fullmatch(word):
        return True
    if language != "en" or not word.endswith("ed"):
        return False
    stems = (word[:-1], word[:-2], word[:-3], word[:-3] + "y")
    return any(base.fullmatch(stem) for stem in stems)


def _announces(document: Document) -> bool:
    """Tell whether the title says that the document lays out actions: "Fact sheet: New actions on housing"."""
    language = document.language if document.language in _WILL else "en"
    opening = document.words(0, min(160, len(document.text)))
    return (
        alternation("section", language, "announcement").search((document.record.title or "") + "\n" + opening)
        is not None
    )


def _within_item(document: Document, mention: Mention) -> bool:
    """Tell whether a part of a run-on list stands in a bullet, which is itself an item."""
    element = document.element_at(mention.start)
    return element is not None and element.category == "list_item"


def body_form(words: str, language: str) -> str:
    """Name what an item says after its label: will, aims, did, acts, bare (nothing follows) or states."""
    label = _LABELLED.match(words)
    if label is None or len(label[1].split()) > 16:
        return "unlabelled"
    body = words[label.end() : label.end() + 500]
    if len(body.split()) < 3:
        return "bare"
    first = re.split(r"(?<=[.!?])\s", body, maxsplit=1)[0]
    for name, pattern in (("will", _WILL[language]), ("aims", _AIM[language])):
        if pattern.search(first):
            return name
    form = item_form(body, language, prose=True)
    if form in ("action", "money"):
        return "acts"
    return "will" if _WILL[language].search(body) else "aims" if _AIM[language].search(body) else "states"


def _features(document: Document, mention: Mention, group: _Group, *, plan: bool, announces: bool) -> dict[str, float]:
    clue: CommitmentClue = mention.value
    form = group.openings[clue.position] if clue.position < len(group.openings) else "other"
    words = document.words(mention.start, mention.end)
    language = _language(document, mention)
    body = body_form(words, language)
    promised = _promised(clue, group, plan=plan)
    features = {
        f"form_{clue.form}": 1.0,
        f"opens_{form}": 1.0,
        f"promised_{form}": float(promised),
        **{f"lead_{cue}": 1.0 for cue in group.cues},
        **{f"heading_{kind}": 1.0 for kind in group.heading},
        **{f"above_{kind}": 1.0 for kind in group.above},
    }
    features |= {
        "promised": float(promised),
        "lead_colon": float(group.colon),
        "lead_none": float(not group.led),
        "lead_last_undertakes": float(group.last_cue == "undertakes"),
        "lead_last_describes": float(group.last_cue == "describes"),
        f"body_{body}": 1.0,
        f"heads_{group.heads}": float(bool(group.heads)),
        f"kind_{document.record.kind}": 1.0,
        "within_item": float(clue.form == "run_on" and _within_item(document, mention)),
        "aims": float(group.aims),
        f"aims_{form}": float(group.aims),
        "title": float(announces),
        f"title_{form}": float(announces),
        f"title_body_{body}": float(announces),
        "says_will": float(_WILL[language].search(words) is not None),
        "says_aim": float(_AIM[language].search(words) is not None),
        "share_action": group.forms.get("action", 0.0),
        "share_future": group.forms.get("future", 0.0),
        "share_done": group.forms.get("done", 0.0),
        "share_other": group.forms.get("other", 0.0),
        "nested": float(clue.nested),
        "heading_listed": float(clue.form == "bullet" and bool(group.heading & {"recommendation", "next_step"})),
        "alone": float(clue.size == 1 and clue.form == "bullet"),
        "short": float(len(words.split()) < 5),
    }
    return {name: value for name, value in features.items() if value}


def _promised(clue: CommitmentClue, group: _Group, *, plan: bool) -> bool:
    """Tell whether the place of an item promises undertakings: its list's lead, its heading, or the whole plan."""
    if group.heading & {"recommendation", "next_step", "commitment"} or (plan and clue.form == "sentence"):
        return True
    if group.predicate:
        return True
    if "reader" in group.cues:
        return False
    return bool(group.cues & _PROMISES) and group.last_cue not in ("describes", "done")


def _names(document: Document, actors: Iterable[Actor]) -> dict[str, str]:
    """Map each name by which an actor goes in the document to the actor's name."""
    return {alias: actor.name for actor in actors for alias in (actor.name, *actor.aliases) if len(alias) > 2}


def _undertakers(document: Document, clue: CommitmentClue, words: str, names: Mapping[str, str]) -> list[str]:
    """Give the actors named as the subject: before the item's own verb, else in the lead."""
    language = document.language if document.language in _WILL else "en"
    verb = _WILL[language].search(words)
    subject = words[: verb.start()] if verb else ""
    lead = document.words(*clue.lead) if clue.lead else ""
    for place in (subject, _last_sentence(lead)):
        found = _named(place, names)
        if found:
            return found
    return []


def _named(words: str, names: Mapping[str, str]) -> list[str]:
    held = [(words.find(alias), name) for alias, name in names.items() if alias in words]
    return list(dict.fromkeys(name for _, name in sorted(held, key=lambda pair: (pair[0], fold(pair[1])))))
