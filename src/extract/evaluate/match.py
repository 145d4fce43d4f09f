"""Pair the records of one document with its gold answers, one to one, best pairs first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from extract.evaluate.likeness import LIKENESS, TYPES, Answer, closest

Result = Literal["hit", "optional", "missed", "false", "ungrounded"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record: a hit with its fields' scores, a miss, a false alarm, or one that scores neither way.

    ``confidence`` is the program's own, None for a miss; ``label`` names the record for a person.
    """

    document: str
    language: str
    document_kind: str
    record_type: str
    result: Result
    label: str
    confidence: float | None = None
    fields: Mapping[str, float] = field(default_factory=dict)


def outcomes(name: str, gold: Answer, answer: Answer) -> Iterator[Outcome]:
    """Compare a document's answer (an empty dict if there is none) with its gold, type by type."""
    text = (answer.get("document") or {}).get("text", "")
    parties = _variants(gold)
    about = (name, str(gold.get("language")), str(gold.get("kind")))
    for kind in TYPES:
        if kind not in gold:
            continue
        wanted, said = gold[kind], answer.get(kind) or []
        usable = [record for record in said if grounded(record, text)]
        for record in said:
            if not grounded(record, text):
                yield Outcome(*about, kind, "ungrounded", label(record), record.get("confidence"))
        pairs = pair(kind, usable, wanted)
        for i, record in enumerate(usable):
            j = pairs.get(i)
            if j is None:
                yield Outcome(*about, kind, "false", label(record), record.get("confidence"))
            elif wanted[j].get("optional"):
                yield Outcome(*about, kind, "optional", label(record), record.get("confidence"))
            else:
                scores = _fields(kind, record, wanted[j], parties)
                yield Outcome(*about, kind, "hit", label(record), record.get("confidence"), scores)
        taken = set(pairs.values())
        for j, record in enumerate(wanted):
            if j not in taken and not record.get("optional"):
                yield Outcome(*about, kind, "missed", label(record))


def pair(kind: str, ours: Sequence[Answer], gold: Sequence[Answer]) -> dict[int, int]:
    """Match records greedily, the most alike first, a required gold record before an optional one."""
    ranked = sorted(
        (
            (LIKENESS[kind](record, wanted), -int(bool(wanted.get("optional"))), i, j)
            for i, record in enumerate(ours)
            for j, wanted in enumerate(gold)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for likeness, _, i, j in ranked:
        if likeness > 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def grounded(record: Answer, text: str) -> bool:
    """Tell whether a record quotes its document at the places that it names."""
    mentions = record.get("mentions") or []
    return bool(mentions) and all(
        isinstance(m.get("start"), int) and m.get("text") and text[m["start"] : m["end"]] == m["text"] for m in mentions
    )


def label(record: Answer) -> str:
    """Name a record, ours or gold's, in a few words."""
    for key in ("name", "title"):
        if record.get(key):
            return str(record[key])
    for key in ("names", "titles"):
        if record.get(key):
            return str(record[key][0])
    if "amounts" in record:
        return f"{record['amounts'][0]} {record.get('quote', '')[:90]}"
    if "amount" in record:
        said = " ".join(mention.get("text", "") for mention in record.get("mentions", []))
        return f"{record['amount']} {record.get('currency')} {said[:90]}"
    return str(record.get("text", ""))[:110]


def _variants(gold: Answer) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {actor["id"]: actor["names"] for actor in gold.get("actors", [])}
    for actor in gold.get("actors", []):
        for name in actor["names"]:
            names.setdefault(name, actor["names"])
    return names


def _as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _among(record: Answer, gold: Answer, key: str) -> dict[str, float]:
    accepted = _as_list(gold.get(key))
    return {key: float(record.get(key) in accepted)} if accepted else {}


def _parties(record: Answer, gold: Answer, key: str, variants: Mapping[str, list[str]]) -> dict[str, float]:
    ours = _as_list(record.get(key))
    left = [variants.get(name, [name]) for name in _as_list(gold.get(key))]
    total = len(ours) + len(left)
    if not ours or not left:
        return {key: float(total == 0)}
    hits = 0
    for name in ours:
        match = next((names for names in left if closest([name], names) >= 0.75), None)
        if match is not None:
            left.remove(match)
            hits += 1
    return {key: 2 * hits / total}


def _date(ours: object, gold: object) -> float:
    if not gold:
        return float(not ours)
    said = str(ours or "")
    return float(len(said) >= 4 and said.startswith(str(gold)[: len(said)]))


def _fields(kind: str, record: Answer, gold: Answer, variants: Mapping[str, list[str]]) -> dict[str, float]:
    if kind == "agreements":
        return {
            **_among(record, gold, "kind"),
            **_among(record, gold, "status"),
            "date": _date(record.get("date"), gold.get("date")),
            **_parties(record, gold, "parties", variants),
        }
    if kind == "funding":
        purpose = {"purpose": closest([record.get("purpose") or ""], [gold["purpose"]])} if gold.get("purpose") else {}
        return {
            **_among(record, gold, "qualifier"),
            **_among(record, gold, "status"),
            **_parties(record, gold, "funders", variants),
            **_parties(record, gold, "recipients", variants),
            **purpose,
        }
    return _among(record, gold, "kind")
