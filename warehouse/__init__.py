"""Where records live and how they are asked for: the only package that talks to DuckDB and Great Expectations."""

from warehouse.connection import STORAGE_VERSION, VERSION, VIEWS, Connection, open
from warehouse.errors import QueryError, SuiteFailed, WarehouseError
from warehouse.load import FileState, file_state, forget, load, remember, write_resolutions, write_run
from warehouse.publish import publish, working_file
from warehouse.query import known, known_files, quarantine, query
from warehouse.read import documents, records
from warehouse.settling import near, sharing, touched, untied, write_joined, write_settled, write_signs, write_ties
from warehouse.validate import Accepted, from_validation_error, validate

__all__ = [
    "STORAGE_VERSION",
    "VERSION",
    "VIEWS",
    "Accepted",
    "Connection",
    "FileState",
    "QueryError",
    "SuiteFailed",
    "WarehouseError",
    "documents",
    "file_state",
    "forget",
    "from_validation_error",
    "known",
    "known_files",
    "load",
    "near",
    "open",
    "publish",
    "quarantine",
    "query",
    "records",
    "remember",
    "sharing",
    "touched",
    "untied",
    "validate",
    "working_file",
    "write_joined",
    "write_resolutions",
    "write_run",
    "write_settled",
    "write_signs",
    "write_ties",
]
