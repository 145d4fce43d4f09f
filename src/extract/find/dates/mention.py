"""What the date finder gives."""

from __future__ import annotations

from dataclasses import dataclass

from schemas import PartialDate


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as printed, or a stretch of time with ``until`` as its last part.

    ``form`` is the pattern that found it ("day", "month", "year", "quarter", "fiscal_year", "relative" …); ``bound``
    is the preposition's meaning: "by", "since", "before", "after", "until", None for a plain date.
    """

    start: int
    end: int
    text: str
    value: PartialDate
    until: PartialDate | None = None
    form: str = "day"
    bound: str | None = None
