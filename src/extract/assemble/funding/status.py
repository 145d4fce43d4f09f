"""Tell whether a sum is proposed, committed or paid, by the cue that governs it."""

from __future__ import annotations

from extract.assemble.funding.context import Context, Cue
from extract.assemble.funding.phrases import phrase
from schemas import FundingStatus

UNSURE = ("proposed", "hypothetical")
"""Meanings of cues that make a sum a proposal."""
_BY_CUE = frozenset((*UNSURE, "commits", "paid", "receives"))


def status(context: Context) -> tuple[FundingStatus, Cue | None]:
    """Give the status and the cue that says so; a sum without a cue is committed, as most announced money is."""
    hypothetical = _unsure(context)
    if hypothetical and not _reported(context):
        return "proposed", hypothetical
    verb = _governing(context) or next((cue for cue in reversed(context.lead_cues) if cue.value in _BY_CUE), None)
    if verb is None:
        return "committed", None
    if verb.value in UNSURE:
        return "proposed", verb
    if verb.value in ("paid", "receives"):
        return ("committed" if _ahead(context, verb) else "paid"), verb
    return "committed", verb


def _unsure(context: Context) -> Cue | None:
    """Find the nearest cue of a proposal or possibility before the sum, or close after it."""
    for cue in context.before:
        if cue.value in UNSURE and context.start - cue.end <= 130 and ";" not in context.words(cue.end, context.start):
            return cue
    for cue in context.after:
        if cue.value in UNSURE and cue.start - context.end <= 25 and cue.end <= context.right:
            return cue
    return None


def _reported(context: Context) -> bool:
    """Tell whether "would" only reports what was announced: "announced that it would provide"."""
    stretch = context.words(context.low, min(context.end + 60, context.high))
    return phrase("reported", context.language).search(stretch) is not None


def _governing(context: Context) -> Cue | None:
    """Choose the nearest verb of committing, paying or receiving: before the sum, else after it in its phrase."""
    verbs = ("commits", "paid", "receives")
    before = next((c for c in context.before if c.value in verbs and context.start - c.end <= 140), None)
    after = next(
        (c for c in context.after if c.value in verbs and c.start - context.end <= 60 and c.end <= context.right), None
    )
    if before is None:
        return after
    if after is not None and context.start - before.end > 90 and after.start - context.end < 25:
        return after
    return before


def _ahead(context: Context, verb: Cue) -> bool:
    """Tell whether a participle speaks of what is to come: "will be invested", "seront versés"."""
    stretch = context.words(max(context.low, verb.start - 18), verb.start)
    return phrase("ahead", context.language).search(stretch) is not None
