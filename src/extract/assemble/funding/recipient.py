"""Name who gets a sum: who is said to receive, whom it goes to, whom it helps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.assemble.funding.beneficiary import beneficiary, is_group, noun_phrase
from extract.assemble.funding.context import Context, Cue
from extract.assemble.funding.frame import Frame, Named
from extract.assemble.funding.phrases import phrase
from extract.assemble.funding.purpose import Place, starts_with_verb
from extract.lexicon.scan import Hit, scan

Party = tuple[str, Place | None]

_FIRM = re.compile(r"(?:the |our |la |l['’]|notre )?(?:company|firm|société|entreprise)", re.IGNORECASE)
_CAPITALS = re.compile(
    r"([A-ZÉÀ][\w.'’&-]*(?: [A-ZÉÀ][\w.'’&-]*){0,5})(?:, [A-Z]{2,4}\b)?,? (?:has |have |had |will |a |ont )?"
)
_MODIFIERS = re.compile(
    r"(?<![\w’'-])"
    r"(?:(?:small|micro|medium|mid-sized|large|young|rural|local|eligible|low-income|\w+al|\w+ous) (?:and )?){1,3}$"
)
_PRONOUN = re.compile(
    r"(?:It|They|We|He|She|This|That|These|Those|The|In|On|As|Since|After|Last|Il|Elle|Ils|Nous|Ce|Cette|Le|La|Les|En)\b"
)
_THAT = re.compile(r"qu(?:e |['’])")
_DATIVE = re.compile(
    r"\s(?:the\s)?([\w'’-]+(?:\s[\w'’-]+){0,7}?)\s"
    r"(?:with\s(?:an?\s)?|an?\s(?:additional|extra|total|new)\s|up to\s|more than\s)"
)
_NAME = re.compile(
    r"(?:new |nouveau |nouvelle )?(?:[A-ZÉÀ][\w'’.-]+ (?:[\w'’.-]+ ){0,6}"
    r"(?:Fund|Trust|Agency|Foundation|Facility|Bank|Council|Corporation|Project|Account|Program(?:me)?)\b"
    r"|(?:Fonds|Fondation|Banque|Agence|Conseil|Projet|Programme)\s\w)"
)


def recipients(context: Context, frame: Frame, found: Sequence[tuple[Hit, Place, bool]]) -> list[Party]:
    """Name who gets a sum, under the actor's name where the words are one; empty when the text names nobody."""
    got = received(context)
    if got is not None:
        return _receiver(context, frame, got)
    indirect = _indirect(context, frame)
    if indirect is not None:
        return _named(context, frame, indirect)
    for hit, span, aims in found:
        place = _helped(context, frame, span) if aims else _given(context, frame, hit, span)
        if place is not None:
            return _named(context, frame, place)
    given = phrase("given_to", context.language).search(context.document.text, context.low, context.start)
    if given is not None:
        place = noun_phrase(context, given.end(), context.start, "name_stop")
        if place is not None and (is_group(context, place) or frame.within(*place)):
            return _named(context, frame, place)
    helped = beneficiary(context, frame)
    return _named(context, frame, helped) if helped else _raised(context, frame)


def _raised(context: Context, frame: Frame) -> list[Party]:
    """Name the firm that announces an investment by another: "X announced a $5 million investment from Y"."""
    text = context.document.text
    from_other = phrase("investment_from", context.language).search(text, context.end, context.right)
    if from_other is None or frame.home:
        return []
    givers = {p.actor.name for p in frame.within(from_other.end(), context.right)}
    subjects = [p for p in frame.within(context.low, context.start) if p.actor.kind in ("company", "academic")]
    if subjects and subjects[0].actor.name not in givers:
        return [(subjects[0].actor.name, (subjects[0].start, subjects[0].end))]
    return [(frame.firm.name, None)] if frame.firm and frame.firm.name not in givers else []


def received(context: Context) -> Cue | None:
    """Find a verb of receiving that governs the sum."""
    for cue in context.before:
        if cue.value in ("commits", "paid"):
            return None
        if cue.value == "receives":
            return cue if context.start - cue.end <= 60 else None
    return None


