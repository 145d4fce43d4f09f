"""Write examples/formats: one invented release in every format that Pledgebook reads.

    python -m scripts.write_formats [FOLDER]

The text is the same in each, so that the records must be, too (tests/test_formats.py). ``harbours.doc`` is not written
here: LibreOffice made it of ``harbours.docx`` (``soffice --convert-to "doc:MS Word 97"``).
"""

from __future__ import annotations

import html
import io
import struct
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "examples" / "formats"
TITLE = "Canada and Norway sign an agreement on cleaner harbours"
OPENING = [
    "Halifax, Nova Scotia, May 12, 2026 – The Government of Canada and the Government of Norway signed today a "
    "memorandum of understanding on cleaner harbours.",
    "Under the memorandum of understanding, Canada will provide $12.5 million over three years to connect ferries to "
    "shore power in Halifax and Saint John. Norway will invest €4 million in the training of harbour pilots.",
    "“Quiet harbours are good for those who work in them and for those who live beside them,” said Anna Lindqvist, "
    "Norway’s Minister of Transport.",
]
HEADING = "Next steps"
ITEMS = [
    "Transport Canada will publish a plan for shore power by March 2027.",
    "The two governments will meet every year to review progress.",
    "The Port of Halifax will contribute $750,000 to air monitoring.",
]
CLOSING = "A joint committee will report on the results in 2029."
GRANTS = [
    ["Recipient", "Project", "Contribution (CAD)"],
    ["Bluewater Ferries Cooperative", "Shore power at two berths", "1,495,800"],
    ["Fundy Harbour College", "Courses for electricians", "320,000"],
    ["Saint-Laurent Marine Institute", "Air quality stations", "88,250"],
]
_MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/jobs'>Jobs</a></li></ul></nav>"


def text() -> str:
    return "\n\n".join([TITLE, *OPENING, HEADING, *(f"- {item}" for item in ITEMS), CLOSING]) + "\n"


def page() -> str:
    head = (
        f"<title>{TITLE} - Harbour News</title><meta property='og:title' content='{TITLE}'>"
        "<meta name='dcterms.issued' content='2026-05-12'><meta name='dcterms.language' content='eng'>"
        "<meta name='dcterms.creator' content='Transport Canada'><script>track('reader')</script>"
        "<style>nav {color: red}</style>"
    )
    body = "".join(f"<p>{html.escape(line)}</p>" for line in OPENING)
    items = "".join(f"<li>{html.escape(item)}</li>" for item in ITEMS)
    return (
        f"<!DOCTYPE html><html lang='en'><head>{head}</head><body><header><a href='/'>Harbour News</a></header>{_MENU}"
        "<div id='cookie-banner' class='cookie-consent'><p>We use cookies to improve your visit.</p>"
        f"<button>Accept all</button></div><main><h1>{TITLE}</h1>{body}<h2>{HEADING}</h2><ul>{items}</ul>"
        f"<p>{CLOSING}</p></main>"
        "<aside><h3>Related links</h3><ul><li><a href='/a'>Fishing season opens</a></li></ul></aside>"
        "<footer><p>Terms. Contact us about $1 million prize draws.</p></footer></body></html>"
    )


def pdf() -> bytes:
    from reportlab.lib.pagesizes import LETTER
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import ListFlowable, Paragraph, SimpleDocTemplate, Spacer

    styles, buffer = getSampleStyleSheet(), io.BytesIO()
    story = [Paragraph(TITLE, styles["Title"]), *(Paragraph(line, styles["BodyText"]) for line in OPENING)]
    items = [Paragraph(item, styles["BodyText"]) for item in ITEMS]
    story += [Paragraph(HEADING, styles["Heading2"]), ListFlowable(items, bulletType="bullet", start="•")]
    story += [Spacer(1, 6), Paragraph(CLOSING, styles["BodyText"])]
    SimpleDocTemplate(buffer, pagesize=LETTER, title=TITLE, invariant=1).build(story)
    return buffer.getvalue()


def docx() -> bytes:
    from docx import Document

    document, buffer = Document(), io.BytesIO()
    document.add_heading(TITLE, 1)
    for line in OPENING:
        document.add_paragraph(line)
    document.add_heading(HEADING, 2)
    for item in ITEMS:
        document.add_paragraph(item, style="List Bullet")
    document.add_paragraph(CLOSING)
    document.save(buffer)
    return buffer.getvalue()


