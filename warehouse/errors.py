"""What can go wrong with the warehouse, and what a person does about it."""

from __future__ import annotations

from pathlib import Path

from schemas.errors import PledgebookError


class WarehouseError(PledgebookError):
    """The DuckDB file can't be used as asked; ``path`` is the file."""

    def __init__(self, message: str, *, path: Path, remedy: str | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.path = path


class InUse(WarehouseError):  # noqa: N818 - it says what is, not whose fault it is
    """Another process writes the file, or runs at this moment."""


class Busy(InUse):
    """Another run of ours holds the warehouse."""


class Damaged(WarehouseError):  # noqa: N818
    """The file can't be read as a DuckDB file: cut off, overwritten, or never one."""


class Newer(WarehouseError):  # noqa: N818
    """A newer Pledgebook or DuckDB wrote the file."""


class QueryError(PledgebookError):
    """The SQL that was asked is wrong, or not a question; ``sql`` is what was asked."""

    def __init__(self, message: str, *, sql: str, remedy: str | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.sql = sql


class SuiteFailed(PledgebookError):  # noqa: N818 - it says what happened, not whose fault it is
    """A whole table is not to be trusted: nothing of the batch is loaded, and nothing is published.

    ``table`` is the table, ``expectation`` what was expected of it.
    """

    def __init__(self, message: str, *, table: str, expectation: str) -> None:
        super().__init__(message, remedy="The last good file stays in place; mend the cause and run again")
        self.table = table
        self.expectation = expectation
