"""What analysts see of entity resolution: names in each language, a history of status, and why records are one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import warehouse
from flows.resolving import resolve_in
from schemas import Actor, Agreement, Commitment, Document, Evidence, Funding, Money, PartialDate, Record, Run

RUN = Run(run_id="r", started_at=datetime(2026, 11, 1, tzinfo=UTC), version="0")
PARTIES = {"en": ("Canada", "South Korea"), "fr": ("Canada", "Corée du Sud")}


def read(key: str, language: str, day: str, body: str, title: str, status: Any) -> tuple[Document, list[Record]]:
    text = f"{body} / {title} / 1,250,000 / Meet again"
    document = Document(
        document_id=key, name=key, uri=key, sha256="0" * 64, language=language,
        published_on=PartialDate(text=day), words=9, text=text,
    )  # fmt: skip

    def proof(words: str, field: str) -> tuple[Evidence, ...]:
        start = text.index(words)
        return (Evidence(field=field, start=start, end=start + len(words), quote=words, finder="by hand"),)

    return (
        document,
        [
            Actor(document_id=key, name=body, kind="academic", evidence=proof(body, "name")),
            Agreement(
                document_id=key,
                title=title,
                kind="partnership",
                status=status,
                parties=PARTIES[language],
                evidence=proof(title, "title"),
            ),
            Funding(
                document_id=key,
                money=Money(amount=Decimal(1_250_000), currency="CAD"),  # type: ignore[arg-type]
                funders=PARTIES[language][:1],
                recipients=(body,),
                evidence=proof("1,250,000", "record"),
            ),
            Commitment(document_id=key, kind="next_step", text="Meet again", evidence=proof("Meet again", "text")),
        ],
    )


READ = [
    read("a", "en", "2025-01-10", "Polar Institute", "Ice Data Partnership", "proposed"),
    read("b", "fr", "2025-06", "Institut polaire", "partenariat sur les données de l'ice", "under_negotiation"),
    read("c", "en", "2025-08-01", "Polar Institute", "Ice Data Partnership", "under_negotiation"),
    read("d", "en", "2026-02-01", "Polar Institute", "Ice Data Partnership", "signed"),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("views") / "pledges.duckdb"
    with warehouse.open(path) as connection:
        records = [record for _, found in READ for record in found]
        warehouse.load(connection, [document for document, _ in READ], records, [], [], RUN)
        resolve_in(connection)
    return path


def ask(file: Path, sql: str) -> list[tuple[Any, ...]]:
    return warehouse.query(file, sql)[1]


def test_names_in_each_language(file: Path) -> None:
    assert ask(file, "select name_en, name_fr, aliases, documents from actors") == [
        ("Polar Institute", "Institut polaire", ["Institut polaire"], 4)
    ]


def test_a_status_has_a_history(file: Path) -> None:
    (row,) = ask(file, "select title_en, title_fr, status, status_history, document_ids from agreements")
    assert row[:3] == ("Ice Data Partnership", "partenariat sur les données de l'ice", "signed")
    assert [(step["status"], step["published_on"], step["document_id"]) for step in row[3]] == [
        ("proposed", date(2025, 1, 10), "a"),
        ("under_negotiation", date(2025, 6, 1), "b"),
        ("signed", date(2026, 2, 1), "d"),
    ]
    assert row[4] == ["a", "b", "c", "d"]


def test_a_sum_that_four_documents_state_is_one(file: Path) -> None:
    assert ask(file, "select amount, documents from funding") == [(Decimal("1250000.00"), 4)]
    assert ask(file, "select sum(amount) from funding") == [(Decimal("1250000.00"),)]


def test_why_records_are_one(file: Path) -> None:
    why = ask(file, "select record_type, rule, score, count(*) from resolution group by all order by 1, 3 desc, 2")
    assert why == [
        ("actor", "same_name", 1.0, 2),
        ("actor", "self", 1.0, 1),
        ("actor", "same_words", 0.92, 1),
        ("agreement", "self", 1.0, 1),
        ("agreement", "same_title_and_parties", 0.95, 3),
        ("commitment", "self", 1.0, 4),
        ("funding", "self", 1.0, 1),
        ("funding", "same_sum_and_parties", 0.85, 3),
    ]


@pytest.mark.parametrize(
    ("view", "rows"), [("actors", 1), ("agreements", 1), ("funding", 1), ("commitments", 4)]
)  # fmt: skip
def test_every_row_leads_back_to_records_quotes_and_documents(file: Path, view: str, rows: int) -> None:
    """From a row of a view by ``resolution`` to each record behind it, its quotes, and the text that holds them."""
    key = f"{view.removesuffix('s')}_id"
    found = ask(
        file,
        f"""
        select v.{key}, r.record_id, r.rule, r.score, d.document_id, e.quote,
            d.text[e.char_start + 1 : e.char_end] as words
        from {view} as v
        left join resolution as r on r.canonical_id = v.{key}
        left join evidence as e on e.own_record_id = r.record_id
        left join store.document as d on d.document_id = e.document_id
        """,
    )
    assert all(value is not None for row in found for value in row)
    assert all(quote == words for *_, quote, words in found)
    assert {row[4] for row in found} == {"a", "b", "c", "d"}
    assert len({row[0] for row in found}) == rows
    assert len({row[1] for row in found}) == 4
    assert all((row[2] == "self") == (row[0] == row[1]) for row in found)
