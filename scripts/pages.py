"""PDF pages written from a known text, to measure how well it is read back: columns, running lines, notes, hyphens."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Layout = Literal["one", "two", "across"]
LAYOUTS: tuple[Layout, ...] = ("one", "two", "across")
"""One column; two; two whose content stream runs from row to row across both, as some programs write it."""

_WIDTH, _HEIGHT, _MARGIN, _GUTTER, _SIZE, _LEADING = 612.0, 792.0, 64.0, 24.0, 10.0, 13.0
_SUBJECTS = {
    "en": ["The ministry", "Each participating university", "The harbour authority", "A joint committee",
           "The development bank", "Our delegation", "The research council"],
    "fr": ["Le ministère", "Chaque université participante", "L’autorité portuaire", "Un comité mixte",
           "La banque de développement", "Notre délégation", "Le conseil de recherche"],
}  # fmt: skip
_VERBS = {
    "en": ["will contribute $4.5 million to", "has published its evaluation of", "intends to strengthen",
           "signed a memorandum of understanding on", "reviewed the implementation of"],
    "fr": ["versera 4,5 millions d’euros pour", "a publié son évaluation de", "entend renforcer",
           "a signé un protocole d’entente sur", "a examiné la mise en œuvre de"],
}  # fmt: skip
_OBJECTS = {
    "en": ["telecommunications in northern communities", "the responsible development of artificial intelligence",
           "vocational training for apprentices", "transatlantic scientific cooperation",
           "climate-related infrastructure along the coast", "the modernisation of regional railways"],
    "fr": ["la coopération scientifique transatlantique", "la formation professionnelle des apprentis",
           "l’aménagement responsable du littoral", "la modernisation des chemins de fer régionaux",
           "l’approvisionnement en minéraux critiques", "l’investissement dans les infrastructures numériques"],
}  # fmt: skip
_ENDS = {
    "en": ["before the end of 2027", "in close partnership with indigenous organisations", "as announced in Reykjavík"],
    "fr": ["avant la fin de 2027", "en étroite collaboration avec les municipalités", "comme annoncé à Reykjavík"],
}
_HEADINGS = {"en": ["Background", "Implementation", "Recommendations", "Outlook", "Governance"],
             "fr": ["Contexte", "Mise en œuvre", "Recommandations", "Perspectives", "Gouvernance"]}  # fmt: skip
_TITLES = {"en": "Review of Bilateral Commitments", "fr": "Revue des engagements bilatéraux"}
_NOTES = {"en": "See the annex on methods and sources.", "fr": "Voir l’annexe sur les méthodes et les sources."}


@dataclass(frozen=True, slots=True)
class Written:
    """A PDF and what stands in it: the running text, the footnotes, and what is repeated on every page."""

    data: bytes
    text: str
    notes: tuple[str, ...]
    running: str


def write(layout: Layout, language: str, *, pages: int = 4, seed: int = 1) -> Written:
    """Write a PDF of so many pages in a layout; the same seed gives the same text."""
    from reportlab.pdfgen.canvas import Canvas

    chance, buffer, told, notes = random.Random(seed), io.BytesIO(), [], []
    running = f"{_TITLES[language]} | Northern Circle"
    canvas = Canvas(buffer, pagesize=(_WIDTH, _HEIGHT), invariant=1)
    columns = 1 if layout == "one" else 2
    width = (_WIDTH - 2 * _MARGIN - (columns - 1) * _GUTTER) / columns
    rows = int((_HEIGHT - 2 * _MARGIN - 60) / _LEADING)
    waiting: list[tuple[str, str]] = []
    for page in range(1, pages + 1):
        top = _HEIGHT - _MARGIN
        if page == 1:
            told.append(_TITLES[language])
            canvas.setFont("Helvetica-Bold", 18)
            canvas.drawString(_MARGIN, top, _TITLES[language])
        placed = []
        for column in range(columns):
            row = 3 if page == 1 else 0
            while row < rows:
                if not waiting:
                    waiting = list(_passage(language, chance, width))
                kind, line = waiting.pop(0)
                if kind == "head" and row > rows - 4:
                    waiting.insert(0, (kind, line))
                    break
                x = _MARGIN + column * (width + _GUTTER)
                placed.append((row, column, x, top - row * _LEADING, kind, line))
                row += 1
        told += [line for *_, line in placed]
        for _, _, x, y, kind, line in sorted(placed) if layout == "across" else placed:
            canvas.setFont("Helvetica-Bold" if kind == "head" else "Helvetica", 12 if kind == "head" else _SIZE)
            canvas.drawString(x, y, line)
        canvas.setFont("Helvetica", 7)
        note = f"{_NOTES[language].rstrip('.')} {chance.choice(_OBJECTS[language])}, p. {chance.randint(2, 90)}."
        notes.append(f"{page + 20} {note}")
        canvas.drawString(_MARGIN, _MARGIN - 4, notes[-1])
        canvas.setFont("Helvetica", 8)
        canvas.drawString(_MARGIN, _HEIGHT - 36, running)
        canvas.drawCentredString(_WIDTH / 2, 30, f"Page {page} of {pages}")
        canvas.showPage()
    canvas.save()
    return Written(buffer.getvalue(), _joined(told), tuple(notes), running)


def likeness(source: str, read: str) -> float:
    """Compare two texts word by word, in order: 1 when they are the same."""
    return SequenceMatcher(None, source.split(), read.split(), autojunk=False).ratio()


def _passage(language: str, chance: random.Random, width: float) -> Iterator[tuple[str, str]]:
    if chance.random() < 0.4:
        yield "gap", ""
        yield "head", chance.choice(_HEADINGS[language])
    words = []
    for _ in range(chance.randint(2, 5)):
        parts = [chance.choice(part[language]) for part in (_SUBJECTS, _VERBS, _OBJECTS, _ENDS)]
        words += f"{' '.join(parts)}.".split()
    yield from (("text", line) for line in _wrapped(words, width))
    yield "gap", ""


def _wrapped(words: list[str], width: float) -> Iterator[str]:
    """Fill lines as a typesetter does, with long words broken by a hyphen."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if stringWidth(longer, "Helvetica", _SIZE) <= width:
            line = longer
            continue
        cut = len(word) // 2
        if len(word) > 9 and word.isalpha() and stringWidth(f"{line} {word[:cut]}-", "Helvetica", _SIZE) <= width:
            yield f"{line} {word[:cut]}-".strip()
            line = word[cut:]
        else:
            yield line
            line = word
    yield line


def _joined(lines: list[str]) -> str:
    text = ""
    for line in lines:
        if not line:
            text = text.rstrip() + "\n\n"
        elif text.endswith("-") and not text.endswith("climate-"):
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text and not text.endswith("\n") else text + line
    return text