def _receiver(context: Context, frame: Frame, got: Cue) -> list[Party]:
    """Name the subject of "receive": a group, an actor, or the firm that says "we"."""
    text = context.document.text
    groups = [hit for hit in scan("group", context.language, text, context.low, got.start) if got.start - hit.end <= 90]
    places = [place for place in frame.within(context.low, got.start) if place.actor.kind != "person"]
    while len(groups) > 1 and phrase("joining", context.language).fullmatch(text, groups[-2].end, groups[-1].start):
        groups.pop()
    if groups and (not places or groups[-1].end > places[-1].end):
        if frame.firm and _FIRM.fullmatch(context.words(groups[-1].start, groups[-1].end)):
            return [(frame.firm.name, None)]
        lead = _MODIFIERS.search(context.words(context.low, groups[-1].start))
        begin = groups[-1].start - (len(lead[0]) if lead else 0)
        place = noun_phrase(context, begin, got.start, "subject_stop")
        return [(context.words(*place), place)] if place else []
    if places:
        run = places[-1:]
        for place_before in reversed(places[:-1]):
            if not phrase("and", context.language).fullmatch(text, place_before.end, run[0].start):
                break
            run.insert(0, place_before)
        return [(p.actor.name, (p.start, p.end)) for p in run]
    if frame.firm and frame.speaks_as_firm(context.low, got.start):
        return [(frame.firm.name, None)]
    subject = _CAPITALS.fullmatch(text, context.low, got.start)
    if subject and not _PRONOUN.match(subject[1]):
        return [(subject[1], (subject.start(1), subject.end(1)))]
    return []


def _given(context: Context, frame: Frame, hit: Hit, span: Place) -> Place | None:
    """Read "to the provinces", "for small businesses", "aux familles": whom the sum goes to."""
    word = context.words(hit.start, hit.end).casefold()
    dative = word in ("to", "à", "au", "aux") or word.startswith(("à la", "à l", "destin"))
    if (not dative and word not in ("for", "pour", "in support of")) or starts_with_verb(context, span[0]):
        return None
    gap = hit.start - context.end
    place = noun_phrase(context, span[0], span[1], "given_stop" if gap <= 25 else "name_stop")
    if place is None or gap > 160:
        return None
    actors = frame.within(*place)
    if actors and actors[0].start - place[0] <= 4:
        return place
    if is_group(context, place):
        return place
    return place if gap <= 45 and _NAME.match(context.words(*place)) else None


def _helped(context: Context, frame: Frame, span: Place) -> Place | None:
    """Read whom an aim helps: "to support farmers", "to buy supplies for the clinics"."""
    text = context.document.text
    benefit = phrase("benefit", context.language).match(text, span[0], span[1]) or _THAT.match(text, span[0], span[1])
    if benefit and not starts_with_verb(context, benefit.end()):
        place = noun_phrase(context, benefit.end(), span[1], "name_stop")
        if place is not None and (is_group(context, place) or _is_actor(frame, place)):
            return place
    inner = phrase("inside", context.language).search(text, *span)
    if inner:
        place = noun_phrase(context, inner.end(), span[1], "name_stop")
        if place is not None and is_group(context, place):
            return place
    return None


def _indirect(context: Context, frame: Frame) -> Place | None:
    """Read whom the verb gives the sum: "provide community organizations with", "give Manitoba an additional"."""
    verb = next((cue for cue in context.before if cue.value in ("commits", "paid", "proposed", "hypothetical")), None)
    if verb is None or not 4 <= context.start - verb.end <= 90:
        return None
    between = context.words(verb.end, context.start)
    match = _DATIVE.match(between)
    if match is None:
        return None
    place = (verb.end + match.start(1), verb.end + match.end(1))
    return place if is_group(context, place) or _is_actor(frame, place) else None


def _is_actor(frame: Frame, place: Place) -> bool:
    inside = frame.within(*place)
    return bool(inside) and sum(p.end - p.start for p in inside) >= 0.6 * (place[1] - place[0])


def _named(context: Context, frame: Frame, place: Place) -> list[Party]:
    """Give the actors that a phrase consists of, else the phrase itself."""
    inside: list[Named] = frame.within(*place)
    covered = sum(p.end - p.start for p in inside)
    if inside and covered >= 0.55 * (place[1] - place[0]):
        seen: dict[str, Place | None] = {}
        for named in inside:
            seen.setdefault(named.actor.name, (named.start, named.end))
        return list(seen.items())
    return [(context.words(*place), place)]
