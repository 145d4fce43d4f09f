"""What the money finder gives."""

from __future__ import annotations

from dataclasses import dataclass

from schemas import Money


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """A sum as printed. ``text[start:end]`` holds number, scale and currency, not bound ("over") or rate ("a year").

    ``reason`` says why this currency: "sign" (US$, €), "code" (CAD), "word" (Canadian dollars), "country" (a bare "$"
    read by the country given), "place" ("U.S." after it), "document" (by its own note), "language" (nothing but the
    document's language says it), or "open". ``restated`` is the same
    sum in further currencies: "€75 million (C$120 million)" is one mention.
    """

    start: int
    end: int
    text: str
    value: Money
    reason: str
    restated: tuple[Money, ...] = ()
