"""Name who gives a sum, from its phrase, its sentence, its list's lead, and the document's frame."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.assemble.funding.context import Context, Cue
from extract.assemble.funding.frame import Frame, Named
from extract.assemble.funding.phrases import phrase
from extract.assemble.funding.purpose import Place
from extract.assemble.funding.recipient import received as _received
from extract.lexicon.scan import scan

Party = tuple[str, Place | None]

_GERUND = re.compile(r"[A-Z]\w+ing\s(?:an?|the|new)\b")
_PLURAL = re.compile(r"(?i:.*[^s]s|people|.*peoples?|jeunes|PME|congress)")
_MODIFIERS = re.compile(
    r"(?<![\w’'.-])(?:(?!(?:and|that|of|the|which|a|an|to|for|by|with|in|on|et|de|des|les|que|qui|par|pour|aux?|approximately|about|nearly"
    r"|over|than|allows?|enables?|helps?|lets?|permet(?:tent)?|all|our|some|many|these|those|most|several)\b)[A-Za-zÀ-ÿ][\w’'-]*\s(?:and\s)?){1,4}$"
)
_BODY = re.compile(
    r"(?:The |L['’]|La |Le |Les )?([A-ZÉÀ][\w'’&-]+(?: (?:of|for|and|the|de|du|des|la|et|pour|d['’]) ?[A-ZÉÀ][\w'’&-]+"
    r"| [A-ZÉÀ][\w'’&-]+){1,7})(?: \([A-Z]{2,8}\))?(?: (?:has|have|will|also|a|ont|va|is|today|announced it)){0,3} "
)
"""A body at the start of its sentence that no actor was found for: "The Coastal Development Bank has "."""
_CURRENCY = re.compile(r"(?:Series|Seed|US|USD|CAD|EUR)\b")
_OWN = re.compile(r"['’]s?\s+(?:[\w-]+\s+){0,4}$")


def funders(context: Context, frame: Frame) -> list[Party]:
    """Name who gives: who stands after "from", who owns the sum, the giving verb's subject, the lead, the frame."""
    return _with_programme(context, _givers(context, frame))


def _givers(context: Context, frame: Frame) -> list[Party]:
    text = context.document.text
    after = [place for place in frame.within(context.end, context.right) if _preceded(context, place)]
    raised = _investors(context, frame)
    if raised:
        return raised
    if after:
        return _names(_joined(context, frame.within(after[0].start, context.right)))
    near = frame.within(context.left, context.start)
    if near and _owns(context, near[-1]):
        return _speaking(context, near[-1:], frame)
    joint = _jointly(context, frame)
    received = _received(context)
    programme = _programme(context)
    if received and programme:
        return programme
    verb = None if received else _giving(context)
    if verb is not None:
        subject = _group(context, verb) or _crowd(context, verb) or _subject(context, frame, verb.start)
        if subject:
            return subject + [party for party in joint if party not in subject]
    if context.lead and (verb is None or not frame.within(context.low, verb.start)):
        low, high = context.lead
        cue = next((c for c in context.lead_cues if c.value != "noun" and c.subject == "funding"), None)
        led = _subject(context, frame, cue.start if cue else high, low=low)
        if led:
            return led
    gift = phrase("gift", context.language)
    owners = [p for p in frame.within(context.low, context.start) if gift.match(text, p.end, context.start)]
    if owners:
        return _speaking(context, owners[-1:], frame)
    company = any(p.actor.kind == "company" for p in frame.within(context.low, context.start))
    if received and (company or (not frame.home and frame.speaks_as_firm(context.low, context.start))):
        return []
    if phrase("valued", context.language).search(context.words(max(context.low, context.start - 60), context.start)):
        return []
    if frame.government and (frame.home or frame.speaks_of_government(context.low, context.high)):
        return [(frame.government.name, None), *(party for party in joint if party[0] != frame.government.name)]
    if frame.speaks_as_firm(context.low, context.start) and frame.firm:
        return [(frame.firm.name, None)]
    return programme


