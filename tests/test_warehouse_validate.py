"""The suites: each defect that can be seeded gets its reason, and the rest loads."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import warehouse
from schemas import (
    Actor,
    Agreement,
    Commitment,
    Document,
    Evidence,
    Funding,
    Money,
    PartialDate,
    Quarantined,
    Record,
    Run,
)
from warehouse import expectations
from warehouse.expectations import breaches, wrong_types
from warehouse.promises import promises
from warehouse.validation import _flat

pytestmark = pytest.mark.slow  # Great Expectations takes seconds to import

TEXT = "Canada gives $5 million to the Polar Institute under the Ice Accord. Next: publish the ice maps."


def release(number: int) -> Document:
    text = f"{TEXT} ({number})"
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        document_id=digest[:16],
        name=f"{number}.txt",
        uri=f"{number}.txt",
        sha256=digest,
        language="en",
        published_on=PartialDate(text="2026-03"),
        words=len(text.split()),
        text=text,
    )


def quote(words: str, field: str = "record") -> tuple[Evidence, ...]:
    start = TEXT.index(words)
    return (Evidence(field=field, start=start, end=start + len(words), quote=words, finder="by hand"),)


def of(document: Document) -> dict[str, Record]:
    key = document.document_id
    accord = Agreement(
        document_id=key, title="Ice Accord", kind="treaty", parties=("Canada",), evidence=quote("Ice Accord")
    )
    money = Money(amount=Decimal(5_000_000), currency="CAD")
    return {
        "actor": Actor(document_id=key, name="Canada", kind="state", country="CA", evidence=quote("Canada", "name")),
        "agreement": accord,
        "funding": Funding(document_id=key, money=money, agreement_id=accord.id, evidence=quote("$5 million", "money")),
        "commitment": Commitment(
            document_id=key, kind="next_step", text="publish the ice maps", evidence=quote("publish the ice maps")
        ),
    }


def with_(**values: Any) -> Callable[[Any], Any]:
    """Change a model past Pydantic's border, as a bug in our own code could."""
    return lambda model: model.model_copy(update=values)


def with_money(**values: Any) -> Callable[[Any], Any]:
    return lambda model: model.model_copy(update={"money": model.money.model_copy(update=values)})


def with_evidence(**values: Any) -> Callable[[Any], Any]:
    return lambda model: model.model_copy(
        update={"evidence": (*model.evidence, model.evidence[0].model_copy(update=values))}
    )


# (the seeded thing, what was done to it, the reason code that it must get)
DEFECTS: list[tuple[str, Callable[[Any], Any], str]] = [
    ("document", with_(kind="poem"), "not_in_enumeration"),
    ("document", with_(sha256="0xABC"), "bad_format"),
    ("document", with_(language="english"), "bad_format"),
    ("document", with_(words=-1), "out_of_range"),
    ("document", with_(pages=0), "out_of_range"),
    ("document", with_(name=""), "empty_value"),
    ("document", with_(published_on=PartialDate.model_construct(text="12 March 2026")), "bad_date"),
    ("document", with_(words="many"), "wrong_type"),
    ("actor", with_(kind="planet"), "not_in_enumeration"),
    ("actor", with_(country="Canada"), "bad_format"),
    ("actor", with_(name=""), "empty_value"),
    ("actor", with_(confidence=1.5), "out_of_range"),
    ("actor", with_(evidence=()), "no_evidence"),
    ("actor", with_(kind=None), "missing_value"),
    ("actor", with_(document_id="nowhere"), "unknown_document"),
    ("actor", with_evidence(start=3, end=9), "quote_not_in_document"),
    ("actor", with_evidence(start=90_000, end=90_006), "quote_not_in_document"),
    ("actor", with_evidence(start=6, end=6), "empty_span"),
    ("actor", with_evidence(quote="canada"), "quote_not_in_document"),
    ("actor", with_evidence(page=0), "out_of_range"),
    ("agreement", with_(status="agreed"), "not_in_enumeration"),
    ("agreement", with_(date=PartialDate.model_construct(text="2026-13")), "bad_date"),
    ("agreement", with_(title=7.5), "wrong_type"),
    ("funding", with_money(amount=Decimal(-1)), "out_of_range"),
    ("funding", with_money(amount=5_000_000.0), "wrong_type"),
    ("funding", with_money(amount_max=Decimal(1)), "range_reversed"),
    ("funding", with_money(currency="DOL"), "unknown_currency"),
    ("funding", with_money(currency=None), "missing_value"),
    ("funding", with_money(qualifier="roughly"), "not_in_enumeration"),
    ("funding", with_(status="rumoured"), "not_in_enumeration"),
    ("funding", with_(agreement_id="nothing"), "unknown_agreement"),
    ("commitment", with_(kind="wish"), "not_in_enumeration"),
    ("commitment", with_(text=""), "empty_value"),
    ("document", with_(language="en\n"), "bad_format"),
    ("actor", with_(country="CA\n"), "bad_format"),
    ("funding", with_money(currency="CAD\n"), "unknown_currency"),
    ("actor", with_(confidence=-0.1), "out_of_range"),
]

Outcome = tuple[warehouse.Accepted, dict[str, list[Quarantined]]]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """Validate one batch: a document a defect, then as many good ones, the last of them with a record too many."""
    documents: list[Document] = []
    records: list[Record] = []
    for number, (where, seed, _) in enumerate(DEFECTS):
        document = release(number)
        things = {"document": document, **of(document)}
        things[where] = seed(things[where])
        documents.append(things.pop("document"))
        records += things.values()
    for number in range(len(DEFECTS), 2 * len(DEFECTS)):
        documents.append(release(number))
        records += of(documents[-1]).values()
    records.append(records[-4])
    accepted, quarantined = warehouse.validate(documents, records)
    by_name: dict[str, list[Quarantined]] = defaultdict(list)
    for refused in quarantined:
        by_name[refused.name].append(refused)
    return accepted, by_name


