"""What is true: the records, their values and their evidence. Pydantic only; knows none of the other packages."""

from schemas.actor import Actor, ActorKind
from schemas.agreement import Agreement, AgreementKind, AgreementStatus
from schemas.base import Record, fold, make_id
from schemas.commitment import Commitment, CommitmentKind
from schemas.document import Document, DocumentKind
from schemas.errors import PledgebookError
from schemas.evidence import Evidence, Rectangle, Span
from schemas.funding import Funding, FundingStatus
from schemas.judgement import Judgement, JudgementConflictError, Verdict
from schemas.quarantined import Quarantined, Stage
from schemas.resolution import Member, Place, Resolution, Tie
from schemas.run import Run, RunStatus
from schemas.source import Source, Sources
from schemas.values import DatePrecision, Money, PartialDate, Qualifier, Value, canonical

RECORD_TYPES: tuple[type[Record], ...] = (Actor, Agreement, Funding, Commitment)

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
