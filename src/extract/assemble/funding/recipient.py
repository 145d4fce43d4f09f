"""Name who gets a sum: who is said to receive, whom it goes to, whom it helps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.assemble.funding.context import Context, Cue
from extract.assemble.funding.frame import Frame, Named
from extract.assemble.funding.phrases import phrase
from extract.assemble.funding.purpose import Place, starts_with_verb
from extract.lexicon.scan import Hit, scan

Party = tuple[str, Place | None]

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
_LIST = re.compile(r"(?:,\s[^\s,]+(?:\s[^\s,]+){0,7}){0,6},?\s(?:and|or|et|ou)\s[^,]+")
_TAIL = re.compile(r"(?:[\s,\xa0]|\b(?:and|or|et|ou|of|de|the|les)$)+$")


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
        place = _name(context, given.end(), context.start, "name_stop")
        if place is not None and (_is_group(context, place) or frame.within(*place)):
            return _named(context, frame, place)
    return []


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
        place = _name(context, groups[-1].start, got.start, "subject_stop")
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
    return []


def _given(context: Context, frame: Frame, hit: Hit, span: Place) -> Place | None:
    """Read "to the provinces", "for small businesses", "aux familles": whom the sum goes to."""
    word = context.words(hit.start, hit.end).casefold()
    dative = word in ("to", "à", "au", "aux") or word.startswith(("à la", "à l", "destin"))
    if (not dative and word not in ("for", "pour", "in support of")) or starts_with_verb(context, span[0]):
        return None
    gap = hit.start - context.end
    place = _name(context, span[0], span[1], "given_stop" if gap <= 25 else "name_stop")
    if place is None or gap > 160:
        return None
    actors = frame.within(*place)
    if actors and actors[0].start - place[0] <= 4:
        return place
    if _is_group(context, place):
        return place
    return place if gap <= 45 and _NAME.match(context.words(*place)) else None


def _helped(context: Context, frame: Frame, span: Place) -> Place | None:
    """Read whom an aim helps: "to support farmers", "to buy supplies for the clinics"."""
    text = context.document.text
    benefit = phrase("benefit", context.language).match(text, span[0], span[1]) or _THAT.match(text, span[0], span[1])
    if benefit and not starts_with_verb(context, benefit.end()):
        place = _name(context, benefit.end(), span[1], "name_stop")
        if place is not None and (_is_group(context, place) or _is_actor(frame, place)):
            return place
    inner = phrase("inside", context.language).search(text, *span)
    if inner:
        place = _name(context, inner.end(), span[1], "name_stop")
        if place is not None and _is_group(context, place):
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
    return place if _is_group(context, place) or _is_actor(frame, place) else None


def _is_group(context: Context, place: Place) -> bool:
    """Tell whether the head of a phrase, before its first preposition, is a group of people or bodies."""
    head = phrase("preposition", context.language).search(context.document.text, *place)
    end = head.start() if head else place[1]
    return any(True for _ in scan("group", context.language, context.document.text, place[0], end))


def _is_actor(frame: Frame, place: Place) -> bool:
    inside = frame.within(*place)
    return bool(inside) and sum(p.end - p.start for p in inside) >= 0.6 * (place[1] - place[0])


def _name(context: Context, start: int, end: int, stop_at: str) -> Place | None:
    """Give the noun phrase that starts at an offset, without article; a comma ends it unless it goes on as a list."""
    text = context.document.text
    while article := phrase("article", context.language).match(text, start, end):
        start = article.end()
    stop = phrase(stop_at, context.language).search(text, start, end)
    end = stop.start() if stop else end
    comma = text.find(", ", start, end)
    if comma > 0 and not _is_list(context, comma, end):
        end = comma
    tail = _TAIL.search(text[start:end])
    end -= len(tail[0]) if tail else 0
    return (start, end) if 3 <= end - start <= 200 else None


def _is_list(context: Context, comma: int, end: int) -> bool:
    """Tell whether a name goes on after a comma: "farmers, growers, and ranchers", not "farmers, raise awareness"."""
    if not _LIST.fullmatch(context.document.text, comma, end):
        return False
    starts = [comma + match.end() for match in re.finditer(r",\s(?:and |or |et |ou )?", context.words(comma, end))]
    return not any(starts_with_verb(context, start) for start in starts)


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
