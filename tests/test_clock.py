"""Runs by the clock without Prefect: the cron line and the systemd units that people copy, and how they are stopped."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flows.exits import Terminated, sigterm_raises

EXAMPLES = Path(__file__).parent.parent / "examples" / "operations"


@pytest.fixture
def srv(tmp_path: Path) -> Path:
    """Make the folder that the examples speak of, with the command in it."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / "inbox").mkdir()
    command = tmp_path / ".venv" / "bin" / "pledgebook"
    command.write_text(f"#!{sys.executable}\nfrom flows.cli import main\nmain()\n")
    command.chmod(0o755)
    return tmp_path


def test_the_cron_line_runs_in_the_environment_that_cron_gives(srv: Path) -> None:
    [line] = [line for line in (EXAMPLES / "crontab").read_text().splitlines() if not line.startswith("#")]
    assert line in (EXAMPLES.parent.parent / "docs" / "operations.md").read_text()
    command = line.split(maxsplit=5)[5].replace("/srv/pledgebook", str(srv))
    bare = {"SHELL": "/bin/sh", "HOME": str(srv), "LOGNAME": "pledgebook", "PATH": "/usr/bin:/bin"}
    subprocess.run(["/bin/sh", "-c", command], env=bare, cwd="/", check=True)
    assert "inbox: nothing new among 0 files" in (srv / "pledgebook.log").read_text()
    assert (srv / "pledgebook.duckdb").is_file()
    assert 'pledgebook_run_status{status="completed"} 1.0' in (srv / "pledgebook.prom").read_text()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_the_units_are_sound(srv: Path) -> None:
    units = []
    for name in ("pledgebook.service", "pledgebook.timer"):
        units.append(srv / name)
        units[-1].write_text((EXAMPLES / name).read_text().replace("/srv/pledgebook", str(srv)))
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_sigterm_ends_a_run_with_its_account() -> None:
    with pytest.raises(Terminated), sigterm_raises():
        signal.raise_signal(signal.SIGTERM)
