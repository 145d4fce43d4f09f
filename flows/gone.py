"""Files that were read from an inbox before and lie there no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from flows.inbox import key
from warehouse import FileState


def missing(inbox: Path, listed: Iterable[Path], states: Mapping[str, FileState]) -> tuple[str, ...]:
    """Give the paths below the inbox that were read before (``states``) and where nothing lies any more.

    A file that can't be looked at, because a folder or share does not answer, is not gone.
    """
    below = f"{key(inbox)}/"
    there = set(map(key, listed))
    return tuple(path for path in states if path not in there and path.startswith(below) and _nothing_at(path))


def lying_elsewhere(
    gone: Iterable[str], states: Mapping[str, FileState], touched: Mapping[str, FileState]
) -> tuple[str, ...]:
    """Give those of the gone paths whose content lies at another path now: they were renamed."""
    left = dict.fromkeys(gone)
    if not left:
        return ()
    there = {state.sha256 for path, state in {**states, **touched}.items() if path not in left}
    return tuple(path for path in left if states[path].sha256 in there)


def _nothing_at(path: str) -> bool:
    try:
        Path(path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
