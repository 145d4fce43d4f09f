"""What speaks for and against an item being a commitment, as named numbers: its place, its form, and its list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extract.assemble.commitments.lead import NO_LEAD, Lead, read_lead
from extract.document import Document, Mention
from extract.find.commitments.clue import PROMISES, CommitmentClue, section_kinds
from extract.find.commitments.forms import (
    AIM,
    DOING,
    PAST,
    WILL,
    YOU,
    body_form,
    first_sentence,
    is_titled,
    item_form,
    who_will,
)
from extract.lexicon import alternation

_OPEN = ("", "announces", "promises", "next")  # what a lead may say above items that tell what a party will do
_ASKS = ("promises", "recommends", "next")


class Group(NamedTuple):
    """What all items of one list share: its lead and headings, and how alike its items are.

    ``governing`` is the lead of the run of headings above the list; ``predicate`` tells that the lead is the subject
    of the items: "The government: – Will fund …"; ``heads`` is the form of a lead that was printed like a heading.
    """

    lead: Lead
    governing: Lead
    heading: frozenset[str]
    above: frozenset[str]
    predicate: bool
    heads: str
    forms: Sequence[str]
    bodies: Sequence[str]
    whose: Sequence[str]

    @property
    def turn(self) -> str:
        """What the words say that lead the list, or else those that govern its headings."""
        return self.lead.turn or self.governing.turn

    def share(self, form: str) -> float:
        """The share of items that open in a form."""
        return self.forms.count(form) / len(self.forms)


class Setting(NamedTuple):
    """What holds for the whole document: an agreed ``plan``; a title that ``announces`` actions."""

    plan: bool
    announces: bool


def language_at(document: Document, offset: int) -> str:
    """Give the language in which a passage is to be read: English or French."""
    sentence = document.sentence_at(offset)
    language = sentence.language if sentence else document.language
    return language if language in WILL else document.language if document.language in WILL else "en"


def read_group(document: Document, members: Sequence[Mention]) -> Group:
    """Read what the items of one list share."""
    clue: CommitmentClue = members[0].value
    language = language_at(document, members[0].start)
    words = document.words(*clue.lead) if clue.lead else ""
    if clue.form == "run_on" and words.endswith("."):
        words = words[:-1] + ":"  # "They agreed on two steps. First, …"
    lead = read_lead(words, language)
    governing = read_lead(document.words(*clue.governing), language) if clue.governing else NO_LEAD
    heading = section_kinds(clue.headings[-1], language) if clue.headings else frozenset()
    if lead.close in ("heading", "label"):
        heading |= section_kinds(words, language)  # a heading that was printed like a line of text
    above: frozenset[str] = frozenset().union(*(section_kinds(h, language) for h in clue.headings[:-1]))
    prose, completes = clue.form == "sentence", lead.close == "modal"
    said = [document.words(m.start, m.end) for m in members]
    bodies = [body_form(item, language) for item in said]
    forms = [item_form(item, language, prose=prose, completes=completes) for item in said]
    if clue.form == "numbered":  # "Recommendation 3:" says what the item is, however it opens
        forms = ["action" if form == "other" else form for form in forms]
    return Group(
        lead,
        governing,
        heading,
        above,
        lead.colon and any(WILL[language].match(document.text, m.start) for m in members),
        item_form(words, language) if lead.close == "heading" or 0 < len(words) < 60 else "",
        ["titled" if is_titled(*pair) else pair[1] for pair in zip(said, forms, bodies, strict=True)],
        bodies,
        [who_will(first_sentence(item), language) for item in said],
    )


def announces(document: Document) -> bool:
    """Tell whether the title says that the document lays out actions: "Fact sheet: New actions on housing"."""
    language = document.language if document.language in WILL else "en"
    opening = document.words(0, min(160, len(document.text)))
    title = (document.record.title or "") + "\n" + opening
    return alternation("section", language, "announcement").search(title) is not None


def promised(clue: CommitmentClue, group: Group, setting: Setting) -> bool:
    """Tell whether the place of an item promises undertakings: its list's lead, its heading, or the whole plan."""
    if group.heading & PROMISES or (setting.plan and (clue.form == "sentence" or not (group.turn or group.lead.colon))):
        return True
    return group.predicate or group.turn in _ASKS


def features(document: Document, mention: Mention, group: Group, setting: Setting) -> dict[str, float]:
    """Name what speaks for and against one item."""
    clue: CommitmentClue = mention.value
    words = document.words(mention.start, mention.end)
    language = language_at(document, mention.start)
    form, body = group.forms[clue.position], group.bodies[clue.position]
    first = first_sentence(words)
    will, past = WILL[language].search(first) is not None, PAST[language].search(first) is not None
    frame = promised(clue, group, setting)
    who = who_will(first if will else words, language) or "nobody"
    named = {
        f"form_{clue.form}": True,
        f"opens_{form}": True,
        f"body_{body}": True,
        f"turn_{group.turn or 'none'}": True,
        f"turn_{group.turn or 'none'}_{form}": True,
        f"close_{group.lead.close or 'none'}": True,
        f"close_{group.lead.close or 'none'}_{group.turn or 'none'}": True,
        f"promised_{form}": frame,
        f"promised_body_{body}": frame,
        "promised": frame,
        **{f"lead_{cue}": True for cue in group.lead.cues},
        **{f"heading_{kind}": True for kind in group.heading},
        **{f"above_{kind}": True for kind in group.above},
        f"aside_{form}": "aside" in group.heading and not group.lead.colon,
        f"heads_{group.heads}": bool(group.heads),
        f"kind_{document.record.kind}": True,
        "governed": group.governing.turn in _ASKS,
        "resumed": clue.resumed,
        "leads": clue.leads,
        "nested": clue.nested,
        "title": setting.announces,
        f"title_{form}": setting.announces,
        f"title_body_{body}": setting.announces,
        "says_will": will,
        f"who_{who}": True,
        f"promised_who_{who}": frame,
        "party_undertakes": who == "party" and "aside" not in group.heading and group.turn in _OPEN,
        "says_aim": AIM[language].search(first) is not None,
        "says_doing": language == "en" and DOING.search(first) is not None,
        "says_you": YOU[language].search(first) is not None,
        "says_past": past,
        "says_past_only": past and not will,
        "says_will_later": not will and WILL[language].search(words) is not None,
        "alone": clue.size == 1 and clue.form == "bullet",
        "short": len(words.split()) < 5,
    }
    shares = {"share_party": group.whose.count("party") / len(group.whose)}
    shares |= {f"share_{name}": group.share(name) for name in ("action", "future", "done", "other", "money", "doing")}
    return {name: float(value) for name, value in {**named, **shares}.items() if value}
