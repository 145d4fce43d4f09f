"""Name who gives a sum, from its phrase, its sentence, its list's lead, the sentences before, and the frame.

The ways of saying it are tried from the plainest: "$5 million from X", "$5 million that X will invest",
"X's $5 million", "X will invest $5 million", then what leads the list, then what the document itself speaks for. A
programme or fund through which the money goes stands beside its giver.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.assemble.funding.context import Context, Cue
from extract.assemble.funding.frame import Frame
from extract.assemble.funding.grammar import adjacent, chains, dependence, governor, is_free, subject, verbs
from extract.assemble.funding.names import Naming, capitals, capitals_before, is_programme, namings
from extract.assemble.funding.phrases import phrase

Place = tuple[int, int]
Party = tuple[str, Place | None]
FAR = 300
"""Characters between a verb and a sum that it may govern."""
FEW = 350
"""Characters after a sum's sentence in which the investors of a round may be named."""
_GIVES = ("commits", "paid", "proposed", "hypothetical")
_BODIES = ("company", "civil_society", "academic", "government_body", "intergovernmental", "state")
_RELATIVE = re.compile(
    r"(?:\s(?:of which|that|which|que)|\squ['’])?\s?(?:the\s|le\s|la\s|l['’])?(?:[A-Z][\w-]+['’]s?\s)?"
)
_WITHIN = re.compile(r"[^,;:.]{0,90}")


@dataclass(frozen=True)
class Setting:
    """A sum in its sentence with the namings there and how they hang together."""

    context: Context
    frame: Frame

    @cached_property
    def names(self) -> list[Naming]:
        """The namings of the sentence."""
        return namings(self.frame, self.context.low, self.context.high, self.context.language)

    @cached_property
    def depends(self) -> list[str]:
        """What each naming depends on."""
        return dependence(self.context, self.context.low, self.names)

    @cached_property
    def verbs(self) -> list[Cue]:
        """The verbs of giving and getting."""
        return verbs(self.context)

    @cached_property
    def verb(self) -> Cue | None:
        """The verb that governs the sum."""
        return governor(self.context, self.verbs)

    def subject(self, verb: Cue) -> list[Naming]:
        """The namings that are the subject of a verb."""
        found = subject(verb, self.names, self.depends, self.context)
        return [self.names[index] for index in sorted(found)]

    def run(self, index: int) -> list[Naming]:
        """Give a naming and those of its list after it."""
        numbers = chains(self.context.document.text, self.names)
        return [n for i, n in enumerate(self.names) if i >= index and numbers[i] == numbers[index]]


def givers(context: Context, frame: Frame, before: Sequence[Party]) -> list[Party]:
    """Name who gives. ``before`` are the givers of the sum before, in the same block of text."""
    setting = Setting(context, frame)
    raised = _investors(context, frame)
    if raised:
        return raised
    source = phrase("source", context.language).search(context.document.text, context.end, context.right)
    if source:
        return [(source[1].strip(), (source.start(1), source.start(1) + len(source[1].strip())))]
    programmes = _programmes(setting)
    if setting.verb is not None and setting.verb.value == "receives" and programmes and not _from(setting):
        announced = any(
            n.kind in ("person", "spoken_office")
            and n.end < setting.verb.start
            and setting.depends[i] in ("start", "free")
            for i, n in enumerate(setting.names)
        )
        return (_frame(setting, receives=True) if announced and frame.home else []) + programmes
    found = _said(setting, before)
    return found + [party for party in programmes if party[0] not in {name for name, _ in found}]


def _said(setting: Setting, before: Sequence[Party]) -> list[Party]:
    for way in (_from, _relative, _owner):
        found = way(setting)
        if found:
            return _parties(setting, found)
    if _requested(setting):
        return list(before) if setting.context.lead is not None else []
    context, verb = setting.context, setting.verb
    receives = verb is not None and verb.value == "receives"
    if not receives:
        found = _subject(setting)
        if found:
            named = _parties(setting, found)
            return named + [party for party in _jointly(setting) if party not in named]
        if verb is None or not any(n.end <= verb.start for n in setting.names):
            found = _lead(setting)
            if found:
                return _parties(setting, found)
    found = _gift(setting)
    if found:
        return _parties(setting, found)
    if verb is None or not setting.subject(verb):
        found = _first(setting)
        if found:
            named = _parties(setting, found)
            return named + [party for party in _jointly(setting) if party not in named]
    points_back = phrase("points_back", context.language).match(context.words(context.low, context.high)) is not None
    if before and (points_back or (verb is None and context.left > context.low) or context.lead is not None):
        return list(before)
    spoken = _frame(setting, receives=receives)
    return spoken + [party for party in _jointly(setting) if spoken and party not in spoken]


