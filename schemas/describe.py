"""Docs of the records, made of the records themselves: ``python -m schemas.describe [--check]``.

Writes a JSON Schema a model to ``docs/schemas/`` and one page for people, ``docs/records.md``. With ``--check`` it
writes nothing and exits with 1 when a file differs from what it would write.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from schemas import (
    RECORD_TYPES,
    Document,
    Evidence,
    Judgement,
    Money,
    PartialDate,
    PledgebookError,
    Quarantined,
    Resolution,
    Run,
    Source,
    Sources,
)

MODELS: tuple[type[BaseModel], ...] = (
    Document,
    *RECORD_TYPES,
    Evidence,
    Money,
    PartialDate,
    Resolution,
    Judgement,
    Quarantined,
    Run,
    Source,
    Sources,
)

_READ: tuple[type[BaseModel], ...] = (Source, Sources)
"""What people write by hand: an editor that holds the schema must not ask for what has a default."""

_SAID = {
    "Any": "anything",
    "AwareDatetime": "moment with its time zone",
    "ISO4217": "ISO 4217 code",
    "bool": "yes or no",
    "float": "number",
    "int": "integer",
    "str": "text",
}

_HEAD = """\
# Records

Generated from `schemas/` by `python -m schemas.describe`; don't edit. JSON Schemas: [schemas/](schemas/).

Every record is frozen, refuses fields it doesn't know, and proves itself by evidence: quotes of its document with
half-open character offsets into the document's text, `text[start:end] == quote`.
"""


class StaleDocsError(PledgebookError):
    """The docs say something else than the schemas; ``paths`` are the files that differ."""

    def __init__(self, paths: list[Path]) -> None:
        names = ", ".join(map(str, paths))
        super().__init__(f"stale: {names}", remedy="Run `python -m schemas.describe`")
        self.paths = paths


def describe(docs: Path, *, check: bool = False) -> None:
    """Write the docs of the records below ``docs``; with ``check`` raise StaleDocsError instead of writing."""
    pages = {docs / name: text for name, text in _pages()}
    surplus = set((docs / "schemas").glob("*.json")) - pages.keys()
    stale = sorted(
        surplus | {path for path, text in pages.items() if not path.is_file() or path.read_text("utf-8") != text}
    )
    if check:
        if stale:
            raise StaleDocsError(stale)
        return
    (docs / "schemas").mkdir(parents=True, exist_ok=True)
    for path in surplus:
        path.unlink()
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")


def _pages() -> Iterator[tuple[str, str]]:
    for model in MODELS:
        schema = model.model_json_schema(mode="validation" if model in _READ else "serialization")
        yield f"schemas/{model.__name__.lower()}.json", json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    yield "records.md", "\n".join([_HEAD, *(_section(model) for model in MODELS)])


def _section(model: type[BaseModel]) -> str:
    says = inspect.cleandoc(model.__doc__ or "").replace("``", "`")
    rows = [_row(name, info) for name, info in model.model_fields.items()]
    computed = model.model_computed_fields.items()
    rows += [f"| `{name}` | {_type(field.return_type)} | computed |" for name, field in computed]
    table = "\n".join(["| field | type | default |", "| --- | --- | --- |", *rows])
    return f"## {model.__name__}\n\n{says}\n\n{table}\n"


def _row(name: str, info: FieldInfo) -> str:
    return f"| `{name}` | {_type(info.annotation)} | {_default(info)} |"


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "required"
    if info.default is PydanticUndefined:
        return "empty"
    return {None: "none", (): "empty"}.get(info.default, f"`{info.default}`")


def _type(annotation: Any) -> str:
    """Write a type as a person would: the words of an enumeration, "several" for a tuple."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(parts[0])
    if origin is Literal:
        return ", ".join(f"`{part}`" for part in parts)
    if origin in (Union, types.UnionType):
        return " or ".join(_type(part) for part in parts if part is not type(None))
    if origin is tuple:
        return f"several {_type(parts[0])}"
    if origin is dict:
        return f"mapping of {_type(parts[0])} to {_type(parts[1])}"
    name = str(annotation.__name__)
    return _SAID.get(name, name)


def main() -> int:
    """Write or check the docs of the working folder; 1 when they are stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when a file is stale")
    try:
        describe(Path("docs"), check=parser.parse_args().check)
    except StaleDocsError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