@pytest.mark.parametrize("number", range(len(DEFECTS)), ids=lambda n: f"{n}-{DEFECTS[n][0]}-{DEFECTS[n][2]}")
def test_a_seeded_defect_gets_its_reason(outcome: Outcome, number: int) -> None:
    where, seed, reason = DEFECTS[number]
    seeded = seed({"document": release(number), **of(release(number))}[where])
    name = getattr(seeded, "name", None) if where == "document" else f"{number}.txt"
    refused = outcome[1]["nowhere" if reason == "unknown_document" else name or seeded.document_id]
    assert [q.reason_code for q in refused if q.payload["record_type"] == where] == [reason]


def test_the_rest_loads(outcome: Outcome) -> None:
    accepted, _ = outcome
    spoilt = sum(where == "document" for where, _, _ in DEFECTS)
    assert len(accepted.documents) == 2 * len(DEFECTS) - spoilt
    assert len(accepted.records) == 4 * (2 * len(DEFECTS) - spoilt) - (len(DEFECTS) - spoilt)


def test_a_refused_document_takes_its_records_with_it(outcome: Outcome) -> None:
    refused = outcome[1]["0.txt"]
    assert [(q.payload["record_type"], q.reason_code) for q in refused] == [
        ("document", "not_in_enumeration"),
        *[(kind, "document_quarantined") for kind in ("actor", "agreement", "funding", "commitment")],
    ]


def test_a_refused_record_keeps_its_whole_payload(outcome: Outcome) -> None:
    number = next(n for n, (_, _, reason) in enumerate(DEFECTS) if reason == "range_reversed")
    (refused,) = outcome[1][f"{number}.txt"]
    assert refused.message == "funding: money.amount_max is below money.amount"
    assert refused.stage == "validate"
    payload = {k: v for k, v in refused.payload.items() if k not in {"record_type", "id"}}
    payload["money"]["amount_max"] = None
    assert Funding.model_validate(payload) == of(release(number))["funding"]


def test_a_sum_whose_agreement_is_refused_loses_the_link_and_is_marked(outcome: Outcome) -> None:
    number = next(n for n, (where, _, _) in enumerate(DEFECTS) if where == "agreement")
    (sum_,) = [r for r in outcome[0].records if isinstance(r, Funding) and r.document_id == release(number).document_id]
    assert sum_.agreement_id is None
    assert sum_.review


def test_of_two_records_with_one_id_the_first_stays(outcome: Outcome) -> None:
    (refused,) = outcome[1][f"{2 * len(DEFECTS) - 1}.txt"]
    assert refused.reason_code == "duplicate_id"


def test_what_was_accepted_loads_and_a_failing_table_keeps_the_last_good_file(outcome: Outcome, tmp_path: Path) -> None:
    run = Run(run_id="r", started_at=datetime(2026, 3, 2, tzinfo=UTC), version="0.1.0")
    published = tmp_path / "pledgebook.duckdb"
    working = warehouse.working_file(published)
    accepted, refused = outcome
    everything_refused = [one for some in refused.values() for one in some]
    with warehouse.open(working) as connection:
        warehouse.load(connection, *accepted, [], everything_refused, run)
    warehouse.publish(working, published)
    good = published.read_bytes()
    assert len(warehouse.quarantine(published)) == len(everything_refused)
    with pytest.raises(warehouse.SuiteFailed), warehouse.open(working) as connection:
        warehouse.load(connection, [], accepted.records, [], [], run)
    assert published.read_bytes() == good


def test_a_table_that_fails_as_a_whole_stops_everything() -> None:
    document = release(0)
    actors = [
        Actor(document_id=document.document_id, name=f"Canada {n}", kind="state", evidence=quote("Canada", "name"))
        for n in range(30)
    ]
    broken = [actor.model_copy(update={"kind": "planet"}) for actor in actors[:20]]
    with pytest.raises(warehouse.SuiteFailed, match="20 of 30 rows") as caught:
        warehouse.validate([document], broken + actors[20:])
    assert caught.value.table == "actor"
    accepted, refused = warehouse.validate([document], broken + actors[20:], tolerance=0.7)
    assert (len(accepted.records), len(refused)) == (10, 20)


@pytest.mark.parametrize("table", ["document", "actor", "agreement", "funding", "commitment"])
def test_asking_whether_and_then_which_gives_what_the_full_form_gives(table: str) -> None:
    rows = []
    for number, (where, seed, _) in enumerate(DEFECTS):
        model = {"document": release(number), **of(release(number))}[table]
        model = seed(model) if where == table else model
        rows.append(_flat(model) | ({} if table == "document" else {"id": getattr(model, "id", "")}))
    wrong = {breach.row for breach in wrong_types({table: rows})[table]}
    told = {(breach.row, breach.promise.says) for breach in breaches(table, rows, promises(table), apart=wrong)}
    sound = pd.DataFrame([row | {"row": n} for n, row in enumerate(rows) if n not in wrong], dtype=object)
    batch = expectations._definition(table).get_batch({"dataframe": sound})
    answers = expectations._answers(table, batch, promises(table), expectations._WHICH)
    assert told == {(int(bad["row"]), promises(table)[number].says) for number, _, found in answers for bad in found}
    assert told


def test_an_expectation_that_raises_stops_everything() -> None:
    with pytest.raises(warehouse.SuiteFailed, match="could not be checked"):
        breaches("actor", [{"id": "a"}], promises("actor"))
