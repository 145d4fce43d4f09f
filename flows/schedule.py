"""When the next run is due, as the configured Prefect server has it; asked over HTTP, without importing Prefect."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.prefect_settings import api_url

SECONDS = 3.0
"""How long to wait for the server's answer."""


@dataclass(frozen=True, slots=True)
class NextRun:
    """The next run of a schedule: when it is due (None: none is), or why that can't be told."""

    server: str
    at: datetime | None = None
    problem: str | None = None


def next_run(db: Path) -> NextRun | None:
    """Ask when the next run that publishes ``db`` is due; None when no server is configured."""
    url = api_url()
    if not url:
        return None
    question = {
        "flows": {"name": {"any_": ["pledgebook"]}},
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
        "sort": "EXPECTED_START_TIME_ASC",
        "limit": 200,
    }
    try:
        found = _asked(f"{url.rstrip('/')}/flow_runs/filter", question)
    except (OSError, ValueError) as error:  # unreachable, refused, or no Prefect API at all
        reason = getattr(error, "reason", None) or error
        return NextRun(url, problem=f"{url} does not answer: {reason}")
    ours = [run for run in found if (run.get("parameters") or {}).get("db") == str(db.absolute())]
    return NextRun(url, at=datetime.fromisoformat(ours[0]["expected_start_time"]) if ours else None)


def _asked(url: str, question: dict[str, Any]) -> list[dict[str, Any]]:
    headers = {"Content-Type": "application/json"}
    if key := os.environ.get("PREFECT_API_KEY"):
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(url, json.dumps(question).encode(), headers)
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found
