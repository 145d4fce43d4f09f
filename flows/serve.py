"""Serve the flow by the clock: a Prefect deployment in a process of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.inbox import list_inbox
from flows.prefect_settings import api_url, quiet
from flows.sources import beside, read
from schemas import PledgebookError

if TYPE_CHECKING:
    from prefect.schedules import Schedule


class ScheduleError(PledgebookError):
    """A schedule that can't be served."""


def serve(
    inbox: Path,
    db: Path,
    *,
    cron: str,
    timezone: str,
    skip: bool = False,
    name: str = "scheduled",
    sources: Path | None = None,
    metrics: Path | None = None,
) -> None:
    """Register the deployment ``pledgebook/NAME`` and run it by the clock until stopped.

    One run goes on at a time: one that is due meanwhile waits, or with ``skip`` is cancelled. ``sources`` and
    ``metrics`` are files, as the flow takes them. Raises ScheduleError when no server is configured or it does not
    answer, and for a cron line or timezone that means nothing.
    """
    url = api_url()
    if not url:
        raise ScheduleError(
            "A schedule needs a Prefect server, and none is configured",
            remedy="Start one with `prefect server start`, and set PREFECT_API_URL=http://127.0.0.1:4200/api",
        )
    list_inbox(inbox)
    read(sources or beside(db))  # a wrong file is better said now than at six in the morning
    quiet()
    import httpx
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.types.entrypoint import EntrypointType

    from flows.deployed import pledgebook

    schedule = _schedule(cron, timezone)
    strategy = ConcurrencyLimitStrategy.CANCEL_NEW if skip else ConcurrencyLimitStrategy.ENQUEUE
    try:
        pledgebook.serve(
            name=name,
            schedule=schedule,
            global_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=strategy),
            parameters={
                "inbox": str(inbox.absolute()),
                "db": str(db.absolute()),
                "skip": skip,
                "sources": str(sources.absolute()) if sources else None,
                "metrics": str(metrics.absolute()) if metrics else None,
            },
            description="Load what is new in the inbox and publish the DuckDB file.",
            entrypoint_type=EntrypointType.MODULE_PATH,
            print_starting_message=True,
        )
    except (httpx.TransportError, RuntimeError) as error:
        if "reach" not in str(error).lower() and not isinstance(error, httpx.TransportError):
            raise
        raise ScheduleError(
            f"The Prefect server at {url} does not answer",
            remedy="Start it with `prefect server start`, or set PREFECT_API_URL to where it is",
        ) from error


def _schedule(cron: str, timezone: str) -> Schedule:
    from prefect.schedules import Cron
    from pydantic import ValidationError

    try:
        ZoneInfo(timezone)
        return Cron(cron, timezone=timezone)
    except (ValidationError, ValueError, ZoneInfoNotFoundError, IsADirectoryError) as error:
        raise ScheduleError(
            f"The schedule {cron!r} in {timezone!r} means nothing to Prefect",
            remedy='Write five fields as in crontab, such as "0 6 * * *", and a timezone such as America/Toronto',
        ) from error
