"""Plain text, with or without Markdown in it, to blocks: paragraphs, headings, list items, tables.

Real text files are wrapped by hand, torn by page breaks, or one long line a paragraph; lines are joined again here,
so that a sentence is in one piece whatever the width of the page was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extract.parse.blocks import Block
from extract.parse.lines import (
    BOLD,
    Line,
    ends_in_function_word,
    heading_level,
    is_capitals,
    looks_like_heading,
    read_line,
)
from extract.parse.markup import strip_inline
from extract.parse.settle import UNFINISHED, join_wrapped, settle

_PARAGRAPH = 100  # a line this long is a paragraph
_WRAP_MIN, _WRAP_MAX = 40, 120  # widths at which people and programs wrap text


def plain_blocks(text: str) -> list[Block]:
    """Cut a cleaned text into blocks. Pages are counted only where the text has form feeds."""
    sheets = text.split("\f")
    blocks: list[Block] = []
    width = _wrap_width(text)
    for number, sheet in enumerate(sheets, start=1):
        page = number if len(sheets) > 1 else None
        for chunk in _chunks(sheet):
            blocks.extend(replace(block, page=page) for block in _chunk_blocks(chunk, width))
    return settle(blocks)


def _chunks(text: str) -> Iterator[list[Line]]:
    """Give runs of lines between blank lines."""
    chunk: list[Line] = []
    for raw in text.split("\n"):
        if raw.strip():
            chunk.append(read_line(raw))
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _wrap_width(text: str) -> int:
    """Tell at which column a text is wrapped by hand, 0 when its paragraphs are single lines."""
    lengths = sorted(len(line) for line in text.split("\n") if len(line) > _WRAP_MIN)
    if len(lengths) < 2 or lengths[int(len(lengths) * 0.95)] > _WRAP_MAX:
        return 0
    return lengths[int(len(lengths) * 0.95)]


def _chunk_blocks(chunk: Sequence[Line], width: int) -> Iterator[Block]:
    if len(chunk) > 1 and not width:
        width = _local_width(chunk)
    over_text = not width and _heads_paragraph(chunk)
    group: list[Line] = []
    last_item = max((index for index, line in enumerate(chunk) if line.kind == "item"), default=-1)
    for index, line in enumerate(chunk):
        goes_on = group and (_continues(group, line, width) or _wraps_item(group, line, within=index < last_item))
        if group and (over_text or not goes_on):
            yield from _group_block(group, alone=over_text or len(chunk) == len(group))
            group, over_text = [], False
        group.append(line)
    if group:
        yield from _group_block(group, alone=len(chunk) == len(group))


def _heads_paragraph(chunk: Sequence[Line]) -> bool:
    """Tell whether the first line of a chunk is a heading that stands right on its paragraph, with no blank line."""
    if len(chunk) < 2 or chunk[0].kind != "words" or chunk[1].kind != "words":
        return False
    head, body = strip_inline(chunk[0].text), chunk[1].text
    return (
        looks_like_heading(head)
        and "," not in head
        and len(body) >= _PARAGRAPH
        and len(body) > 2 * len(head)
        and body[0].isupper()
        and body.rstrip()[-1] in ".!?:;"
        and not ends_in_function_word(head)
    )


def _local_width(chunk: Sequence[Line]) -> int:
    """Find the width of a wrapped paragraph in a file whose other paragraphs aren't: all but its last line are full."""
    lengths = [len(line.text) + line.indent for line in chunk]
    widest = max(lengths)
    full = [length for length in lengths[:-1] if length > widest - 16]
    return widest if _WRAP_MIN < widest <= _WRAP_MAX and len(full) * 4 >= len(lengths[:-1]) * 3 > 3 else 0


def _continues(group: list[Line], line: Line, width: int) -> bool:
    """Tell whether a line goes on where the group of lines before it stopped."""
    last = group[-1]
    if line.kind == last.kind == "table" or line.kind == last.kind == "contents":
        return True
    if line.kind == last.kind == "quote":
        return True
    if line.kind == "heading" and line.level == BOLD and last.kind == "words":
        return ends_in_function_word(last.text)
    if line.kind not in ("words", "number") or last.kind not in ("words", "item", "number"):
        # an opened ** that closes on the next line: a heading in bold over two lines
        return line.kind == "words" and last.text.count("**") % 2 == 1
    if last.text.count("**") % 2 == 1:
        return True
    if line.kind == "number" and not width:
        return False
    if ends_in_function_word(last.text):
        return True
    first = line.text.split(None, 1)[0]
    if width and len(last.text) + last.indent + 1 + len(first) + (2 if last.marker else 0) > width:
        return True
    if line.text[0].islower() and UNFINISHED.search(last.text) and last.text[-1] != ";":
        return True
    return is_capitals(line.text) and is_capitals(last.text) and max(len(line.text), len(last.text)) < 30


def _wraps_item(group: Sequence[Line], line: Line, *, within: bool) -> bool:
    """Tell whether a line goes on with a list item that no width tells to be wrapped.

    A small letter or a number does after an item without an end, and so does a hanging indent. A capital does only
    ``within`` a list, where a name was torn ("the Northern Harbour / Institute").
    """
    last = group[-1].text.rstrip()
    if group[0].kind != "item" or line.kind != "words" or last[-1:] in ".!?;:":
        return False
    if line.text[0].islower() or line.text[0].isdigit() or line.indent > group[0].indent + 1:
        return True
    return within and last.rsplit(None, 1)[-1][0].isupper() and line.text[0].isupper() and len(last) > len("a name")


def _group_block(group: Sequence[Line], *, alone: bool) -> Iterator[Block]:
    kind = group[0].kind
    if kind == "rule":
        return
    if kind == "table":
        yield Block("table", "\n".join("\t".join(_cells(line.text)) for line in group if line.text))
        return
    if kind == "contents":
        yield Block("table", "\n".join(strip_inline(line.text) for line in group))
        return
    text = strip_inline(_joined(line.text for line in group))
    if not text:
        return
    if kind == "heading":
        yield Block("title", text, group[0].level if group[0].level < BOLD else _bold_level(text))
    elif kind == "item":
        yield Block("list_item", text, marker=group[0].marker, level=1 + group[0].indent // 2)
    elif kind == "number":
        yield Block("footer", text)
    else:
        heading = looks_like_heading(text) and (alone or heading_level(text) < 3)
        yield Block("title", text, heading_level(text), guessed=True) if heading else Block("text", text)


def _bold_level(text: str) -> int:
    return max(3, heading_level(text))


def _cells(row: str) -> list[str]:
    return [strip_inline(cell) for cell in row.strip().strip("|").split("|")]


def _joined(lines: Iterable[str]) -> str:
    """Join the lines of a paragraph; a word that was broken at a line's end is one word again."""
    text = ""
    for line in lines:
        text = join_wrapped(text, line) if text else line
    return text
