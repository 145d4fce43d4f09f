"""A web page's article, and what the page's head says of it (OpenGraph, Dublin Core, schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extract.errors import ParseError
from extract.parse.decode import clean
from extract.parse.formats import Stated

_DROPPED = (
    "//script|//style|//noscript|//template|//nav|//footer|//aside|//form|//iframe|//svg|//button|//select|//dialog"
    "|//*[@id='wb-dtmd' or contains(@class, 'pagedetails')]"
    "|//*[@hidden or @aria-hidden='true']"
    "|//*[@role='navigation' or @role='banner' or @role='contentinfo' or @role='search' or @role='complementary']"
    "|//body/header|//comment()"
)
_MAIN = ("//article", "//main", "//*[@role='main']", "//*[@id='content' or @id='main-content']")
_ENOUGH = 200  # characters from which a candidate for the article is believed to be it
_FIELDS = {
    "title": ("og:title", "dcterms.title", "dc.title", "headline", "twitter:title"),
    "published_on": ("article:published_time", "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date",
                     "datepublished", "date", "pubdate"),
    "publisher": ("dcterms.creator", "dcterms.publisher", "dc.publisher", "publisher", "og:site_name"),
    "language": ("dcterms.language", "dc.language", "inlanguage", "og:locale", "lang"),
}  # fmt: skip
_LANGUAGES = {"eng": "en", "fra": "fr", "fre": "fr", "kor": "ko"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page cut in two: the article's markup, and what the head states, by lower-case name."""

    html: str
    head: dict[str, str]


def main_part(source: str, *, name: str) -> Page:
    """Find the article of a page. Raises ``ParseError`` when there is no page at all."""
    from lxml import etree, html  # type: ignore[import-untyped]

    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source))
    except (etree.ParserError, ValueError) as error:
        raise ParseError(name, "damaged", "there is no page in this HTML.", "Save the page again.") from error
    head = dict(_head(root))
    for element in root.xpath(_DROPPED):
        if element.getparent() is not None:
            element.drop_tree()
    body = root.find("body")
    article = next((found for found in _candidates(root)), body if body is not None else root)
    heading = "" if article.xpath(".//h1") else _heading(root)
    inner = etree.tostring(article, encoding="unicode", method="html")
    return Page(f"<html><body>{heading}{inner}</body></html>", head)


def stated_in(head: dict[str, str]) -> Stated:
    """Read title, date, publisher and language from what a page's head states."""
    said = {field: next((head[name] for name in names if head.get(name)), None) for field, names in _FIELDS.items()}
    language = (said["language"] or "")[:3].lower().rstrip("-_")
    said["language"] = _LANGUAGES.get(language, language[:2]) or None
    return Stated(said["title"], said["published_on"], said["publisher"], said["language"])


def _candidates(root: Any) -> Iterator[Any]:
    for path in _MAIN:
        found = root.xpath(path)
        if len(found) == 1 and len(found[0].text_content().strip()) >= _ENOUGH:
            yield found[0]


def _heading(root: Any) -> str:
    found = root.xpath("//h1")
    if len(found) != 1:
        return ""
    words = clean(found[0].text_content()).strip()
    return f"<h1>{words.replace('&', '&amp;').replace('<', '&lt;')}</h1>"


def _head(root: Any) -> Iterator[tuple[str, str]]:
    if root.get("lang"):
        yield "lang", root.get("lang")
    for script in root.xpath("//script[@type='application/ld+json']"):
        yield from _schema_org(script.text or "")
    for meta in root.xpath("//meta[@content]"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if key and meta.get("content").strip():
            yield key.lower(), clean(meta.get("content")).strip()
    for moment in root.xpath("//time[@datetime][@itemprop='datePublished' or @pubdate]"):
        yield "datepublished", moment.get("datetime")


def _schema_org(source: str) -> Iterator[tuple[str, str]]:
    try:
        graph = json.loads(source)
    except (json.JSONDecodeError, RecursionError):
        return  # a page's own mistake: its other metadata may still be good
    graph = graph.get("@graph", graph) if isinstance(graph, dict) else graph
    for thing in graph if isinstance(graph, list) else [graph]:
        for key in ("headline", "datePublished", "publisher", "inLanguage") if isinstance(thing, dict) else ():
            value = thing.get(key)
            value = value.get("name") if isinstance(value, dict) else value
            if isinstance(value, str) and value.strip():
                yield key.lower(), clean(value).strip()
