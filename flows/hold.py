"""Holding a warehouse while it is written: one run at a time, and the files in order before it begins."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import warehouse


@contextmanager
def hold(db: Path, *, wait: float = warehouse.WAIT) -> Iterator[warehouse.Standing]:
    """Be the only one to write what is published as ``db`` while the block runs; give how its files stand.

    Raises InUse when another still holds it after ``wait`` seconds, WarehouseError when a file can't be used or the
    folder can't be written to.
    """
    with warehouse.turn(place(db).with_name(f"{db.stem}.lock"), wait=wait):
        yield warehouse.recover(db)


def place(db: Path) -> Path:
    """Make the folder of the pipeline's own file, and give the file's path.

    Raises WarehouseError when the folder can't be written to.
    """
    working = warehouse.working_file(db)
    try:
        working.parent.mkdir(parents=True, exist_ok=True)
        for folder in (working.parent, db.parent):
            if not os.access(folder, os.W_OK):
                raise PermissionError(13, "permission denied")
    except OSError as error:
        raise warehouse.WarehouseError(
            f"{db} can't be written: {(error.strerror or str(error)).lower()}",
            path=db,
            remedy="Name a file in a folder that you may write to, with --db",
        ) from error
    return working
