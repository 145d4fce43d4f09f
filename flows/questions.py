"""The questions that the commands ask of the published file, each in a ``.sql`` file of ``flows/sql/``."""

from __future__ import annotations

from importlib.resources import files


def statement(name: str) -> str:
    """Give the text of ``sql/NAME.sql``."""
    return (files("flows") / "sql" / f"{name}.sql").read_text("utf-8")
