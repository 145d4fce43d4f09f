"""What speaks for and against a sum being funding, as named numbers for the model."""

from __future__ import annotations

import math
import re

from extract.assemble.funding.context import Context, Cue
from extract.lexicon.scan import scan

_NEAR, _FAR = 25, 80
"""Characters: within NEAR a cue is beside the sum, within FAR in its phrase."""
NEUTRAL = ("amounts", "hypothetical")
"""Cues that any sum may have, funding or not: "totalling", "could reach"."""
_SLOTS = re.compile(r"[^\W\d_]+")


def features(context: Context) -> dict[str, float]:
    """Measure a sum's surroundings. Distances are in characters, sizes in powers of ten."""
    found: dict[str, float] = {}
    after = _after(found, context)
    for cue in context.before:
        _side(found, "left", cue, context.start - cue.end, inside=cue.start >= context.left)
    for cue in after:
        _side(found, "right", cue, cue.start - context.end, inside=cue.end <= context.right)
    _nearest(found, context, after)
    _value(found, context)
    _place(found, context)
    for cue in context.lead_cues:
        found[f"lead_{_name(cue)}"] = 1.0
    for subject in ("funding", "not_funding"):
        if not any(cue.subject == subject and cue.value not in NEUTRAL for cue in context.cues):
            found[f"no_{subject}"] = 1.0
    return found


def _name(cue: Cue) -> str:
    return cue.value if cue.subject == "funding" else f"not_{cue.value}"


def _side(found: dict[str, float], side: str, cue: Cue, gap: int, *, inside: bool) -> None:
    """Note a cue on one side of a sum; one beyond the next sum counts as far, however few characters away."""
    reach = "beside" if gap <= _NEAR and inside else "near" if gap <= _FAR and inside else "far"
    found[f"{side}_{reach}_{_name(cue)}" if cue.subject == "funding" else f"{side}_{reach}_not"] = 1.0
    if cue.subject == "not_funding" and reach != "far":
        found[_name(cue)] = 1.0


def _after(found: dict[str, float], context: Context) -> tuple[Cue, ...]:
    """Give the cues after the sum; what its use is ("to lower the cost of …") doesn't say what the sum is."""
    text = context.document.text
    use = next(iter(scan("use", context.language, text, context.end, context.end + 40)), None)
    if use is None or context.words(context.end, use.start).strip(" ,\xa0"):
        return context.after
    found["use_follows"] = 1.0
    if use.row.value == "within":
        return context.after  # "$5 million in exports": the use may tell the sum's own nature
    return tuple(cue for cue in context.after if cue.subject == "funding" or cue.start < use.end + 4)


def _nearest(found: dict[str, float], context: Context, after: tuple[Cue, ...]) -> None:
    """Say of what subject the nearest cue on each side is, and over both."""
    gaps = []
    for side, cues in (("left", context.before), ("right", after)):
        cue = next((cue for cue in cues if cue.value not in NEUTRAL), None)
        if cue is not None:
            found[f"{side}_nearest_{'yes' if cue.subject == 'funding' else 'not'}"] = 1.0
            gaps.append((max(context.start - cue.end, cue.start - context.end), cue))
    if gaps:
        nearest = min(gaps, key=lambda pair: (pair[0], pair[1].start))[1]
        found[f"nearest_{'yes' if nearest.subject == 'funding' else 'not'}"] = 1.0


def _value(found: dict[str, float], context: Context) -> None:
    money = context.money.value
    size = math.log10(float(money.amount) + 1)
    found["size_small"] = float(size < 2.05)
    found["size_person"] = float(2.05 <= size < 4.5)
    found["size_project"] = float(5 <= size < 10.5)
    found["size_huge"] = float(size >= 10.8)
    found["range"] = float(money.amount_max is not None)
    found["bounded"] = float(money.qualifier in ("at_most", "at_least"))
    found["cents"] = float(money.amount != int(money.amount) and size < 4)
    if money.per in ("year",):
        found["per_year"] = 1.0
    elif money.per in ("day", "hour", "share", "tonne", "barrel", "litre", "kilogram", "unit"):
        found["per_unit"] = 1.0
    elif money.per:
        found["per_other"] = 1.0


def _place(found: dict[str, float], context: Context) -> None:
    category = context.element.category if context.element else "text"
    found["in_title"] = float(category == "title")
    found["in_table"] = float(category == "table")
    found["in_item"] = float(category == "list_item")
    opening = context.words(context.element.start, context.start) if context.element else ""
    found["opens_item"] = float(category == "list_item" and len(_SLOTS.findall(opening)) <= 3)
    found["question"] = float(context.words(context.low, context.high).rstrip().endswith("?"))
    found["dense"] = float(context.sums >= 5)
    found["news"] = float(context.document.record.kind == "news_article")
    for name in [name for name, value in found.items() if not value]:
        del found[name]
