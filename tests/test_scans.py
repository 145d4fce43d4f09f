"""Scans through tesseract and old Word files through LibreOffice: with programs that stand in for them, and with them.

The programs aren't part of Pledgebook, and few machines have both. So most tests here put a script of the same name on
the PATH, which checks how it is called and gives what the real one would; those marked by ``real`` run where it is.
"""

import html
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.document import Document
from extract.errors import ParseError
from extract.parse import parse, parse_all
from extract.parse.ahead import look_ahead
from extract.parse.hocr import read_page
from extract.parse.pdf_lines import Sheet, read_sheets
from extract.pipeline import extract
from scripts.pages import likeness, write
from scripts.write_formats import scan

FORMATS = Path(__file__).parent.parent / "examples" / "formats"
SCAN = FORMATS / "harbours.scan.pdf"
_OWN = {"id", "document_id", "agreement_id", "evidence", "confidence", "review", "kind"}
_DOTS = 300 / 72

TESSERACT = """#!{python}
import os, pathlib, sys
arguments = sys.argv[1:]
if arguments[0] == "--list-langs":
    print("List of available languages (3):", "eng", "fra", "kor", sep="\\n")
elif arguments[0] == "--version":
    print("tesseract 5.3.0")
else:
    picture, base = arguments[:2]
    assert pathlib.Path(picture).stat().st_size > 1000
    with open({log!r}, "a") as log:
        print(os.environ["OMP_THREAD_LIMIT"], arguments[arguments.index("-l") + 1], file=log)
    pathlib.Path(base + ".hocr").write_bytes(pathlib.Path({page!r}).read_bytes())
"""
SOFFICE = """#!{python}
import pathlib, sys
arguments = sys.argv[1:]
profile = next(a for a in arguments if a.startswith("-env:UserInstallation=file://")).partition("file://")[2]
settings = (pathlib.Path(profile) / "user" / "registrymodifications.xcu").read_text()
assert "--headless" in arguments and "DisableMacrosExecution" in settings
source = pathlib.Path(arguments[-1])
assert source.read_bytes()[:4] == b"\\xd0\\xcf\\x11\\xe0"
{act}
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Put a program of our own alone on the PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def write_program(name: str, source: str) -> None:
        (folder / name).write_text(source)
        (folder / name).chmod(stat.S_IRWXU)

    return write_program


def hocr(sheet: Sheet) -> str:
    """Write a page as tesseract would have read it."""
    lines = []
    for line in sheet.lines:
        top, bottom = (round((sheet.height - edge) * _DOTS) for edge in (line.top, line.bottom))
        words = [
            f"<span class='ocrx_word' title='bbox {round(word.left * _DOTS)} {top} {round(word.right * _DOTS)} "
            f"{bottom}; x_wconf 91'>{html.escape(word.text)}</span>"
            for word in line.words
        ]
        title = f"bbox 0 {top} 9 {bottom}; baseline 0 -9; x_size {line.size * _DOTS:.1f}; x_descenders 9"
        lines.append(f'<span class="ocr_line" title="{title}">{" ".join(words)}</span>')
    body = f"<div class='ocr_page' title='bbox 0 0 2550 3300'><p class='ocr_par'>{''.join(lines)}</p></div>"
    return f"<?xml version='1.0' encoding='UTF-8'?><html><head></head><body>{body}</body></html>"


def told(document: Document) -> list[tuple[str, str]]:
    records = extract(document).records
    return sorted((record.record_type, str(record.model_dump(exclude=_OWN, mode="json"))) for record in records)


def one(path: Path, data: bytes | None = None) -> Document:
    [document] = parse_all(path, data=data)
    assert isinstance(document, Document), document
    return document


@pytest.fixture
def tesseract(program: Callable[[str, str], None], tmp_path: Path) -> Path:
    """Stand in for tesseract with one that reads the page of harbours.pdf in whatever it is given; give its log."""
    page, log = tmp_path / "page.hocr", tmp_path / "log"
    [sheet] = read_sheets((FORMATS / "harbours.pdf").read_bytes(), name="harbours.pdf")
    page.write_text(hocr(sheet), encoding="utf-8")
    program("tesseract", TESSERACT.format(python=sys.executable, log=str(log), page=str(page)))
    return log


def test_a_scan_gives_the_records_of_its_text(tesseract: Path) -> None:
    document, source = one(SCAN), parse(FORMATS / "harbours.txt")
    assert [document.words(e.start, e.end) for e in document.elements] == [
        source.words(e.start, e.end) for e in source.elements
    ]
    assert told(document) == told(source)
    proofs = [proof for record in extract(document).records for proof in record.evidence]
    assert proofs
    assert all(proof.recognised and proof.page == 1 and proof.rectangles for proof in proofs)
    # one thread a page; read in all languages at first, then in the one that was found
    assert tesseract.read_text().splitlines() == ["1 eng+fra+kor", "1 eng"]


def test_the_words_of_a_scan_have_their_place_on_its_page(tesseract: Path) -> None:
    scanned, printed = one(SCAN), parse(FORMATS / "harbours.pdf")
    for words in ("12.5 million", "Anna Lindqvist", "air monitoring"):
        boxes = []
        for document in (scanned, printed):
            assert document.places is not None
            start = document.text.index(words)
            found = document.places.rectangles(start, start + len(words))
            boxes.append([number for box in found for number in (box.x0, box.y0, box.x1, box.y1)])
        assert boxes[0] == pytest.approx(boxes[1], abs=1.0)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_of_a_page_is_a_scan(tesseract: Path, kind: str, tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / f"page.{kind.lower()}"
    Image.new("L", (2550, 3300), 255).save(path, dpi=(300, 300))
    assert one(path).text == parse(FORMATS / "harbours.pdf").text


def test_a_scanned_annex_is_read_with_the_report(tesseract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer, buffer = PdfWriter(), BytesIO()
    for source in (write("one", "en", pages=2).data, SCAN.read_bytes()):
        for page in PdfReader(BytesIO(source)).pages:
            writer.add_page(page)
    writer.write(buffer)
    assert look_ahead(buffer.getvalue(), kind="pdf") == look_ahead_of(3, 3)
    document = one(Path("report.pdf"), buffer.getvalue())
    assert document.evidence("x", *place(document, "The ministry"), finder="x").recognised is False
    annex = document.evidence("x", *place(document, "air monitoring"), finder="x")
    assert (annex.recognised, annex.page) == (True, 3)
    # without the program the report is read, and what is missing of it is told
    monkeypatch.setenv("PATH", "")
    read, missing = parse_all(Path("report.pdf"), data=buffer.getvalue())
    assert isinstance(read, Document)
    assert read.record.pages == 2
    assert isinstance(missing, ParseError)
    assert (missing.reason_code, missing.name) == ("needs_ocr", "report.pdf")
    assert "page 3 is a picture" in str(missing)


def look_ahead_of(pages: int, *pictures: int) -> object:
    from extract.parse.ahead import Ahead

    return Ahead(pages, pictures)


def place(document: Document, words: str) -> tuple[int, int]:
    start = document.text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize("name", ["harbours.scan.pdf", "page.png"])
def test_without_tesseract_the_remedy_is_told(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from PIL import Image

    monkeypatch.setenv("PATH", str(tmp_path))
    Image.new("L", (20, 20)).save(tmp_path / "page.png")
    data = SCAN.read_bytes() if name.endswith(".pdf") else (tmp_path / name).read_bytes()
    [refused] = parse_all(Path(name), data=data)
    assert isinstance(refused, ParseError)
    assert refused.reason_code == "needs_ocr"
    assert "pip install pledgebook[ocr]" in str(refused)


@pytest.mark.parametrize("source", ["#!/bin/sh\nexit 1\n", "#!/bin/sh\nkill -9 $$\n"])
def test_a_tesseract_that_fails_is_told(program: Callable[[str, str], None], source: str) -> None:
    program("tesseract", source)
    [refused] = parse_all(SCAN)
    assert isinstance(refused, ParseError)
    assert refused.reason_code == "needs_ocr"


def test_doubtful_words_and_misread_bullets() -> None:
    word = "<span class='ocrx_word' title='bbox {0} 0 {1} 40; x_wconf {2}'>{3}</span>"
    words = [(0, 20, 60, "e"), (40, 200, 90, "Norway"), (210, 240, 12, "~;"), (250, 400, 90, "pays")]
    line = "".join(word.format(*part) for part in words)
    page = f"<html><body><span class='ocr_line' title='bbox 0 0 400 40; x_size 40'>{line}</span></body></html>"
    sheet = read_page(page, 1, width=2550, height=3300, dots=300, name="a.pdf")
    assert [line.text for line in sheet.lines] == ["• Norway pays"]


# --- Word of before 2007 ------------------------------------------------------------------------------------------


def test_an_old_word_file_is_converted(program: Callable[[str, str], None]) -> None:
    act = f"source.with_suffix('.odt').write_bytes(pathlib.Path({str(FORMATS / 'harbours.odt')!r}).read_bytes())"
    program("soffice", SOFFICE.format(python=sys.executable, act=act))
    document = one(FORMATS / "harbours.doc")
    assert document.text == parse(FORMATS / "harbours.odt").text


@pytest.mark.parametrize(
    ("act", "reason"), [("", "damaged"), ("sys.exit(1)", "damaged"), ("import time; time.sleep(30)", "timeout")]
)
def test_a_libreoffice_that_fails_is_told(
    program: Callable[[str, str], None], act: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.parse.word97._SECONDS", 2.0)
    program("soffice", SOFFICE.format(python=sys.executable, act=act))
    [refused] = parse_all(FORMATS / "harbours.doc")
    assert isinstance(refused, ParseError)
    assert refused.reason_code == reason


def test_without_libreoffice_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    [refused] = parse_all(FORMATS / "harbours.doc")
    assert isinstance(refused, ParseError)
    assert refused.reason_code == "needs_libreoffice"
    assert "Install LibreOffice" in str(refused)


# --- the real programs, where they are ----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_real_recognition() -> None:
    document, source = one(SCAN), parse(FORMATS / "harbours.txt")
    assert likeness(source.text, document.text) >= 0.95
    assert {record_type for record_type, _ in told(document)} == {record_type for record_type, _ in told(source)}
    sums = {str(item.money) for item in extract(document).funding}
    assert sums == {str(item.money) for item in extract(source).funding}
    french = write("one", "fr", pages=1)
    read = one(Path("scan.pdf"), scan(french.data, dots=300))
    assert read.language == "fr"
    assert likeness(french.text.replace("’", "'"), read.text.replace("’", "'")) >= 0.9


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_real_conversion() -> None:
    document, source = one(FORMATS / "harbours.doc"), parse(FORMATS / "harbours.txt")
    assert told(document) == told(source)
