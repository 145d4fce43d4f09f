"""Inline Markdown and the few HTML tags that people mix into it: the words stay, the markup goes."""

from __future__ import annotations

import re

_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,500}(?:\s[^()]{0,200})?\)")
_MAX_WORDS, _MAX_TARGET = 600, 1200  # characters; what is longer is no link
_REFERENCE = re.compile(r"\[([^\[\]]{1,300})\]\[[^\[\]]{0,60}\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]{1,500})>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:b|i|u|s|em|strong|sup|sub|span|p|div|a|font|center|small|mark|h[1-6]|ul|ol|li|img|hr|figure|figcaption)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_EMPHASIS = (
    re.compile(r"\*\*\*(?=\S)([^*]{1,2000}?)\*\*\*"),
    re.compile(r"\*\*(?=\S)(.{1,2000}?)\*\*"),
    re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,1000}?)(?<=\S)\*(?![\w*])"),
    re.compile(r"(?<!\w)__(?=\S)([^_]{1,1000}?)__(?!\w)"),
    re.compile(r"(?<![\w/])_(?=[^\s_])([^_\n]{1,1000}?)(?<=\S)_(?![\w/])"),
    re.compile(r"``?([^`\n]{1,500})``?"),
)
_ESCAPE = re.compile(r"\\+([$*_#\[\](){}<>+.!|~`&-])")
_SPACES = re.compile(r"[ \t]{2,}")
_MARKS = frozenset("*_`[<\\")


def strip_inline(text: str) -> str:
    """Take emphasis, links, images and tags out of a passage and keep their words.

    >>> strip_inline("plus de [2 G\\\\\\\\$ CA](#) pour **l'IA**")
    "plus de 2 G$ CA pour l'IA"
    """
    if not _MARKS.isdisjoint(text):
        text = _strip(text)
    return _SPACES.sub(" ", text).strip()


def is_bold(text: str) -> bool:
    """Tell whether the whole passage is set in bold, as a heading without a mark of its own."""
    text = text.strip()
    return len(text) > 4 and (
        (text.startswith("**") and text.endswith("**") and "**" not in text[2:-2])
        or bool(re.fullmatch(r"<(b|strong)>[^<]+</\1>", text))
    )


def _strip(text: str) -> str:
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", _AUTOLINK.sub(r"\1", text)))
    if "[" in text:
        text = _REFERENCE.sub(r"\1", _unlinked(_IMAGE.sub("", text)))
    if "*" in text or "_" in text or "`" in text:
        for pattern in _EMPHASIS:
            text = pattern.sub(r"\1", text)
        text = text.replace("**", "")
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def _unlinked(text: str) -> str:
    """Leave the words of each link "[words](target)", nothing of images; brackets may nest. A torn target stays."""
    pieces: list[str] = []
    done = 0
    join = text.find("](")
    while join >= 0:
        begin, end = _opening(text, join, done), _closing(text, join + 1)
        if begin >= 0 and end >= 0:
            image = text[begin - 1 : begin] == "!"
            pieces += [text[done : begin - image], "" if image else text[begin + 1 : join]]
            done = end + 1
        join = text.find("](", max(join + 2, done))
    return "".join(pieces) + text[done:]


def _opening(text: str, end: int, floor: int) -> int:
    """Find the bracket that opens the words of a link, -1 if there is none near."""
    depth = 0
    for index in range(end, max(floor, end - _MAX_WORDS) - 1, -1):
        depth += (text[index] == "]") - (text[index] == "[")
        if depth == 0:
            return index
    return -1


def _closing(text: str, begin: int) -> int:
    """Find the parenthesis that closes the target of a link, -1 if it is torn or no target."""
    depth = 0
    for index in range(begin, min(len(text), begin + _MAX_TARGET)):
        depth += (text[index] == "(") - (text[index] == ")")
        if depth == 0:
            return index
    return -1
