"""The same release in every format gives the same text and the same records."""

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from extract.document import Document
from extract.parse import parse, parse_all
from extract.parse.tables import labelled, read_column, standing_alone
from extract.pipeline import extract
from scripts import write_formats
from scripts.pages import LAYOUTS, Layout, likeness, write

FORMATS = Path(__file__).parent.parent / "examples" / "formats"
# what needs a program that few machines have is read in test_scans.py
RELEASE = [p for p in sorted(FORMATS.glob("harbours.*")) if p.name not in ("harbours.doc", "harbours.scan.pdf")]
_OWN = {"id", "document_id", "agreement_id", "evidence", "confidence", "review", "kind"}


def documents(name: str) -> list[Document]:
    pieces = list(parse_all(FORMATS / name))
    assert not [piece for piece in pieces if isinstance(piece, Exception)]
    return [piece for piece in pieces if isinstance(piece, Document)]


def words(document: Document) -> list[str]:
    return [document.words(element.start, element.end) for element in document.elements]


def told(document: Document, left_out: set[str]) -> list[tuple[str, str]]:
    records = extract(document).records
    return sorted(
        (record.record_type, str(record.model_dump(exclude=_OWN | left_out, mode="json"))) for record in records
    )


@pytest.fixture(scope="module")
def source() -> Document:
    return parse(FORMATS / "harbours.txt")


@pytest.mark.parametrize("path", RELEASE, ids=[path.name for path in RELEASE])
def test_the_text_is_the_same_in_every_format(path: Path, source: Document) -> None:
    release = documents(path.name)[0]
    assert words(release) == words(source)
    assert release.language == "en"
    assert str(release.record.published_on) == "2026-05-12"
    assert release.record.title == write_formats.TITLE


@pytest.mark.parametrize("path", RELEASE, ids=[path.name for path in RELEASE])
def test_the_records_are_the_same_in_every_format(path: Path, source: Document) -> None:
    # slides have no lists to tell from paragraphs, and that is all that a commitment's section hangs on
    left_out = {"section"} if path.suffix == ".pptx" else set()
    assert told(documents(path.name)[0], left_out) == told(source, left_out)


def test_slides_and_pdf_tell_their_pages() -> None:
    slides, pdf = documents("harbours.pptx")[0], documents("harbours.pdf")[0]
    assert slides.page_of(slides.text.index("A joint committee")) == 2
    assert pdf.page_of(pdf.text.index("A joint committee")) == 1


@pytest.mark.parametrize("name", ["grants.csv", "grants.xlsx", "harbours.eml", "harbours.msg", "harbours.zip"])
def test_a_table_of_grants_is_a_sum_a_row(name: str) -> None:
    grants = documents(name)[-1]
    rows = [words for words in words(grants) if words.startswith("Recipient: ")]
    assert rows[0] == (
        "Recipient: Bluewater Ferries Cooperative; Project: Shore power at two berths; Contribution: 1,495,800 CAD"
    )
    funding = extract(grants).funding
    assert {(str(item.money.amount), item.money.currency) for item in funding} == {
        ("1495800", "CAD"),
        ("320000", "CAD"),
        ("88250", "CAD"),
    }
    for item in funding:
        assert all(piece.quote in grants.text for piece in item.evidence)


def test_what_lies_inside_is_named_after_what_holds_it() -> None:
    assert [document.record.name for document in documents("harbours.eml")] == [
        "harbours.eml",
        "harbours.eml/grants.csv",
    ]
    assert documents("harbours.zip")[1].record.uri.endswith("harbours.zip!/releases/grants.csv")


@pytest.mark.parametrize(
    ("head", "currency", "unit"),
    [
        ("Contribution (CAD)", "CAD", ""),
        ("Montant (M€)", "EUR", "M"),
        ("Montant (en milliers de dollars canadiens)", "CAD", "milliers"),
        ("Montant (milliards d'euros)", "EUR", "milliards"),
        ("Amount ($ millions)", "$", "million"),
        ("Funding (US$)", "USD", ""),
        ("Recipient", "", ""),
        ("Country: USA", "", ""),
    ],
)
def test_the_head_of_a_column_states_a_currency(head: str, currency: str, unit: str) -> None:
    column = read_column(head)
    assert (column.currency, column.unit) == (currency, unit)


