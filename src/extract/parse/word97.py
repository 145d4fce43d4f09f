"""Word documents of before 2007: LibreOffice turns them into ODT, if it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from extract.errors import ParseError
from extract.parse.blocks import Block
from extract.parse.formats import Stated

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 60  # LibreOffice takes 5 to 10 to start


def doc_blocks(data: bytes, name: str) -> tuple[list[Block], Stated]:
    """Read a .doc file. Raises ``ParseError`` ``needs_libreoffice`` where that isn't installed."""
    from extract.parse.rich import odt_blocks

    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise ParseError(
            name,
            "needs_libreoffice",
            "it is a Word document of before 2007.",
            "Install LibreOffice, or save it as DOCX.",
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "document.doc"
        source.write_bytes(data)
        # a profile of its own: with the user's, a LibreOffice that is open already would answer, and macros might run
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
                   "--convert-to", "odt", "--outdir", folder, str(source)]  # fmt: skip
        try:
            subprocess.run(command, timeout=_SECONDS, check=True, capture_output=True, stdin=subprocess.DEVNULL)
            converted = source.with_suffix(".odt").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise ParseError(name, "damaged", "LibreOffice can't read it.", "Open it and save it as DOCX.") from error
    return odt_blocks(converted, name)
