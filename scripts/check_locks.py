"""Check the lock files: no host name stands in them, and every package is pinned with a hash."""

from __future__ import annotations

import re
import sys
from pathlib import Path

HOST = re.compile(r"https?://|git\+|--(?:extra-)?index-url|--find-links|--trusted-host|\bfile:")


def faults(lock: Path) -> list[str]:
    text = lock.read_text("utf-8")
    found = [
        f"{lock}:{number}: names a host: {line}"
        for number, line in enumerate(text.splitlines(), 1)
        if HOST.search(line)
    ]
    for pinned in re.split(r"\n(?=\S)", text):
        if not pinned.startswith("#") and ("==" not in pinned or "--hash=sha256:" not in pinned):
            found.append(f"{lock}: not pinned with a hash: {pinned.splitlines()[0]}")
    return found


def main() -> int:
    locks = sorted(Path(__file__).resolve().parent.parent.glob("requirements*.lock"))
    found = [fault for lock in locks for fault in faults(lock)]
    print("\n".join(found) or f"{len(locks)} lock files pin every package with a hash and name no host")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
