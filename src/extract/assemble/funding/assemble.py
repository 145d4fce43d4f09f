"""Assemble funding: one candidate a distinct sum and use, with the words that prove each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.assemble.funding.context import Context, contexts
from extract.assemble.funding.date import date
from extract.assemble.funding.features import features
from extract.assemble.funding.frame import Frame
from extract.assemble.funding.funders import Party, funders, inherits
from extract.assemble.funding.phrases import phrase
from extract.assemble.funding.purpose import purpose, uses
from extract.assemble.funding.recipient import recipients
from extract.assemble.funding.same import groups
from extract.assemble.funding.status import status
from extract.decide import Candidate
from extract.document import Document, Mention
from schemas import Actor, Agreement, Evidence, Funding, Money


def assemble_funding(
    document: Document, mentions: Sequence[Mention], actors: Sequence[Actor], agreements: Sequence[Agreement]
) -> list[Candidate[Funding]]:
    """Propose every sum in a known currency as funding; the features tell which of them are."""
    frame = Frame(document, actors)
    decided = [context for context in contexts(document, mentions) if context.money.value.currency is not None]
    givers: dict[int, list[Party]] = {}
    for before, context in zip([None, *decided], decided, strict=False):
        part = before is not None and inherits(context)
        givers[context.start] = givers[before.start] if part and before else funders(context, frame)
    dates = [mention for mention in mentions if mention.kind == "date"]
    return [_candidate(document, group, frame, givers, dates, agreements) for group in groups(decided)]


def undecided_sums(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Give the sums whose currency nothing in the document decides: they can be no record, but must not be lost."""
    return [m for m in mentions if m.kind == "money" and m.value.value.currency is None]


def _candidate(
    document: Document,
    group: Sequence[Context],
    frame: Frame,
    givers_of: Mapping[int, list[Party]],
    dates: Sequence[Mention],
    agreements: Sequence[Agreement],
) -> Candidate[Funding]:
    measured = [features(context) for context in group]
    used = [uses(context) for context in group]
    best = max(range(len(group)), key=lambda i: (_telling(group[i], bool(used[i])), -i))
    context = group[best]
    state, cue = status(context)
    givers = givers_of[context.start] or next((givers_of[c.start] for c in group if givers_of[c.start]), [])
    getters = recipients(context, frame, used[best])
    for other, found in zip(group, used, strict=True):
        getters = getters or recipients(other, frame, found)
    aim = purpose(context, used[best], [place for _, place in getters if place])
    if aim and _only_names(frame, aim, getters):
        aim = None
    evidence = [document.evidence("record", *c.quote, finder="funding.sum") for c in group]
    evidence += [document.evidence("money", c.start, c.end, finder=c.mention.finder) for c in group]
    if cue:
        evidence.append(document.evidence("status", cue.start, cue.end, finder="funding.status"))
    for field, named in (("funders", givers), ("recipients", getters)):
        evidence += [document.evidence(field, *place, finder=f"funding.{field}") for _, place in named if place]
    when = date(context, dates, cue)
    if when:
        evidence.append(document.evidence("date", when.start, when.end, finder=when.finder))
    if aim:
        evidence.append(document.evidence("purpose", *aim, finder="funding.purpose"))
    record = Funding(
        document_id=document.record.document_id,
        evidence=_distinct(evidence),
        money=_money(context),
        restated=_restated(context, group),
        status=state,
        funders=tuple(name for name, _ in givers),
        recipients=tuple(name for name, _ in getters),
        purpose=document.words(*aim) if aim else None,
        date=when.value.value if when else None,
        agreement_id=_agreement(context, agreements),
    )
    pooled = {name: max(m.get(name, 0.0) for m in measured) for m in measured for name in m}
    if len(group) > 1:
        pooled["repeated"] = 1.0
    return Candidate(
        record, "funding.sum", pooled, vetoed="funding.output" if all(_is_output(c) for c in group) else None
    )


def _only_names(frame: Frame, aim: tuple[int, int], getters: Sequence[Party]) -> bool:
    """Tell whether the words of a purpose only name an actor who gets the sum."""
    names = {actor.name for actor in frame.actors}
    places = [place for name, place in getters if place and name in names]
    return any(abs(place[0] - aim[0]) + abs(place[1] - aim[1]) <= 4 for place in places)


def _money(context: Context) -> Money:
    return context.money.value


def _restated(context: Context, group: Sequence[Context]) -> tuple[Money, ...]:
    """Give the sum in its other currencies: as the finder joined them, and as other mentions of the group state it."""
    others = [c.money.value for c in group if c.money.value.currency != context.money.value.currency]
    return tuple(dict.fromkeys([*context.money.restated, *others]))


def _is_output(context: Context) -> bool:
    """Tell whether a sum is a share of what the economy makes: "contributes $18 billion to GDP"."""
    return phrase("output", context.language).match(context.document.text, context.end, context.high) is not None


def _telling(context: Context, has_purpose: bool) -> int:
    """Rank a mention of a sum by how much its sentence tells: a purpose, a verb, not a title."""
    title = context.element is not None and context.element.category == "title"
    verb = any(cue.subject == "funding" and cue.value != "noun" for cue in context.before[:3])
    return 2 * has_purpose + verb - 2 * title


def _agreement(context: Context, agreements: Sequence[Agreement]) -> str | None:
    """Give the agreement that the sum's sentence names, or "the agreement" when the document has only one."""
    near = [
        agreement
        for agreement in agreements
        if any(context.low <= p.start < context.high for p in agreement.evidence if p.field in ("title", "aliases"))
    ]
    if not near and phrase("the_agreement", context.language).search(context.document.text, context.low, context.high):
        near = list(agreements)
    return near[0].id if len(near) == 1 else None


def _distinct(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple({(e.field, e.start, e.end): e for e in evidence}.values())
