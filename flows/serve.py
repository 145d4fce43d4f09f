"""Serve the flow by the clock: a Prefect deployment in a process of its own."""

from __future__ import annotations

from pathlib import Path

from flows.inbox import list_inbox
from flows.prefect_settings import api_url, quiet
from schemas import PledgebookError


class ScheduleError(PledgebookError):
    """A schedule that can't be served."""


def serve(inbox: Path, db: Path, *, cron: str, timezone: str) -> None:
    """Register the deployment ``pledgebook/scheduled`` and run it by the clock until stopped.

    Raises ScheduleError when no server is configured, or for a cron line or timezone that means nothing.
    """
    if not api_url():
        raise ScheduleError(
            "A schedule needs a Prefect server, and none is configured",
            remedy="Start one with `prefect server start`, and set PREFECT_API_URL=http://127.0.0.1:4200/api",
        )
    list_inbox(inbox)
    quiet()
    from prefect.schedules import Cron
    from pydantic import ValidationError

    from flows.deployed import pledgebook

    try:
        schedule = Cron(cron, timezone=timezone)
    except (ValidationError, ValueError) as error:
        raise ScheduleError(
            f"The schedule {cron!r} in {timezone!r} means nothing to Prefect",
            remedy='Write five fields as in crontab, such as "0 6 * * *", and a timezone such as America/Toronto',
        ) from error
    pledgebook.serve(
        name="scheduled",
        schedule=schedule,
        parameters={"inbox": str(inbox.absolute()), "db": str(db.absolute())},
        description="Load what is new in the inbox and publish the DuckDB file.",
        print_starting_message=True,
    )
