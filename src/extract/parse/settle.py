"""What only the neighbours of a block can tell: torn paragraphs, numbered items, false headings, signed quotations."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.lexicon import LANGUAGES, alternation
from extract.parse.blocks import Block
from extract.parse.published import is_date_line

UNFINISHED = re.compile(r"[^\W_]$|[,;–—-]$|['’]$")
_QUOTE_OPEN = re.compile(r"[“\"«]")
_MIN_TORN = 60  # a paragraph torn by a page break is longer than a heading
_LIST_LIKE = 3  # more short lines than this in a row are a list, not headings


def join_wrapped(text: str, line: str) -> str:
    """Join two lines of one paragraph. The hyphen at the end stays: plain text is wrapped at hyphens that are real."""
    if text.endswith("-") and not text.endswith(" -") and line[:1].isalpha():
        return text + line
    return f"{text} {line}"


def settle(blocks: list[Block]) -> list[Block]:
    """Decide what only the neighbours can tell."""
    return _headings(_attributions(_torn(_numbered(blocks))))


def _numbered(blocks: list[Block]) -> list[Block]:
    """A lone 1, 2, 3 … above a paragraph is the number of an item; any other lone number is a page number: dropped."""
    settled: list[Block] = []
    expected, position = 1, 0
    while position < len(blocks):
        block = blocks[position]
        if block.category != "footer":
            settled.append(block)
        elif (
            position + 1 < len(blocks) and blocks[position + 1].category == "text" and int(block.text) in (1, expected)
        ):
            expected = int(block.text) + 1
            position += 1
            settled.append(replace(blocks[position], category="list_item", marker=block.text, level=1))
        position += 1
    return settled


def _torn(blocks: list[Block]) -> list[Block]:
    """Join a paragraph that a page break tore: the first half has no end, the second begins with a small letter."""
    settled: list[Block] = []
    for block in blocks:
        last = settled[-1] if settled else None
        if (
            last
            and block.category == "text"
            and block.text[0].islower()
            and (last.category in ("text", "list_item") or last.guessed)
            and len(last.text) >= _MIN_TORN
            and UNFINISHED.search(last.text)
        ):
            whole = replace(last, text=join_wrapped(last.text, block.text))
            settled[-1] = replace(whole, category="text", level=0, guessed=False) if last.guessed else whole
        else:
            settled.append(block)
    return settled


def _attributions(blocks: list[Block]) -> list[Block]:
    """Below a quotation, a single item with a dash or a short line with a comma names its speaker."""
    settled: list[Block] = []
    for position, block in enumerate(blocks):
        last = blocks[position - 1] if position else None
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        if last and last.category == "text" and _QUOTE_OPEN.match(last.text) and _names_speaker(block, following):
            block = replace(block, category="text", level=0, guessed=False)
        settled.append(block)
    return settled


def _names_speaker(block: Block, following: Block | None) -> bool:
    if block.category == "list_item":
        return block.marker in ("-", "–", "—") and (following is None or following.category != "list_item")
    return block.guessed and "," in block.text


def _headings(blocks: list[Block]) -> list[Block]:
    """Keep a guessed heading only where text follows; a long run of short lines is a list, the last block a remark.

    A line of credits ("Moderated by …") is never a heading, however it is set, nor is a dateline.
    """
    settled = list(blocks)
    run: list[int] = []
    for position in range(len(blocks) + 1):
        block = blocks[position] if position < len(blocks) else None
        if block and block.category == "title":
            run.append(position)
            continue
        guessed = [index for index in run if index and blocks[index].guessed]
        for index in guessed if block is None else guessed[:-1] if len(guessed) > _LIST_LIKE else []:
            settled[index] = replace(blocks[index], category="text", level=0)
        run = []
    return [replace(block, category="text", level=0) if _is_remark(block) else block for block in settled]


def _is_remark(block: Block) -> bool:
    """Tell whether what is set as a heading is a line of credits or a date."""
    return block.category == "title" and (
        any(alternation("credit", language).match(block.text) for language in LANGUAGES)
        or (block.guessed and is_date_line(block.text))
    )
