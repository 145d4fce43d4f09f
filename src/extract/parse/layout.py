"""From the lines of a page to paragraphs in the order in which a reader takes them: columns, gaps, indents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extract.parse.lines import read_line
from extract.parse.pdf_lines import Line, Sheet

_COLUMN_SHARE = 0.3  # of the page's width: narrower runs of text are cells of a table, not columns
_COLUMN_LINES = 4  # lines that make a column
_CROSSING = 0.2  # share of lines (titles, wide tables) that may run across both columns
_LEADING = 1.45  # line distance, in units of the usual one, from which a paragraph ends
_CELL_GAP = 2.5  # of the font size; the wide spaces of justified text stay below
_SAME_SIZE = 0.09
_LARGER = 1.15  # how much larger than the body a heading is set; its lines are broken by sense, not by width
_LONGEST_WORD = 80  # characters: what is looked at for the word that a hyphen breaks
_SHORT = 0.85  # of the column's width: a line that ends a paragraph


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together. ``rows`` marks a table, whose lines stay apart."""

    text: str
    size: float
    bold: bool
    bottom: float
    top: float
    lines: int
    rows: bool = False


def paragraphs(sheet: Sheet, *, body: float, vocabulary: frozenset[str]) -> Iterator[Paragraph]:
    """Give a page's paragraphs in reading order."""
    for column in _columns(list(sheet.lines), sheet.width, body):
        yield from _paragraphs(_rows(column), body, vocabulary)


def in_reading_order(sheet: Sheet, *, body: float) -> Iterator[Line]:
    """Give a page's lines as they are, in reading order."""
    for column in _columns(list(sheet.lines), sheet.width, body):
        for row in _rows(column):
            yield from row


def _columns(lines: list[Line], width: float, body: float) -> Iterator[list[Line]]:
    """Cut a page into columns; what runs across them (a title, a wide table) ends the columns above it."""
    gutter = _gutter(lines, width)
    if gutter is None:
        yield lines
        return
    left: list[Line] = []
    right: list[Line] = []
    across: list[Line] = []
    for line in sorted(lines, key=lambda line: (-line.top, line.left)):
        if line.left < gutter < line.right or (across and _goes_on(across[-1], line, body)):
            yield from (column for column in (left, right) if column)
            left, right = [], []
            across.append(line)
            continue
        if across:
            yield across
            across = []
        (left if line.right <= gutter else right).append(line)
    yield from (column for column in (across, left, right) if column)


def _goes_on(above: Line, line: Line, body: float) -> bool:
    """Tell whether a short line is the second line of a large title that runs across the columns."""
    return line.size == above.size > body * _LARGER and above.bottom - line.top < line.size / 2


def _gutter(lines: list[Line], width: float) -> float | None:
    """Find the white band between two columns of running text."""
    best: tuple[int, float, float] | None = None
    for step in range(30, 71):
        x = width * step / 100
        crossing = sum(line.left < x < line.right for line in lines)
        left = [line for line in lines if line.right <= x]
        right = [line for line in lines if line.left >= x]
        if min(len(left), len(right)) < _COLUMN_LINES or crossing > _CROSSING * len(lines):
            continue
        if min(_full_width(left), _full_width(right)) < _COLUMN_SHARE * width:
            continue
        candidate = (crossing, abs(x - width / 2), x)
        best = min(best, candidate) if best else candidate
    return best[2] if best else None


