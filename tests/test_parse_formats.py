"""Each format gives the same kind of document, and each bad file its reason."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from extract.errors import ParseError, PledgebookError
from extract.parse import parse

INBOX = Path(__file__).parent.parent / "examples" / "inbox"


def test_a_web_page_is_its_article() -> None:
    document = parse(INBOX / "canada-germany-hydrogen-statement.en.html")
    assert document.record.title == "Joint statement by Canada and Germany on clean hydrogen"
    assert str(document.record.published_on) == "2026-02-19"
    assert document.record.publisher == "Global Affairs Canada"
    assert document.record.country == "CA"
    assert document.record.pages is None
    for menu in ("Jobs", "analytics", "Date modified", "Related links", "color"):
        assert menu not in document.text
    items = [e for e in document.elements if e.category == "list_item"]
    assert len(items) == 3
    assert {item.section for item in items} == {("What we agreed",)}
    assert "€150\u00a0million" in document.text


def test_html_declares_its_encoding() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>L’été à Québec – 5 €.</p></body></html>'
    assert parse(Path("a.html"), data=page.encode("cp1252")).text == "L’été à Québec – 5 €."


def test_word_headings_lists_and_tables() -> None:
    document = parse(INBOX / "alliance-hydrogene.fr.docx")
    words = [(e.category, document.words(e.start, e.end)) for e in document.elements]
    assert words[0] == ("title", "Une alliance franco-québécoise pour l'hydrogène vert")
    assert ("title", "Engagements") in words
    assert sum(category == "list_item" for category, _ in words) == 3
    table = next(text for category, text in words if category == "table")
    assert table.splitlines()[1] == "Gouvernement du Québec\tH2-Lavallée\t5,75 M$"


def test_a_pdf_is_read_in_columns_without_its_running_lines() -> None:
    document = parse(INBOX / "arctic-telecom-report.en.pdf")
    assert document.record.pages == 2
    assert document.record.title == "Connecting the Arctic: Review of Telecommunications Commitments"
    assert "Page 1 of 2" not in document.text
    assert "Northern Studies Circle | Arctic" not in document.text
    assert "expects service to begin in 2028." in document.text  # it is hyphenated there
    order = ["Executive summary", "Satellite services", "Research", "Recommendations", "Method", "Next steps", "About"]
    places = [document.text.index(heading) for heading in order]
    assert places == sorted(places)
    assert document.page_of(document.text.index("Executive summary")) == 1
    assert document.page_of(document.text.index("Birchbark Foundation")) == 2
    items = [e for e in document.elements if e.category == "list_item" and e.section[-1:] == ("Recommendations",)]
    assert [document.words(e.start, e.end) for e in items][1] == (
        "Set aside at least $15 million for community-owned towers."
    )


def test_markdown_is_read_in_its_file_as_in_a_text() -> None:
    source = INBOX / "ai-and-health-dialogue-report.en.md"
    as_markdown, as_text = parse(source), parse(Path("report.txt"), data=source.read_bytes())
    assert as_markdown.text == as_text.text
    assert as_markdown.elements == as_text.elements


def test_content_counts_more_than_the_name() -> None:
    data = (INBOX / "arctic-telecom-report.en.pdf").read_bytes()
    assert parse(Path("renamed.txt"), data=data).record.pages == 2
    page = b"<!DOCTYPE html><html><body><h1>A plan</h1><p>It is a good plan.</p></body></html>"
    assert parse(Path("renamed.txt"), data=page).text == "A plan\n\nIt is a good plan."


def test_the_same_bytes_are_the_same_document() -> None:
    one, other = (parse(Path(name), data=b"Canada and Korea agree.") for name in ("a.txt", "b.txt"))
    assert one.record.document_id == other.record.document_id == one.record.sha256[:16]


def archive(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as writer:
        for name, content in files.items():
            writer.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def blank_pdf() -> bytes:
    buffer = io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.new_page(600, 800)
    document.save(buffer)
    return buffer.getvalue()


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
PDF = (INBOX / "arctic-telecom-report.en.pdf").read_bytes()
WORD = (INBOX / "alliance-hydrogene.fr.docx").read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty_file"),
        ("blank.txt", b" \n\t\r\n", "empty_file"),
        ("marks.md", b"---\n\n***\n", "no_text"),
        ("empty.html", b"<html><body><nav>Menu</nav></body></html>", "no_text"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4, "damaged"),
        ("noise.txt", bytes(range(1, 32)) * 40, "wrong_kind"),
        ("text.pdf", b"This is plain text.", "wrong_kind"),
        ("text.docx", b"This is plain text.", "wrong_kind"),
        ("sheet.xlsx", archive(**{"xl__workbook.xml": "<a/>"}), "damaged"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
        ("song.mp3", b"ID3 song", "unsupported_format"),
        ("locked.docx", LOCKED, "encrypted"),
        ("scan.pdf", blank_pdf(), "needs_ocr"),
        ("half.pdf", PDF[:900], "damaged"),
        ("half.docx", WORD[:9000], "damaged"),
        ("bad.docx", archive(**{"word__document.xml": "<w:document", "[Content_Types].xml": "<x"}), "damaged"),
        ("odd.txt", b"\xff\xfea\xd8\x00", "unreadable_encoding"),
    ],
)
def test_bad_files_have_a_reason(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(Path(name), data=data)
    assert caught.value.reason_code == reason
    assert caught.value.name == name
    assert str(caught.value).startswith(f"{name}: ")
    assert caught.value.remedy in str(caught.value)
    assert isinstance(caught.value, PledgebookError)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match=r"gone\.txt"):
        parse(tmp_path / "gone.txt")


def test_text_needs_no_heavy_library() -> None:
    code = (
        "import sys; from pathlib import Path; from extract.parse import parse;"
        "parse(Path('a.txt'), data=b'Canada will pay $5 million. It said so today.');"
        "print({'unstructured', 'spacy', 'pypdfium2', 'lxml', 'docx'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