def odt() -> bytes:
    from odfdo import Document, Header, List, Paragraph

    document, buffer = Document("text"), io.BytesIO()
    document.body.clear()
    document.body.append(Header(1, TITLE))
    for line in OPENING:
        document.body.append(Paragraph(line))
    document.body.append(Header(2, HEADING))
    document.body.append(List(ITEMS))
    document.body.append(Paragraph(CLOSING))
    document.save(buffer)
    return buffer.getvalue()


def rtf() -> bytes:
    def escaped(line: str) -> str:
        return "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in line)

    lines = [f"{{\\b\\fs32 {escaped(TITLE)}}}\\par", *(f"{escaped(line)}\\par" for line in OPENING)]
    lines += [f"{{\\b {escaped(HEADING)}}}\\par", *(f"\\bullet  {escaped(item)}\\par" for item in ITEMS)]
    lines.append(f"{escaped(CLOSING)}\\par")
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Calibri;}}\n" + "\n".join(lines) + "}\n").encode("ascii")


def pptx() -> bytes:
    from pptx import Presentation

    slides, buffer = Presentation(), io.BytesIO()
    for heading, lines in ((TITLE, OPENING), (HEADING, [*ITEMS, CLOSING])):
        slide = slides.slides.add_slide(slides.slide_layouts[1])
        slide.shapes.title.text = heading
        slide.placeholders[1].text_frame.text = "\n".join(lines)
    slides.save(buffer)
    return buffer.getvalue()


def xlsx() -> bytes:
    from openpyxl import Workbook

    book, buffer = Workbook(), io.BytesIO()
    sheet = book.active
    sheet.title = "Grants"
    sheet.append(["Grants under the harbour programme"])
    sheet.append([])
    sheet.append(GRANTS[0])
    for row in GRANTS[1:]:
        sheet.append([*row[:2], int(row[2].replace(",", ""))])
    book.save(buffer)
    return buffer.getvalue()


def csv() -> bytes:
    rows = [["Grants under the harbour programme", "", ""], *GRANTS]
    return "\r\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows).encode()


def eml() -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Press office <press@harbours.example>", "news@harbours.example"
    message["Subject"], message["Date"] = TITLE, "Tue, 12 May 2026 09:00:00 -0300"
    message["Message-ID"] = "<1@harbours.example>"
    message.set_content(text())
    message.add_attachment(csv(), maintype="text", subtype="csv", filename="grants.csv")
    message.set_boundary("harbour-light")
    return message.as_bytes()


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("releases/harbours.txt", text().encode()), ("releases/grants.csv", csv())):
            archive.writestr(zipfile.ZipInfo(name, (2026, 5, 12, 9, 0, 0)), content)
    return buffer.getvalue()


def msg() -> bytes:
    """Write an Outlook message: a compound file whose streams are named for their property ([MS-OXMSG])."""
    file, content = "grants.csv".encode("utf-16-le"), csv()
    attached = {
        "__properties_version1.0": b"\0" * 8
        + _property(0x3705, 0x0003, 1)
        + _property(0x3707, 0x001F, len(file) + 2)
        + _property(0x3701, 0x0102, len(content)),
        "__substg1.0_3707001F": file,
        "__substg1.0_37010102": content,
    }
    sent = (1_778_590_800 + 11_644_473_600) * 10_000_000  # 2026-05-12 13:00 UTC, in tenths of microseconds from 1601
    said = {0x001A: "IPM.Note", 0x0037: TITLE, 0x1000: text().replace("\n", "\r\n")}
    streams = {f"__substg1.0_{identity:04X}001F": words.encode("utf-16-le") for identity, words in said.items()}
    stated = _property(0x340D, 0x0003, 0x40000) + _property(0x0039, 0x0040, sent)  # its words are in Unicode
    stated += b"".join(_property(identity, 0x001F, 2 * len(words) + 2) for identity, words in said.items())
    return compound(
        {
            "__properties_version1.0": struct.pack("<8x4I8x", 0, 1, 0, 1) + stated,
            **streams,
            "__attach_version1.0_#00000000": attached,
        }
    )


def _property(identity: int, kind: int, value: int) -> bytes:
    return struct.pack("<HHIQ", kind, identity, 6, value)


