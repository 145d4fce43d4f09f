"""The Prefect flow: a task a batch and one to publish, around the plain stages. No rule of its own.

``ingest`` picks the way: nothing new ends at once; a configured Prefect server runs the flow; otherwise the stages
run directly. Prefect is imported in ``flows.deployed`` alone, so that this module costs nothing.
"""

from __future__ import annotations

from pathlib import Path

from flows import stages
from flows.prefect_settings import api_url, own_server, quiet
from flows.progress import advance
from flows.summary import RunSummary
from warehouse import WAIT


def ingest(
    inbox: Path,
    db: Path,
    *,
    prefect: bool = False,
    reprocess: bool = False,
    prune: bool = False,
    wait: float = WAIT,
    expectations: Path | None = None,
) -> RunSummary:
    """Load what is new in the inbox. With ``prefect``, on Prefect's own server when none is configured.

    ``reprocess``, ``prune``, ``wait`` and ``expectations`` are those of ``stages.run``.
    """
    configured = api_url()
    if not prefect and not configured:
        quiet()
        return stages.run(inbox, db, reprocess=reprocess, prune=prune, wait=wait, expectations=expectations)
    working, found = stages.look(inbox, db, reprocess=reprocess, wait=wait)
    if not found.new and working.is_file():
        return stages.run(inbox, db, reprocess=reprocess, prune=prune, wait=wait, expectations=expectations)
    if configured:
        quiet()
    else:
        own_server(working.parent / "prefect")
        advance(0, doing="Starting Prefect's own server, about 20 s")
    from flows.deployed import pledgebook

    summary = pledgebook(
        str(inbox.absolute()),
        str(db.absolute()),
        reprocess=reprocess,
        prune=prune,
        wait=wait,
        sources=str(expectations.absolute()) if expectations else None,
    )
    assert isinstance(summary, RunSummary)  # only a scheduled run may skip
    return summary
