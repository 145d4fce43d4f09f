"""Name who gets a sum: who is said to receive, whom it goes to, whom it helps, in what it is invested.

The ways of saying it are tried from the plainest: "X receives $5 million", "give X $5 million", "$5 million to X",
"$5 million for X", "$5 million in X", then whom the sum's aim helps, then what stands before it: "aid to X of
$5 million".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extract.assemble.funding.context import Context, Cue
from extract.assemble.funding.frame import Frame
from extract.assemble.funding.givers import Party, Setting
from extract.assemble.funding.names import capitals_before
from extract.assemble.funding.nouns import head_words, headed_by_group, is_group, noun_phrase
from extract.assemble.funding.phrases import phrase
from extract.assemble.funding.purpose import Place, clause_end, starts_with_verb, uses
from extract.lexicon.scan import scan, words

NEAR = 75
"""Characters between a sum and whom it goes to: "$2 million in new funding over three years to …"."""
FAR = 240
"""Characters after a sum in which "to" may still say whom it goes to."""
_WITH = re.compile(r"\s(?:the\s)?([\w'’-]+(?:\s[\w'’-]+){0,7}?)\swith(?:\s[\w’-]+,?){0,9}?\s")
_START = re.compile(
    r"([A-ZÉÀ][\w.'’&-]*(?: [A-ZÉÀ][\w.'’&-]*){0,5})(?:, [A-Z]{2,4}\b)?,? (?:has |have |had |will |a |ont )?"
)
_FIRM = re.compile(r"(?:the |our |la |l['’]|notre )?(?:company|firm|société|entreprise)", re.IGNORECASE)
_GETS = ("state", "government_body", "intergovernmental", "company", "academic", "civil_society", "spoken_firm")
_THINGS = re.compile(r"(?:[a-z]{3,}s|[A-ZÉÀ][\w’'-]+)$|^(?:two|three|four|five|six|\d)")
"""The head of what may be given money: in the plural, or a name; "to install cable" is no gift."""
_GERUND = re.compile(r"(?!(?i:young|growing|developing|existing|leading|surviving))[a-z]+ing\b")
_OWNERS = ("company", "civil_society", "academic", "intergovernmental")
_GERUND_AFTER = re.compile(r"\s\w+ly\s\w+ing\b")
_ADVERB = re.compile(r"\s(\w+ly\s)?")
_THAT = re.compile(r"qu(?:e |['’])")


def getters(context: Context, frame: Frame, funders: Sequence[Party]) -> list[Party]:
    """Name who gets a sum, under the actor's name where the words are one; empty when the text names nobody."""
    setting = Setting(context, frame)
    got = received(context)
    secured = got is not None and phrase("secures", context.language).match(context.words(got.start, got.end))
    first = _said_first(setting) if secured and got and not frame.speaks_as_firm(context.low, got.start) else None
    if got is not None and first is None:
        return _receiver(setting, got)
    given = {name for name, _ in funders}
    for way in (_indirect, _said_first, _for_a_total, _before, _owner_of_limit, _helped, _possessor, _opening):
        place = way(setting)
        found = _named(setting, place) if place is not None else []
        found = [party for party in found if party[0] not in given]
        if found:
            return found
    return _raised(setting)


def received(context: Context) -> Cue | None:
    """Find a verb of receiving that governs the sum."""
    for cue in context.before:
        if cue.value in ("commits", "paid"):
            return None
        if cue.value == "receives":
            return cue if context.start - cue.end <= 140 else None
    return None


