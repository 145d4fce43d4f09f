"""Plain text and the Markdown in it: what becomes an element, and that every offset holds."""

from pathlib import Path

import pytest

from extract.document import Document
from extract.parse import parse

INBOX = Path(__file__).parent.parent / "examples" / "inbox"


def read(text: str, name: str = "note.txt") -> Document:
    return parse(Path(name), data=text.encode())


def outline(document: Document) -> list[tuple[str, str]]:
    return [(element.category, document.words(element.start, element.end)) for element in document.elements]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        # hard-wrapped lines are joined, also those of an item
        (
            "The two countries will continue to work together on the\nsafety of nuclear plants, and will meet every year\nin one of the two capitals.",  # noqa: E501
            [
                (
                    "text",
                    "The two countries will continue to work together on the safety of nuclear plants, and will meet every year in one of the two capitals.",  # noqa: E501
                )
            ],
        ),
        (
            "We will, first of all:\n\n- create a fund for the restoration of the\n  coastal wetlands of both countries;\n- meet each year.",  # noqa: E501
            [
                ("text", "We will, first of all:"),
                ("list_item", "create a fund for the restoration of the coastal wetlands of both countries;"),
                ("list_item", "meet each year."),
            ],
        ),
        # one paragraph a line, without blank lines
        (
            "The first paragraph says one thing.\nThe second paragraph says another.",
            [("text", "The first paragraph says one thing."), ("text", "The second paragraph says another.")],
        ),
        # a paragraph that a page break tore
        (
            "A sentence that is long enough to be a paragraph and goes on to the capacity\n\nof the grid.",
            [("text", "A sentence that is long enough to be a paragraph and goes on to the capacity of the grid.")],
        ),
        # headings: by mark, by bold, by capitals, by looks
        ("# Plan\n\n## Goals ##\n\nWe act.", [("title", "Plan"), ("title", "Goals"), ("text", "We act.")]),
        ("**Next steps**\n\nWe act.", [("title", "Next steps"), ("text", "We act.")]),
        ("NEXT STEPS\nWe act now.", [("title", "NEXT STEPS"), ("text", "We act now.")]),
        ("Next steps\n\nWe act.", [("title", "Next steps"), ("text", "We act.")]),
        ("제1조 목적\n양국은 협력한다.", [("title", "제1조 목적"), ("text", "양국은 협력한다.")]),
        ("MAPLE POLICY\nCENTRE\n\nWe act.", [("title", "MAPLE POLICY CENTRE"), ("text", "We act.")]),
        # what looks like a heading and is none
        ("We act.\n\nModerated by: Anne Roy\n\nShe spoke.", [("text", w) for w in ("We act.", "Moderated by: Anne Roy", "She spoke.")]),  # noqa: E501
        ("Yes.\n\nOttawa, March 3, 2026\n\nMore.", [("text", w) for w in ("Yes.", "Ottawa, March 3, 2026", "More.")]),
        ("“We act.”\n\n- Minister Anne Roy\n\nMore follows.", [("text", w) for w in ("“We act.”", "Minister Anne Roy", "More follows.")]),  # noqa: E501
        ("“We act.”\n\nThe Hon. Anne Roy, Minister of Trade\n\nMore.", [("text", w) for w in ("“We act.”", "The Hon. Anne Roy, Minister of Trade", "More.")]),  # noqa: E501
        # lone numbers: of items, and of pages
        ("Findings\n\n1\n\nEnergy is short.\n\n2\n\nTalent is rare.", [("title", "Findings"), ("list_item", "Energy is short."), ("list_item", "Talent is rare.")]),  # noqa: E501
        ("Energy is short.\n\n17\n\nTalent is rare.", [("text", "Energy is short."), ("text", "Talent is rare.")]),
        # a heading that stands right on its paragraph, in two languages
        (
            "We met.\n\nWhat comes next?\nThe team will test the service with forty crews in the spring, and will then open it to every port in the north.",  # noqa: E501
            [
                ("text", "We met."),
                ("title", "What comes next?"),
                ("text", "The team will test the service with forty crews in the spring, and will then open it to every port in the north."),  # noqa: E501
            ],
        ),
        (
            "Merci.\n\nProchaines étapes\nL’équipe mettra le service à l’essai auprès de quarante équipages au printemps, puis l’ouvrira à tous les ports.",  # noqa: E501
            [
                ("text", "Merci."),
                ("title", "Prochaines étapes"),
                ("text", "L’équipe mettra le service à l’essai auprès de quarante équipages au printemps, puis l’ouvrira à tous les ports."),  # noqa: E501
            ],
        ),
        # a short line with a colon that leads a list is no heading
        ("We met.\n\nThe plans include:\n\n- a quay", [("text", "We met."), ("text", "The plans include:"), ("list_item", "a quay")]),  # noqa: E501
        ("Merci.\n\nLa ville va :\n\n- agir", [("text", "Merci."), ("text", "La ville va :"), ("list_item", "agir")]),
        # items that are wrapped though no width tells it: by a small letter, a number, an indent, a torn name
        ("- a quay in May\n2027\n- a school", [("list_item", "a quay in May 2027"), ("list_item", "a school")]),
        ("- la zone « nord »\net ses quais\n- une école", [("list_item", "la zone « nord » et ses quais"), ("list_item", "une école")]),  # noqa: E501
        ("- a school in Oslo\n   Harbour\n- a quay", [("list_item", w) for w in ("a school in Oslo Harbour", "a quay")]),  # noqa: E501
        (
            "- with the Northern Harbour\nInstitute and the Coastal\nDevelopment Bank\n- a quay",
            [("list_item", w) for w in ("with the Northern Harbour Institute and the Coastal Development Bank", "a quay")],  # noqa: E501
        ),
        ("- a quay.\nThe city has two.", [("list_item", "a quay."), ("text", "The city has two.")]),
        # marks of items that Markdown escaped
        ("We shall:\n\n\\(i\\) act; and\n\n\\(ii\\) report.", [("text", "We shall:"), ("list_item", "act; and"), ("list_item", "report.")]),  # noqa: E501
        # tables: of contents, and of cells
        ("Contents\n\nSummary\t3\nSession I: Trade .... 5", [("title", "Contents"), ("table", "Summary\t3\nSession I: Trade .... 5")]),  # noqa: E501
        ("| Who | How much |\n|---|---|\n| Canada | **5 M$** |", [("table", "Who\tHow much\nCanada\t5 M$")]),
    ],
)  # fmt: skip
def test_blocks_of_plain_text(text: str, blocks: list[tuple[str, str]]) -> None:
    assert outline(read(text)) == blocks


