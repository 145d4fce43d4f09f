"""Resolution in the warehouse: adding, taking away and judging one by one gives what resolving all at once gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warehouse
from extract.resolve import resolve as resolve_all
from extract.resolve import twins
from flows.resolving import resolve_in
from schemas import Actor, Agreement, Document, Evidence, Judgement, JudgementConflictError, Record, Resolution, Run

RUN = Run(run_id="r", started_at=datetime(2026, 11, 1, tzinfo=UTC), version="0")

# name, language, day, and a text whose capitalised words are the actors
TEXTS = (
    (
        "visit_en_1",
        "en",
        "2026-03-01",
        "Ann Roy met Bo Chan in Norland. The Polar Institute and NIDEX gave 1,250 and 2.75 under the Ice Accord.",
    ),
    (
        "visit_fr_1",
        "fr",
        None,
        "Ann Roy a vu Bo Chan en Norland. L'Institut polaire et NIDEX ont donné 1 250 et 2,75 selon l'Accord Ice.",
    ),
    ("later", "en", "2026-04-01", "The Institut polaire wrote to Bo Chan about the Ice Accord."),
    ("first", "en", "2025-01-01", "NIDEX is the Polar Institute."),
    ("other", "ko", "2026-02-01", "Ann Roy"),
    # twins by what they say alone, until a third document makes their names common
    ("one", "en", None, "Ula Kwan, Xerxes Maro and Ystad Fenn: 4,500, 7,125 and 3.14 for the Kelp Bureau of Vex."),
    ("two", "fr", None, "Ula Kwan, Xerxes Maro et Ystad Fenn : 4 500, 7 125 et 3,14 pour le Kelp bureau marin de Vex."),
    ("third", "en", "2024-05-05", "Vex, Fenn, Ystad, Maro, Xerxes, 3.14, 7,125, Kwan, Ula, 4,500: the Kelp Bureau."),
)
KINDS = {
    "Ann Roy": "person",
    "Bo Chan": "person",
    "Polar Institute": "academic",
    "Institut polaire": "academic",
    "NIDEX": "company",
    "Kelp Bureau": "government_body",
    "Kelp bureau marin": "government_body",
    "Ula Kwan": "person",
    "Ice Accord": "agreement",
    "Accord Ice": "agreement",
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
            proof = (Evidence(field="name", start=at, end=at + len(said), quote=said, finder="by hand"),)
            made: dict[str, Any] = {"document_id": name, "kind": kind, "evidence": proof}
            if kind == "agreement":
                parties = ("Canada", "France") if name == "later" else ("Canada",)
                records.append(Agreement(**made | {"title": said, "kind": "treaty", "parties": parties}))
            else:
                records.append(Actor(**made | {"name": said}))
    return document, records


READ = [read(*text) for text in TEXTS]
ALL = range(len(TEXTS))


def load(connection: warehouse.Connection, which: Sequence[int]) -> None:
    documents = [READ[i][0] for i in which]
    warehouse.load(connection, documents, [r for i in which for r in READ[i][1]], [], [], RUN)


def found(connection: warehouse.Connection) -> list[Resolution]:
    rows = connection.execute("select * from store.resolution order by record_id").fetchall()
    return [Resolution(record_id=row[0], canonical_id=row[1], rule=row[2], score=row[3]) for row in rows]


def expected(which: Sequence[int], judgements: Sequence[Judgement] = ()) -> list[Resolution]:
    return resolve_all([r for i in which for r in READ[i][1]], [READ[i][0] for i in which], judgements)


def name_of(record: Record) -> str:
    return record.title if isinstance(record, Agreement) else record.name  # type: ignore[attr-defined, no-any-return]


IDS = {f"{d.document_id}/{name_of(r)}": r.id for d, records in READ for r in records}


def said(left: str, right: str, verdict: Any) -> Judgement:
    return Judgement(left=IDS[left], right=IDS[right], verdict=verdict, on=date(2026, 11, 1))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[warehouse.Connection]:
    with warehouse.open(tmp_path_factory.mktemp("resolve") / "pledges.duckdb") as connection:
        connection.execute("set threads = 1")  # of so little, sharing work costs more than doing it
        yield connection


@pytest.fixture
def store(opened: warehouse.Connection) -> warehouse.Connection:
    return emptied(opened)


def emptied(connection: warehouse.Connection) -> warehouse.Connection:
    """Take every document out again: a file in which others stood must do as well as a new one."""
    for (key,) in connection.execute("select document_id from store.document").fetchall():
        warehouse.forget(connection, key)
    resolve_in(connection)
    return connection


def test_twins_are_found_in_the_examples() -> None:
    by_id = {r.record_id: r.canonical_id for r in expected([0, 1])}
    assert len(set(by_id.values())) == 5
    rules = {r.record_id: r.rule for r in expected([5, 6])}
    assert rules[IDS["two/Kelp bureau marin"]] == "twin_actors"


def test_names_that_turn_common_tell_nothing(monkeypatch: pytest.MonkeyPatch, store: warehouse.Connection) -> None:
    monkeypatch.setattr(twins, "COMMON", 2)
    load(store, [5, 6])
    resolve_in(store)
    assert store.execute("from store.twin").fetchall() == [("one", "two")]
    load(store, [7])
    resolve_in(store)
    assert store.execute("from store.twin").fetchall() == []
    assert found(store) == expected([5, 6, 7])
    warehouse.forget(store, "third")
    resolve_in(store)
    assert store.execute("from store.twin").fetchall() == [("one", "two")]
    assert found(store) == expected([5, 6])


VERDICTS = st.tuples(st.sampled_from(sorted(IDS)), st.sampled_from(sorted(IDS)), st.sampled_from(["same", "not_same"]))
STEPS = st.one_of(
    st.lists(st.sampled_from(ALL), min_size=1, max_size=5, unique=True).map(lambda which: ("load", which)),
    st.lists(st.sampled_from(ALL), min_size=1, max_size=2, unique=True).map(lambda which: ("forget", which)),
    st.lists(VERDICTS, max_size=2).map(lambda pairs: ("judge", pairs)),
)


@settings(
    deadline=None,
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=2, max_size=5), common=st.sampled_from([2, 60]))
def test_step_by_step_gives_what_all_at_once_gives(
    opened: warehouse.Connection, steps: list[tuple[str, list[Any]]], common: int
) -> None:
    store = emptied(opened)
    there: set[int] = set()
    judgements: list[Judgement] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(twins, "COMMON", common)
        for what, which in steps:
            if what == "load":
                load(store, which)
                there |= set(which)
            elif what == "forget":
                for i in which:
                    warehouse.forget(store, READ[i][0].document_id)
                there -= set(which)
            else:  # what was said before is taken back
                judgements = [said(left, right, verdict) for left, right, verdict in which if left != right]
            try:
                wanted = expected(sorted(there), judgements)
            except JudgementConflictError:
                judgements = []
                continue
            resolve_in(store, judgements)
            assert found(store) == wanted


CUTS = st.tuples(st.integers(1, len(TEXTS)), st.integers(1, len(TEXTS))).map(sorted)


@settings(deadline=None, max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(ALL), cuts=CUTS, common=st.sampled_from([2, 60]))
def test_any_order_of_loading_gives_the_same_ids(
    opened: warehouse.Connection, order: list[int], cuts: list[int], common: int
) -> None:
    store = emptied(opened)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(twins, "COMMON", common)
        for which in filter(None, (order[: cuts[0]], order[cuts[0] : cuts[1]], order[cuts[1] :])):
            load(store, which)
            resolve_in(store)
        assert found(store) == expected(ALL)


def test_a_document_that_goes_takes_its_bridges_along(store: warehouse.Connection) -> None:
    load(store, [0, 1, 2, 3, 4])
    resolve_in(store)
    warehouse.forget(store, "visit_en_1")
    resolve_in(store)
    assert found(store) == expected([1, 2, 3, 4])


def test_judgements_are_made_and_taken_back(store: warehouse.Connection) -> None:
    load(store, [2, 3, 4])
    resolve_in(store)
    apart = said("later/Institut polaire", "first/Polar Institute", "not_same")
    same = said("first/NIDEX", "first/Polar Institute", "same")
    for judgements in ([apart], [apart, same], [same], []):
        resolve_in(store, judgements)
        assert found(store) == expected([2, 3, 4], judgements)


def test_a_judgement_touches_only_what_it_speaks_of(store: warehouse.Connection) -> None:
    load(store, ALL)
    resolve_in(store)
    apart = said("one/Ula Kwan", "third/Kelp Bureau", "not_same")
    touched = resolve_in(store, [apart])
    assert 0 < touched < sum(len(records) for _, records in READ) / 2
    assert resolve_in(store, [apart]) == 0
    assert resolve_in(store, []) == touched


def test_a_run_with_nothing_new_settles_nothing(store: warehouse.Connection) -> None:
    load(store, [2, 3])
    assert resolve_in(store) == sum(len(READ[i][1]) for i in (2, 3))
    assert resolve_in(store) == 0


def test_what_shares_nothing_is_not_touched(store: warehouse.Connection) -> None:
    load(store, [3])
    resolve_in(store)
    load(store, [4])
    assert resolve_in(store) == 1


def test_contradictions_leave_all_as_it_was(store: warehouse.Connection) -> None:
    load(store, [2, 3])
    resolve_in(store)
    before = found(store)
    pair = ("later/Institut polaire", "first/Polar Institute")
    with pytest.raises(JudgementConflictError):
        resolve_in(store, [said(*pair, "same"), said(*pair, "not_same")])
    assert found(store) == before