def _from(setting: Setting) -> list[Naming]:
    """ "two million from the bank", "a loan of two million by the bank"."""
    context, verb = setting.context, setting.verb
    asked = [
        n for n, how in zip(setting.names, setting.depends, strict=True) if how == "asked" and n.end <= context.start
    ]
    if asked:
        return asked[-1:]
    if _requested(setting):
        return []
    if verb is not None and phrase("buys", context.language).fullmatch(context.words(verb.start, verb.end)):
        return []  # one buys from a seller
    for index, naming in enumerate(setting.names):
        if naming.start < context.end or naming.end > context.right + 1:
            continue
        words = context.words(context.end, naming.start)
        if re.search(r"\b(?:to|pour|afin)\s|[,;]", words) or naming.kind in ("spoken_firm", "programme"):
            continue  # "to support efforts by the bank", ", authorized by the law"
        of_giver = len(words) <= 8 and phrase("of_giver", context.language).fullmatch(words)
        money_of = len(words) <= 12 and setting.depends[index] in ("in", "of") and naming.kind in _BODIES
        if money_of and phrase("funds_of", context.language).match(context.document.text, naming.end):
            return [naming]
        if setting.depends[index] in ("from", "led") or (of_giver and naming.kind in _BODIES):
            return setting.run(index)
    unknown = phrase("investment_from", context.language).search(context.document.text, context.end, context.right)
    name = capitals(context.document.text, unknown.end()) if unknown and not setting.frame.home else None
    return [Naming(*name, context.words(*name), "company")] if name else []


def _requested(setting: Setting) -> bool:
    """Tell whether a sum is only asked for: "the president requested", "the budget request includes"."""
    verb, context = setting.verb, setting.context
    asks = phrase("asks", context.language)
    said = verb is not None and asks.match(context.words(verb.start, verb.end)) is not None
    return said or asks.search(context.words(max(context.low, context.start - 60), context.start)) is not None


def _relative(setting: Setting) -> list[Naming]:
    """ "two million that the bank will invest"."""
    context, text = setting.context, setting.context.document.text
    later = next((c for c in setting.verbs if c.start >= context.end and c.value in _GIVES), None)
    if later is None:
        return []
    found = [n for n in setting.subject(later) if n.start >= context.end]
    if found and adjacent(found[-1], later, context) and _RELATIVE.fullmatch(text, context.end, found[0].start):
        return found
    return []


def _owner(setting: Setting) -> list[Naming]:
    """ "the bank's two million", "la contribution de la banque s'élève à"."""
    context, text = setting.context, setting.context.document.text
    near = [n for n in setting.names if context.left <= n.start and n.end <= context.start and n.kind != "group"]
    if not near:
        return []
    last = near[-1]
    if context.language == "en" and re.fullmatch(
        r"(?:\s\([^)]{2,30}\))?['’]s?\s+(?:(?!and\b|or\b|by\b)[\w-]+,?\s+){0,4}", text[last.end : context.start]
    ):
        return [last]
    head = text[max(context.low, last.start - 40) : last.start]
    owned, amounts = phrase("owned", context.language), phrase("amounts_to", context.language)
    return [last] if owned.search(head) and amounts.fullmatch(text, last.end, context.start) else []


def _subject(setting: Setting) -> list[Naming]:
    """ "The bank will invest two million", and who lets it: "allows the bank to provide"."""
    verb = next((c for c in reversed(setting.verbs) if c.end <= setting.context.start and c.value in _GIVES), None)
    if verb is None or setting.context.start - verb.end > FAR:
        return []
    found = setting.subject(verb)
    named = [n for n in found if n.kind != "group"] or found
    unknown = capitals_before(setting.context.document.text, setting.context.low, verb.start) if not named else None
    if unknown and phrase("body", setting.context.language).search(setting.context.words(*unknown)):
        return [Naming(*unknown, setting.context.words(*unknown), "company")]
    return named


def _first(setting: Setting) -> list[Naming]:
    """Give the subject of a verb that tells nothing of money: "The Port Act includes two million"."""
    context = setting.context
    words = context.words(max(context.low, context.start - 90), context.start)
    if phrase("valued", context.language).search(words):
        return []
    kinds = _BODIES if setting.frame.home else (*_BODIES, "programme")
    for index, naming in enumerate(setting.names):
        if naming.end > context.start - 4:
            break
        if naming.kind not in kinds or context.start - naming.end > 140:
            continue
        source = setting.depends[index] == "from" and any(
            c.value == "noun" and c.end <= naming.start for c in context.before
        )
        if is_free(naming, setting.depends[index], context) or source:
            return setting.run(index)
    return []


def _lead(setting: Setting) -> list[Naming]:
    """ "The government will: - invest two million"."""
    context = setting.context
    if context.lead is None:
        return []
    low, high = context.lead
    names = namings(setting.frame, low, high, context.language)
    depends = dependence(context, low, names)
    cues = sorted((c for c in context.lead_cues if c.subject == "funding" and c.value in _GIVES), key=lambda c: c.start)
    for cue in cues[:1]:
        found = [names[i] for i in sorted(subject(cue, names, depends, context))]
        if found:
            return found
    return [n for n, how in zip(names, depends, strict=True) if how in ("start", "free", "that") and n.kind != "group"][
        :1
    ]