@pytest.mark.parametrize("sign", ["-", "•", "*", "–", "·", "▪", "o", "1.", "1)", "a)", "(i)", "→", "➢", "✓", "가."])
def test_bullets_of_every_kind(sign: str) -> None:
    document = read(f"We will:\n\n{sign} act at once\n{sign} report on it")
    assert outline(document)[1:] == [("list_item", "act at once"), ("list_item", "report on it")]
    assert f"{sign} act at once" in document.text


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("a **bold** and *slanted* word", "a bold and slanted word"),
        ("see [the *plan*](https://example.org/a_(b)) now", "see the plan now"),
        ('see [the plan](https://example.org/a_(b(c))?d=[e] "A (short) plan") now', "see the plan now"),
        ("see [the [new] plan](<https://example.org/a b>) now", "see the [new] plan now"),
        ("a torn [link](https://example.org/a_(b is left", "a torn [link](https://example.org/a_(b is left"),
        ("![a map](https://example.org/a_(b).png) of [![alt](i.png)](l)Busan: here", "of Busan: here"),
        ("over [2 G\\\\$ CA](#) and 75 milliards \\$ US", "over 2 G$ CA and 75 milliards $ US"),
        ("![a map](map.png) of <b>Busan</b><br>harbour", "of Busan harbour"),
        ("snake_case_name and 3 * 4 * 5", "snake_case_name and 3 * 4 * 5"),
        ("Smith &amp; Roy&nbsp;inc.", "Smith & Roy\u00a0inc."),
        ("America\\u2019s White\\_House Council\\ \\ of\\_Trade", "America’s White House Council of Trade"),
        ("write to first\\_last@example.org", "write to first_last@example.org"),
        ("zero\u200bwidth, soft\u00adhyphen, lin\u0092tendant", "zerowidth, softhyphen, lin’tendant"),
        ("cafe\u0301 à 5\u00a0M€", "café à 5\u00a0M€"),
    ],
)
def test_the_words_stay_and_the_markup_goes(marked: str, plain: str) -> None:
    assert read(f"{marked} it is.").text == f"{plain} it is."


def test_headings_make_the_path_of_a_section() -> None:
    document = read("# Report\n\n## Session 1\n\n### Recommendations\n\n- Act.\n\n## Session 2\n\nWords.")
    sections = {document.words(e.start, e.end): e.section for e in document.elements}
    assert sections["Act."] == ("Session 1", "Recommendations")
    assert sections["Words."] == ("Session 2",)


def test_form_feeds_are_pages() -> None:
    document = read("First page here.\n\fSecond page here.\n\f")
    assert [element.page for element in document.elements] == [1, 2]
    assert read("No pages here.").elements[0].page is None


def test_a_passage_that_changes_language_is_cut_by_sentence() -> None:
    document = read(
        "Les meilleures pratiques ont été mentionnées comme des plateformes utiles pour les deux pays. "
        "The voluntary code offers a flexible framework for partnerships with the private sector."
    )
    assert [sentence.language for sentence in document.sentences] == ["fr", "en"]


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(encoding: str) -> None:
    text = "Le gouvernement a annoncé hier une aide à la pêche côtière. Où ira-t-elle ? Aux régions éloignées."
    assert parse(Path("aide.txt"), data=text.encode(encoding)).text == text


def test_korean_in_its_old_encoding() -> None:
    text = "양국은 과학기술 분야의 협력을 강화하기로 합의하였다. 이에 협정을 체결한다."
    assert parse(Path("ko.txt"), data=text.encode("cp949")).text == text


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028"])
def test_line_breaks_of_every_kind(newline: str) -> None:
    assert read(f"First one.{newline}{newline}Second one.").text == "First one.\n\nSecond one."


@pytest.mark.parametrize("path", sorted(INBOX.iterdir()), ids=lambda path: path.name)
def test_every_offset_holds(path: Path) -> None:
    document = parse(path)
    end = 0
    for element in document.elements:
        words = document.words(element.start, element.end)
        assert words
        assert words == words.strip()
        assert element.start >= end
        end = element.end
    for sentence in document.sentences:
        element = document.elements[sentence.element]
        assert element.start <= sentence.start < sentence.end <= element.end
    spoken = "".join(document.words(s.start, s.end) for s in document.sentences)
    whole = "".join(document.words(e.start, e.end) for e in document.elements)
    assert "".join(spoken.split()) == "".join(whole.split())
