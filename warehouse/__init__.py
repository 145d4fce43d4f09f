"""Where records live and how they are asked for: the only package that talks to DuckDB and Great Expectations."""

from warehouse.account import DUCKDB_VERSION, account, dismiss, take_up, waiting
from warehouse.connection import STORAGE_VERSION, VIEWS, Connection, edition, kept_open, open
from warehouse.errors import Busy, Damaged, InUse, Newer, QueryError, SuiteFailed, WarehouseError
from warehouse.expectations import warm_up
from warehouse.fill import Fill, fill
from warehouse.load import FileState, file_state, forget, load, remember, write_resolutions, write_run
from warehouse.migrate import newest
from warehouse.publish import publish, working_file
from warehouse.query import Remembered, known, known_files, known_held, quarantine, query, remembered
from warehouse.read import documents, records
from warehouse.recover import Standing, copies, recover, start_again
from warehouse.settling import near, touched, unsettled, write_joined, write_settled
from warehouse.turn import WAIT, turn
from warehouse.twinning import sharing, stirred, untied, write_signs, write_ties
from warehouse.validate import Accepted, from_validation_error, validate

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
