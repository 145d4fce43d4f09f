"""Assemble funding: one candidate a distinct sum and use, with the words that prove each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.assemble.funding.aims import Proposal
from extract.assemble.funding.context import Context, contexts
from extract.assemble.funding.date import date
from extract.assemble.funding.features import features
from extract.assemble.funding.frame import Frame
from extract.assemble.funding.givers import Party
from extract.assemble.funding.names import acronyms
from extract.assemble.funding.parts import Parts
from extract.assemble.funding.phrases import phrase
from extract.assemble.funding.purpose import uses
from extract.assemble.funding.same import groups
from extract.assemble.funding.status import status
from extract.assemble.funding.table import Row, table_rows
from extract.decide import Candidate
from extract.document import Document, Mention
from schemas import Actor, Agreement, Evidence, Funding, Money


def assemble_funding(
    document: Document, mentions: Sequence[Mention], actors: Sequence[Actor], agreements: Sequence[Agreement]
) -> list[Candidate[Funding]]:
    """Propose every sum in a known currency as funding; the features tell which of them are."""
    dates = [mention for mention in mentions if mention.kind == "date"]
    parts, sums, rows = _read(document, mentions, actors, dates)
    return [_candidate(document, group, parts, dates, agreements, rows) for group in sums]


def proposed_purposes(
    document: Document, mentions: Sequence[Mention], actors: Sequence[Actor]
) -> list[tuple[Funding, list[Proposal]]]:
    """Give every sum's record with all spans that may say what it is for, as examples to fit the weights by."""
    parts, sums, _ = _read(document, mentions, actors, ())
    found = []
    for group in sums:
        context = _most_telling(group)
        record = _candidate(document, group, parts, (), (), {}).record
        recipients = parts.getters(context, parts.givers[context.start])
        found.append((record, parts.purposes(context, recipients)))
    return found


def _read(
    document: Document, mentions: Sequence[Mention], actors: Sequence[Actor], dates: Sequence[Mention]
) -> tuple[Parts, list[list[Context]], dict[int, Row]]:
    """Read the sums: with their parts, grouped by what is one sum for one use, and the rows of tables they stand in."""
    decided = [context for context in contexts(document, mentions) if context.money.value.currency is not None]
    short = acronyms(document.text, document.language) if decided else frozenset()
    frame = Frame(document, actors, countries(mentions), short)
    rows = table_rows(document, decided, dates)
    # two rows of a table that give the same sum are two grants
    sums = groups([c for c in decided if c.start not in rows]) + [[c] for c in decided if c.start in rows]
    return Parts(frame, decided), sorted(sums, key=lambda group: group[0].start), rows


def countries(mentions: Sequence[Mention]) -> frozenset[int]:
    """Say where the register knows a country by its name, to tell it from its provinces."""
    found = (m for m in mentions if m.kind == "actor" and (m.value.entry or "").startswith("state-"))
    return frozenset(m.start for m in found)


def undecided_sums(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Give the sums whose currency nothing in the document decides: they can be no record, but must not be lost."""
    return [m for m in mentions if m.kind == "money" and m.value.value.currency is None]


def _candidate(
    document: Document,
    group: Sequence[Context],
    parts: Parts,
    dates: Sequence[Mention],
    agreements: Sequence[Agreement],
    rows: Mapping[int, Row],
) -> Candidate[Funding]:
    context = _most_telling(group)
    told = (context, *group)
    state, cue = status(context)
    funders = next((parts.givers[c.start] for c in told if parts.givers[c.start]), [])
    recipients = next((found for c in told if (found := parts.getters(c, funders))), [])
    row = rows.get(context.start, Row(context.quote))
    funders, recipients = list(row.funders or funders), list(row.recipients or recipients)
    aim = row.purpose or parts.purpose(context, recipients)
    if aim and _only_names(parts.frame, aim, recipients):
        aim = None
    quotes = [row.place] if row.purpose or row.recipients or row.funders else [c.quote for c in group]
    evidence = [document.evidence("record", *place, finder="funding.sum") for place in quotes]
    evidence += [document.evidence("money", c.start, c.end, finder=c.mention.finder) for c in group]
    if cue:
        evidence.append(document.evidence("status", cue.start, cue.end, finder="funding.status"))
    for field, named in (("funders", funders), ("recipients", recipients)):
        evidence += [document.evidence(field, *place, finder=f"funding.{field}") for _, place in named if place]
    when = date(context, dates, cue)
    if row.date:
        evidence.append(document.evidence("date", *row.date[1], finder="funding.column"))
    elif when:
        evidence.append(document.evidence("date", when.start, when.end, finder=when.finder))
    if aim:
        evidence.append(document.evidence("purpose", *aim, finder="funding.purpose"))
    record = Funding(
        document_id=document.record.document_id,
        evidence=_distinct(evidence),
        money=_money(context),
        restated=_restated(context, group),
        status=state,
        funders=tuple(name for name, _ in funders),
        recipients=tuple(name for name, _ in recipients),
        purpose=document.words(*aim) if aim else None,
        date=row.date[0] if row.date else when.value.value if when else None,
        agreement_id=_agreement(context, agreements),
    )
    measured = [features(context) for context in group]
    pooled = {name: max(m.get(name, 0.0) for m in measured) for m in measured for name in m}
    if len(group) > 1:
        pooled["repeated"] = 1.0
    veto = "funding.total" if row.total else "funding.output" if all(_is_output(c) for c in group) else None
    return Candidate(record, "funding.sum", pooled, vetoed=veto)


def _only_names(frame: Frame, aim: tuple[int, int], getters: Sequence[Party]) -> bool:
    """Tell whether the words of a purpose only name an actor: one who gets the sum, or a firm ("Acme Inc")."""
    if any(abs(p.start - aim[0]) + abs(p.end - aim[1]) <= 2 and p.actor.kind == "company" for p in frame.within(*aim)):
        return True
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


def _most_telling(group: Sequence[Context]) -> Context:
    """Choose the mention of a sum whose sentence tells most; the first of equals."""
    return max(group, key=lambda c: (_telling(c, bool(uses(c))), -c.start))


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
