"""What a line of plain text is by its looks: a bullet, a heading, a row of a table, a page number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.lexicon import LANGUAGES, alternation
from extract.parse.markup import is_bold, strip_inline

_BULLET = re.compile(
    r"(?P<mark>[-–—•*·▪▫■□●○◦‣⁃➢➤→►▶✓✔❖+]|(?:\d{1,2}|[a-z]|[ivx]{1,4}|[가-하])[.)]|\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)"
    r"|o(?=[ \t]{1,4}[^\W\d_]))[ \t\u00a0]+(?=\S)"
)
_ESCAPED_MARK = re.compile(r"^(?:\\\((?:\d{1,2}|[a-z]|[ivx]{1,4})\\\)|\d{1,2}\\\.)(?=[ \t])")
_HEADING_MARK = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_RULE = re.compile(r"(?:[-*_=~][ \t]*){3,}|[#\s]+")
_TABLE_ROW = re.compile(r"\|.*\||[^|\n]+\|[^|\n]+\|.*")
_TABLE_RULE = re.compile(r"[|:\-\s+]*-{2,}[|:\-\s+]*")
_CONTENTS_ROW = re.compile(r".*\S(?:\t+|\s*\.{3,}\s*|\s{3,})\d{1,3}")
_NUMBER = re.compile(r"\d{1,3}")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S|\+?(?:\d[ .()-]{0,2}){9,}$")
BOLD = 7  # the level of a heading that bold type alone marks; Markdown's own end at 6
_MAX_HEADING_WORDS = 16
_MAX_HEADING = 120


@dataclass(frozen=True, slots=True)
class Line:
    """A line with what its looks say. ``level`` > 0 marks a heading that says so itself."""

    text: str
    kind: str  # "words", "item", "heading", "table", "contents", "number", "rule", "quote"
    marker: str = ""
    level: int = 0
    indent: int = 0


def read_line(raw: str) -> Line:
    """Classify one line that isn't blank."""
    words = _ESCAPED_MARK.sub(lambda mark: mark[0].replace("\\", ""), raw.strip(), count=1)
    indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
    heading = _HEADING_MARK.fullmatch(words)
    if heading and heading[2].strip("# "):
        return Line(heading[2], "heading", level=len(heading[1]))
    if _RULE.fullmatch(words) or words.startswith("```"):
        return Line(words, "rule")
    if words.startswith(">"):
        return Line(words.lstrip("> "), "quote")
    if words.count("|") >= 2 and _TABLE_ROW.fullmatch(words):
        return Line("" if _TABLE_RULE.fullmatch(words) else words, "table")
    if is_bold(words) and _may_be_heading(strip_inline(words)):
        return Line(words, "heading", level=BOLD)
    bullet = _BULLET.match(words)
    if bullet:
        return Line(words[bullet.end() :], "item", bullet["mark"], indent=indent)
    plain = strip_inline(words)
    if _NUMBER.fullmatch(plain):
        return Line(plain, "number")
    if len(plain) < 200 and _CONTENTS_ROW.fullmatch(plain):
        return Line(plain, "contents")
    return Line(words, "words", indent=indent)


def looks_like_heading(text: str) -> bool:
    """Tell whether a line that stands alone reads as a heading: short, capital first, no sentence."""
    if not _may_be_heading(text) or _ADDRESS.search(text):
        return False
    if text.rstrip('”"» )')[-1:] in (".", ";", ",", "!", "…", ""):
        return False
    if text[-1] == ":":
        return is_capitals(text) or (len(text.split()) <= 4 and not _leads_in(text))
    return not (text[0] in '“"«(' and text[-1] not in '”"»?)')


def heading_level(text: str) -> int:
    """Rank a heading without marks: parts ("Pillar 2", "제1장") and capitals 2, "2.1" by its depth, others 3."""
    number = re.match(r"(\d{1,2}(?:\.\d{1,2})*)[.)]?\s", text)
    if number:
        return 1 + number[1].count(".")
    return 2 if is_capitals(text) or any(_parts(language).match(text) for language in LANGUAGES) else 3


def is_capitals(text: str) -> bool:
    """Tell whether a line is set in capitals."""
    return text.isupper() and sum(map(str.isalpha, text)) > 3


def ends_in_function_word(text: str) -> bool:
    """Tell whether a line stops at a word that can't end one ("of", "de la"): the next line goes on with it."""
    last = text.rstrip().rsplit(None, 1)[-1]
    return any(alternation("unending", language).fullmatch(last) for language in LANGUAGES)


def _leads_in(text: str) -> bool:
    """Tell whether a line with a colon leads a list ("Our plans include:", "It will:") rather than heads a part."""
    last = text.rstrip(" :\u00a0").rsplit(None, 1)[-1]
    return any(alternation("lead_in", language).fullmatch(last) for language in LANGUAGES)


def _parts(language: str) -> re.Pattern[str]:
    return alternation("part", language)


def _may_be_heading(text: str) -> bool:
    return (
        3 <= len(text) <= _MAX_HEADING
        and len(text.split()) <= _MAX_HEADING_WORDS
        and not text[0].islower()
        and any(map(str.isalpha, text))
    )
