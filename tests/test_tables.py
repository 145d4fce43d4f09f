"""Tables of grants: the heads of the columns say what each row means, in whatever format the table comes."""

import io
from pathlib import Path

import pytest

from extract.document import Document
from extract.parse import parse
from extract.pipeline import extract
from schemas import Funding

GRANTS = [
    ["Recipient", "Project", "Contribution (CAD)", "Date"],
    ["Bluewater Ferries Cooperative", "Shore power at two berths", "1,495,800", "2026-03-02"],
    ["Fundy Harbour College", "Courses for electricians", "320,000", "2026-04-15"],
    ["Saint-Laurent Marine Institute", "Air quality stations", "320,000", "2026-04-15"],
    ["Total", "", "2,135,800", ""],
]
INTRO = "The harbour programme supports these projects along the coast in all provinces this year."


def as_csv(rows: list[list[str]]) -> bytes:
    return "\n".join(";".join(row) for row in rows).encode()


def as_markdown(rows: list[list[str]]) -> bytes:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([INTRO, "", lines[0], f"|{'---|' * len(rows[0])}", *lines[1:]]).encode()


def as_html(rows: list[list[str]]) -> bytes:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><body><main><h1>Grants</h1><p>{INTRO}</p><table>{cells}</table></main></body></html>".encode()


def as_docx(rows: list[list[str]]) -> bytes:
    import docx

    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph(INTRO)
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(buffer)
    return buffer.getvalue()


def as_xlsx(rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook

    book, buffer = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def as_odt(rows: list[list[str]]) -> bytes:
    from odfdo import Cell, Paragraph, Row, Table
    from odfdo import Document as Text

    document, buffer, table = Text("text"), io.BytesIO(), Table("grants")
    document.body.clear()
    for row in rows:
        written = Row()
        for words in row:
            cell = Cell()
            cell.append(Paragraph(words))
            written.append_cell(cell)
        table.append_row(written)
    document.body.append(Paragraph(INTRO))
    document.body.append(table)
    document.save(buffer)
    return buffer.getvalue()


def as_pdf(rows: list[list[str]]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 780, INTRO)
    for line, row in enumerate(rows):
        for place, words in zip((60, 230, 390, 500), row, strict=False):
            canvas.drawString(place, 750 - 16 * line, words)
    canvas.save()
    return buffer.getvalue()


WRITERS = {"csv": as_csv, "md": as_markdown, "html": as_html, "docx": as_docx, "xlsx": as_xlsx, "odt": as_odt,
           "pdf": as_pdf}  # fmt: skip


def grants(name: str, data: bytes) -> tuple[Document, tuple[Funding, ...]]:
    document = parse(Path(name), data=data)
    return document, extract(document).funding


@pytest.mark.parametrize("ending", WRITERS)
def test_a_row_is_a_grant_with_all_its_cells(ending: str) -> None:
    document, found = grants(f"grants.{ending}", WRITERS[ending](GRANTS))
    assert [
        (str(item.money.amount), item.money.currency, item.recipients, item.purpose, str(item.date)) for item in found
    ] == [
        ("1495800", "CAD", ("Bluewater Ferries Cooperative",), "Shore power at two berths", "2026-03-02"),
        ("320000", "CAD", ("Fundy Harbour College",), "Courses for electricians", "2026-04-15"),
        ("320000", "CAD", ("Saint-Laurent Marine Institute",), "Air quality stations", "2026-04-15"),
    ]
    for item in found:
        [row] = [proof.quote for proof in item.evidence if proof.field == "record"]
        assert item.recipients[0] in row
        assert item.purpose is not None
        assert item.purpose in row
        assert row in document.text
        if ending == "pdf":
            boxes = [box for proof in item.evidence if proof.field == "recipients" for box in proof.rectangles]
            assert len(boxes) == 1
            assert boxes[0].x0 == pytest.approx(60, abs=1)


@pytest.mark.parametrize(
    ("heads", "row", "said"),
    [
        (
            "Ministère;Bénéficiaire;Objet de la subvention;Montant (k€);Année",
            "Ministère de la Transition écologique;Université de Lille;Étude des récifs;450;2025",
            ("450000", "EUR", ("Ministère de la Transition écologique",), ("Université de Lille",), "Étude des récifs",
             "2025"),
        ),
        (
            "Department;Organization;Description;Amount ($ millions);Fiscal year",
            "Transport Canada;Port of Halifax;Cranes: two of them; 4.5;2024",
            None,
        ),
        (
            "Funded by;Grantee;Purpose;Amount (USD)",
            "Birchbark Foundation;Aurora College;Telescopes;25,000",
            ("25000", "USD", ("Birchbark Foundation",), ("Aurora College",), "Telescopes", "None"),
        ),
    ],
)  # fmt: skip
def test_heads_in_other_words(heads: str, row: str, said: tuple[object, ...] | None) -> None:
    _, found = grants("grants.csv", f"{heads}\n{row}\n{row}\n".encode())
    told = {
        (str(item.money.amount), item.money.currency, item.funders, item.recipients, item.purpose, str(item.date))
        for item in found
    }
    if said is not None:
        assert told == {said}
    else:  # a separator inside a cell moves the cells behind it: nothing is made of that row but what it says itself
        assert all("Port of Halifax" in item.recipients for item in found)


def test_equal_grants_to_many_are_many() -> None:
    rows = [
        ["Recipient", "Programme", "Grant (CAD)"],
        *([f"School {name}", "Summer jobs", "5,000"] for name in "ABCDE"),
    ]
    _, found = grants("grants.csv", as_csv(rows))
    assert sorted(item.recipients for item in found) == [(f"School {name}",) for name in "ABCDE"]
    assert len({item.id for item in found}) == 5


def test_a_table_without_heads_that_speak_is_read_as_before() -> None:
    _, found = grants("list.csv", b"A;B\nAurora College;$450,000\nFundy College;$320,000\n")
    assert all(not item.recipients for item in found)
