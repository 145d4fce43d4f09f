"""The account of one run, as data, as a table for a terminal, and as rows for Prefect's artifact."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

TYPES = ("actor", "agreement", "funding", "commitment")
HEADINGS = ("document", "kind", "language", "words", "actors", "agreements", "funding", "commitments", "quarantined")


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """What became of one file. ``refused`` counts quarantined records, or is 1 when the whole file was.

    ``seconds`` is what parsing and extracting it took.
    """

    name: str
    kind: str | None = None
    language: str | None = None
    words: int = 0
    records: Mapping[str, int] = field(default_factory=dict)
    refused: int = 0
    reason: str | None = None
    seconds: float = 0.0

    @property
    def loaded(self) -> bool:
        """Tell whether the document itself is in the warehouse."""
        return self.language is not None

    def cells(self) -> tuple[str, ...]:
        """Give the line under HEADINGS."""
        counts = [str(self.records.get(kind, 0) or "") for kind in TYPES]
        if not self.loaded:
            return (self.name, "", "", "", *counts, self.reason or "yes")
        return (self.name, self.kind or "", self.language or "", str(self.words), *counts, str(self.refused or ""))


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What one pass over an inbox saw and did.

    ``stages`` gives the seconds that each stage took; ``stale`` counts documents that an earlier engine read,
    ``warnings`` name sources that fell below what is expected of them, ``waiting`` counts all that waits in quarantine.
    """

    run_id: str | None
    inbox: Path
    database: Path
    started_at: datetime
    ended_at: datetime
    seen: int
    lines: tuple[DocumentLine, ...] = ()
    stages: Mapping[str, float] = field(default_factory=dict)
    stale: int = 0
    warnings: tuple[str, ...] = ()
    waiting: int = 0

    @property
    def loaded(self) -> int:
        """How many documents were loaded."""
        return sum(line.loaded for line in self.lines)

    @property
    def records(self) -> int:
        """How many records were loaded."""
        return sum(sum(line.records.values()) for line in self.lines)

    @property
    def quarantined(self) -> int:
        """How many documents and records were set aside."""
        return sum(line.refused for line in self.lines)

    @property
    def seconds(self) -> float:
        """How long it took."""
        return (self.ended_at - self.started_at).total_seconds()

    def sentence(self) -> str:
        """Say what the run did, in a line; also the name of the Prefect run."""
        if not self.lines:
            return f"{self.inbox.name}: nothing new among {_count(self.seen, 'file')}"
        said = f"{self.inbox.name}: {_count(self.loaded, 'document')}, {_count(self.records, 'record')}"
        return f"{said}, {self.quarantined} quarantined" if self.quarantined else said

    def as_json(self) -> str:
        """Give the whole account as one line of JSON."""
        told: dict[str, Any] = {
            "run_id": self.run_id,
            "inbox": str(self.inbox),
            "database": str(self.database),
            "started_at": self.started_at.isoformat(),
            "ended_at": self.ended_at.isoformat(),
            "documents_seen": self.seen,
            "documents_loaded": self.loaded,
            "documents_stale": self.stale,
            "records_loaded": self.records,
            "records_quarantined": self.quarantined,
            "quarantine_waiting": self.waiting,
            "warnings": list(self.warnings),
            "stages": {name: round(seconds, 3) for name, seconds in self.stages.items()},
            "documents": [asdict(line) for line in self.lines],
        }
        return json.dumps(told, ensure_ascii=False)

    def artifact(self) -> list[dict[str, Any]]:
        """Give the table as rows for Prefect."""
        return [dict(zip(HEADINGS, line.cells(), strict=True)) for line in self.lines]


def count_types(types: Iterable[str]) -> dict[str, int]:
    """Count record types."""
    return dict(Counter(types))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
