"""What may go wrong with a document: each error names the file, the reason and the remedy."""

from __future__ import annotations

from typing import Literal

from schemas.errors import PledgebookError

ParseReason = Literal[
    "empty_file",
    "unsupported_format",
    "wrong_kind",
    "unreadable_encoding",
    "no_text",
    "needs_ocr",
    "needs_libreoffice",
    "encrypted",
    "damaged",
    "unreadable_file",
    "unsafe_archive",
    "too_deep",
    "too_large",
    "changed_while_reading",
    "timeout",
    "out_of_memory",
    "crashed",
]
"""Why a file was set aside; ``docs/quarantine.md`` says what each means and what helps."""


class ParseError(PledgebookError):
    """A document that can't be read: ``name`` of the file, ``reason_code``, what is wrong and what to do about it."""

    def __init__(self, name: str, reason_code: ParseReason, problem: str, remedy: str) -> None:
        self.name = name
        self.reason_code: ParseReason = reason_code
        self.problem = problem
        super().__init__(f"{name}: {problem.removesuffix('.')}", remedy=remedy)

    def __reduce__(self) -> tuple[type[ParseError], tuple[str, str, str, str]]:
        # worker processes hand errors back pickled; the default would pass the message alone
        return type(self), (self.name, self.reason_code, self.problem, self.remedy or "")
