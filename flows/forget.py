"""Taking all traces of a document out of the files."""

from __future__ import annotations

from pathlib import Path

import warehouse
from flows.hold import hold
from flows.inbox import InboxError
from flows.stages import resolve


def forget(db: Path, document: str, *, wait: float = warehouse.WAIT) -> str:
    """Take all traces of a document (its id or file name) out of the file; say what was done.

    Both files are written anew, so that nothing of it stays in blocks that were freed. Copies that were made before a
    change of version or of damaged files are named rather than touched. Raises InboxError when nothing of the name is
    there.
    """
    with hold(db, wait=wait) as standing:
        if not standing.working.is_file():
            raise _unknown(db, document)
        with warehouse.open(standing.working) as connection:
            found = warehouse.forget(connection, document)
        if not found:
            raise _unknown(db, document)
        resolve(standing.working, db)
        warehouse.publish(standing.working, db, compact=True)
    said = f"Forgot {document} ({', '.join(found)}). If its file is still in the inbox, the next run reads it again."
    older = [str(copy) for copy in warehouse.copies(db)]
    return f"{said} Copies made earlier may still hold it: {', '.join(older)}." if older else said


def _unknown(db: Path, document: str) -> InboxError:
    return InboxError(
        f"{db} holds no document {document}",
        path=db,
        remedy='`pledgebook sql "select document_id, name from documents"` lists them',
    )
