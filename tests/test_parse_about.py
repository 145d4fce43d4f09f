"""What a document says of itself: title, kind, date of publication, country."""

from pathlib import Path

import pytest

from extract.parse import parse
from schemas import Document

INBOX = Path(__file__).parent.parent / "examples" / "inbox"


def about(text: str) -> Document:
    return parse(Path("note.txt"), data=text.encode()).record


@pytest.mark.parametrize(
    ("name", "kind", "language", "published_on", "country"),
    [
        ("ai-and-health-dialogue-report.en.md", "report", "en", None, "CA"),
        ("alliance-hydrogene.fr.docx", "press_release", "fr", "2026-01-21", "CA"),
        ("arctic-telecom-report.en.pdf", "report", "en", None, "CA"),
        ("battery-minerals-release.en.txt", "press_release", "en", "2026-03-04", "CA"),
        ("battery-minerals-release.fr.txt", "press_release", "fr", "2026-03-04", "CA"),
        ("canada-germany-hydrogen-statement.en.html", "joint_statement", "en", "2026-02-19", "CA"),
        ("datacentre-newswire.en.txt", "press_release", "en", "2026-04-09", "US"),
        ("korea-canada-space.ko.txt", "press_release", "ko", "2026-05-20", "KR"),
        ("plan-action-france-canada-oceans.fr.txt", "action_plan", "fr", None, None),
        ("pret-tramway.fr.txt", "press_release", "fr", "2026-02-03", "FR"),
    ],
)
def test_the_examples(name: str, kind: str, language: str, published_on: str | None, country: str | None) -> None:
    record = parse(INBOX / name).record
    date = str(record.published_on) if record.published_on else None
    assert (record.kind, record.language, date, record.country) == (kind, language, published_on, country)
    assert record.title is not None
    assert record.title in record.text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A plan for trade\n\nWe act.", "A plan for trade"),
        (
            " date 2026-03-04 Ministers met workers in Laval\n\nLAVAL, le 4 mars 2026 - Hier.",
            "Ministers met workers in Laval",
        ),
        ("COMMUNIQUÉ DE PRESSE\n\nUn plan pour la pêche\n\nNous agissons.", "Un plan pour la pêche"),
        ("NEWS RELEASE\n\nMarch 4, 2026\n\nA plan for fish\n\nWe act.", "A plan for fish"),
        (
            "MAPLE POLICY FOUNDATION\nOF CANADA\n\nDialogue on\n**TRADE**\n\nEVENT REPORT\n\nWe met.",
            "Dialogue on TRADE",
        ),
        ("We help workers. We also help farmers, and we do so every day.", "We help workers."),
        ("# Canada & Korea: **a plan**\n\nWe act.", "Canada & Korea: a plan"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert about(text).title == title


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("OTTAWA, Sept. 25, 2025 /CNW/ - The Minister spoke.", "2025-09-25"),
        ("MIAMI, FL - (NewMediaWire) - August 27, 2024 - Acme grew.", "2024-08-27"),
        ("LOS ANGELES, CA - October 2, 2025 (NEWMEDIAWIRE) - Acme signed.", "2025-10-02"),
        ("Davos, January 16, 2024 - Acme opened.", "2024-01-16"),
        ("PARIS, le 1er février 2026 – Le ministre a signé.", "2026-02-01"),
        ("À Paris, le 18 juillet 2024", "2024-07-18"),
        ("Published on 5 March 2024", "2024-03-05"),
        ("Diffusé à 8 h 30, heure de l'Est, le lundi 29 mai 2017", "2017-05-29"),
        ("2026년 5월 20일", "2026-05-20"),
        (" date 2025-09-25 Ministers met", "2025-09-25"),
        # dates of events, and no dates
        ("On March 4, 2026, the Minister signed an agreement.", None),
        ("The agreement of September 25, 2014 - the first of its kind - holds.", None),
        ("Le 18 mai 2016, le Règlement a été publié dans la Gazette.", None),
        ("OTTAWA, Feb. 31, 2025 /CNW/ - A day that never was.", None),
    ],
)
def test_dates_of_publication(line: str, date: str | None) -> None:
    found = about(f"A plan for trade\n\n{line}\n\nMore words follow here.").published_on
    assert (str(found) if found else None) == date


@pytest.mark.parametrize(
    ("ending", "date"),
    [
        ("IN WITNESS WHEREOF, I have set my hand this twenty-ninth day of March, in the year of our Lord two thousand twenty-four.", "2024-03-29"),  # noqa: E501
        ("IN WITNESS WHEREOF, I sign this first day of May, two thousand and six.", "2006-05-01"),
        ("THE WHITE HOUSE, November 30, 2023.", "2023-11-30"),
        ("Done at Seoul on 25 October 2016, in two copies.", "2016-10-25"),
        ("FAIT à Paris, le 5 mai 2024, en deux exemplaires.", "2024-05-05"),
    ],
)  # fmt: skip
def test_dates_at_the_end(ending: str, date: str) -> None:
    text = "A proclamation on trees\n\n" + "Trees are good.\n\n" * 12 + ending
    assert str(about(text).published_on) == date


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Prime Minister announces support for farmers\n\nThe Prime Minister today announced support.",
            "press_release",
        ),
        ("Fact Sheet: New jobs\n\nJobs are coming to every state.", "press_release"),
        ("Joint Statement on Trade\n\nWe, the leaders, met.", "joint_statement"),
        ("Déclaration commune sur le climat\n\nNous, ministres, avons parlé.", "joint_statement"),
        ("Action Plan 2026\n\nWe will act on trade.", "action_plan"),
        ("Feuille de route pour l'hydrogène\n\nNous agirons.", "action_plan"),
        ("Agreement between Canada and France on pensions\n\nThe Parties have agreed as follows:", "treaty"),
        ("Remarks by the Minister of Trade\n\nLadies and gentlemen, welcome.", "speech"),
        ("Our team learned to test\n\nIn this blog post we tell how.", "other"),
        ("A Proclamation on Trees Day\n\nTrees are good.", "other"),
        ("Acme wins in court\n\nBy Anne Roy, Reuters\n\nAcme won.", "news_article"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert about(text).kind == kind


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The Government of Canada helps Canadians in Ontario and Quebec.", "CA"),
        ("AUSTIN, TX - Acme (NASDAQ: ACME) opened a plant in Texas.", "US"),
        ("Le ministère français lance un plan à Paris, en France.", "FR"),
        ("대한민국 정부는 협정을 체결하였다.", "KR"),
        ("The committee met.", None),
    ],
)
def test_countries(text: str, country: str | None) -> None:
    assert about(text).country == country