def _receiver(setting: Setting, got: Cue) -> list[Party]:
    """Name the subject of "receive": a group, an actor, or the firm that says "we"."""
    context, frame, text = setting.context, setting.frame, setting.context.document.text
    groups = [hit for hit in scan("group", context.language, text, context.low, got.start) if got.start - hit.end <= 90]
    while len(groups) > 1 and phrase("joining", context.language).fullmatch(text, groups[-2].end, groups[-1].start):
        groups.pop()
    bodies = [n for n in setting.names if n.end <= got.start and n.kind in _GETS]
    if groups and (not bodies or groups[-1].end > bodies[-1].end):
        if frame.firm and _FIRM.fullmatch(context.words(groups[-1].start, groups[-1].end)):
            return [(frame.firm.name, None)]
        start = next((n.start for n in setting.names if n.start <= groups[-1].start < n.end), groups[-1].start)
        place = noun_phrase(context, start, got.start, "subject_stop")
        return [(context.words(*place), place)] if place else []
    name = capitals_before(text, context.low, got.start)
    if name and not any(name[0] <= n.end and n.start <= name[1] for n in setting.names):
        return [(context.words(*name), name)]
    people = [n for n in setting.subject(got) if n.kind == "person" and got.start - n.end <= 12]
    found = [n for n in setting.subject(got) if n.kind in _GETS] or people or bodies[-1:]
    if found:
        return [(n.name, None if n.kind.startswith("spoken") else (n.start, n.end)) for n in found]
    subject = _START.fullmatch(text, context.low, got.start)
    if subject and not words("function", "function", context.language).match(subject[1]):
        return [(subject[1], (subject.start(1), subject.end(1)))]
    return [(frame.firm.name, None)] if frame.firm and frame.speaks_as_firm(context.low, got.start) else []


def _indirect(setting: Setting) -> Place | None:
    """ "give the schools up to two million", "provide the schools with two million"."""
    context, text = setting.context, setting.context.document.text
    verb = next((c for c in reversed(setting.verbs) if c.end <= context.start and c.value != "receives"), None)
    if verb is None or not 4 <= context.start - verb.end <= 110:
        return None
    bound = phrase("after_bound", context.language)
    with_it = _WITH.fullmatch(text, verb.end, context.start)
    if with_it and with_it.end() == context.start:
        given = with_it.span(1)
        if is_group(context, given) or _party(setting, given):
            return given
    for index, naming in enumerate(setting.names):
        if not (naming.start - verb.end <= 16 and verb.end <= naming.start and naming.end <= context.start):
            continue
        end = setting.run(index)[-1].end
        if bound.fullmatch(text, end, context.start):
            return naming.start, end
        place = noun_phrase(context, verb.end + 1, context.start, "given_stop")
        if place and naming.kind == "group" and bound.fullmatch(text, place[1], context.start):
            return place
    return None


def _said_first(setting: Setting) -> Place | None:
    """Give who stands first of those whom the sum goes to, is for, and whom its aim helps."""
    places = [
        place for place in (_dative(setting), _for(setting), _within(setting), _aimed(setting)) if place is not None
    ]
    return min(places, default=None)


def _dative(setting: Setting) -> Place | None:
    """ "two million to the schools", "two million will be distributed to the schools".

    Right after the sum and the words for money whatever stands after "to" gets it; further on only a group or a name.
    """
    context = setting.context

    def accept(place: Place, gap: str) -> bool:
        direct = phrase("direct", context.language).fullmatch(gap) is not None and (
            context.language == "en" or len(gap) <= 25
        )
        return (direct and _THINGS.search(head_words(context, place)) is not None) or _party(setting, place)

    return _after(setting, "dative_to", FAR, accept)


def _for(setting: Setting) -> Place | None:
    """ "two million for schools": groups and names, since most of what follows "for" is a purpose."""

    def accept(place: Place, gap: str) -> bool:
        return _party(setting, place) or (len(gap) <= 25 and is_group(setting.context, place))

    return _after(setting, "dative_for", NEAR + 10, accept)


def _within(setting: Setting) -> Place | None:
    """ "invest two million in schools", "in the Port Fund", "in a new plant"."""
    venture = phrase("venture", setting.context.language)

    def accept(place: Place, gap: str) -> bool:
        if len(gap) > 12 and not phrase("invested", setting.context.language).fullmatch(gap):
            return False
        if "," in setting.context.words(*place):
            return False  # a list of fields: "in transit, housing, and trade routes"
        return _party(setting, place) or venture.search(head_words(setting.context, place)) is not None

    return _after(setting, "invested_in", 45, accept)


