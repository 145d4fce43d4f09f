"""Resolution in the warehouse: adding, taking away and judging one by one gives what resolving all at once gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warehouse
from extract.resolve import resolve as resolve_all
from flows.resolving import resolve
from schemas import Actor, Document, Evidence, Judgement, JudgementConflictError, Record, Resolution, Run

RUN = Run(run_id="r", started_at=datetime(2026, 11, 1, tzinfo=UTC), version="0")

# name, language, day, and a text whose capitalised words are the actors
TEXTS = (
    (
        "visit_en_1",
        "en",
        "2026-03-01",
        "Ann Roy met Bo Chan in Norland. The Polar Institute and NIDEX gave 1,250 and 2.75.",
    ),
    ("visit_fr_1", "fr", None, "Ann Roy a vu Bo Chan en Norland. L'Institut polaire et NIDEX ont donné 1 250 et 2,75."),
    ("later", "en", "2026-04-01", "The Institut polaire wrote to Bo Chan."),
    ("first", "en", "2025-01-01", "NIDEX is the Polar Institute."),
    ("other", "ko", "2026-02-01", "Ann Roy"),
)
KINDS = {
    "Ann Roy": "person",
    "Bo Chan": "person",
    "Polar Institute": "academic",
    "Institut polaire": "academic",
    "NIDEX": "company",
}  # fmt: skip


def read(name: str, language: str, day: str | None, text: str) -> tuple[Document, list[Record]]:
    document = Document(
        document_id=name,
        name=f"{name}.txt",
        uri=name,
        sha256="0" * 64,
        language=language,
        published_on={"text": day} if day else None,  # type: ignore[arg-type]
        words=len(text.split()),
        text=text,
    )
    records: list[Record] = []
    for said, kind in KINDS.items():
        at = text.find(said)
        if at >= 0:
            proof = Evidence(field="name", start=at, end=at + len(said), quote=said, finder="by hand")
            records.append(Actor(document_id=name, name=said, kind=kind, evidence=(proof,)))  # type: ignore[arg-type]
    return document, records


READ = [read(*text) for text in TEXTS]


def load(file: Path, which: Sequence[int]) -> None:
    with warehouse.open(file) as connection:
        documents = [READ[i][0] for i in which]
        warehouse.load(connection, documents, [r for i in which for r in READ[i][1]], [], [], RUN)


def found(file: Path) -> list[Resolution]:
    with warehouse.open(file, read_only=True) as connection:
        rows = connection.execute("select * from store.resolution order by record_id").fetchall()
    return [Resolution(record_id=row[0], canonical_id=row[1], rule=row[2], score=row[3]) for row in rows]


def expected(which: Sequence[int], judgements: Sequence[Judgement] = ()) -> list[Resolution]:
    return resolve_all([r for i in which for r in READ[i][1]], [READ[i][0] for i in which], judgements)


def said(left: str, right: str, verdict: str) -> Judgement:
    ids = {(d.document_id, r.name): r.id for d, records in READ for r in records}  # type: ignore[attr-defined]
    pair = [ids[tuple(side.split("/"))] for side in (left, right)]  # type: ignore[index]
    return Judgement(left=pair[0], right=pair[1], verdict=verdict, on=date(2026, 11, 1))  # type: ignore[arg-type]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pledges.duckdb"


def test_twins_are_found_in_the_example() -> None:
    rules = {r.rule for r in expected([0, 1])}
    assert {r.rule for r in expected([0, 1]) if r.rule != "self"}, rules
    by_id = {r.record_id: r.canonical_id for r in expected([0, 1])}
    assert len(set(by_id.values())) == 4


@settings(deadline=None, max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(TEXTS))), cut=st.integers(1, len(TEXTS)))
def test_any_order_of_loading_gives_the_same_ids(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], cut: int
) -> None:
    file = tmp_path_factory.mktemp("order") / "pledges.duckdb"
    for which in (order[:cut], *([i] for i in order[cut:])):
        load(file, which)
        resolve(file)
    assert found(file) == expected(range(len(TEXTS)))


def test_a_document_that_goes_takes_its_bridges_along(file: Path) -> None:
    load(file, [0, 1, 2, 3, 4])
    resolve(file)
    with warehouse.open(file) as connection:
        warehouse.forget(connection, "visit_en_1")
    resolve(file)
    assert found(file) == expected([1, 2, 3, 4])


def test_judgements_are_made_and_taken_back(file: Path) -> None:
    load(file, [2, 3, 4])
    resolve(file)
    apart = said("later/Institut polaire", "first/Polar Institute", "not_same")
    same = said("first/NIDEX", "first/Polar Institute", "same")
    for judgements in ([apart], [apart, same], [same], []):
        resolve(file, judgements)
        assert found(file) == expected([2, 3, 4], judgements)


def test_a_run_with_nothing_new_settles_nothing(file: Path) -> None:
    load(file, [2, 3])
    assert resolve(file) == sum(len(READ[i][1]) for i in (2, 3))
    assert resolve(file) == 0


def test_what_shares_nothing_is_not_touched(file: Path) -> None:
    load(file, [3])
    resolve(file)
    load(file, [4])
    assert resolve(file) == 1


def test_contradictions_leave_all_as_it_was(file: Path) -> None:
    load(file, [2, 3])
    resolve(file)
    before = found(file)
    pair = ("later/Institut polaire", "first/Polar Institute")
    with pytest.raises(JudgementConflictError):
        resolve(file, [said(*pair, "same"), said(*pair, "not_same")])
    assert found(file) == before