def _full_width(lines: list[Line]) -> float:
    """Give the width that a quarter of the lines reach: that of full lines, where headings and last lines are short."""
    return sorted(line.right - line.left for line in lines)[len(lines) * 3 // 4]


def _rows(lines: list[Line]) -> list[list[Line]]:
    """Put the pieces of one printed line together, top to bottom and left to right."""
    rows: list[list[Line]] = []
    lines = [line for line in lines if not _is_note_sign(line, lines)]
    for line in sorted(lines, key=lambda line: (-(line.top + line.bottom), line.left)):
        middle = (line.top + line.bottom) / 2
        if rows and any(piece.bottom <= middle <= piece.top for piece in rows[-1]) and _beside(line, rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _beside(line: Line, row: list[Line]) -> bool:
    return all(line.left >= piece.right - 1 or line.right <= piece.left + 1 for piece in row)


def _is_note_sign(line: Line, lines: list[Line]) -> bool:
    """Tell whether a lone small number is the sign of a footnote, raised within a line of larger type."""
    return (
        len(line.text) <= 2
        and line.text.isdigit()
        and any(
            other.size * 0.8 >= line.size and other.bottom - 1 <= line.bottom and line.top <= other.top + other.size / 2
            for other in lines
            if other is not line
        )
    )


def _paragraphs(rows: list[list[Line]], body: float, vocabulary: frozenset[str]) -> Iterator[Paragraph]:
    lines = [_merged(row) for row in rows]
    if not lines:
        return
    edge = max(line.right for line in lines)
    start = min(line.left for line in lines)
    steps = [above.bottom - below.bottom for above, below in pairwise(lines)]
    usual = median(steps) if steps else 0.0
    group = [lines[0]]
    for above, below in pairwise(lines):
        if _breaks(above, below, usual=usual, start=start, edge=edge, body=body):
            yield _paragraph(group, vocabulary)
            group = []
        group.append(below)
    yield _paragraph(group, vocabulary)


def _merged(row: list[Line]) -> Line:
    """Make one line of the pieces of a row: a bullet and its words by a space, cells by tabs."""
    text = row[0].text
    for before, piece in pairwise(row):
        sign = len(before.text) <= 3 and before is row[0]
        text += (" " if sign or piece.left - before.right < piece.size * _CELL_GAP else "\t") + piece.text
    widest = max(row, key=lambda piece: len(piece.text))
    return replace(
        widest,
        text=text,
        left=row[0].left,
        right=row[-1].right,
        top=max(piece.top for piece in row),
        bottom=min(piece.bottom for piece in row),
    )


def _breaks(above: Line, below: Line, *, usual: float, start: float, edge: float, body: float) -> bool:
    """Tell whether a new paragraph begins with the lower line."""
    if "\t" in above.text and "\t" in below.text:
        return False
    if ("\t" in above.text) != ("\t" in below.text):
        return True
    if abs(above.size - below.size) > _SAME_SIZE * above.size or above.bold != below.bold:
        # a word in bold at the start of a line is no heading: it is bold up to the line's end that counts
        return abs(above.size - below.size) > _SAME_SIZE * above.size or above.right < start + _SHORT * (edge - start)
    if read_line(below.text).kind in ("item", "contents") or read_line(above.text).kind == "contents":
        return True
    step = above.bottom - below.bottom
    if step > _LEADING * max(usual if usual < 3 * above.size else 0.0, above.size * 1.1):
        return True
    ends = above.text[-1] in '.!?:;»”"'
    if ends and start + 6 < below.left and above.left < below.left - 6:
        return True  # the first line of the next paragraph is set in
    # the next word had room on this line: whoever set it meant to end the line here
    letter = (above.right - above.left) / len(above.text)
    room = edge - above.right - letter * (len(below.text.split(" ", 1)[0]) + 1)
    return room > letter and (ends or not below.text[0].islower()) and above.size <= body * _LARGER


def _paragraph(lines: Sequence[Line], vocabulary: frozenset[str]) -> Paragraph:
    rows = sum("\t" in line.text for line in lines) * 2 > len(lines)
    text = "\n".join(line.text for line in lines) if rows else _joined(lines, vocabulary)
    first = lines[0]
    return Paragraph(
        text=text,
        size=first.size,
        bold=all(line.bold for line in lines),
        bottom=min(line.bottom for line in lines),
        top=max(line.top for line in lines),
        lines=len(lines),
        rows=rows,
    )


def _joined(lines: Sequence[Line], vocabulary: frozenset[str]) -> str:
    """Join lines; a hyphen at a line's end goes unless the document writes the word with it elsewhere."""
    text = lines[0].text
    for line in lines[1:]:
        text = _hyphenated(text, line.text, vocabulary) or f"{text} {line.text}"
    return text


def _hyphenated(text: str, following: str, vocabulary: frozenset[str]) -> str | None:
    if not text.endswith(("-", "‐")):
        return None
    head = re.search(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-‐]$", text[-_LONGEST_WORD:])
    tail = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)*", following)
    if not head or not tail:
        return None
    whole, kept = (head[1] + tail[0]).lower(), f"{head[1]}-{tail[0]}".lower()
    if (kept in vocabulary and whole not in vocabulary) or following[0].isupper():
        return text + following
    return text[:-1] + following
