"""HTML and Word through unstructured: its elements become our blocks. The only module that imports it.

It is told here to keep quiet (no telemetry, no notice) and to leave its sentence model alone: that model is fetched
from the network on first use, knows English only, and takes most of its time; our own looks decide what is a heading.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from extract.errors import ParseError
from extract.parse.article import article
from extract.parse.blocks import Block
from extract.parse.decode import clean, decode
from extract.parse.formats import Stated
from extract.parse.lines import heading_level, looks_like_heading
from extract.parse.page import main_part, stated_in
from extract.parse.settle import settle
from extract.parse.tables import standing_alone

if TYPE_CHECKING:
    from unstructured.documents.elements import Element

_SILENT = {"DO_NOT_TRACK": "1", "SCARF_NO_ANALYTICS": "1", "UNSTRUCTURED_DISABLE_NOTICE": "1"}
# unstructured would make plain spaces of no-break ones, which hold sums together: they travel as private characters
_HELD = str.maketrans({"\u00a0": "\ue0a0", "\u202f": "\ue02f"})
_RELEASED = str.maketrans({"\ue0a0": "\u00a0", "\ue02f": "\u202f"})
_SPACES = re.compile(r"[ \t\n]+")
_BULLET = re.compile(r"^[-–—•*·▪■●○►]\s+")
_SENTENCE_WORDS = 8
_TYPES = "[Content_Types].xml"
_PLAIN_TYPES = {
    True: b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    False: b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}


def html_blocks(data: bytes, name: str) -> tuple[list[Block], Stated]:
    """Read a web page: its article without menus, scripts and footers, and what its head says of it."""
    _prepare()
    from unstructured.partition.html import partition_html

    tree = main_part(decode(data, name=name, markup=True), name=name)
    elements = partition_html(text=tree.html.translate(_HELD), languages=[""])
    return settle(article(list(_blocks(elements)), tree.html)), stated_in(tree.head)


def docx_blocks(data: bytes, name: str) -> tuple[list[Block], Stated]:
    """Read a Word document. It has no fixed pages, so none are given."""
    _prepare()
    from docx.opc.exceptions import PackageNotFoundError
    from unstructured.partition.docx import partition_docx

    try:
        elements = partition_docx(file=io.BytesIO(_without_macros(data)), include_page_breaks=False, languages=[""])
    except (PackageNotFoundError, LookupError, ValueError, TypeError, AttributeError, SyntaxError) as error:
        # what python-docx raises on XML that Word would not have written; lxml's own error is a SyntaxError
        raise ParseError(name, "damaged", "Word's own parts in it are broken.", "Save the document again.") from error
    return settle(list(_blocks(elements))), Stated()


def pptx_blocks(data: bytes, name: str) -> tuple[list[Block], Stated]:
    """Read slides; the page is the number of the slide. Notes of the speaker are left out."""
    _prepare()
    import unstructured.partition.pptx as slides
    from pptx.exc import PythonPptxError

    setattr(slides, "is_possible_narrative_text", _is_narrative)  # noqa: B010, as in _prepare
    try:
        elements = slides.partition_pptx(
            file=io.BytesIO(_without_macros(data)), include_page_breaks=False, include_slide_notes=False, languages=[""]
        )
    except (PythonPptxError, LookupError, ValueError, TypeError, AttributeError, SyntaxError) as error:
        raise ParseError(name, "damaged", "PowerPoint's own parts are broken.", "Save the slides again.") from error
    return settle(list(_blocks(elements, paged=True))), Stated()


def _without_macros(data: bytes) -> bytes:
    """Give a document that may hold macros the type of one that may not; the libraries read only the latter."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read(_TYPES) if _TYPES in archive.namelist() else b""
        plain = re.sub(rb"application/vnd\.ms-(?:word\.document|powerpoint\.presentation)\.macroEnabled\.main\+xml",
                       lambda match: _PLAIN_TYPES[b"word" in match[0]], types)  # fmt: skip
        if plain == types:
            return data
        rewritten = io.BytesIO()
        with zipfile.ZipFile(rewritten, "w") as writer:
            for part in archive.namelist():
                writer.writestr(part, plain if part == _TYPES else archive.read(part))
    return rewritten.getvalue()


def keep_quiet() -> None:
    """Set unstructured's switches, which it reads when it is imported."""
    for switch, value in _SILENT.items():
        os.environ.setdefault(switch, value)


def _prepare() -> None:
    """Take unstructured's sentence model out of the way."""
    keep_quiet()
    import unstructured.partition.docx as docx
    import unstructured.partition.html.parser as html

    for module in (html, docx):
        setattr(module, "is_possible_narrative_text", _is_narrative)  # noqa: B010, it is their import, not our name


def _is_narrative(text: str, **_: Any) -> bool:
    return len(text.split()) > _SENTENCE_WORDS


def _blocks(elements: Iterable[Element], *, paged: bool = False) -> Iterable[Block]:
    for element in elements:
        kind = element.category
        page = element.metadata.page_number if paged else None
        if kind in ("PageBreak", "Image", "Header", "Footer", "PageNumber"):
            continue
        if kind == "Table":
            text = _table(element.metadata.text_as_html or "") or _words(element.text)
            if text:
                yield Block("table", text, page=page)
            continue
        text = _words(element.text)
        if text:
            block = _block(kind, text, element.metadata.category_depth or 0, _is_emphasised(element, text))
            yield replace(block, page=page)


def _words(text: str) -> str:
    return _SPACES.sub(" ", clean(text.translate(_RELEASED))).strip()


def _block(kind: str, text: str, depth: int, bold: bool) -> Block:
    if kind == "Title":
        return Block("title", text, depth + 1)
    if kind == "ListItem":
        return Block("list_item", _BULLET.sub("", text), depth + 1, marker="-")
    if kind in ("FigureCaption", "Footnote"):
        return Block("caption" if kind == "FigureCaption" else "footnote", text)
    if _BULLET.match(text):
        return Block("list_item", _BULLET.sub("", text), 1, marker=text[0])
    if looks_like_heading(text) and (bold or kind != "NarrativeText"):
        return Block("title", text, heading_level(text), guessed=not bold)
    return Block("text", text)


def _is_emphasised(element: Element, text: str) -> bool:
    tags = element.metadata.emphasized_text_tags or []
    words = " ".join(element.metadata.emphasized_text_contents or [])
    return "b" in tags and len(words) >= 0.9 * len(text)


def _table(html: str) -> str:
    """Lay a table out as lines of cells with tabs between them."""
    from lxml import html as lxml_html  # type: ignore[import-untyped]

    if not html:
        return ""
    rows = (
        [_words(cell.text_content()) for cell in row.xpath("./td|./th")]
        for row in lxml_html.fromstring(html).iter("tr")
    )
    # empty cells stay, at a row's ends as well: they tell which column the others belong to
    return "\n".join("\t".join(row) for row in standing_alone([row for row in rows if any(row)]))
