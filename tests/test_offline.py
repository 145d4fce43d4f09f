"""Nothing is downloaded and nothing phones home: the whole path with every socket but loopback refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

INBOX = Path(__file__).parents[1] / "examples" / "inbox"

GUARD = """
import socket, sys

LOCAL = ("127.", "::1", "localhost")
tried = []

def refuse(name):
    real = getattr(socket.socket, name)
    def guarded(self, address, *rest):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOCAL):
            tried.append(address)
            raise OSError(101, f"the test refuses {address}")
        return real(self, address, *rest)
    setattr(socket.socket, name, guarded)

for name in ("connect", "connect_ex", "sendto"):
    refuse(name)

look_up = socket.getaddrinfo
def getaddrinfo(host, *rest, **more):
    if host and not str(host).startswith(LOCAL) and str(host) not in ("0.0.0.0", "::", socket.gethostname()):
        tried.append(host)
        raise socket.gaierror(-2, f"the test refuses {host}")
    return look_up(host, *rest, **more)
socket.getaddrinfo = getaddrinfo
"""

RUN = """
from flows.cli import main
status = 0
try:
    main(sys.argv[1:], standalone_mode=False)
except SystemExit as left:
    status = left.code
print("TRIED", tried)
sys.exit(status)
"""


def run_guarded(folder: Path, *arguments: str) -> list[str]:
    telling = ("PREFECT_", "DO_NOT_TRACK", "SCARF_", "UNSTRUCTURED_", "GX_")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(telling)}
    environ |= {"HOME": str(folder), "PREFECT_API_URL": ""}
    command = [sys.executable, "-c", GUARD + RUN, *arguments]
    done = subprocess.run(command, env=environ, cwd=folder, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_guard_refuses() -> None:
    code = GUARD + "\nimport urllib.request\ntry:\n    urllib.request.urlopen('http://example.org')\n"
    code += "except OSError as error:\n    print(error, tried)\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "example.org" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("way", [(), ("--prefect",)], ids=["direct", "prefect"])
def test_the_whole_path_works_offline(way: tuple[str, ...], tmp_path: Path) -> None:
    said = run_guarded(tmp_path, "run", str(INBOX), "--db", str(tmp_path / "book.duckdb"), "--json", *way)
    assert said[-1] == "TRIED []"
    told = json.loads(next(line for line in said if line.startswith("{")))
    assert told["documents_loaded"] == told["documents_seen"] > 3, told["documents"]
    assert told["records_loaded"] > 10
    # nothing is left in the user's home, and nothing outside the folder of the file
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "book.duckdb.wal") == [
        ".pledgebook",
        "book.duckdb",
    ]
