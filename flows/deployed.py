"""The Prefect flow and its tasks: thin wrappers around the plain stages. Importing this module imports Prefect.

Deploy it by module path (``flows.deployed.pledgebook``). What a run did is in its name, its table artifact and its
logs; the account that counts is the ``runs`` view, because Prefect's ephemeral server may lose records under load.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from flows import stages
from flows.batch import Outcome, ingest_batch
from flows.metrics import written
from flows.summary import RunSummary
from schemas import Run
from warehouse import WAIT, Busy, WarehouseError

RETRIES = 3
RETRY_SECONDS = [1.0, 5.0, 15.0]


def _may_pass(task: Any, run: Any, state: Any) -> bool:
    """Retry what time may mend: a file that is locked, a disk or share that does not answer."""
    return isinstance(state.result(raise_on_failure=False), OSError | WarehouseError)


@task(
    name="ingest-batch",
    task_run_name="batch of {count} from {first}",
    retries=RETRIES,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=_may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def _ingest_batch(paths: Sequence[Path], working: Path, run: Run, *, count: int, first: str) -> Outcome:
    outcome = ingest_batch(paths, working, run)
    log = get_run_logger()
    for line in outcome.lines:
        if line.loaded:
            log.info("%s: %s, %s, %d records", line.name, line.kind, line.language, sum(line.records.values()))
        if line.refused:
            log.warning("%s: %d quarantined (%s)", line.name, line.refused, line.reason or "records")
    return outcome


def _batch(paths: Sequence[Path], working: Path, run: Run) -> Outcome:
    return _ingest_batch(paths, working, run, count=len(paths), first=paths[0].name)


@task(
    name="publish",
    task_run_name="publish",
    retries=RETRIES,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=_may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def _publish(working: Path, db: Path) -> None:
    stages.publish(working, db)
    get_run_logger().info("published %s", db)


def _starting_name() -> str:
    return f"{Path(flow_run.parameters['inbox']).name}: reading"


@flow(name="pledgebook", flow_run_name=_starting_name, persist_result=False, validate_parameters=False)
def pledgebook(
    inbox: str,
    db: str,
    *,
    reprocess: bool = False,
    prune: bool = False,
    wait: float = WAIT,
    skip: bool = False,
    sources: str | None = None,
    metrics: str | None = None,
) -> RunSummary | State[Any]:
    """Load what is new in the folder ``inbox`` and publish the DuckDB file ``db``.

    ``skip`` ends the run at once, as ``Skipped``, while another goes on; else it waits up to ``wait`` seconds.
    ``sources`` is the file of what is expected of each source, ``metrics`` an OpenMetrics file to be written.
    """
    log = get_run_logger()
    try:
        with written(Path(metrics) if metrics else None, Path(db)):
            summary = stages.run(
                Path(inbox),
                Path(db),
                reprocess=reprocess,
                prune=prune,
                wait=0 if skip else wait,
                expectations=Path(sources) if sources else None,
                ingest=_batch,
                publish=_publish,
            )
    except Busy as error:
        if not skip:
            raise
        log.info("skipped: %s", error)
        return Completed(name="Skipped", message=str(error))
    log.info(summary.sentence())
    for warning in summary.warnings:
        log.warning(warning)
    create_table_artifact(key="pledgebook-run", table=summary.artifact(), description=summary.sentence())
    with get_client(sync_client=True) as client:
        client.update_flow_run(flow_run.id, name=summary.sentence())
    return summary
