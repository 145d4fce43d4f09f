"""Measure entity resolution on a made-up store: all at once, and one document more.

usage: python -m scripts.scale [--documents 4000] [--mentions 25]

Documents of invented actors, agreements and sums, half of them twins in the other language; names follow Zipf's law, so
that a few are in thousands of documents. Prints the seconds of each step, by the clock and of work.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import warehouse
from extract.register import entries
from flows.resolving import resolve
from schemas import Actor, Agreement, Document, Evidence, Funding, Money, Record, Run
from schemas.values import PartialDate

RUN = Run(run_id="scale", started_at=datetime(2026, 11, 1, tzinfo=UTC), version="0")
SYLLABLES = (
    "ba",
    "den",
    "fro",
    "gil",
    "han",
    "jor",
    "kel",
    "lam",
    "mir",
    "nos",
    "pav",
    "rus",
    "sel",
    "tor",
    "vin",
    "wex",
)


def invented(number: int, draw: random.Random) -> tuple[list[str], list[str]]:
    """Give names of bodies (English, then French) and of people."""
    words = ["".join(draw.sample(SYLLABLES, 3)).capitalize() for _ in range(number)]
    return words, [f"{a} {b}" for a, b in zip(words, draw.sample(words, number), strict=True)]


def document(
    key: int, twin: bool, draw: random.Random, names: tuple[list[str], list[str]], mentions: int
) -> tuple[Document, list[Record]]:
    """Make up a document and its records. A twin says the same as its original, drawn by the same seed, in French."""
    identifier = f"{'f' if twin else 'e'}{key:06}"
    text, records = "", list[Record]()
    states = [entry for entry in entries() if entry.id.startswith("state-")]
    for _ in range(mentions):
        which, rank = draw.random(), min(int(draw.paretovariate(0.6)), 5000) - 1
        word, person = names[0][rank % len(names[0])], names[1][rank % len(names[1])]
        amount = draw.randrange(1, 4000) * 25_000
        start = len(text)
        if which < 0.3:
            state = states[rank % len(states)]
            said, kind = (state.name_fr if twin else state.name_en), "state"
        elif which < 0.55:
            said, kind = (f"Institut {word} du Canada" if twin else f"{word} Institute of Canada"), "academic"
        elif which < 0.75:
            said, kind = person, "person"
        elif which < 0.85:
            said, kind = (f"accord sur le commerce {word}" if twin else f"{word} Trade Agreement"), "agreement"
        else:
            said, kind = (f"{amount:,} $".replace(",", " ") if twin else f"${amount:,}"), "funding"
        text += f"{said} {'a dit' if twin else 'said so'}. "
        records.append(_record(identifier, said, kind, start, amount))
    day = PartialDate(text=str(date(2020, 1, 1) + timedelta(days=key % 2000)))
    made = Document(
        document_id=identifier, name=f"{identifier}.txt", uri=identifier, sha256="0" * 64,
        language="fr" if twin else "en", published_on=day, words=mentions * 5, text=text,
    )  # fmt: skip
    return made, list({record.id: record for record in records}.values())


def _record(document_id: str, said: str, kind: str, start: int, amount: int) -> Record:
    def proof(field: str) -> tuple[Evidence, ...]:
        return (Evidence(field=field, start=start, end=start + len(said), quote=said, finder="made up"),)

    if kind == "agreement":
        return Agreement(
            document_id=document_id,
            title=said,
            kind="trade_agreement",
            parties=("Canada", "France"),
            evidence=proof("title"),
        )
    if kind == "funding":
        return Funding(
            document_id=document_id, money=Money(amount=Decimal(amount), currency="CAD"), evidence=proof("record")
        )
    return Actor(document_id=document_id, name=said, kind=kind, evidence=proof("name"))


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Print how long a step took, by the clock and in processor time of all cores."""
    start, worked = time.perf_counter(), time.process_time()
    yield
    print(f"{step}: {time.perf_counter() - start:.2f} s ({time.process_time() - worked:.2f} s of work)", flush=True)


def main() -> None:
    """Make up a store, resolve it, add a document, resolve again; then another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=4000)
    parser.add_argument("--mentions", type=int, default=25)
    asked = parser.parse_args()
    names = invented(5000, random.Random(0))
    made = [
        document(key // 2, bool(key % 2), random.Random(key // 2), names, asked.mentions)
        for key in range(asked.documents + 1)
    ]
    *many, (one, more) = made
    records = [record for _, found in many for record in found]
    print(f"{len(many)} documents, {len(many) * asked.mentions} mentions, {len(records)} records")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scale.duckdb"
        with timed("load"), warehouse.open(file) as connection:
            warehouse.load(connection, [document for document, _ in many], records, [], [], RUN)
        with timed("resolve all"):
            resolve(file)
        # the oldest of all, which stands for every cluster that it joins; then one of the latest
        latest, others = document(999_999, False, random.Random(1), names, asked.mentions)
        for name, added, its in (("the oldest", one, more), ("the latest", latest, others)):
            with timed(f"load {name} document"), warehouse.open(file) as connection:
                warehouse.load(connection, [added], its, [], [], RUN)
            with timed(f"resolve {name} document"):
                settled = resolve(file)
            print(f"{settled} records settled")
        with warehouse.open(file, read_only=True) as connection:
            row = connection.execute("select count(distinct canonical_id), count(*) from store.resolution").fetchone()
        print(f"{row} clusters, records")


if __name__ == "__main__":
    main()