def _after(setting: Setting, shape: str, near: int, accept: Callable[[Place, str], bool]) -> Place | None:
    """Give the first phrase after a sum and a word of a shape that is accepted; ``gap`` is what stands between."""
    context = setting.context
    end = clause_end(context)
    for match in phrase(shape, context.language).finditer(
        context.document.text, context.end, min(end, context.end + near)
    ):
        gap, start = context.words(context.end, match.start()), match.end()
        if starts_with_verb(context, start) or phrase("not_dative", context.language).search(gap):
            continue
        place = noun_phrase(context, start, end, "given_stop" if len(gap) <= 25 else "name_stop")
        if place is None or not _may_get(context, place):
            continue
        if accept(place, gap):
            return _cut(setting, place)
    return None


def _may_get(context: Context, place: Place) -> bool:
    """Tell whether a phrase may name who gets money: no pronoun, date, gerund ("training nurses") or money itself."""
    said = context.words(*place)
    plain = phrase("no_getter", context.language).match(said) is None
    return plain and (not _GERUND.match(said) or headed_by_group(context, place))


def _party(setting: Setting, place: Place) -> bool:
    """Tell whether a phrase is a group or names a body, a programme, a state."""
    context = setting.context
    if headed_by_group(context, place):
        return True
    names = [n for n in setting.names if n.start >= place[0] and n.end <= place[1] and not n.kind.startswith("spoken")]
    named = bool(names) and names[0].start - place[0] <= 4 and names[0].kind != "person"
    return named or phrase("named_body", context.language).match(context.words(*place)) is not None


def _aimed(setting: Setting) -> Place | None:
    """Read whom an aim helps first of all: "to support farmers", "to ensure that farmers can", "pour que les …"."""
    context, text = setting.context, setting.context.document.text
    for _, span, aims in uses(context):
        if not aims:
            continue
        helped = phrase("benefit", context.language).match(text, *span) or _THAT.match(text, *span)
        if helped and not starts_with_verb(context, helped.end()):
            place = noun_phrase(context, helped.end(), span[1], "name_stop")
            if place is not None and (is_group(context, place) or _is_name(setting, place)):
                return _cut(setting, place)
        inner = phrase("inside", context.language).search(text, *span)
        if inner:
            place = noun_phrase(context, inner.end(), span[1], "name_stop")
            if place is not None and is_group(context, place):
                return _cut(setting, place)
    return None


def _possessor(setting: Setting) -> Place | None:
    """ "two million to enhance the clinic's capacity": whose it is that the aim improves."""
    context, end = setting.context, clause_end(setting.context)
    for naming in setting.names:
        after = naming.start >= context.end and naming.end <= end and naming.kind in _OWNERS
        if after and re.match(r"['’]s?\s[a-z]", context.document.text[naming.end : naming.end + 4]):
            return naming.start, naming.end
    return None


def _opening(setting: Setting) -> Place | None:
    """ "To support the farmers, the minister announced two million"."""
    context = setting.context
    opening = phrase("opening", context.language).match(context.document.text, context.low, context.start)
    helps = phrase("helps", context.language).match(context.document.text, opening.end()) if opening else None
    place = noun_phrase(context, helps.end(), context.start, "name_stop") if helps else None
    return _cut(setting, place) if place and _may_get(context, place) and headed_by_group(context, place) else None


def _cut(setting: Setting, place: Place) -> Place:
    """End a phrase after the names it opens with ("the bank for a study"), or before the verb of its group."""
    context, text = setting.context, setting.context.document.text
    for index, naming in enumerate(setting.names):
        if naming.start - place[0] in range(-4, 5) and naming.kind != "group" and not naming.kind.startswith("spoken"):
            end = max(n.end for n in setting.run(index) if n.start < place[1])
            follows = phrase("goes_on", context.language).match(text, end)
            return (place[0], min(end, place[1])) if follows else place
    for hit in scan("group", context.language, text, *place):
        verb = _ADVERB.match(text, hit.end)
        start = verb.end() if verb else hit.end
        if start < place[1] and (starts_with_verb(context, start) or _GERUND_AFTER.match(text, hit.end)):
            return place[0], hit.end
    return place


