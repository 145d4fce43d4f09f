"""What is expected of each source (``sources.yaml``), and what a run fell short of.

A page layout that changed, so that less is read from it, is noticed the same day.

The file lies beside the published one, or is named by ``--sources`` or PLEDGEBOOK_SOURCES; without it nothing is
expected. Its fields are those of ``schemas.Source``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import warehouse
from flows.questions import statement
from schemas.errors import PledgebookError

if TYPE_CHECKING:
    from schemas import Source

SETTING = "PLEDGEBOOK_SOURCES"
REMEDY = "docs/operations.md says what may stand there, and examples/sources.yaml shows it"


class SourcesError(PledgebookError):
    """A ``sources.yaml`` that can't be read; ``path`` is the file, ``line`` where, from 1."""

    def __init__(self, message: str, *, path: Path, line: int | None = None, remedy: str = REMEDY) -> None:
        where = f"{path}, line {line}" if line else f"{path}"
        super().__init__(f"{where}: {message}", remedy=remedy)
        self.path = path
        self.line = line


class SourceRefused(PledgebookError):  # noqa: N818 - it says what happened, not whose fault it is
    """A source fell below what is expected of it, and its severity is ``refuse``: nothing is published."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One thing that a source fell short of: what was measured, in its unit, and what was expected."""

    source: Source
    measure: str
    found: float
    expected: float

    def __str__(self) -> str:
        return f"{self.source.name}: {self.measure} is {self.found:.3g}, expected at least {self.expected:g}"


def beside(db: Path) -> Path | None:
    """Give the file that holds for a published file: the one that is set, else the one beside it, if there is one."""
    named = os.environ.get(SETTING)
    path = Path(named) if named else db.parent / "sources.yaml"
    return path if named or path.is_file() else None


def read(path: Path | None) -> tuple[Source, ...]:
    """Read the expectations; none without a file. Raises SourcesError with the line and the remedy."""
    if path is None:
        return ()
    import yaml
    from pydantic import ValidationError

    from schemas import Sources

    try:
        text = path.read_text("utf-8")
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        _no_key_twice(path, tree)
        return Sources.model_validate(yaml.safe_load(text)).sources
    except (OSError, UnicodeDecodeError) as error:
        problem = "it does not exist" if isinstance(error, FileNotFoundError) else f"it can't be read ({error})"
        raise SourcesError(problem, path=path, remedy="Name a file that you may read, with --sources") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = f"this is no YAML: {getattr(error, 'problem', None) or error}"
        raise SourcesError(said, path=path, line=mark.line + 1 if mark else None) from error
    except ValidationError as error:
        complaint = error.errors(include_url=False)[0]
        where = [part for part in complaint["loc"] if part != "[key]"]
        said = f"{'.'.join(map(str, where)) or 'the file'}: {complaint['msg'].removeprefix('Value error, ')}"
        raise SourcesError(said, path=path, line=_line(tree, where)) from error


def shortfalls(
    sources: Sequence[Source], working: Path, inbox: Path, *, whole: bool, look: bool = True
) -> Iterator[Shortfall]:
    """Hold what was read since the last published run against the expectations.

    ``whole`` says that the run saw the whole inbox, so that what it must bring can be asked of it. Without ``look``
    nothing was read, and the file is not opened.
    """
    for source in sources:
        counted = warehouse.fill(working, inbox=inbox, folder=source.folder, publisher=source.publisher) if look else []
        yield from _of_source(source, counted, whole=whole)


def refuse(found: Sequence[Shortfall]) -> None:
    """Raise SourceRefused when one of them is to keep the run from publishing."""
    grave = [str(each) for each in found if each.source.severity == "refuse"]
    if grave:
        raise SourceRefused(
            "; ".join(grave),
            remedy="The last good file stays in place. Look at the documents (`pledgebook explain FILE`); if they are "
            "as they should be, lower what sources.yaml expects and run again",
        )


def held_back(working: Path, db: Path) -> list[str]:
    """Give what keeps from publishing what was not published yet: for commands that publish between runs."""
    expected = [source for source in read(beside(db)) if source.severity == "refuse"]
    if not expected:
        return []
    _, found = warehouse.query(working, statement("last_inbox"))
    inbox = Path(found[0][0]) if found else db.parent
    return [str(each) for each in shortfalls(expected, working, inbox, whole=False)]


def _of_source(source: Source, counted: Sequence[warehouse.Fill], *, whole: bool) -> Iterator[Shortfall]:
    rows = {(each.record_type, each.field): each.rows for each in counted}
    filled = {(each.record_type, each.field): each.filled for each in counted}
    documents = rows.get(("document", None), 0)

    def short(measure: str, found: float, expected: float) -> Iterator[Shortfall]:
        if found < expected:
            yield Shortfall(source, measure, found, expected)

    if whole:
        yield from short("documents a run", documents, source.documents)
    if not documents:
        return
    for kind, number in source.per_run.items() if whole else ():
        yield from short(f"{kind} records a run", rows.get((kind, None), 0), number)
    if documents >= source.least:
        for kind, average in source.per_document.items():
            yield from short(f"{kind} records a document", rows.get((kind, None), 0) / documents, average)
    for name, share in source.filled.items():
        table, _, field = name.partition(".")
        of = rows.get((table, field), 0)
        if of >= source.least:
            yield from short(f"share of {name} filled", filled[table, field] / of, share)


def _line(node: Any, where: Sequence[Any]) -> int | None:
    """Give the line of a place in the file, from 1: of the key that it names, or of the innermost there is."""
    if node is None:
        return None
    line: int = node.start_mark.line + 1
    for part in where:
        inner = None
        if isinstance(part, int) and isinstance(node.value, list) and part < len(node.value):
            inner = node.value[part]
            line = inner.start_mark.line + 1
        elif node.id == "mapping":
            key, inner = next(((k, v) for k, v in node.value if k.value == part), (None, None))
            line = key.start_mark.line + 1 if key is not None else line
        if inner is None:
            break
        node = inner
    return line


def _no_key_twice(path: Path, node: Any) -> None:
    """Raise SourcesError for a key that stands twice: YAML would keep the last in silence."""
    if node is None or node.id == "scalar":
        return
    if node.id == "sequence":
        for item in node.value:
            _no_key_twice(path, item)
        return
    seen: set[str] = set()
    for key, value in node.value:
        if key.value in seen:
            raise SourcesError(f"{key.value!r} stands here a second time", path=path, line=key.start_mark.line + 1)
        seen.add(key.value)
        _no_key_twice(path, value)
