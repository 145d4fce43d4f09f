"""A walk through the pairs that the program is unsure of, both contexts side by side, for a person to judge."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

import warehouse
from flows import judgements as file_of
from flows.resolving import resolve
from schemas import Actor, Agreement, Document, Funding, Judgement, JudgementConflictError, Record, Verdict

if TYPE_CHECKING:
    from extract.resolve import Proposal

ANSWERS: Mapping[str, Verdict | None] = {"s": "same", "n": "not_same", "u": "unsure", "": None}
AROUND = 160
"""Characters of text shown on each side of the first mention."""
WIDTH = 56
"""Columns of the terminal for each of the two contexts."""


def review(working: Path, judgements: Path, *, by: str, today: date, limit: int | None = None) -> int:
    """Ask about one pair after the other until none is left, or until told to stop; give how many were judged.

    Each answer is a row of the file at once. An answer that contradicts earlier ones is said so and not kept.
    """
    with warehouse.open(working) as connection:
        documents = {document.document_id: document for document in warehouse.documents(connection)}
        records = {record.id: record for record in warehouse.records(connection)}
        canonical = dict(connection.execute("select record_id, canonical_id from store.resolution").fetchall())
    judged = 0
    pairs = list(_open(list(records.values()), canonical, file_of.read(judgements)))[:limit]
    for number, proposal in enumerate(pairs, start=1):
        left, right = records[proposal.left], records[proposal.right]
        click.echo(f"\n{number} of {len(pairs)}: {proposal.why} ({proposal.score:.2f})")
        click.echo("\n".join(side_by_side(context(left, documents), context(right, documents))))
        said = _ask()
        if said == "q":
            break
        verdict = ANSWERS[said]
        if verdict is not None:
            judged += _keep(
                judgements,
                Judgement(
                    left=left.id,
                    right=right.id,
                    verdict=verdict,
                    on=today,
                    by=by,
                    left_name=name(left),
                    right_name=name(right),
                ),
            )
    return judged


def _open(records: Sequence[Record], canonical: Mapping[str, str], said: Sequence[Judgement]) -> Iterator[Proposal]:
    """Give the proposals that no judgement settles yet, whichever record of a cluster it speaks of."""
    from extract.resolve import proposals

    settled = {frozenset(canonical.get(side, side) for side in judgement.pair) for judgement in said}
    for proposal in proposals(records, canonical):
        if frozenset((proposal.left, proposal.right)) not in settled:
            yield proposal


def _ask() -> str:
    question = "[s]ame, [n]ot the same, [u]nsure, Enter to skip, [q]uit"
    answer: str = click.prompt(
        question, default="", show_default=False, show_choices=False, type=click.Choice([*ANSWERS, "q"])
    )
    return answer


def _keep(path: Path, judgement: Judgement) -> bool:
    from extract.resolve.judged import judged

    try:
        judged([*file_of.read(path), judgement])
    except JudgementConflictError as error:
        click.echo(f"Not kept. {error}", err=True)
        return False
    file_of.add(path, judgement)
    return True


def name(record: Record) -> str:
    """Name a record in a few words."""
    if isinstance(record, Actor):
        return record.name
    if isinstance(record, Agreement):
        return record.title
    if isinstance(record, Funding):
        return f"{record.money.amount:,} {record.money.currency} {record.purpose or ''}".strip()
    return record.evidence[0].quote


def context(record: Record, documents: Mapping[str, Document]) -> list[str]:
    """Say what a record is and show the words around its first mention, in lines of the width of a column."""
    first = min(record.evidence, key=lambda proof: (proof.start, proof.end))
    document = documents[record.document_id]
    start, end = max(0, first.start - AROUND), first.end + AROUND
    words = " ".join(f"{document.text[start : first.start]}[{first.quote}]{document.text[first.end : end]}".split())
    kind = getattr(record, "kind", record.record_type)
    when = f", {document.published_on}" if document.published_on else ""
    lines = [name(record), f"{kind} in {document.name} ({document.language}{when})"]
    return [part for line in [*lines, f"… {words} …"] for part in textwrap.wrap(line, WIDTH) or [""]]


def side_by_side(left: Sequence[str], right: Sequence[str]) -> Iterator[str]:
    """Set two columns of lines beside each other."""
    for number in range(max(len(left), len(right))):
        ours = left[number] if number < len(left) else ""
        theirs = right[number] if number < len(right) else ""
        yield f"  {ours:<{WIDTH}} | {theirs}".rstrip()


def loaded(working: Path, db: Path) -> Path:
    """Give the pipeline's own file. Raises WarehouseError when nothing was ever loaded."""
    with warehouse.open(working if working.is_file() else db, read_only=True):
        return working


def resolve_and_publish(working: Path, db: Path, judgements: Path) -> int:
    """Settle what changed, and publish if anything did; give how many records were settled."""
    settled = resolve(working, file_of.read(judgements))
    if settled or not db.is_file():
        warehouse.publish(working, db)
    return settled
