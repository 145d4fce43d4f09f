"""Where records live and how they are asked for: the only package that talks to DuckDB and Great Expectations.

What builds or checks records is imported when it is first asked for, so that a run with nothing to do is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from warehouse.account import DUCKDB_VERSION, account, dismiss, take_up, waiting
from warehouse.connection import STORAGE_VERSION, VIEWS, Connection, edition, kept_open, open
from warehouse.errors import Busy, Damaged, InUse, Newer, QueryError, SuiteFailed, WarehouseError
from warehouse.fill import Fill, fill
from warehouse.load import FileState, file_state, forget, load, remember, write_resolutions, write_run
from warehouse.migrate import newest
from warehouse.publish import publish, working_file
from warehouse.query import Remembered, known, known_files, known_held, quarantine, query, remembered
from warehouse.recover import Standing, copies, recover, start_again
from warehouse.turn import WAIT, turn

if TYPE_CHECKING:
    from warehouse.expectations import warm_up
    from warehouse.read import documents, records
    from warehouse.settling import near, touched, unsettled, write_joined, write_settled
    from warehouse.twinning import sharing, stirred, untied, write_signs, write_ties
    from warehouse.validation import Accepted, from_validation_error, validate

__all__ = [
    "DUCKDB_VERSION",
    "STORAGE_VERSION",
    "VIEWS",
    "WAIT",
    "Accepted",
    "Busy",
    "Connection",
    "Damaged",
    "FileState",
    "Fill",
    "InUse",
    "Newer",
    "QueryError",
    "Remembered",
    "Standing",
    "SuiteFailed",
    "WarehouseError",
    "account",
    "copies",
    "dismiss",
    "documents",
    "edition",
    "file_state",
    "fill",
    "forget",
    "from_validation_error",
    "kept_open",
    "known",
    "known_files",
    "known_held",
    "load",
    "near",
    "newest",
    "open",
    "publish",
    "quarantine",
    "query",
    "records",
    "recover",
    "remember",
    "remembered",
    "sharing",
    "start_again",
    "stirred",
    "take_up",
    "touched",
    "turn",
    "unsettled",
    "untied",
    "validate",
    "waiting",
    "warm_up",
    "working_file",
    "write_joined",
    "write_resolutions",
    "write_run",
    "write_settled",
    "write_signs",
    "write_ties",
]

_LATER = {
    "warm_up": "expectations",
    "documents": "read",
    "records": "read",
    "near": "settling",
    "touched": "settling",
    "unsettled": "settling",
    "write_joined": "settling",
    "write_settled": "settling",
    "sharing": "twinning",
    "stirred": "twinning",
    "untied": "twinning",
    "write_signs": "twinning",
    "write_ties": "twinning",
    "Accepted": "validation",
    "from_validation_error": "validation",
    "validate": "validation",
}
"""Names that are imported when they are first asked for, with their modules. None is called as a module is."""


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"warehouse.{_LATER[name]}"), name)
    globals()[name] = found  # asked for once
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