def _helped(setting: Setting) -> Place | None:
    """Read whom the words after a sum help: "that will support farmers", "to renew the Port Fund"."""
    context = setting.context
    end, text = clause_end(context), context.document.text
    for shape, near in (("helps", 200), ("among", 130)):
        for match in phrase(shape, context.language).finditer(text, context.end, min(end, context.end + near)):
            start = match.end()
            if starts_with_verb(context, start) or text.startswith("to ", start):
                continue
            place = noun_phrase(context, start, end, "name_stop")
            if place is None or not _may_get(context, place):
                continue
            branch = phrase("branch", context.language).search(head_words(context, place)) is not None
            comma = text.find(",", *place)
            first = (place[0], comma) if comma > 0 else place
            if headed_by_group(context, first) and not (shape == "among" and branch):
                return _cut(setting, place)
            if shape == "helps" and _party(setting, place):
                return _cut(setting, place)
    return None


def _is_name(setting: Setting, place: Place) -> bool:
    inside = setting.frame.within(*place)
    return bool(inside) and sum(p.end - p.start for p in inside) >= 0.6 * (place[1] - place[0])


def _for_a_total(setting: Setting) -> Place | None:
    """ "the four projects selected for a total of two million"."""
    context = setting.context
    text = context.document.text
    for total in phrase("for_total", context.language).finditer(text, context.low, context.start):
        if context.words(total.end(), context.start).strip():
            continue
        for got in phrase("selected", context.language).finditer(text, context.low, total.start()):
            if not context.words(got.end(), total.start()).strip():
                return noun_phrase(context, got.start(), got.end(), "name_stop")
    return None


def _before(setting: Setting) -> Place | None:
    """ "aid to the schools of two million", "contributions to the fund include two million"."""
    context = setting.context
    given = phrase("given_to", context.language).search(context.document.text, context.low, context.start)
    if given is None:
        return None
    place = noun_phrase(context, given.end(), context.start, "name_stop")
    if place is None or not (is_group(context, place) or _party(setting, place)):
        return None
    return place


def _owner_of_limit(setting: Setting) -> Place | None:
    """ "increase the board's borrowing limit by two million"."""
    context = setting.context
    limit = phrase("limit_of", context.language)
    for naming in setting.names:
        if naming.end <= context.start and limit.match(context.document.text, naming.end, context.start):
            return naming.start, naming.end
    after = phrase("limit_after", context.language).match(context.document.text, context.end)
    if after:
        return noun_phrase(context, after.end(), clause_end(context), "name_stop")
    return None


def _raised(setting: Setting) -> list[Party]:
    """Name the firm that announces an investment by another: "X announced a $5 million investment from Y"."""
    context, frame = setting.context, setting.frame
    text = context.document.text
    from_other = phrase("investment_from", context.language).search(text, context.end, context.right)
    if from_other is None or frame.home:
        return []
    givers = {p.actor.name for p in frame.within(from_other.end(), context.right)}
    subjects = [p for p in frame.within(context.low, context.start) if p.actor.kind in ("company", "academic")]
    if subjects and subjects[0].actor.name not in givers:
        return [(subjects[0].actor.name, (subjects[0].start, subjects[0].end))]
    return [(frame.firm.name, None)] if frame.firm and frame.firm.name not in givers else []


def _named(setting: Setting, place: Place) -> list[Party]:
    """Give the actors and programmes that a phrase consists of, else the phrase itself."""
    context = setting.context
    text = context.document.text
    inside = [
        n
        for n in setting.names
        if place[0] <= n.start and n.end <= place[1] and n.kind != "group" and not n.kind.startswith("spoken")
    ]
    inside = [n for n in inside if not re.match(r"['’]s?\s", text[n.end : n.end + 3])] or inside
    covered = sum(n.end - n.start for n in inside)
    if inside and covered >= 0.55 * (place[1] - place[0]):
        seen: dict[str, Place | None] = {}
        for named in inside:
            seen.setdefault(named.name, (named.start, named.end))
        return list(seen.items())
    return [(context.words(*place), place)]
