"""What the rows of every table promise, read off the schemas.

A promise is an expectation of one column or two, and names the reason code of the rows that break it. Promises are
data and cost nothing to build; checking them takes Great Expectations (see expectations.py).
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_extra_types.currency_code import ISO4217

from schemas import RECORD_TYPES, Document, Evidence, Money, PartialDate

MODELS: dict[str, type[BaseModel]] = {
    "document": Document,
    **{model.record_type: model for model in RECORD_TYPES},
    "evidence": Evidence,
}

# A year, a month or a day, with no month 13 and no day 32.
PARTIAL_DATE = r"^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$"

_FEW = 20
_TYPES: dict[Any, list[str]] = {int: ["int"], float: ["float", "int"], bool: ["bool"], Decimal: ["Decimal"]}


@dataclass(frozen=True, slots=True)
class Promise:
    """One expectation: its class at Great Expectations, its arguments, the code of a breach and words for it."""

    expectation: str
    reason_code: str
    says: str
    arguments: dict[str, Any] = field(default_factory=dict)


@cache
def shape(table: str) -> frozenset[str]:
    """Give the types that each column of a table may hold, as ``column:type``; ``NoneType`` where it may be empty."""
    cells = {cell for name, info in MODELS[table].model_fields.items() for cell in _cells(name, info)}
    # Money alone may leave its currency open; a sum that is given may not
    return frozenset(cells - {"money.currency:NoneType"})


def misshapen(cell: str) -> Promise:
    """Give the promise that a cell outside the shape breaks."""
    column, _, kind = cell.rpartition(":")
    if kind == "NoneType":
        return Promise("ExpectColumnValuesToBeInSet", "missing_value", f"{column} is missing")
    return Promise("ExpectColumnValuesToBeInSet", "wrong_type", f"{column} must not be of type {kind}")


@cache
def promises(table: str) -> tuple[Promise, ...]:
    """Give what the values of a table's rows promise: ranges, enumerations, formats, unique ids, quotes that stand."""
    found = [promise for name, info in MODELS[table].model_fields.items() for promise in _of_field(name, info)]
    if table == "funding":
        found.append(_ordered("money.amount", "money.amount_max", "range_reversed"))
    if table == "evidence":
        return (*found, _ordered("start", "end", "empty_span", strictly=True), _QUOTED)
    identifier = "document_id" if table == "document" else "id"
    return (
        *found,
        Promise("ExpectColumnValuesToBeUnique", "duplicate_id", f"{identifier} is taken", {"column": identifier}),
    )


def names_one_of(column: str, *, reason_code: str) -> Promise:
    """Give the promise of a foreign key: what a column names is what was found under that name (see ``found``)."""
    says = f"{column} names nothing that was read"
    pair = {"column_A": column, "column_B": found(column), "ignore_row_if": "both_values_are_missing"}
    return Promise("ExpectColumnPairValuesToBeEqual", reason_code, says, pair)


def found(column: str) -> str:
    """Name the column that holds what a foreign key leads to, or None where it leads nowhere."""
    return f"{column} found"


_QUOTED = Promise(
    "ExpectColumnPairValuesToBeEqual",
    "quote_not_in_document",
    "the quote does not stand in the document at its offsets",
    {"column_A": "quote", "column_B": "printed", "ignore_row_if": "neither"},
)


def _ordered(lower: str, upper: str, reason_code: str, *, strictly: bool = False) -> Promise:
    arguments = {"column_A": upper, "column_B": lower, "or_equal": not strictly}
    return Promise(
        "ExpectColumnPairValuesAToBeGreaterThanB",
        reason_code,
        f"{upper} is below {lower}",
        arguments | {"ignore_row_if": "either_value_is_missing"},
    )


def _of_field(name: str, info: FieldInfo) -> Iterator[Promise]:
    kind, _, bounds = _plain(info.annotation)
    bounds += info.metadata
    if kind is Money:
        for part, inner in Money.model_fields.items():
            yield from _of_field(f"{name}.{part}", inner)
    elif get_origin(kind) is tuple:
        if any(isinstance(bound, MinLen) for bound in bounds):
            says = f"{name} has no items"
            yield Promise("ExpectColumnValuesToBeBetween", f"no_{name}", says, {"column": name, "min_value": 1})
    else:
        yield from _of_kind(name, kind)
        yield from _of_bounds(name, bounds)


def _cells(name: str, info: FieldInfo) -> Iterator[str]:
    kind, optional, _ = _plain(info.annotation)
    if kind is Money:
        for part, inner in Money.model_fields.items():
            yield from _cells(f"{name}.{part}", inner)
        return
    counted = get_origin(kind) is tuple  # a sequence is laid out as its length
    for expected in ["int"] if counted else _TYPES.get(kind, ["str"]):
        yield f"{name}:{expected}"
    if optional:
        yield f"{name}:NoneType"


def _plain(annotation: Any) -> tuple[Any, bool, list[Any]]:
    """Strip ``| None`` and ``Annotated`` off a type: the type, whether None is allowed, the bounds on it."""
    if get_origin(annotation) in (Union, types.UnionType):
        (inner,) = (part for part in get_args(annotation) if part is not type(None))
        kind, _, bounds = _plain(inner)
        return kind, True, bounds
    if get_origin(annotation) is Annotated:
        kind, *notes = get_args(annotation)
        return kind, False, [b for n in notes for b in (n.metadata if isinstance(n, FieldInfo) else [n])]
    return annotation, False, []


def _of_kind(name: str, kind: Any) -> Iterator[Promise]:
    if kind is PartialDate:
        yield _matches(name, PARTIAL_DATE, "bad_date")
    elif kind is ISO4217:
        yield _one_of(name, sorted(ISO4217.allowed_currencies), "unknown_currency")
    elif get_origin(kind) is Literal:
        yield _one_of(name, list(get_args(kind)), "not_in_enumeration")


def _of_bounds(name: str, bounds: Sequence[Any]) -> Iterator[Promise]:
    column = {"column": name}
    limits: dict[str, Any] = {}
    for bound in bounds:
        if isinstance(bound, Ge):
            limits["min_value"] = bound.ge
        elif isinstance(bound, Le):
            limits["max_value"] = bound.le
    if limits:
        yield Promise("ExpectColumnValuesToBeBetween", "out_of_range", f"{name} is out of range", column | limits)
    for bound in bounds:
        if isinstance(bound, MinLen):
            length = {"min_value": bound.min_length}
            yield Promise("ExpectColumnValueLengthsToBeBetween", "empty_value", f"{name} is empty", column | length)
        elif pattern := getattr(bound, "pattern", None):
            yield _matches(name, pattern, "bad_format")


def _one_of(name: str, values: list[str], reason_code: str) -> Promise:
    says = f"{name} is none of the words for it"
    if len(values) > _FEW:  # one pattern: the library copies the items of a list some hundred times
        pattern = rf"^(?:{'|'.join(map(re.escape, values))})\Z"
        return Promise("ExpectColumnValuesToMatchRegex", reason_code, says, {"column": name, "regex": pattern})
    return Promise("ExpectColumnValuesToBeInSet", reason_code, says, {"column": name, "value_set": values})


def _matches(name: str, regex: str, reason_code: str) -> Promise:
    says = f"{name} is not written as it should be"
    whole = re.sub(r"\$\Z", r"\\Z", regex)  # Python's $ lets a line break follow
    return Promise("ExpectColumnValuesToMatchRegex", reason_code, says, {"column": name, "regex": whole})
