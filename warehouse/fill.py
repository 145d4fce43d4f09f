"""How full records are, source by source: what the expectations of ``sources.yaml`` are held against."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from warehouse import connection as opened
from warehouse.connection import statement


class Fill(NamedTuple):
    """Of how many rows of a type a field says something; the count of the type itself has no field."""

    record_type: str
    field: str | None
    rows: int
    filled: int


def fill(path: Path, *, inbox: Path, folder: str | None, publisher: str | None) -> list[Fill]:
    """Count what the documents of a source hold that were read since the last run that was published.

    ``folder`` is a pattern of paths below the inbox, ``publisher`` one of names, whatever the case (``*`` stands for
    any characters, ``?`` for one); with neither, all documents count. A document that was refused counts, too, where
    its path is known. Raises WarehouseError for the file.
    """
    asked = {
        "inbox": inbox.as_posix().rstrip("/") + "/",
        "absolute": inbox.absolute().as_posix().rstrip("/") + "/",
        "folder": folder,
        "publisher": publisher,
    }
    with opened.open(path, read_only=True) as connection:
        return [Fill(*row) for row in connection.execute(statement("fill"), asked).fetchall()]
