"""What speaks for and against a sum being funding, as named numbers for the model."""

from __future__ import annotations

import math
import re

from extract.assemble.funding.context import Context, Cue
from extract.lexicon.scan import scan

_NEAR, _FAR = 25, 80
"""Characters: within NEAR a cue is beside the sum, within FAR in its phrase."""
_SLOTS = re.compile(r"[^\W\d_]+")


def features(context: Context) -> dict[str, float]:
    """Measure a sum's surroundings. Distances are in characters, sizes in powers of ten."""
    found: dict[str, float] = {}
    _side(found, "left", context.before, lambda cue: context.start - cue.end, context.left)
    _side(found, "right", context.after, lambda cue: cue.start - context.end, context.right)
    _nearest(found, context)
    _value(found, context)
    _place(found, context)
    for cue in context.lead_cues:
        found[f"lead_{_name(cue)}"] = 1.0
    for subject in ("funding", "not_funding"):
        if not any(cue.subject == subject for cue in context.cues):
            found[f"no_{subject}"] = 1.0
    following = next(iter(scan("use", context.language, context.document.text, context.end, context.end + 40)), None)
    if following and not context.words(context.end, following.start).strip(" ,"):
        found["use_follows"] = 1.0
    return found


def _name(cue: Cue) -> str:
    return cue.value if cue.subject == "funding" else f"not_{cue.value}"


def _side(found: dict[str, float], side: str, cues: tuple[Cue, ...], distance, limit: int) -> None:  # type: ignore[no-untyped-def]
    for cue in cues:
        inside = cue.start >= limit if side == "left" else cue.end <= limit
        gap = distance(cue)
        reach = "beside" if gap <= _NEAR and inside else "near" if gap <= _FAR and inside else "far"
        name = f"{side}_{reach}_{_name(cue)}" if cue.subject == "funding" else f"{side}_{reach}_not"
        found[name] = 1.0
        if cue.subject == "not_funding" and reach != "far":
            found[_name(cue)] = 1.0


def _nearest(found: dict[str, float], context: Context) -> None:
    """Say of what subject the nearest cue on each side is, and over both."""
    gaps = []
    for side, cues in (("left", context.before), ("right", context.after)):
        if cues:
            cue = cues[0]
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
    found["dense"] = float(context.sums >= 5)
    found["news"] = float(context.document.record.kind == "news_article")
    for name in [name for name, value in found.items() if not value]:
        del found[name]
