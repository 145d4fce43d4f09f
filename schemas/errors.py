"""The root of every error that Pledgebook raises on purpose."""

from __future__ import annotations


class PledgebookError(Exception):
    """Something went wrong that a person can mend; ``remedy`` says how, in one sentence.

    Children carry what they know as attributes (a path, a reason code), so that nobody parses messages.
    """

    def __init__(self, message: str, *, remedy: str | None = None) -> None:
        super().__init__(message)
        self.remedy = remedy

    def __str__(self) -> str:
        message = str(self.args[0])
        return f"{message}. {self.remedy}" if self.remedy else message
