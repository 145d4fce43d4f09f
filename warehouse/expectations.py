"""Great Expectations: the suites made of our promises, and which rows break them.

The only importer of Great Expectations and pandas, and only when there are rows to check: the import takes seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from warehouse.errors import SuiteFailed
from warehouse.promises import Promise, misshapen, shape
from warehouse.rows import Row

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.datasource.fluent.interfaces import Batch
    from great_expectations.datasource.fluent.pandas_datasource import PandasDatasource
    from great_expectations.expectations.expectation import Expectation


@dataclass(frozen=True, slots=True)
class Breach:
    """One row that broke one promise; ``row`` is its place among the rows that were checked, from 0."""

    row: int
    promise: Promise


def breaches(table: str, rows: Sequence[Row], promises: Sequence[Promise]) -> list[Breach]:
    """Check rows; give every breach, in the order of the promises.

    Types are checked first, and rows that break one are spared the rest, where values are compared. Raises SuiteFailed
    when an expectation could not be checked at all.
    """
    if not rows:
        return []
    import pandas as pd

    found = _misshapen(table, rows)
    frame = pd.DataFrame(list(rows), dtype=object).assign(row=range(len(rows)))
    sound = frame[~frame["row"].isin({breach.row for breach in found})]
    if len(sound):
        checked = _checked(table, sound, promises)
        found += [Breach(row, promise) for promise, row, _ in sorted(checked, key=lambda c: promises.index(c[0]))]
    return found


def _misshapen(table: str, rows: Sequence[Row]) -> list[Breach]:
    """Check the types of all columns by one expectation of their cells: one for each column takes seconds."""
    import pandas as pd

    allowed = shape(table)
    columns = {cell.rpartition(":")[0] for cell in allowed}
    cells = [
        (number, f"{column}:{type(value).__name__}")
        for number, row in enumerate(rows)
        for column, value in row.items()
        if column in columns
    ]
    promise = Promise("ExpectColumnValuesToBeInSet", "", "", {"column": "cell", "value_set": sorted(allowed)})
    checked = _checked(f"{table} cells", pd.DataFrame(cells, columns=["row", "cell"]), [promise])
    return [Breach(row, misshapen(str(bad["cell"]))) for _, row, bad in checked]


def _checked(table: str, frame: pd.DataFrame, promises: Sequence[Promise]) -> list[tuple[Promise, int, Row]]:
    """Validate a frame: each promise broken, the row that breaks it, and the values there."""
    import great_expectations as gx

    batch = _batch(table, frame)
    suite = gx.ExpectationSuite(table, expectations=[_expectation(promise, n) for n, promise in enumerate(promises)])
    outcome = batch.validate(
        suite, result_format={"result_format": "COMPLETE", "unexpected_index_column_names": ["row"]}
    )
    found = []
    for result in outcome.results:
        assert result.expectation_config is not None  # a result names what was expected
        promise = promises[result.expectation_config.meta["promise"]]
        if _raised(result.exception_info):
            raise SuiteFailed(
                f"{table}: {promise.expectation} of {promise.arguments} could not be checked: {result.exception_info}",
                table=table,
                expectation=promise.expectation,
            )
        found += [(promise, int(bad["row"]), bad) for bad in result.result.get("unexpected_index_list") or ()]
    return found


def _batch(table: str, frame: pd.DataFrame) -> Batch:
    return _definition(table).get_batch({"dataframe": frame})


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