def test_a_cell_says_what_the_head_of_its_column_says() -> None:
    rows = [["Who", "Montant (k€)"], ["Université de Lille", "450"], ["Total", "n.d."]]
    assert standing_alone(rows)[1:] == [["Université de Lille", "450 k€"], ["Total", "n.d."]]
    assert labelled(["Who", "Sum (CAD)", "Note"], ["Aurora College", "1,495,800 $", ""]) == (
        "Who: Aurora College; Sum: 1,495,800 $ CAD"
    )


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_pdf_is_read_in_its_order(layout: Layout, language: str) -> None:
    written = write(layout, language, pages=3, seed=7)
    document = parse(Path("review.pdf"), data=written.data)
    body = [document.words(e.start, e.end) for e in document.elements if e.category != "footnote"]
    assert likeness(written.text, " ".join(body)) >= 0.95
    assert written.running not in document.text
    assert "Page 2" not in document.text
    notes = [document.words(e.start, e.end) for e in document.elements if e.category == "footnote"]
    assert notes == list(written.notes)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_rectangles_of_a_sentence_hold_its_words_and_no_others(layout: Layout) -> None:
    written = write(layout, "en", pages=2, seed=3)
    document = parse(Path("review.pdf"), data=written.data)
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(written.data)]
    assert document.places is not None
    for sentence in document.sentences:
        boxes = document.places.rectangles(sentence.start, sentence.end)
        assert boxes[0].page == document.page_of(sentence.start)
        assert {(box.width, box.height) for box in boxes} == {(612, 792)}
        inside = [pages[box.page - 1].get_text_bounded(box.x0 - 1, box.y0, box.x1 + 1, box.y1) for box in boxes]
        assert letters("".join(inside)) == letters(document.words(sentence.start, sentence.end))


def letters(words: str) -> str:
    return "".join(char for char in words if char.isalnum())


def test_evidence_of_a_pdf_has_rectangles_and_that_of_a_text_none(source: Document) -> None:
    told = [proof for record in extract(documents("harbours.pdf")[0]).records for proof in record.evidence]
    assert told
    for proof in told:
        assert proof.rectangles
        assert {box.page for box in proof.rectangles} == {proof.page}
        assert not proof.recognised
    assert not any(proof.rectangles for record in extract(source).records for proof in record.evidence)


def test_the_places_of_quotes_come_back_from_the_warehouse(tmp_path: Path, source: Document) -> None:
    import warehouse
    from schemas import Run

    document, db = documents("harbours.pdf")[0], tmp_path / "book.duckdb"
    found = extract(document).records
    with warehouse.open(db) as connection:
        run = Run(run_id="r", started_at=datetime(2026, 5, 12, tzinfo=UTC), version="1")
        of_text = extract(source).records
        warehouse.load(connection, [document.record, source.record], [*found, *of_text], [], [], run)
        read = {record.id: record.evidence for record in warehouse.records(connection)}
    assert read == {record.id: record.evidence for record in (*found, *of_text)}
    question = (
        "select page, rectangles[1].x0, rectangles[1].width, recognised from evidence "
        "where quote = '$12.5 million' and field = 'money' order by document_id = $pdf"
    )
    _, rows = warehouse.query(db, question.replace("$pdf", f"'{document.record.document_id}'"))
    assert rows[0] == (None, None, None, False)
    page, left, width, recognised = rows[1]
    assert (page, width, recognised) == (1, 612.0, False)
    assert 50 < left < 560


def test_the_article_of_a_page_without_marks_is_found() -> None:
    menu = "<ul><li><a href='/a'>Home</a></li><li><a href='/b'>Newsroom</a></li></ul>"
    related = "<div class='related'><h3>Related</h3><ul><li><a href='/c'>$5 million for wharves</a></li></ul></div>"
    lines = [*write_formats.OPENING, *write_formats.ITEMS, write_formats.CLOSING]
    written = "".join(f"<p>{line}</p>" for line in lines)
    page = (
        "<html><body><div class='cookie-banner'><p>We use cookies to measure our audience here.</p></div>"
        f"<div>{menu}</div><div><div><h1>{write_formats.TITLE}</h1>{written}</div>{related}</div>"
        "<div class='site-footer'>Terms and conditions</div></body></html>"
    )
    document = parse(Path("page.html"), data=page.encode())
    assert words(document) == [write_formats.TITLE, *lines]
