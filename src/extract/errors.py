"""What may go wrong, in words for the reader: every error of Pledgebook has one root and names its remedy."""

from __future__ import annotations

from typing import Literal

ParseReason = Literal[
    "empty_file",
    "unsupported_format",
    "wrong_kind",
    "unreadable_encoding",
    "no_text",
    "needs_ocr",
    "encrypted",
    "damaged",
    "unreadable_file",
]


class PledgebookError(Exception):
    """The root of all errors that Pledgebook raises on purpose."""


class ParseError(PledgebookError):
    """A document that can't be read: ``name`` of the file, ``reason_code``, what is wrong and what to do about it."""

    def __init__(self, name: str, reason_code: ParseReason, problem: str, remedy: str) -> None:
        self.name = name
        self.reason_code: ParseReason = reason_code
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{name}: {problem} {remedy}")

    def __reduce__(self) -> tuple[type[ParseError], tuple[str, str, str, str]]:
        # worker processes hand errors back pickled; the default would pass the message alone
        return type(self), (self.name, self.reason_code, self.problem, self.remedy)
