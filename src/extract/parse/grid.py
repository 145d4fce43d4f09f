"""Spreadsheets and CSV to blocks: each row a line that names the column of each of its cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from extract.errors import ParseError
from extract.parse.blocks import Block
from extract.parse.decode import clean, decode
from extract.parse.formats import Stated
from extract.parse.tables import labelled

_SAMPLE = 8192  # characters that tell the separator
_MAX_CELLS = 256  # a row; a sheet formatted to its last column holds thousands of empty ones
_SIGN = re.compile(r"\[\$([^\]\-]+)(?:-[0-9A-Fa-f]+)?\]|\"\s*([$€£₩]|[A-Z]{3})\s*\"|([$€£₩])")
_LONGEST = 10_000_000  # characters of a cell of CSV; Python's own limit is lower than some abstracts


def csv_blocks(data: bytes, name: str) -> tuple[list[Block], Stated]:
    """Read a table from CSV, whatever its separator."""
    text = clean(decode(data, name=name))
    csv.field_size_limit(_LONGEST)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text[:_SAMPLE])))
    except csv.Error as error:
        raise ParseError(name, "damaged", f"it is no table ({error}).", "Export the table again.") from error
    return list(_blocks(rows)), Stated()


def xlsx_blocks(data: bytes, name: str) -> tuple[list[Block], Stated]:
    """Read every visible sheet of a workbook. Formulas count as their last stored value; macros are not looked at."""
    from zipfile import BadZipFile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [
            (sheet.title, [_row(row) for row in sheet.iter_rows(max_col=_MAX_CELLS)])
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]
        title = book.properties.title or None
    except (InvalidFileException, BadZipFile, LookupError, ValueError, TypeError, AttributeError, SyntaxError) as error:
        raise ParseError(name, "damaged", "its sheets are broken.", "Save the workbook again.") from error
    blocks: list[Block] = []
    for heading, rows in sheets:
        found = list(_blocks(rows))
        if found and len(sheets) > 1:
            blocks.append(Block("title", clean(heading), 2))
        blocks += found
    return blocks, Stated(title=title)


def _separator(sample: str) -> str:
    try:
        return csv.Sniffer().sniff(sample, delimiters=",;\t|").delimiter
    except csv.Error:
        return max(",;\t|", key=sample.count)


def _row(cells: Iterable[Any]) -> list[str]:
    return [_words(cell.value, str(getattr(cell, "number_format", "") or "")) for cell in cells]


def _words(value: Any, shown_as: str) -> str:
    """Give a cell's words; a number in the currency in which its sheet shows it."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        number = f"{value:,.2f}".removesuffix(".00") if abs(value) >= 10_000 else f"{value:g}"
        sign = _SIGN.search(shown_as)
        words = next(filter(None, sign.groups()), "").strip() if sign else ""
        return f"{words}{number}" if words in ("$", "€", "£", "₩") else f"{number} {words}".strip()
    return clean(str(value)).strip()


def _blocks(rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    """Give a block a row; what stands alone above a table is its heading, the first full row names the columns."""
    heads: Sequence[str] = ()
    first = True
    for row in rows:
        filled = [cell.strip() for cell in row if cell.strip()]
        if not filled:
            heads = ()
        elif len(filled) == 1 and not heads:
            yield Block("title" if first else "text", " ".join(filled[0].split()), 1 if first else 0)
        elif not heads:
            heads = row
            continue
        else:
            yield Block("table", labelled(heads, row))
        first = False
