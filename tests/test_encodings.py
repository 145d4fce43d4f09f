"""Any encoding gives the same words: no mojibake, whatever the bytes."""

from pathlib import Path

import pytest

from extract.document import Document
from extract.parse import parse
from extract.pipeline import extract

ENGLISH = (
    "The Coastal Bank will pay €3.5 million – about £3 million – to Zoë Łukasz’s café co-operative in Reykjavík.\n\n"
    "“It’s a façade,” the mayor said… but the naïve résumé convinced the jury of São Paulo."
)
FRENCH = (
    "Le gouvernement du Québec versera 4,5 millions d’euros à l’œuvre de Noëlle Lévêque, à Sainte-Anne-des-Chênes.\n\n"
    "« C’est très bien », a déclaré la ministre ; où qu’elle aille, l’été à Nîmes s’achève déjà."
)
KOREAN = (
    "대한민국 정부와 캐나다 정부는 2026년 5월 12일 서울에서 해양 협력에 관한 양해각서를 체결하였다.\n\n"
    "정부는 항만 연구에 50억 원을 지원하고, 부산대학교는 2027년 3월까지 계획을 발표할 예정이다. "
    "두 나라는 매년 만나기로 하였다."
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [ENGLISH, FRENCH, KOREAN], ids=["en", "fr", "ko"])
def test_unicode_with_and_without_its_mark(text: str, encoding: str) -> None:
    assert parse(Path("a.txt"), data=text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (FRENCH.replace("œ", "oe").replace("’", "'"), "latin-1"),
        (FRENCH.replace("œ", "oe").replace("’", "'"), "iso-8859-15"),
        (ENGLISH.replace("Łukasz", "Lukasz"), "cp1252"),
        (KOREAN, "euc-kr"),
        (KOREAN, "cp949"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_national_encodings(text: str, encoding: str, ends: str) -> None:
    assert parse(Path("a.txt"), data=text.replace("\n", ends).encode(encoding)).text == text


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [(KOREAN, "euc-kr", "EUC-KR"), (FRENCH, "cp1252", "iso-8859-1"), (KOREAN, "cp949", "ks_c_5601-1987")],
)
def test_pages_that_declare_theirs(text: str, encoding: str, name: str) -> None:
    body = "".join(f"<p>{line}</p>" for line in text.split("\n\n"))
    page = f"<html><head><meta charset='{name}'></head><body>{body}</body></html>"
    assert parse(Path("a.html"), data=page.encode(encoding)).text == text


def test_a_short_french_line_in_latin_1() -> None:
    for line in ("L'été à Québec coûte 5 millions de dollars.", "Création d'un fonds de 3 M€ déjà annoncé à Orléans"):
        encoding = "cp1252" if "€" in line else "latin-1"
        assert parse(Path("a.txt"), data=line.encode(encoding)).text == line


def test_the_records_of_a_korean_release_are_the_same_in_euc_kr() -> None:
    source = Path(__file__).parent.parent / "examples" / "inbox" / "korea-canada-space.ko.txt"
    text = source.read_text("utf-8")
    plain, national = (parse(Path("a.txt"), data=data) for data in (text.encode(), text.encode("cp949", "strict")))
    assert told(plain) == told(national)
    assert plain.language == national.language == "ko"


def told(document: Document) -> list[str]:
    left_out = {"document_id", "id", "agreement_id", "evidence", "confidence", "review"}
    return [str(record.model_dump(exclude=left_out, mode="json")) for record in extract(document).records]


def test_no_byte_of_utf8_is_read_as_latin() -> None:
    read = parse(Path("a.txt"), data=FRENCH.encode()).text
    assert "Ã" not in read
    assert "â€" not in read
    # a file that is UTF-8 but for one broken byte is still UTF-8
    broken = FRENCH.encode().replace(b"d\xc3\xa9j\xc3\xa0", b"d\xc3\xa9j\xe0")
    assert parse(Path("a.txt"), data=broken).text == FRENCH.replace("déjà", "déj\ufffd")
