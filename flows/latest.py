"""Which file tells how things stand: the pipeline's own, which knows of runs that published nothing, or the published.

Reading commands ask here, so that they work while a run writes and where only the published file was handed on.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import warehouse
from flows.questions import statement


def latest(db: Path) -> Path:
    """Give the file to ask. Raises WarehouseError when there is none, or when it is of an older version."""
    working = warehouse.working_file(db)
    for path in (working, db) if working.is_file() else (db,):
        try:
            _, [(version,)] = warehouse.query(path, "select version from store.version")
        except warehouse.InUse:  # a run writes at this moment; the published file is whole
            continue
        if version < warehouse.newest():
            raise warehouse.WarehouseError(
                f"{path} was written by an older version of Pledgebook",
                path=path,
                remedy="`pledgebook run` brings it up to date; nothing is read again for that",
            )
        return path
    raise warehouse.InUse(f"{db} is in use by another program", path=db, remedy="Try again in a moment")


def rows(path: Path, question: str, **given: Any) -> list[dict[str, Any]]:
    """Ask the question ``flows/sql/QUESTION.sql``, with values for its ``$names``; give each row by its columns.

    What the columns ``stages`` and ``versions`` of ``runs`` hold is given as data.
    """
    columns, found = warehouse.query(path, statement(question), given=given)
    told = [dict(zip(columns, row, strict=True)) for row in found]
    for row in told:
        for name in {"stages", "versions"} & row.keys():
            row[name] = json.loads(row[name]) if row[name] else {}
    return told
