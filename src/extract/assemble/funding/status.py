"""Tell whether a sum is proposed, committed or paid, by the cue that governs it."""

from __future__ import annotations

import re

from extract.assemble.funding.context import Context, Cue
from schemas import FundingStatus

_REPORTED = {
    "en": re.compile(r"\b(?:announced|confirmed|pledged|said|promised) (?:today )?that\b.{0,80}\bwould\b", re.IGNORECASE | re.DOTALL),
    "fr": re.compile(r"\b(?:annoncé|confirmé|promis|déclaré) qu.{0,90}rai(?:t|ent)\b", re.IGNORECASE | re.DOTALL),
}
_AHEAD = {
    "en": re.compile(r"\b(?:will|to be|shall|today|is|are|going to)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:sera|seront|va|vont|aujourd['’]hui|est|sont)\b", re.IGNORECASE),
}


def status(context: Context) -> tuple[FundingStatus, Cue | None]:
    """Give the status and the cue that says so; a sum without a cue is committed, as most announced money is."""
    hypothetical = _first(context, "proposed", reach=130)
    if hypothetical and not _reported(context):
        return "proposed", hypothetical
    verb = _governing(context)
    if verb is None:
        lead = next((cue for cue in reversed(context.lead_cues) if cue.value in ("proposed", "paid", "commits")), None)
        if lead is not None:
            return ("proposed" if lead.value == "proposed" else "committed" if lead.value == "commits" else "paid"), lead
        return "committed", None
    if verb.value in ("paid", "receives"):
        return ("committed" if _ahead(context, verb) else "paid"), verb
    return "committed", verb


def _first(context: Context, value: str, *, reach: int) -> Cue | None:
    """Find the nearest cue of a meaning before the sum, or close after it."""
    for cue in context.before:
        if cue.value == value and context.start - cue.end <= reach and ";" not in context.words(cue.end, context.start):
            return cue
    for cue in context.after:
        if cue.value == value and cue.start - context.end <= 25 and cue.end <= context.right:
            return cue
    return None


def _reported(context: Context) -> bool:
    """Tell whether "would" only reports what was announced: "announced that it would provide"."""
    pattern = _REPORTED.get(context.language)
    return pattern is not None and pattern.search(context.words(context.low, min(context.end + 60, context.high))) is not None


def _governing(context: Context) -> Cue | None:
    """Choose the nearest verb of committing, paying or receiving: before the sum, else after it in its phrase."""
    verbs = ("commits", "paid", "receives")
    before = next((c for c in context.before if c.value in verbs and context.start - c.end <= 140), None)
    after = next((c for c in context.after if c.value in verbs and c.start - context.end <= 60 and c.end <= context.right), None)
    if before is None:
        return after
    if after is not None and context.start - before.end > 90 and after.start - context.end < 25:
        return after
    return before


def _ahead(context: Context, verb: Cue) -> bool:
    """Tell whether a participle speaks of what is to come: "will be invested", "seront versés"."""
    pattern = _AHEAD.get(context.language)
    stretch = context.words(max(context.low, verb.start - 18), verb.start)
    return pattern is not None and pattern.search(stretch) is not None

