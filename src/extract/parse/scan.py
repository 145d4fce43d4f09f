"""Pictures of pages (PNG, JPEG, TIFF) to blocks: a scan that no one put in a PDF."""

from __future__ import annotations

import io
import warnings
from itertools import islice

from extract.errors import ParseError
from extract.parse.blocks import Block
from extract.parse.formats import Stated
from extract.parse.pdf import sheet_blocks
from extract.parse.recognise import can_recognise, needs_recognition, recognise_images

_MOST_PAGES = 500  # of a TIFF


def scan_blocks(data: bytes, name: str) -> tuple[list[Block], Stated]:
    """Read the words in a picture. Raises ``ParseError``: ``damaged``, or ``needs_ocr`` where tesseract is missing."""
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "TIFF"]) as picture:
                if not can_recognise():
                    raise needs_recognition(name)
                pages = [page.convert("L") for page in islice(ImageSequence.Iterator(picture), _MOST_PAGES)]
                for page in pages:
                    page.info.update({"dpi": picture.info.get("dpi")})
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ParseError(name, "too_large", "the picture has too many dots.", "Save it at 300 dots an inch.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError) as error:
        raise ParseError(name, "damaged", "the picture is broken.", "Scan or save it again.") from error
    sheets = recognise_images(pages, name=name)
    return sheet_blocks(sheets), Stated(sheets=tuple(sheets))