def _gift(setting: Setting) -> list[Naming]:
    """ "the bank's contribution of two million"."""
    gift = phrase("gift", setting.context.language)
    text = setting.context.document.text
    owners = [n for n in setting.names if gift.match(text, n.end, setting.context.start)]
    return owners[-1:]


def _frame(setting: Setting, *, receives: bool) -> list[Party]:
    """Name the government or the firm that the document speaks for."""
    context, frame = setting.context, setting.frame
    bodies = [n for n in setting.names if n.end <= context.start and n.kind in ("company", "academic", "civil_society")]
    if receives and not frame.home and (bodies or frame.speaks_as_firm(context.low, context.start)):
        return []
    if phrase("valued", context.language).search(context.words(max(context.low, context.start - 90), context.start)):
        return []
    if frame.publisher and not frame.speaks_of_government(context.low, context.high):
        return [(frame.publisher.name, None)]
    if frame.government and (frame.home or frame.speaks_of_government(context.low, context.high)):
        return [(frame.government.name, None)]
    if frame.firm and not receives and frame.speaks_as_firm(context.low, context.start):
        return [(frame.firm.name, None)]
    return []


def _jointly(setting: Setting) -> list[Party]:
    """Name who gives together with the subject: "a joint two million with Norway"."""
    context = setting.context
    around = context.words(max(context.low, context.start - 40), min(context.high, context.end + 40))
    if not phrase("joint", context.language).search(around):
        return []
    return _plain(
        n for n, how in zip(setting.names, setting.depends, strict=True) if how == "with" and n.kind in _BODIES
    )


def _programmes(setting: Setting) -> list[Party]:
    """Name the programme that the money goes through or comes from: "through the Port Fund", "in Port Fund grants"."""
    context, language = setting.context, setting.context.language
    text = context.document.text
    for naming, how in zip(setting.names, setting.depends, strict=True):
        if not is_programme(naming, language) or phrase("no_programme", language).search(naming.name):
            continue
        if naming.start >= context.end:
            near = naming.end <= context.right and _WITHIN.fullmatch(text, context.end, naming.start)
            found = near and (how in ("means", "from") or phrase("funds_of", language).match(text, naming.end))
        else:
            opens = naming.start - context.low
            lets = opens <= 12 and phrase("which_lets", language).match(text, naming.end)
            apposed = phrase("apposed_to", language).fullmatch(text, naming.end, context.start)
            found = (how == "means" and opens <= 40) or lets or (context.left <= naming.start and apposed)
        if found:
            return _plain([naming])
    through = phrase("through", language).search(text, context.end, min(context.right, context.end + 160))
    if (
        through
        and not phrase("no_programme", language).search(through[1])
        and not setting.frame.within(*through.span(1))
    ):
        name = through[1].strip()
        return [(name, (through.start(1), through.start(1) + len(name)))]
    return []


def _investors(context: Context, frame: Frame) -> list[Party]:
    """Name who finances a round: "raised two million in a round led by X", in its sentence or soon after."""
    if not any(cue.value == "receives" for cue in (*context.before[:2], *context.after[:1])) or frame.home:
        return []
    end = min(len(context.document.text), context.high + FEW)
    found: list[Naming] = []
    for match in list(phrase("investors", context.language).finditer(context.document.text, context.end, end))[:3]:
        sentence = context.document.sentence_at(match.end())
        stop = min(end, sentence.end if sentence else end)
        names = [n for n in namings(frame, match.end() - 2, stop, context.language) if n.kind in _BODIES]
        numbers = chains(context.document.text, names)
        for index, naming in enumerate(names):
            comma = index and context.document.text[names[index - 1].end : naming.start] in (
                ", ",
                " and ",
                ", and ",
                " et ",
            )
            if index and numbers[index] != numbers[index - 1] and not comma:
                break
            found.append(naming)
    return _plain(found)


def _parties(setting: Setting, found: Sequence[Naming]) -> list[Party]:
    """Give the names; a minister or a budget speaks for the government."""
    frame, names = setting.frame, [n for n in found if n.kind not in ("person", "spoken_office", "spoken_budget")]
    if names and frame.home and frame.government and all(n.kind == "programme" for n in names):
        return [(frame.government.name, None), *_plain(names)]
    if names:
        return _plain(names)
    sentence = frame.document.sentence_at(found[0].start)
    near = frame.within(sentence.start, sentence.end) if sentence and found[0].kind == "person" else []
    own = phrase("object", setting.context.language)
    states = [
        p
        for p in near
        if p.actor.kind in ("state", "government_body")
        and p.end < found[0].start
        and not own.search(frame.document.text[max(0, p.start - 24) : p.start])
    ]
    if states and states[0].actor.country != frame.document.record.country:
        return [(states[0].actor.name, (states[0].start, states[0].end))]
    return [(frame.government.name, None)] if frame.government else _plain(found)


def _plain(found: Iterable[Naming]) -> list[Party]:
    parties: dict[str, Place | None] = {}
    for naming in found:
        parties.setdefault(naming.name, None if naming.kind.startswith("spoken") else (naming.start, naming.end))
    return list(parties.items())