def _investors(context: Context, frame: Frame) -> list[Party]:
    """Name who finances a round: "raised $5 million in a round led by X", in its sentence or soon after."""
    if not any(cue.value == "receives" for cue in (*context.before[:2], *context.after[:1])) or frame.home:
        return []
    end = min(len(context.document.text), context.high + 350)
    starts = [m.end() for m in phrase("investors", context.language).finditer(context.document.text, context.end, end)]
    found: list[Party] = []
    for start in starts[:3]:
        sentence = context.document.sentence_at(start)
        stop = min(end, sentence.end if sentence else end)
        places = _joined(context, [p for p in frame.within(start - 2, stop) if p.actor.kind != "person"])
        found += [party for party in _names(places) if party[0] not in {name for name, _ in found}]
    return found


def _programme(context: Context) -> list[Party]:
    """Name the law, plan or grant that the money comes from: "from the Coastal Jobs Act", "in CJA funds"."""
    text = context.document.text
    law, money = phrase("budgeted_in", context.language), phrase("named_money", context.language)
    for match in (
        law.search(text, context.end, context.right),
        law.match(text, context.low, context.start),
        money.match(text, context.end, context.right),
    ):
        if match and not _CURRENCY.match(match[1]):
            return [(match[1], (match.start(1), match.end(1)))]
    return []


def _crowd(context: Context, verb: Cue) -> list[Party]:
    """Name the group of people or bodies that is the subject of a giving verb: "school districts plan to spend"."""
    text, low = context.document.text, max(context.low, verb.start - 120)
    hits = list(scan("group", context.language, text, low, verb.start))
    if not hits or not phrase("acts", context.language).fullmatch(text, hits[-1].end, verb.start):
        return []
    before = context.words(low, hits[-1].start)
    modifiers = _MODIFIERS.search(before)
    start = hits[-1].start - (len(modifiers[0]) if modifiers else 0)
    if phrase("not_subject", context.language).search(context.words(low, start)):
        return []
    name = context.words(start, hits[-1].end)
    return [(name, (start, hits[-1].end))] if len(name.split()) < 8 and _PLURAL.fullmatch(name) else []


def _group(context: Context, verb: Cue) -> list[Party]:
    """Name a group that is the verb's subject: "European allies", "the provincial governments"."""
    match = phrase("group", context.language).search(
        context.document.text, max(context.low, verb.start - 90), verb.start
    )
    if match is None or context.words(verb.start, verb.start + 3) == "to " or len(match[1].split()) < 2:
        return []
    start = match.start(1) + len(match[1]) - len(match[1].lstrip())
    return [(match[1].strip(), (start, match.end(1)))]


def _jointly(context: Context, frame: Frame) -> list[Party]:
    """Name who gives together with the subject: "a joint $5 million initiative with Norway"."""
    around = context.words(max(context.low, context.start - 40), min(context.high, context.end + 40))
    if not phrase("joint", context.language).search(around):
        return []
    joined = phrase("with", context.language)
    return _names(
        [p for p in frame.within(context.low, context.high) if joined.search(context.words(context.low, p.start))]
    )


def _giving(context: Context) -> Cue | None:
    """Find the verb that gives the sum: the nearest before it, else one close after it."""
    for cue in context.before:
        if cue.value in ("commits", "paid", "proposed", "hypothetical") and context.start - cue.end <= 160:
            return cue
    return None


def _subject(context: Context, frame: Frame, verb: int, *, low: int | None = None) -> list[Party]:
    """Name the actors nearest before a verb, or the government or firm that "we" and "the government" mean."""
    begin = context.low if low is None else low
    places = [
        p for p in frame.within(begin, verb) if (verb - p.end <= 8 and not _with(context, p)) or not _object(context, p)
    ]
    spoken = frame.speaks_of_government(begin, verb)
    if spoken and frame.government and (not places or places[-1].end < spoken):
        return [(frame.government.name, None)]
    if not places:
        named = _BODY.fullmatch(context.document.text, begin, verb)
        is_body = named is not None and phrase("body", context.language).search(named[1]) is not None
        return [(named[1], (named.start(1), named.end(1)))] if named and is_body else []
    last = places[-1]
    run = [last]
    for place in reversed(places[:-1]):
        if not _linked(context, place.end, run[0].start):
            break
        run.insert(0, place)
    return _speaking(context, run, frame)


