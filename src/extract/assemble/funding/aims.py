"""Propose what a sum may be for: phrases after it, its own noun, the clause before it, the purpose of its whole.

Each proposal is a span of the text with what speaks for it as named features; the linear model in
``weights/purpose.json`` (made by ``scripts/train_purpose.py``) chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.assemble.funding.context import Context
from extract.assemble.funding.phrases import phrase
from extract.assemble.funding.purpose import Place, clause_end, noun_after, noun_before, starts_with_verb, trimmed, uses
from extract.decide import weights

PERSON = 10000
"""Below this a sum is most often what one person gets."""
Proposal = tuple[Place, dict[str, float]]

_CUTS = ("cut_relative", "cut_with", "cut_aim", "cut_for")
"""Where a longer phrase may end sooner, beside at its first comma."""
_CLAUSE_BEFORE = re.compile(r"(?:,|\s[–—-]|:|;)\s[^,:;–—]{0,90}$")
_NOUN_BEFORE = re.compile(
    r"(?:^|[,;:]\s|\s(?:the|an?|les?|la|une?|des)\s)([^,;:]{4,60}?)"
    r"\s(?:of|worth|totalling|totaling|de|d['’]une valeur de)?\s?\S{0,12}\s?\S{0,12}$"
)
_SUBJECT_VERB = re.compile(r"\s(?:will|would|is|are|was|were|has|have|sera|seront|est|sont|a|ont)\s")


def purpose(context: Context, got: Sequence[Place], whole: Place | None, *, floor: float | None = None) -> Place | None:
    """Choose what a sum is for; None when no phrase is likely to say it.

    ``got`` are the places that name who gets the sum, ``whole`` is the purpose of the sum that this one is part of.
    """
    model = weights("purpose")
    best, chosen = model.threshold if floor is None else floor, None
    for place, features in proposals(context, got, whole):
        score = model.bias + sum(model.features.get(name, 0.0) * value for name, value in features.items())
        if score > best:
            best, chosen = score, place
    return chosen


def proposals(context: Context, got: Sequence[Place], whole: Place | None) -> Iterator[Proposal]:
    """Give every span that may say what the sum is for, with its features."""
    seen: set[Place] = set()
    spans = list(_spans(context, whole))
    aimed = any(source.startswith("aim") for source, _ in spans)
    for source, place in spans:
        for cut, short in _shortened(context, place):
            if short in seen or short[1] - short[0] < 4:
                continue
            if short[0] == context.low and not context.words(short[1], context.start).strip() and short[1] > short[0]:
                continue  # "The council gave (two million)": who gives and the verb
            seen.add(short)
            features = _features(context, source, cut, short, got, whole is not None)
            if "opens_with_getter_other" in features and " for " in context.words(*short):
                continue  # "to the bank for a study": the study is what it is for
            features[f"{source}_{'aimed' if aimed else 'aimless'}"] = 1.0
            yield short, features


def _spans(context: Context, whole: Place | None) -> Iterator[tuple[str, Place]]:
    found = uses(context)
    for order, (hit, span, aims) in enumerate(found[:5]):
        kind = "aim" if aims else hit.row.value
        yield f"{kind}{min(order, 2)}", span
        if not aims:
            noun = _with_noun(context, span)
            if noun:
                yield "noun_with_use", noun
    own = noun_after(context) if context.language == "en" else None
    if own:
        yield "noun_after", own
        longer = trimmed(context, own[0], clause_end(context))
        if longer:
            yield "noun_on", longer
    before = noun_before(context)
    if before:
        yield "noun_before", before
    yield from _earlier(context)
    if whole is not None:
        yield "whole", whole


def _with_noun(context: Context, span: Place) -> Place | None:
    """Give the words for the money with what they are for: "additional support to small businesses"."""
    start = context.end
    text = context.document.text
    lead = phrase("money_of", context.language).match(text, start)
    begin = lead.end() if lead else start + 1
    return trimmed(context, begin, span[1]) if begin < span[0] - 3 else None


def _earlier(context: Context) -> Iterator[tuple[str, Place]]:
    """Give what stands before the sum: the clause of its item, the subject of its sentence, the aim that opens it."""
    text = context.document.text
    if context.start - context.low < 6:
        return
    head = text[context.low : context.start]
    opening = phrase("opening", context.language).match(head)
    comma = head.find(", ")
    if opening and comma > 0:
        yield "opening_aim", (context.low + opening.end(), context.low + comma)
    clause = _CLAUSE_BEFORE.search(head)
    if clause and clause.start() > 8:
        yield "main_clause", (context.low, context.low + clause.start())
        if comma > 8 and comma != clause.start():
            yield "main_start", (context.low, context.low + comma)
    verb = _SUBJECT_VERB.search(head)
    if verb and verb.start() > 4:
        yield "subject", (context.low, context.low + verb.start())
    noun = _NOUN_BEFORE.search(head)
    if noun:
        yield "words_before", (context.low + noun.start(1), context.low + noun.end(1))


def _shortened(context: Context, place: Place) -> Iterator[tuple[str, Place]]:
    """Give a span as it is and cut at each place where it may end sooner."""
    yield "full", place
    words = context.words(*place)
    cuts = [(name, phrase(name, context.language).search(words, 8)) for name in _CUTS]
    comma = words.find(",", 8)
    ends = [("cut_comma", comma)] if comma > 0 else []
    for name, end in [*ends, *((name, match.start()) for name, match in cuts if match)]:
        short = trimmed(context, place[0], place[0] + end)
        if short:
            yield name, short


def _features(
    context: Context, source: str, cut: str, place: Place, got: Sequence[Place], has_whole: bool
) -> dict[str, float]:
    words = context.words(*place)
    count = len(words.split())
    gap = place[0] - context.end
    size = (
        "short"
        if count <= 2
        else "brief"
        if count <= 5
        else "middle"
        if count <= 14
        else "long"
        if count <= 24
        else "huge"
    )
    covered = any(g[0] - 8 <= place[0] and place[1] <= g[1] + 4 for g in got)
    follows_getter = any(0 < place[0] - g[1] <= 12 for g in got)
    opens_with_getter = any(abs(g[0] - place[0]) <= 8 and g[1] < place[1] - 8 for g in got)
    names_getter = any(abs(g[0] - place[0]) <= 8 for g in got)
    found = {
        f"source_{source}": 1.0,
        f"cut_{cut}": 1.0,
        f"{source}_{cut}": 1.0,
        f"size_{size}": 1.0,
        f"{source}_{size}": 1.0,
        "verb": float(starts_with_verb(context, place[0])),
        "only_getter": float(covered),
        "getter": float(names_getter),
        "follows_getter": float(follows_getter),
        f"opens_with_getter_{'aim' if source.startswith('aim') else 'other'}": float(opens_with_getter),
        "before": float(gap < 0),
        "near": float(0 <= gap <= 12),
        "far": float(gap > 90),
        "sum_inside": float(place[0] < context.start < place[1]),
        "empty": float(phrase("empty_noun", context.language).fullmatch(words) is not None),
        "french": float(context.language == "fr") * (source == "noun_before"),
        f"whole_{source}": float(has_whole),
        f"person_{source}": float(context.money.value.amount < PERSON),
        f"getter_{source}": float(names_getter),
        f"only_getter_{source}": float(covered),
        f"item_{source}": float(context.lead is not None),
    }
    return {name: value for name, value in found.items() if value}
