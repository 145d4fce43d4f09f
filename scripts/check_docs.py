"""Check the pages against the program: the help text in the README, the commands it shows, the links between pages.

usage: python -m scripts.check_docs [--write]

``--write`` puts the present help text into the README, and the output of each command that stands above a block as
``<!-- shows: COMMAND -->``; those run on examples/inbox, with a file that is thrown away.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner

from flows.cli import main as cli

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
HELP = re.compile(r"(?<=<!-- help -->\n```text\n).*?(?=```\n)", re.S)
SHOWN = re.compile(r"(<!-- shows: pledgebook (.*?) -->\n```text\n).*?(?=```\n)", re.S)
COMMAND = re.compile(r"^\s*(?:\$ )?pledgebook ([a-z]+)", re.M)
TARGET = re.compile(r"^\s*(?:\$ )?make ([a-z]+)", re.M)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def help_text() -> str:
    return CliRunner().invoke(cli, ["--help"], prog_name="pledgebook").output


def blocks(page: str) -> str:
    """The code blocks of a page."""
    return "\n".join(re.findall(r"```[a-z]*\n(.*?)```", page, re.S))


def output(command: str, db: Path) -> str:
    """What a command prints, without the folder of the throw-away file."""
    os.environ |= {"PREFECT_API_URL": "", "PLEDGEBOOK_DB": str(db)}
    done = CliRunner().invoke(cli, shlex.split(command))
    if done.exit_code:
        raise RuntimeError(f"pledgebook {command}: {done.output}")
    lines = done.stdout.replace(f"{db.parent}/", "").strip("\n").splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def written(readme: str) -> str:
    """The README with present output in it."""
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "pledgebook.duckdb"
        shown = SHOWN.sub(lambda block: block[1] + output(block[2], db), readme)
    return HELP.sub(lambda _: help_text(), shown)


def faults() -> list[str]:
    readme = README.read_text("utf-8")
    found = []
    shown = HELP.search(readme)
    if shown is None or shown[0] != help_text():
        found.append("README.md: the help text is stale; write it again with: python -m scripts.check_docs --write")
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    for page in pages():
        text = page.read_text("utf-8")
        name = page.relative_to(ROOT)
        found += [f"{name}: no command {word}" for word in COMMAND.findall(blocks(text)) if word not in cli.commands]
        found += [f"{name}: no make target {word}" for word in TARGET.findall(blocks(text)) if word not in targets]
        found += [f"{name}: no such page: {link}" for link in LINK.findall(text) if not (page.parent / link).exists()]
    said = set(COMMAND.findall(blocks(readme)))
    found += [f"README.md: says nothing of pledgebook {name}" for name in sorted(set(cli.commands) - said)]
    return found


def pages() -> list[Path]:
    return [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def main() -> int:
    if "--write" in sys.argv:
        README.write_text(written(README.read_text("utf-8")), "utf-8")
    found = faults()
    print("\n".join(found) or f"{len(pages())} pages agree with the program")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
