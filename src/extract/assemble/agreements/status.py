"""The state of an instrument: from the cues in the clauses that name it, nearest and strongest first."""

from __future__ import annotations

import re

from extract.assemble.agreements.places import Cluster
from extract.document import Document
from extract.qualify import Cue, Qualification
from schemas import AgreementStatus

_BEFORE, _AFTER, _GOVERNS = 70, 28, 32
"""How many characters a cue may stand before the name or after it, and a modal before the verb it governs."""

_OPEN = ("proposed", "under_negotiation")
_PASSIVE = re.compile(
    r"[\s,)]*(?:which |that |qui )?(?:is|are|was|were|be|being|been|has|have|remains?|est|sont|était|a|ont)\b",
    re.IGNORECASE,
)
_TALKS = re.compile(r"negotiations?|talks|négociations?|pourparlers", re.IGNORECASE)
"""What may follow a name at once: "the trade agreement negotiations"."""
_WEIGHT = {"ended": 1.2, "under_negotiation": 1.9, "proposed": 1.1, "signed": 1.0, "in_force": 0.8}


def status_of(document: Document, cluster: Cluster, readings: list[Qualification]) -> tuple[AgreementStatus, list[Cue]]:
    """Weigh the cues of every place: a near one counts more; a signature in the future is a proposal."""
    scores: dict[str, float] = {}
    proofs: dict[str, list[Cue]] = {}
    for place, reading in zip(cluster.places, readings, strict=True):
        span = place.value.full
        for cue in reading.states[:4]:
            distance = cue.distance(*span)
            if distance > (_BEFORE if cue.start < span[0] else _AFTER):
                continue
            after = document.words(span[1], cue.start) if cue.start >= span[1] else ""
            talks = not after.strip() and _TALKS.fullmatch(document.words(cue.start, cue.end))
            if after and cue.value in _OPEN and not (talks or _PASSIVE.match(after)):
                continue  # "the convention seeks …": what it does, not what is done with it
            state = _as_said(cue, reading, span)
            if state is None:
                continue
            scores[state] = scores.get(state, 0.0) + _WEIGHT[state] / (1.0 + distance / 15)
            proofs.setdefault(state, []).append(cue)
    if not scores:
        return _by_default(cluster), []
    state = max(scores, key=lambda name: (scores[name], name))
    return state, proofs[state]  # type: ignore[return-value]


def _as_said(cue: Cue, reading: Qualification, span: tuple[int, int]) -> str | None:
    """Give the state that a cue means under its modal: "will sign" is a proposal, "may end" says nothing."""
    if cue.value not in ("signed", "ended"):
        return cue.value
    unreal = any(
        modal.value in ("negation", "hypothesis", "future")
        and modal.start < cue.end
        and cue.start - modal.end <= _GOVERNS
        and not (modal.end <= span[0] and cue.start >= span[1])
        for modal in reading.cues
    )
    if not unreal:
        return cue.value
    return "proposed" if cue.value == "signed" else None


def _by_default(cluster: Cluster) -> AgreementStatus:
    """Give the state of an instrument that is merely mentioned: statements were made, the rest is taken to apply."""
    return "signed" if cluster.first.value.kind == "declaration" else "in_force"
