"""A look at a document before it is read: the library that reads it is loaded, its pages are counted.

Who limits the time of reading starts the clock after this, and gives a long document longer.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from extract.errors import ParseError

_LIBRARIES = {
    "html": ("unstructured.partition.html", "trafilatura"),
    "eml": ("unstructured.partition.html", "trafilatura"),
    "msg": ("oxmsg", "unstructured.partition.html", "trafilatura"),
    "docx": ("unstructured.partition.docx",),
    "pptx": ("unstructured.partition.pptx",),
    "xlsx": ("openpyxl",),
    "odt": ("odfdo",),
    "doc": ("odfdo",),
    "rtf": ("striprtf.striprtf",),
}
_HALF = 0.4  # of a page: an image as large as that is the page, one below it an ornament
_IMAGE = b"/Image"  # names every picture in a PDF, packed or not


@dataclass(frozen=True, slots=True)
class Ahead:
    """How long a document is: how many pages it has, and which of them (from 1) are pictures without text."""

    pages: int = 0
    pictures: tuple[int, ...] = ()


def load_reader(kind: str) -> None:
    """Load what reads a format, and what every document needs."""
    _load_language()
    if kind in _LIBRARIES:
        from extract.parse.partition import keep_quiet

        keep_quiet()
    for library in _LIBRARIES.get(kind, ()):
        importlib.import_module(library)


@cache
def _load_language() -> None:
    """Tell a language once: that loads the model, the lexicon and the abbreviations."""
    from extract.language import languages
    from extract.sentences import sentence_spans

    sentence_spans("Mr. Roy spoke. M. Roy a parlé.")
    languages(["Innovation", "Hanover"])


def look_ahead(data: bytes, *, kind: str) -> Ahead:
    """Count the pages of a PDF or a picture. What is wrong with a file is told when it is read."""
    if kind == "image":
        return Ahead(1, (1,))
    if kind != "pdf":
        return Ahead()
    from extract.parse.pdf_lines import open_pdf, pdfium_error

    try:
        document = open_pdf(data, name="")
    except ParseError:
        return Ahead()
    try:
        looked_at = range(len(document)) if _IMAGE in data else ()
        return Ahead(len(document), tuple(page + 1 for page in looked_at if _is_picture(document, page)))
    except pdfium_error():
        return Ahead(len(document))
    finally:
        document.close()


def _is_picture(document: Any, index: int) -> bool:
    """Tell whether a page (counted from 0) holds no text but an image of it."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    from extract.parse.pdf_lines import has_text

    if has_text(document, index):
        return False
    page = document[index]
    try:
        width, height = page.get_size()
        boxes = [image.get_bounds() for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
        # a scan may come in strips, each of them an image
        covered: float = sum((right - left) * (top - bottom) for left, bottom, right, top in boxes)
        return bool(covered >= _HALF * width * height)
    finally:
        page.close()
