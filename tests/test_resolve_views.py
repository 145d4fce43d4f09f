"""What analysts see of entity resolution: names in each language, a history of status, and why records are one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import warehouse
from flows.resolving import resolve
from schemas import Actor, Agreement, Document, Evidence, PartialDate, Record, Run

RUN = Run(run_id="r", started_at=datetime(2026, 11, 1, tzinfo=UTC), version="0")
PARTIES = {"en": ("Canada", "South Korea"), "fr": ("Canada", "Corée du Sud")}


def read(key: str, language: str, day: str, body: str, title: str, status: Any) -> tuple[Document, list[Record]]:
    text = f"{body} / {title}"
    document = Document(
        document_id=key, name=key, uri=key, sha256="0" * 64, language=language,
        published_on=PartialDate(text=day), words=9, text=text,
    )  # fmt: skip

    def proof(words: str, field: str) -> tuple[Evidence, ...]:
        start = text.index(words)
        return (Evidence(field=field, start=start, end=start + len(words), quote=words, finder="by hand"),)

    return document, [
        Actor(document_id=key, name=body, kind="academic", evidence=proof(body, "name")),
        Agreement(
            document_id=key,
            title=title,
            kind="partnership",
            status=status,
            parties=PARTIES[language],
            evidence=proof(title, "title"),
        ),
    ]


READ = [
    read("a", "en", "2025-01-10", "Polar Institute", "Ice Data Partnership", "proposed"),
    read("b", "fr", "2025-06", "Institut polaire", "partenariat sur les données de l'ice", "under_negotiation"),
    read("c", "en", "2025-08-01", "Polar Institute", "Ice Data Partnership", "under_negotiation"),
    read("d", "en", "2026-02-01", "Polar Institute", "Ice Data Partnership", "signed"),
]


def test_canonical_rows(tmp_path: Path) -> None:
    file = tmp_path / "pledges.duckdb"
    with warehouse.open(file) as connection:
        records = [record for _, found in READ for record in found]
        warehouse.load(connection, [document for document, _ in READ], records, [], [], RUN)
    resolve(file)

    def ask(sql: str) -> list[tuple[Any, ...]]:
        return warehouse.query(file, sql)[1]

    assert ask("select name_en, name_fr, aliases, documents from actors") == [
        ("Polar Institute", "Institut polaire", ["Institut polaire"], 4)
    ]
    (row,) = ask("select title_en, title_fr, status, status_history, document_ids from agreements")
    assert row[:3] == ("Ice Data Partnership", "partenariat sur les données de l'ice", "signed")
    assert [(step["status"], step["published_on"], step["document_id"]) for step in row[3]] == [
        ("proposed", date(2025, 1, 10), "a"),
        ("under_negotiation", date(2025, 6, 1), "b"),
        ("signed", date(2026, 2, 1), "d"),
    ]
    assert row[4] == ["a", "b", "c", "d"]
    why = ask("select record_type, rule, score, count(*) from resolution group by all order by 1, 3 desc, 2")
    assert why == [
        ("actor", "same_name", 1.0, 2),
        ("actor", "self", 1.0, 1),
        ("actor", "same_words", 0.92, 1),
        ("agreement", "self", 1.0, 1),
        ("agreement", "same_title_and_parties", 0.95, 3),
    ]
    assert ask("select count(distinct document_id) from evidence join actors on record_id = actor_id") == [(4,)]