def _with(context: Context, place: Named) -> bool:
    return phrase("with", context.language).search(context.words(max(0, place.start - 12), place.start)) is not None


def _object(context: Context, place: Named) -> bool:
    """Tell whether a name depends on a preposition, so that it is no subject: "with Norway", "in support of Kenya"."""
    before = context.words(max(context.low - 200, place.start - 24, 0), place.start)
    return phrase("object", context.language).search(before) is not None


def _speaking(context: Context, places: Sequence[Named], frame: Frame) -> list[Party]:
    """Name givers; a minister who announces money speaks for the government."""
    if all(place.actor.kind == "person" for place in places) and frame.government:
        sentence = frame.document.sentence_at(places[0].start)
        near = frame.within(sentence.start, sentence.end) if sentence else []
        bodies = [p for p in near if p.actor.kind in ("state", "government_body") and p.end < places[0].start]
        states = [place for place in bodies if not _object(context, place)]
        if states and states[0].actor.country != frame.document.record.country:
            return _names(states[:1])
        return [(frame.government.name, None)]
    return _names([p for p in places if p.actor.kind != "person"] or list(places))


def _owns(context: Context, place: Named) -> bool:
    if context.language == "en" and _OWN.match(context.words(place.end, context.start)):
        return True
    before = context.words(max(context.low, place.start - 40), place.start)
    owned, amounts = phrase("owned", context.language), phrase("amounts_to", context.language)
    return owned.search(before) is not None and bool(amounts.fullmatch(context.document.text, place.end, context.start))


def _preceded(context: Context, place: Named) -> bool:
    """Tell whether a name follows "from" or "by", or right after the sum "du", "de la"."""
    words = context.words(context.end, place.start)
    if len(words) <= 8 and phrase("of_giver", context.language).fullmatch(words):
        return True
    return phrase("from", context.language).search(words) is not None


def _linked(context: Context, start: int, end: int) -> bool:
    return phrase("and", context.language).fullmatch(context.document.text, start, end) is not None


def _joined(context: Context, places: Sequence[Named]) -> list[Named]:
    kept = list(places[:1])
    for place in places[1:]:
        if not _linked(context, kept[-1].end, place.start):
            break
        kept.append(place)
    return kept


def _with_programme(context: Context, givers: list[Party]) -> list[Party]:
    """Add the programme that hands the money out: "through the Coastal Jobs Fund", "X, a program worth"."""
    text = context.document.text
    source = phrase("source", context.language).search(text, context.end, context.right)
    if source:
        return [(source[1].strip(), (source.start(1), source.start(1) + len(source[1].strip())))]
    match = phrase("through", context.language).search(text, context.end, min(context.right, context.end + 160))
    match = match or phrase("apposed", context.language).search(
        text, max(context.left, context.start - 170), context.start
    )
    if (
        match is None
        or phrase("no_programme", context.language).search(match[1])
        or any(match[1] == name for name, _ in givers)
    ):
        return givers
    return [*givers, (match[1].strip(), (match.start(1), match.start(1) + len(match[1].strip())))]


def inherits(context: Context) -> bool:
    """Tell whether a sum is part of the sum before it: "$5 million, including $2 million for schools"."""
    return (
        context.left > context.low
        and phrase("part", context.language).search(context.words(context.left, context.start)) is not None
    )


def _names(places: Sequence[Named]) -> list[Party]:
    seen: dict[str, Place | None] = {}
    for place in places:
        seen.setdefault(place.actor.name, (place.start, place.end))
    return list(seen.items())
