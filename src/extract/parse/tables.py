"""The rows of a table as words that stand alone: what the head of a column says is told again in each of its cells.

A sum in a column "Contribution (CAD thousands)" is written "450 thousand CAD", so that who reads the row alone reads
the same sum. Rows of a spreadsheet are written as "Recipient: Aurora College; Contribution: 450 thousand CAD".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from extract.lexicon import LANGUAGES, rows
from extract.parse.blocks import Block

Row = Sequence[str]

_NUMBER = re.compile(r"\(?[-–]?\s?\d[\d\s.,'’\u00a0\u202f]*\)?")
_SIGNED = re.compile(rf"(?P<before>[$€£]\s?)?(?P<number>{_NUMBER.pattern})(?P<after>\s?[$€£])?")
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_SIGNS = {"€": "EUR", "£": "GBP", "₩": "KRW", "CA$": "CAD", "C$": "CAD", "US$": "USD", "A$": "AUD", "$CA": "CAD",
          "$US": "USD", "$ CA": "CAD", "$ US": "USD"}  # fmt: skip
_SIGN_OF = {"EUR": "€", "GBP": "£", "$": "$"}
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)))
_SUM_WORDS = 6  # words of a column's head; longer ones are prose


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column: its words, and the unit and currency that it states for its cells."""

    head: str
    currency: str = ""
    unit: str = ""


def read_column(head: str) -> Column:
    """Read the head of a column: "Contribution (CAD millions)" is a contribution, in CAD, in millions."""
    head = " ".join(head.split())
    currency = _currency(head)
    if not currency or len(head.split()) > _SUM_WORDS:
        return Column(head)
    words = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", lambda note: "" if _currency(note[0]) else note[0], head).strip()
    return Column(words.rstrip(" :,-–—") or head, currency, _unit(head))


def standing_alone(table: Sequence[Row]) -> list[list[str]]:
    """Give a table's rows, each sum in the currency and unit that the head of its column states."""
    if len(table) < 2:
        return [list(row) for row in table]
    columns = [read_column(cell) for cell in table[0]]
    return [list(table[0]), *([_cell(cell, columns, index) for index, cell in enumerate(row)] for row in table[1:])]


def with_heads(block: Block) -> Block:
    """Give a table of lines and tabs with its sums in the currency and unit that the heads state.

    A line with fewer or more cells than there are heads stays as it is: which head is whose can't be told.
    """
    rows = [line.split("\t") for line in block.text.split("\n")]
    if block.category != "table" or len(rows) < 2 or len(rows[0]) < 2:
        return block
    told = standing_alone(rows)
    kept = [new if len(new) == len(rows[0]) else old for new, old in zip(told, rows, strict=True)]
    return replace(block, text="\n".join("\t".join(row) for row in kept))


def labelled(heads: Row, row: Row) -> str:
    """Write a row as one line that names the column of each cell; empty cells are left out."""
    columns = [read_column(head) for head in heads]
    told = []
    for index, cell in enumerate(row):
        words = " ".join(_cell(cell, columns, index).split())
        head = columns[index].head if index < len(columns) else ""
        if words:
            told.append(f"{head.rstrip(' :')}: {words}" if head else words)
    return "; ".join(told)


def _cell(cell: str, columns: Sequence[Column], index: int) -> str:
    column = columns[index] if index < len(columns) else Column("")
    match = _SIGNED.fullmatch(cell.strip()) if column.currency else None
    if match is None:
        return cell
    if column.unit in ("k", "M") and column.currency in _SIGN_OF:
        return f"{match['number'].strip()} {column.unit}{_SIGN_OF[column.currency]}"
    if column.currency == "$":
        return f"${match['number'].strip()} {column.unit}".strip()
    # the unit goes between the number and what stands after it: 450 thousand $ CAD
    parts = [match["number"].strip(), column.unit, (match["after"] or match["before"] or "").strip(), column.currency]
    if parts[2] in ("€", "£"):
        parts[2] = ""
    return " ".join(part for part in parts if part)


def _currency(head: str) -> str:
    sign = _SIGN.search(head)
    if sign:
        return _SIGNS[sign[0]]
    for language in LANGUAGES:
        for row in rows("currency", language):
            if row.value.isalpha() and re.search(rf"(?<!\w)(?:{row.pattern})(?!\w)", head, re.IGNORECASE):
                return row.value
    code = next((code[0] for code in _CODE.finditer(head) if code[0] in _codes()), "")
    return code or ("$" if "$" in head else "")


def _unit(head: str) -> str:
    """Give the unit in the head's own language: a billion in French is a thousand times one in English."""
    for language in ("any", "fr", "en", "ko"):
        for row in rows("column_unit", language):
            if re.search(rf"(?<!\w)(?:{row.pattern})(?!\w)", head, re.IGNORECASE):
                return row.value
    return ""


@cache
def _codes() -> frozenset[str]:
    import pycountry

    return frozenset(currency.alpha_3 for currency in pycountry.currencies)
