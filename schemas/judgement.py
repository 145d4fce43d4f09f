"""Judgement: what a person said about two records, dated, outranking the program, and free to be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.errors import PledgebookError

Verdict = Literal["same", "not_same", "unsure"]


class Judgement(BaseModel):
    """One answer: are these two records one thing? ``by`` is who said so, ``on`` the day.

    ``left_name`` and ``right_name`` are for people who read the file; the ids decide.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    left: str = Field(min_length=1)
    right: str = Field(min_length=1)
    verdict: Verdict
    on: date
    by: str = ""
    left_name: str = ""
    right_name: str = ""

    @model_validator(mode="after")
    def _of_two(self) -> Judgement:
        if self.left == self.right:
            raise ValueError(f"a judgement needs two records, not {self.left} twice")
        return self

    @property
    def pair(self) -> tuple[str, str]:
        """The two ids in their order, whichever was shown first."""
        return (min(self.left, self.right), max(self.left, self.right))


class JudgementConflictError(PledgebookError):
    """Judgements contradict each other: ``apart`` says that two records differ, ``same`` are those that join them."""

    def __init__(self, apart: Judgement, same: Sequence[Judgement]) -> None:
        said = "; ".join(
            f"{j.left_name or j.left} = {j.right_name or j.right} ({j.by or 'unnamed'}, {j.on})" for j in same
        )
        super().__init__(
            f"Judgements contradict each other: {apart.left_name or apart.left} and {apart.right_name or apart.right} "
            f"are not the same ({apart.by or 'unnamed'}, {apart.on}), but {said}",
            remedy="Take one of these rows out of the file of judgements",
        )
        self.apart = apart
        self.same = tuple(same)
