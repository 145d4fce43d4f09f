"""What a document says of itself: its title, kind, publisher, country and date of publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from extract.document import Element
from extract.lexicon import rows
from extract.parse.cues import matcher, says
from extract.parse.formats import Stated
from extract.parse.published import published_on
from extract.parse.title import find_title
from schemas.document import DocumentKind
from schemas.values import PartialDate

_HEAD = 900  # characters in which a document introduces itself
_ENDS = 2_500  # characters at each end that are searched for cues: what stands between is the matter itself
_PLACES = {"sure": 6, "title": 4, "head": 2, "heading": 2, "body": 1}
_ENOUGH = 2  # a single remark in the body doesn't make a kind
_CLEAR = 1.5  # how many times more cues the first country needs than the second


@dataclass(frozen=True, slots=True)
class About:
    """A document's own particulars; None where it doesn't say."""

    title: str | None
    kind: DocumentKind
    publisher: str | None
    published_on: PartialDate | None
    country: str | None


def about(text: str, elements: Sequence[Element], *, language: str, stated: Stated) -> About:
    """Read a document's particulars from its text, and from its file's metadata where there are any."""
    title = find_title(text, elements, stated=stated.title)
    headings = "\n".join(text[e.start : e.end] for e in elements if e.category in ("title", "caption"))
    date = published_on(text, elements, stated=stated.published_on)
    publisher, country = _publisher(text, language)
    if stated.publisher:
        publisher, country = stated.publisher, _country(stated.publisher, language) or country
    return About(
        title=title,
        kind=_kind(
            text, "" if (title or ".").endswith((".", ":")) else title or "", headings, language, dated=date is not None
        ),
        publisher=publisher,
        published_on=date,
        country=country,
    )


def _kind(text: str, title: str, headings: str, language: str, *, dated: bool) -> DocumentKind:
    """Weigh the cue rows of ``lexicon/kind.*.tsv``; each row counts once, in the place that it is for."""
    ends = text if len(text) <= 2 * _ENDS else f"{text[:_ENDS]}\n{text[-_ENDS:]}"
    places = {"title": title, "head": text[:_HEAD], "heading": headings, "body": ends, "sure": ends}
    lowered = {place: words.lower() for place, words in places.items()}
    scores: dict[str, int] = {"press_release": _PLACES["head"] if dated else 0}
    for row in rows("kind", language):
        kind, place = row.value.split()
        if says(row.pattern, places[place], lowered[place]):
            scores[kind] = scores.get(kind, 0) + _PLACES[place]
    best = max(sorted(scores), key=scores.__getitem__)
    if scores[best] < _ENOUGH:
        return "other"
    return next(kind for kind in get_args(DocumentKind) if kind == best)


def _publisher(text: str, language: str) -> tuple[str | None, str | None]:
    """Find the institution that speaks and its country, by the rows of ``lexicon/publisher.*`` and ``country.*``."""
    for row in rows("publisher", language):
        if matcher(row.pattern, names=True).search(text[:_ENDS]):
            code, _, name = row.value.partition(" ")
            return name, code
    return None, _country(text, language)


def _country(text: str, language: str) -> str | None:
    """Give the country that a text speaks of most, None when two are about even."""
    scores: dict[str, int] = {}
    for row in rows("country", language):
        places = [match.start() for match in matcher(row.pattern, names=True).finditer(text[:_ENDS])]
        # what a document names first speaks louder of who wrote it
        scores[row.value] = scores.get(row.value, 0) + sum(3 if place < _HEAD else 1 for place in places)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if ranked and ranked[0][1] and (len(ranked) < 2 or ranked[0][1] >= _CLEAR * ranked[1][1]):
        return ranked[0][0]
    return None
