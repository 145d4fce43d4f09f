"""The quarantine as a work list: what waits, why, what becomes of it when it is tried again, and what is left alone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import warehouse
from flows import stages
from flows.hold import hold
from flows.inbox import document_id, key
from flows.latest import latest, rows
from flows.sources import held_back
from schemas import PledgebookError

CONTEXT = 80
"""Characters of the document that are shown on each side of a quote."""


class QuarantineError(PledgebookError):
    """An item that is not there, or that can't be done with as asked."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote of a refused record, beside what the document says at its offsets (None: there is no such place)."""

    field: str
    quote: str
    start: int
    end: int
    page: int | None
    before: str
    printed: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of an item: its document ``loaded``, it ``refused`` again, its file ``changed`` or ``gone``."""

    quarantine_id: str
    name: str
    became: str
    says: str


def waiting(db: Path, *, reason: str | None = None, dismissed: bool = False) -> list[dict[str, Any]]:
    """Give what waits, with ``dismissed`` also what a person decided to leave; only of ``reason`` where it is named."""
    found = rows(latest(db), "quarantine_items")
    return [
        item for item in found if (dismissed or item["dismissed_at"] is None) and reason in (None, item["reason_code"])
    ]


def choose(db: Path, ids: Sequence[str], *, reason: str | None = None) -> list[dict[str, Any]]:
    """Give the items of these ids (their first characters suffice), or all that wait, of one reason where it is named.

    Raises QuarantineError for an id or a reason that no item has, or an id that several begin with.
    """
    items = waiting(db, dismissed=True)
    if not ids:
        chosen = [item for item in items if item["dismissed_at"] is None and reason in (None, item["reason_code"])]
        if reason is not None and not chosen:
            known = sorted({item["reason_code"] for item in items if item["dismissed_at"] is None})
            there = f"; there is {', '.join(known)}" if known else ""
            raise QuarantineError(
                f"Nothing waits for the reason {reason}{there}", remedy="`pledgebook quarantine` lists what waits"
            )
        return chosen
    chosen = []
    for wanted in dict.fromkeys(ids):
        found = [item for item in items if item["quarantine_id"].startswith(wanted)]
        if len(found) != 1:
            problem = f"{len(found)} items begin with {wanted}" if found else f"{db} has no item {wanted} in quarantine"
            raise QuarantineError(problem, remedy="`pledgebook quarantine` lists them with their ids")
        if reason in (None, found[0]["reason_code"]):
            chosen += found
    return chosen


def item(db: Path, wanted: str) -> tuple[dict[str, Any], list[Quote]]:
    """Give one item whole, with its payload as data, and its quotes in their context."""
    [chosen] = choose(db, [wanted])
    [whole] = rows(latest(db), "quarantine_item", id=chosen["quarantine_id"])
    whole["payload"] = json.loads(whole["payload"])
    text = whole.pop("text")
    return whole, list(_quotes(whole["payload"], text)) if text is not None else []


def replay(db: Path, ids: Sequence[str] = (), *, reason: str | None = None) -> list[Tried]:
    """Read the documents of items again, with all stages, and say what became of each item.

    Raises QuarantineError for unknown items, and what a run raises.
    """
    items = choose(db, ids, reason=reason)
    if not items:
        return []
    asked = latest(db)
    files: dict[str, list[Path]] = {item["quarantine_id"]: [] for item in items}
    again = {item["document_id"] for item in items if item["document_id"]}
    for row in rows(asked, "quarantine_files", ids=list(files)):
        path = Path(row["path"])
        if path.is_file() and key(path) not in map(key, files[row["quarantine_id"]]):
            files[row["quarantine_id"]].append(path)
        if row["sha256"]:  # of an archive, where the item is of a document inside
            again.add(document_id(row["sha256"]))
    paths = sorted({path.absolute() for found in files.values() for path in found})
    if paths:
        inbox = Path(os.path.commonpath([path.parent for path in paths]))
        stages.run(inbox, db, paths=paths, again=frozenset(again))
    return list(_outcomes(db, items, files))


def dismiss(db: Path, ids: Sequence[str], *, because: str | None, at: datetime) -> list[dict[str, Any]]:
    """Leave items in quarantine, for a reason that is kept with the day; None takes that back. Give the items.

    It holds while the content stays as it is, whichever engine reads it. Raises QuarantineError for unknown items.
    """
    if because is not None and not because.strip():
        raise QuarantineError("A reason is missing", remedy='Say why: --because "a scan that nobody needs"')
    items = choose(db, ids)
    chosen = [item["quarantine_id"] for item in items]
    with hold(db) as standing:
        with warehouse.open(standing.working) as connection:
            if because is None:
                warehouse.take_up(connection, chosen)
            else:
                warehouse.dismiss(connection, chosen, because=because.strip(), at=at)
        if not held_back(standing.working, db):  # else the next run that may publish takes it along
            warehouse.publish(standing.working, db)
    return items


def _outcomes(db: Path, items: Sequence[dict[str, Any]], files: dict[str, list[Path]]) -> Iterator[Tried]:
    now = waiting(db, dismissed=True)
    held: dict[str | None, int] = {}
    for row in rows(latest(db), "document_records", names=[each["document_id"] or each["name"] for each in items]):
        held |= {row["document_id"]: row["records"], row["name"]: row["records"]}
    still = {row["quarantine_id"]: row for row in now}
    for each in items:
        identity, name = each["quarantine_id"], each["name"]
        if not files[identity]:
            yield Tried(identity, name, "gone", "its file is no longer there; put it back, forget or dismiss it")
            continue
        # another engine writes another payload, and so another id; the document and the reason tell
        same = [
            row
            for row in now
            if (row["document_id"], row["name"], row["stage"]) == (each["document_id"], each["name"], each["stage"])
        ]
        if identity in still:
            yield Tried(identity, name, "refused", still[identity]["message"])
        elif same:
            yield Tried(identity, name, "refused", same[0]["message"])
        elif each["document_id"] in held or name in held:
            records = held.get(each["document_id"], held.get(name))
            yield Tried(identity, name, "loaded", f"its document holds {records} records")
        else:
            yield Tried(identity, name, "changed", "its file now holds something else, or nothing")


def _quotes(payload: dict[str, Any], text: str) -> Iterator[Quote]:
    for evidence in payload.get("evidence") or ():
        start, end = evidence.get("start"), evidence.get("end")
        there = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
        at = text.find(evidence["quote"]) if not there else start
        yield Quote(
            field=str(evidence.get("field", "")),
            quote=str(evidence.get("quote", "")),
            start=start,
            end=end,
            page=evidence.get("page"),
            before=text[max(0, at - CONTEXT) : at] if at >= 0 else "",
            printed=text[start:end] if there else None,
            after=text[end : end + CONTEXT] if there else "",
        )
