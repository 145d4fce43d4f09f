"""Which blocks of a web page are its article: trafilatura judges, and what it leaves out at both ends is cut off.

trafilatura knows menus, cookie banners, related links and footers by how pages are made, but gives plain text; our
blocks keep headings, lists, tables and the spaces that hold sums together. Nothing linked is fetched.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.parse.blocks import Block

_INSIDE = 0.6  # share of a block's words that the article must hold in a row
_RUN = 4  # words in a row
_FAILED = 0.25  # of the page's words: an article shorter than that was not found
_TRUSTED = 0.9  # of the words between the ends: from here on what is left out there is left out by us, too


def article(blocks: list[Block], page: str) -> list[Block]:
    """Give those blocks of a page that belong to its article; all of them where none is found."""
    import trafilatura

    if sum(len(block.text.split()) for block in blocks) < 2 * _RUN:
        return blocks
    told = trafilatura.extract(page, favor_recall=True, include_comments=False, include_tables=True) or ""
    words = _letters(told)
    runs = {tuple(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1)}
    single = set(told.lower().split("\n"))
    kept = [_is_inside(block, runs, single) for block in blocks]
    if not any(kept) or _share(blocks, kept) < _FAILED:
        return blocks
    first, last = kept.index(True), len(kept) - kept[::-1].index(True)
    heading = next((index for index, block in enumerate(blocks[:first]) if block.level == 1), None)
    if heading is not None and blocks[heading].category == "title":
        first = heading  # its date and place stand between the two
    if _share(blocks[first:last], kept[first:last]) < _TRUSTED:
        return blocks[first:last]
    return [
        block
        for index, block in enumerate(blocks[:last])
        if index >= first and (kept[index] or block.category == "title" or index < kept.index(True))
    ]


def _is_inside(block: Block, runs: set[tuple[str, ...]], single: set[str]) -> bool:
    words = _letters(block.text)
    if len(words) < _RUN:
        return block.text.lower().strip() in single or f"- {block.text.lower().strip()}" in single
    places = range(len(words) - _RUN + 1)
    if block.category == "table":  # its cells are parted by other signs there
        return any(tuple(words[place : place + _RUN]) in runs for place in places)
    return sum(tuple(words[place : place + _RUN]) in runs for place in places) >= _INSIDE * len(places)


def _letters(words: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in words.lower()).split()


def _share(blocks: Sequence[Block], kept: Sequence[bool]) -> float:
    sizes = [len(block.text.split()) for block in blocks]
    return sum(size for size, keep in zip(sizes, kept, strict=True) if keep) / max(1, sum(sizes))
