"""Great Expectations: the suites made of our promises, and which rows break them.

The only importer of Great Expectations and pandas, and only when there are rows to check: the import takes seconds.
A suite is first asked in its cheapest form, whether every row keeps every promise; only what was broken is asked
again in the full form, for the rows. The answer is the same, at a third of the cost (docs/decisions/0019).
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from warehouse.errors import SuiteFailed
from warehouse.promises import MODELS, Promise, misshapen, shape
from warehouse.rows import Row

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.datasource.fluent.interfaces import Batch
    from great_expectations.datasource.fluent.pandas_datasource import PandasDatasource
    from great_expectations.expectations.expectation import Expectation

_WHETHER = {"result_format": "BOOLEAN_ONLY"}
_WHICH = {"result_format": "COMPLETE", "unexpected_index_column_names": ["row"]}


@dataclass(frozen=True, slots=True)
class Breach:
    """One row that broke one promise; ``row`` is its place among the rows that were checked, from 0."""

    row: int
    promise: Promise


@cache
def warm_up() -> threading.Thread:
    """Begin to load Great Expectations, once a process, while the caller does something else; it may be joined."""
    loading = threading.Thread(target=_load, name="great expectations")
    loading.start()
    return loading


def _load() -> None:
    import pandas as pd

    for table in MODELS:
        _definition(table)
    _broken("cells", pd.DataFrame({"cell": [""]}), [_a_cell([""])])


def breaches(
    table: str, rows: Sequence[Row], promises: Sequence[Promise], *, apart: Collection[int] = ()
) -> list[Breach]:
    """Check rows but for those at the places ``apart``; give every breach, in the order of the promises.

    Rows of the wrong shape must stay apart, since values are compared here. Raises SuiteFailed when an expectation
    could not be checked at all.
    """
    if len(rows) <= len(apart):
        return []
    warm_up().join()
    import pandas as pd

    frame = pd.DataFrame(list(rows), dtype=object).assign(row=range(len(rows)))
    if apart:
        frame = frame[~frame["row"].isin(list(apart))]
    empty = {column for column in frame.columns if frame[column].isna().all()}
    asked = [promise for promise in promises if not _of_nothing(promise, empty)]
    return [Breach(int(bad["row"]), promise) for promise, bad in _broken(table, frame, asked)]


def _of_nothing(promise: Promise, empty: Collection[str]) -> bool:
    """Tell whether a promise speaks of columns without a value only: the library keeps it then, after 10 ms."""
    arguments = promise.arguments
    if "column" in arguments:
        return arguments["column"] in empty
    return arguments["ignore_row_if"] != "neither" and {arguments["column_A"], arguments["column_B"]} <= {*empty}


def wrong_types(tables: Mapping[str, Sequence[Row]]) -> dict[str, list[Breach]]:
    """Give for each table the rows that hold a value of a type that their column may not hold.

    One expectation over the kinds of cells that occur in all tables: one a column would take seconds.
    """
    holders: dict[str, dict[int, None]] = defaultdict(dict)
    allowed: set[str] = set()
    for table, rows in tables.items():
        cells = shape(table)
        allowed |= {f"{table}.{cell}" for cell in cells}
        columns = {cell.rpartition(":")[0] for cell in cells}
        for number, row in enumerate(rows):
            for column, value in row.items():
                if column in columns:
                    holders[f"{table}.{column}:{type(value).__name__}"][number] = None
    found: dict[str, list[Breach]] = {table: [] for table in tables}
    if holders:
        for cell in _strange(sorted(holders), sorted(allowed)):
            table, _, told = cell.partition(".")
            found[table] += [Breach(number, misshapen(told)) for number in holders[cell]]
    return found


def _strange(cells: list[str], allowed: list[str]) -> list[str]:
    warm_up().join()
    import pandas as pd

    frame = pd.DataFrame({"row": range(len(cells)), "cell": cells})
    return [str(bad["cell"]) for _, bad in _broken("cells", frame, [_a_cell(allowed)])]


def _a_cell(allowed: list[str]) -> Promise:
    return Promise("ExpectColumnValuesToBeInSet", "", "", {"column": "cell", "value_set": allowed})


def _broken(table: str, frame: pd.DataFrame, promises: Sequence[Promise]) -> list[tuple[Promise, Row]]:
    """Validate a frame: each promise that is broken, with the values of each row that breaks it."""
    batch = _definition(table).get_batch({"dataframe": frame})
    numbers = [number for number, kept, _ in _answers(table, batch, promises, _WHETHER) if not kept]
    if not numbers:
        return []
    asked = [promises[number] for number in numbers]
    rows = {number: bad for number, _, bad in _answers(table, batch, asked, _WHICH)}
    return [(promise, bad) for number, promise in enumerate(asked) for bad in rows[number]]


def _answers(
    table: str, batch: Batch, promises: Sequence[Promise], form: dict[str, Any]
) -> list[tuple[int, bool, list[Row]]]:
    """Ask a suite: for each promise its number, whether it is kept, and, in the full form, the rows that break it."""
    import great_expectations as gx

    suite = gx.ExpectationSuite(table, expectations=[_expectation(promise, n) for n, promise in enumerate(promises)])
    answers = []
    for result in batch.validate(suite, result_format=form).results:
        assert result.expectation_config is not None  # a result names what was expected
        number = result.expectation_config.meta["promise"]
        if _raised(result.exception_info):
            promise = promises[number]
            raise SuiteFailed(
                f"{table}: {promise.expectation} of {promise.arguments} could not be checked: {result.exception_info}",
                table=table,
                expectation=promise.expectation,
            )
        answers.append((number, bool(result.success), list(result.result.get("unexpected_index_list") or ())))
    return answers


@cache
def _source() -> PandasDatasource:
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    return context.data_sources.add_pandas("records")


@cache
def _definition(table: str) -> BatchDefinition[Any]:
    """Register a table once a process: the library writes its whole configuration anew at every registration."""
    return _source().add_dataframe_asset(table).add_batch_definition_whole_dataframe("all")


def _expectation(promise: Promise, number: int) -> Expectation:
    import great_expectations.expectations as expectations

    kind: type[Expectation] = getattr(expectations, promise.expectation)
    return kind(**promise.arguments, meta={"promise": number})


def _raised(info: dict[str, Any]) -> bool:
    """Tell whether an expectation raised: the library gives one account, or one for each of its metrics."""
    if "raised_exception" in info:
        return bool(info["raised_exception"])
    return any(account["raised_exception"] for account in info.values())
