"""Word documents of before 2007: LibreOffice turns them into ODT, if it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from extract.errors import ParseError
from extract.parse.blocks import Block
from extract.parse.formats import Stated

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 90  # LibreOffice takes 5 to 10 to start, more on a busy machine
# no macro is run, no link followed: https://wiki.documentfoundation.org/Deployment_and_Migration
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def doc_blocks(data: bytes, name: str) -> tuple[list[Block], Stated]:
    """Read a .doc file. Raises ``ParseError``: ``needs_libreoffice`` where that isn't installed, ``damaged``."""
    from extract.parse.rich import odt_blocks

    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise ParseError(
            name,
            "needs_libreoffice",
            "it is a Word document of before 2007.",
            "Install LibreOffice, or save it as DOCX.",
        )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        return odt_blocks(_converted(data, Path(folder), program, name), name)


def _converted(data: bytes, folder: Path, program: str, name: str) -> bytes:
    source = folder / "document.doc"
    source.write_bytes(data)
    # a profile of its own: with the user's, a LibreOffice that is open already would answer, with the user's settings
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
               "--nodefault", "--convert-to", "odt", "--outdir", str(folder), str(source)]  # fmt: skip
    try:
        _run(command, folder)
        return source.with_suffix(".odt").read_bytes()
    except subprocess.TimeoutExpired as error:
        problem = f"LibreOffice took more than {_SECONDS} s."
        raise ParseError(name, "timeout", problem, "Open it and save it as DOCX.") from error
    except OSError as error:  # it ends well even when it could read nothing; then there is no file
        raise ParseError(name, "damaged", "LibreOffice can't read it.", "Open it and save it as DOCX.") from error


def _run(command: list[str], folder: Path) -> None:
    """Run a program to its end, or end it with all that it started when its time is up."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(_SECONDS)
    finally:
        if process.poll() is None:
            # LibreOffice is a script that starts a program that starts the program that counts
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            process.wait()
