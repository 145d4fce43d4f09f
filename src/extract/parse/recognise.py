"""Pages that are pictures become lines of words: tesseract reads them, through pytesseract (the extra ``ocr``).

A page takes seconds. tesseract is told to use one thread a page (with more it is many times slower), and as many pages
are read side by side as the machine has cores.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from extract.errors import ParseError
from extract.language import languages, main_language
from extract.parse.hocr import read_page
from extract.parse.pdf_lines import Sheet, open_pdf, pdfium_error

if TYPE_CHECKING:
    from PIL.Image import Image

REMEDY = (
    "Install tesseract with its languages eng, fra and kor and `pip install pledgebook[ocr]`, "
    "or run text recognition on it first (`ocrmypdf in.pdf out.pdf`)."
)
_DPI = 300  # what tesseract's own manual asks for
_MOST_PIXELS = 40_000_000  # a poster is read more coarsely: 40 MB of grey
_SECONDS = 120  # a page; tesseract takes 2 to 4
_LANGUAGES = {"en": "eng", "fr": "fra", "ko": "kor"}
_HANGUL = ("\uac00", "\ud7a3")
_KOREAN = 0.1  # share of a page's letters from which it is Korean


def can_recognise() -> bool:
    """Tell whether pytesseract and tesseract are installed."""
    return importlib.util.find_spec("pytesseract") is not None and shutil.which("tesseract") is not None


def needs_recognition(name: str, pages: Sequence[int] = ()) -> ParseError:
    """Give the error of a document whose pages (all, or some) can't be read without text recognition."""
    if not pages:
        return ParseError(name, "needs_ocr", "its pages are pictures without text.", REMEDY)
    told = ", ".join(map(str, pages[:10])) + (" …" if len(pages) > 10 else "")
    which = f"page {told} is a picture" if len(pages) == 1 else f"pages {told} are pictures"
    return ParseError(name, "needs_ocr", f"{which} without text; the others were read.", REMEDY)


def recognise_pdf(data: bytes, pages: Sequence[int], *, name: str) -> list[Sheet]:
    """Read the lines of those pages of a PDF (counted from 1) that are pictures."""
    document = open_pdf(data, name=name)
    try:
        return list(_recognise(((page, *_drawn(document, page - 1)) for page in pages), name))
    except pdfium_error() as error:
        raise ParseError(name, "damaged", "a page of the PDF is broken.", "Download or export it again.") from error
    finally:
        document.close()


def recognise_images(images: Sequence[Image], *, name: str) -> list[Sheet]:
    """Read the lines of pictures, a page each."""
    return list(_recognise(((page, image, _dots(image)) for page, image in enumerate(images, 1)), name))


def _recognise(pages: Iterator[tuple[int, Image, float]], name: str) -> Iterator[Sheet]:
    """Read pages side by side. The first one, read in all languages, tells which language to expect."""
    first = next(pages, None)
    if first is None:
        return
    installed = _installed(name)
    language = _language(_read(first, tuple(installed.values()), name), installed)
    read = partial(_read_in, expected=language, installed=installed, name=name)
    cores = os.cpu_count() or 1
    pages = chain([first], pages)
    with ThreadPoolExecutor(cores) as threads:
        # drawn a few at a time: a page is 9 MB until it is read
        while batch := list(islice(pages, 2 * cores)):
            yield from threads.map(read, batch)


def _read_in(page: tuple[int, Image, float], *, expected: str, installed: Mapping[str, str], name: str) -> Sheet:
    """Read a page in one language: with two, accents get lost. A page in another one is read again."""
    sheet = _read(page, _codes(expected, installed), name)
    found = _language(sheet, installed)
    return sheet if found == expected else _read(page, _codes(found, installed), name)


def _codes(language: str, installed: Mapping[str, str]) -> tuple[str, ...]:
    codes = [installed[language]] if language in installed else list(installed.values())
    # Korean texts are full of names in Latin letters
    return (*codes, installed["en"]) if language == "ko" and "en" in installed else tuple(codes)


def _language(sheet: Sheet, installed: Mapping[str, str]) -> str:
    text = [line.text for line in sheet.lines]
    letters = [char for line in text for char in line if char.isalpha()]
    if sum(_HANGUL[0] <= char <= _HANGUL[1] for char in letters) > _KOREAN * len(letters):
        return "ko"
    found = main_language(text, languages(text))
    return found if found in installed else next(iter(installed))


def _read(page: tuple[int, Image, float], codes: Sequence[str], name: str) -> Sheet:
    import pytesseract  # type: ignore[import-untyped]

    number, image, dots = page
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        told = pytesseract.image_to_pdf_or_hocr(image, lang="+".join(codes), extension="hocr", timeout=_SECONDS)
    except (pytesseract.TesseractError, RuntimeError, OSError) as error:  # RuntimeError: its time was up
        problem = f"text recognition failed on page {number}."
        raise ParseError(name, "needs_ocr", problem, "See that `tesseract` works, or run ocrmypdf on it.") from error
    width, height = image.size
    return read_page(told, number, width=width, height=height, dots=dots, name=name)


def _installed(name: str) -> dict[str, str]:
    """Give those of our languages that tesseract has data for, with its code for each."""
    import pytesseract

    try:
        there = pytesseract.get_languages()
    except (pytesseract.TesseractError, OSError) as error:
        raise needs_recognition(name) from error
    found = {language: code for language, code in _LANGUAGES.items() if code in there}
    if not found:
        raise needs_recognition(name)
    return found


def _drawn(document: Any, index: int) -> tuple[Image, float]:
    """Draw a page in grey; give the picture and its dots an inch."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(_DPI / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        return page.render(scale=scale, grayscale=True).to_pil(), 72 * scale
    finally:
        page.close()


def _dots(image: Image) -> float:
    """Give the dots an inch that a picture states; many cameras and screens state nonsense, or nothing."""
    stated = image.info.get("dpi")
    dots = float(stated[0]) if stated else 0.0
    return dots if 100 <= dots <= 1200 else float(_DPI)
