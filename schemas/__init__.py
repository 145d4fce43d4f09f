"""What is true: the records, their values and their evidence. Pydantic only; knows none of the other packages.

The models are imported when one is first asked for: Pydantic takes as long as all of a run with nothing to do.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from schemas.errors import PledgebookError

if TYPE_CHECKING:
    from schemas.actor import Actor, ActorKind
    from schemas.agreement import Agreement, AgreementKind, AgreementStatus
    from schemas.base import Record, fold, make_id
    from schemas.commitment import Commitment, CommitmentKind
    from schemas.document import Document, DocumentKind
    from schemas.evidence import Evidence, Rectangle, Span
    from schemas.funding import Funding, FundingStatus
    from schemas.judgement import Judgement, JudgementConflictError, Verdict
    from schemas.quarantined import Quarantined, Stage
    from schemas.record_types import RECORD_TYPES
    from schemas.resolution import Member, Place, Resolution, Tie
    from schemas.run import Run, RunStatus
    from schemas.source import Source, Sources
    from schemas.values import DatePrecision, Money, PartialDate, Qualifier, Value, canonical

__all__ = [
    "RECORD_TYPES",
    "Actor",
    "ActorKind",
    "Agreement",
    "AgreementKind",
    "AgreementStatus",
    "Commitment",
    "CommitmentKind",
    "DatePrecision",
    "Document",
    "DocumentKind",
    "Evidence",
    "Funding",
    "FundingStatus",
    "Judgement",
    "JudgementConflictError",
    "Member",
    "Money",
    "PartialDate",
    "Place",
    "PledgebookError",
    "Qualifier",
    "Quarantined",
    "Record",
    "Rectangle",
    "Resolution",
    "Run",
    "RunStatus",
    "Source",
    "Sources",
    "Span",
    "Stage",
    "Tie",
    "Value",
    "Verdict",
    "canonical",
    "fold",
    "make_id",
]

_MODULES = (
    "actor",
    "agreement",
    "base",
    "commitment",
    "document",
    "evidence",
    "funding",
    "judgement",
    "quarantined",
    "record_types",
    "resolution",
    "run",
    "source",
    "values",
)


def __getattr__(name: str) -> object:
    if name in __all__:
        for module in (import_module(f"schemas.{module}") for module in _MODULES):
            if hasattr(module, name):
                globals()[name] = getattr(module, name)  # asked for once
                return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