def compound(tree: dict[str, bytes | dict[str, bytes]]) -> bytes:
    """Write a compound file of version 3 ([MS-CFB]) with storages one deep; every stream a small one."""
    entries: list[tuple[str, int, bytes, int, int, int]] = []  # name, kind, content, left, right, child

    def chain(names: list[str], at: dict[str, int]) -> int:
        """Order a storage's entries as a degenerate tree: each has but a right neighbour."""
        ordered = sorted(names, key=lambda name: (len(name), name.upper()))
        for one, other in zip(ordered, [*ordered[1:], None], strict=True):
            name, kind, content, left, _, child = entries[at[one]]
            entries[at[one]] = (name, kind, content, left, at[other] if other else -1, child)
        return at[ordered[0]] if ordered else -1

    def add(folder: dict[str, bytes | dict[str, bytes]]) -> int:
        at: dict[str, int] = {}
        for name, content in folder.items():
            at[name] = len(entries)
            entries.append((name, 1 if isinstance(content, dict) else 2, b"", -1, -1, -1))
            if isinstance(content, dict):
                inner = add(dict(content))
                entries[at[name]] = (name, 1, b"", -1, -1, inner)
            else:
                entries[at[name]] = (name, 2, content, -1, -1, -1)
        return chain(list(folder), at)

    entries.append(("Root Entry", 5, b"", -1, -1, -1))
    entries[0] = ("Root Entry", 5, b"", -1, -1, add(tree))
    small, small_table, starts = b"", [], []  # streams below 4,096 bytes lie in one stream, in sectors of 64
    for _, _, content, *_ in entries:
        starts.append(len(small_table) if content else -2)
        small_table += _chain(len(small_table), -(-len(content) // 64))
        small += content.ljust(-(-len(content) // 64) * 64, b"\0")
    starts[0] = 0
    sizes = [len(small), *(len(content) for _, _, content, *_ in entries[1:])]
    listing = b"".join(
        (name.encode("utf-16-le")).ljust(64, b"\0")
        + struct.pack("<HBBiii", 2 * len(name) + 2, kind, 1, left, right, child)
        + b"\0" * 36
        + struct.pack("<iQ", start, size)
        for (name, kind, _, left, right, child), start, size in zip(entries, starts, sizes, strict=True)
    )
    parts = [_sectors(part) for part in (small, struct.pack(f"<{len(small_table)}i", *small_table), listing)]
    table, places = [], []
    for part in parts:
        places.append(len(table))
        table += _chain(len(table), len(part) // 512)
    tables = -(-(len(table) + 1) // 127)
    first_table = len(table)
    table += [-3] * tables
    allocation = struct.pack(f"<{len(table)}i", *table).ljust(tables * 512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<9i", 0, tables, places[2], 0, 4096, places[1], len(parts[1]) // 512, -2, 0)
    header += b"".join(struct.pack("<i", first_table + index if index < tables else -1) for index in range(109))
    return header + b"".join(parts) + allocation


def _chain(start: int, count: int) -> list[int]:
    return [start + index + 1 for index in range(count - 1)] + [-2] * bool(count)


def _sectors(content: bytes) -> bytes:
    return content.ljust(-(-len(content) // 512) * 512, b"\0")


def scan(data: bytes, *, dots: int = 200) -> bytes:
    """Draw a PDF's pages as a scanner does, in black and white, so that no text is left in it."""
    import pypdfium2  # type: ignore[import-untyped]

    document, buffer = pypdfium2.PdfDocument(data), io.BytesIO()
    pages = [page.render(scale=dots / 72, grayscale=True).to_pil().convert("1") for page in document]
    pages[0].save(buffer, "PDF", save_all=True, append_images=pages[1:], resolution=dots)
    return buffer.getvalue()


def main(folder: Path = FOLDER) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, bytes] = {
        "harbours.txt": text().encode(),
        "harbours.utf16.txt": text().encode("utf-16"),
        "harbours.cp1252.txt": text().encode("cp1252"),
        "harbours.md": text().replace(TITLE, f"# {TITLE}").replace(HEADING, f"## {HEADING}").encode(),
        "harbours.html": page().encode(),
        "harbours.pdf": pdf(),
        "harbours.scan.pdf": scan(pdf()),
        "harbours.docx": docx(),
        "harbours.odt": odt(),
        "harbours.rtf": rtf(),
        "harbours.pptx": pptx(),
        "harbours.eml": eml(),
        "harbours.msg": msg(),
        "harbours.zip": zipped(),
        "grants.csv": csv(),
        "grants.xlsx": xlsx(),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
