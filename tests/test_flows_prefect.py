"""The flow as Prefect sees it, through the API of a real server; and how that server is found without Prefect."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.prefect_settings import api_url, own_server, quiet

PROFILE = 'active = "office"\n[profiles.office]\nPREFECT_API_URL = "http://office:4200/api"\n[profiles.bare]\n'
RELEASE = """Canada and Norway sign agreement on ocean research

OTTAWA, March 4, 2025 – Canada and Norway today signed the Canada–Norway Ocean Research Agreement.
The Government of Canada is investing $12.5 million in the Northern Ocean Institute to study sea ice.
"""


# --- finding the server without Prefect --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        ({"PREFECT_API_URL": "http://here:4200/api"}, "http://here:4200/api"),
        ({"PREFECT_API_URL": ""}, None),
        ({}, "http://office:4200/api"),
        ({"PREFECT_PROFILE": "bare"}, None),
        ({"PREFECT_PROFILE": "unheard-of"}, None),
    ],
)
def test_where_prefect_is(environ: dict[str, str], found: str | None, tmp_path: Path) -> None:
    (tmp_path / "profiles.toml").write_text(PROFILE)
    assert api_url({"PREFECT_HOME": str(tmp_path), **environ}, tmp_path) == found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("prefect.toml", '[api]\nurl = "http://file:4200/api"\n'),
        ("pyproject.toml", '[tool.prefect.api]\nurl = "http://file:4200/api"\n'),
    ],
)
def test_a_file_of_the_folder_says_where_prefect_is(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    assert api_url({"PREFECT_HOME": str(tmp_path)}, tmp_path) == "http://file:4200/api"


def test_what_the_user_has_set_stays() -> None:
    environ = {"PREFECT_HOME": "/their/own", "DO_NOT_TRACK": "0", "PREFECT_API_URL": ""}
    own_server(Path("/ours"), environ)
    assert environ["PREFECT_HOME"] == "/their/own"
    assert environ["DO_NOT_TRACK"] == "0"
    assert "PREFECT_API_URL" not in environ
    fresh: dict[str, str] = {}
    quiet(fresh)
    assert fresh["DO_NOT_TRACK"] == "1"
    assert fresh["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"


# --- a real server -----------------------------------------------------------------------------------------------


class Server:
    """A Prefect server of its own, and the few questions that the tests ask of it."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/api"
        self.environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
            "PREFECT_HOME": str(home),
            "DO_NOT_TRACK": "1",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        }
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
        self.log = (home / "server.log").open("w")
        self.process = subprocess.Popen(command, env=self.environ, stdout=self.log, stderr=self.log)
        self.environ["PREFECT_API_URL"] = self.url
        self._wait()

    def _wait(self) -> None:
        for _ in range(480):
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.25)
        raise TimeoutError("the Prefect server did not start")

    def ask(self, path: str, **question: Any) -> list[dict[str, Any]]:
        body = json.dumps(question).encode()
        request = urllib.request.Request(f"{self.url}/{path}", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            found: list[dict[str, Any]] = json.load(answer)
        return found

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)
        self.log.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("prefect"))
    yield running
    running.stop()


def pledgebook(server: Server, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from flows.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, env=server.environ, capture_output=True, text=True, timeout=300)


@pytest.mark.slow
def test_a_run_is_seen_through_the_api(server: Server, tmp_path: Path) -> None:
    inbox = tmp_path / "spring"
    inbox.mkdir()
    (inbox / "ocean.txt").write_text(RELEASE, "utf-8")
    (inbox / "empty.txt").touch()
    done = pledgebook(server, "run", inbox, "--db", tmp_path / "book.duckdb", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["documents_loaded"], told["records_quarantined"]) == (1, 1)

    name = f"spring: 1 document, {told['records_loaded']} records, 1 quarantined"
    [run] = server.ask("flow_runs/filter", flow_runs={"name": {"any_": [name]}})
    assert run["state"]["type"] == "COMPLETED"
    assert run["parameters"]["inbox"] == str(inbox)

    tasks = server.ask("task_runs/filter", flow_runs={"id": {"any_": [run["id"]]}})
    assert sorted(task["name"] for task in tasks) == ["batch of 2 from empty.txt", "publish"]
    assert {task["state"]["type"] for task in tasks} == {"COMPLETED"}

    [artifact] = server.ask("artifacts/filter", artifacts={"flow_run_id": {"any_": [run["id"]]}})
    assert (artifact["key"], artifact["type"]) == ("pledgebook-run", "table")
    assert [row["document"] for row in json.loads(artifact["data"])] == ["empty.txt", "ocean.txt"]

    for _ in range(40):  # logs are sent in bunches
        logs = [log["message"] for log in server.ask("logs/filter", logs={"flow_run_id": {"any_": [run["id"]]}})]
        if any("published" in message for message in logs):
            break
        time.sleep(0.25)
    assert any(message.startswith("ocean.txt: press_release, en") for message in logs)
    assert any(message.startswith("empty.txt: 1 quarantined") for message in logs)


@pytest.mark.slow
def test_a_served_schedule_runs_the_flow(server: Server, tmp_path: Path) -> None:
    inbox = tmp_path / "daily"
    inbox.mkdir()
    (inbox / "ocean.txt").write_text(RELEASE, "utf-8")
    db = tmp_path / "book.duckdb"
    arguments = ["serve", str(inbox), "--db", str(db), "--cron", "* * * * *", "--timezone", "America/Toronto"]
    command = [sys.executable, "-c", "from flows.cli import main; main()", *arguments]
    log = (tmp_path / "serve.log").open("w")
    serving = subprocess.Popen(command, env=server.environ, stdout=log, stderr=log)
    try:
        deployment = wait_for(lambda: server.ask("deployments/filter", deployments={"name": {"any_": ["scheduled"]}}))
        assert deployment["schedules"][0]["schedule"]["cron"] == "* * * * *"
        assert deployment["schedules"][0]["schedule"]["timezone"] == "America/Toronto"
        done = {"state": {"type": {"any_": ["COMPLETED"]}}, "deployment_id": {"any_": [deployment["id"]]}}
        run = wait_for(lambda: server.ask("flow_runs/filter", flow_runs=done), seconds=180)
        assert run["auto_scheduled"]
        assert db.is_file()
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(60)
        log.close()


@pytest.mark.slow
def test_a_schedule_that_means_nothing(server: Server, tmp_path: Path) -> None:
    done = pledgebook(server, "serve", tmp_path, "--cron", "every morning")
    assert done.returncode == 2
    assert "crontab" in done.stderr
    assert "Traceback" not in done.stderr


def wait_for(question: Any, *, seconds: float = 90) -> dict[str, Any]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found: list[dict[str, Any]] = question()
        if found:
            return found[0]
        time.sleep(0.5)
    raise TimeoutError
