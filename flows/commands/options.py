"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from flows.exits import writable_file

database = click.option(
    "--db",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("pledgebook.duckdb"),
    show_default=True,
    envvar="PLEDGEBOOK_DB",
    help="The DuckDB file that analysts open.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
csv_form = click.option("--csv", "form", flag_value="csv", help="Print CSV.")
json_form = click.option("--json", "form", flag_value="json", help="Print JSON lines.")
metrics_option = click.option(
    "--metrics",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=lambda _context, _option, path: writable_file(path),
    help="Write how things stand to this OpenMetrics file.",
)
sources_option = click.option(
    "--sources",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="PLEDGEBOOK_SOURCES",
    help="What is expected of each source; else sources.yaml beside the DuckDB file, if there is one.",
)
inbox_argument = click.argument("inbox", type=click.Path(path_type=Path), default=Path("inbox"))
files_argument = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))

wait_option = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=600.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another run on the same file to end.",
)


def _set_workers(_context: click.Context, _option: click.Parameter, count: int | None) -> None:
    if count is not None:
        os.environ["PLEDGEBOOK_WORKERS"] = str(count)  # where flows.reading looks, also under Prefect


workers_option = click.option(
    "--workers",
    type=click.IntRange(min=1),
    envvar="PLEDGEBOOK_WORKERS",
    expose_value=False,
    callback=_set_workers,
    help="Processes that read documents side by side; one for each core unless said, four at most.",
)


def logging_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add ``--log-format`` and ``--log-level``, and set the logs up before the command runs."""

    @click.option(
        "--log-format",
        type=click.Choice(["text", "json"]),
        envvar="PLEDGEBOOK_LOG_FORMAT",
        help="Log to standard error.",
    )
    @click.option(
        "--log-level",
        type=click.Choice(["debug", "info", "warning", "error"]),
        envvar="PLEDGEBOOK_LOG_LEVEL",
        help="How much to log; info unless said.",
    )
    @wraps(command)
    def logged(*arguments: Any, log_format: str | None, log_level: str | None, **options: Any) -> None:
        from flows.logs import set_up

        set_up(log_format, log_level)
        command(*arguments, **options)

    return logged
