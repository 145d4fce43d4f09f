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
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from flows.cli import main
from flows.prefect_settings import api_url, own_server, quiet

IN_PAIRS = "* * * * * 0,1,20,21,40,41"
"""Two runs that overlap, three times a minute (Prefect takes seconds as a sixth field): nobody waits long."""

ROOT = Path(__file__).resolve().parent.parent
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
            "PREFECT_RUNNER_POLL_FREQUENCY": "2",  # seconds; 10 unless told
            "PREFECT_WORKER_QUERY_SECONDS": "2",
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
        with urllib.request.urlopen(request, timeout=60) as answer:
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


@contextmanager
def running(server: Server, log: Path, *command: str | Path) -> Iterator[None]:
    """Keep a long process going while the block runs."""
    with log.open("w") as said:
        process = subprocess.Popen([*map(str, command)], env=server.environ, stdout=said, stderr=said, cwd=log.parent)
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:  # it waits for a run that has nobody left to end it
                process.kill()


def runs(server: Server, deployment: dict[str, Any], *states: str) -> list[dict[str, Any]]:
    wanted = {"state": {"type": {"any_": list(states)}}, "deployment_id": {"any_": [deployment["id"]]}}
    return server.ask("flow_runs/filter", flow_runs=wanted, sort="EXPECTED_START_TIME_ASC")


@pytest.mark.slow
def test_a_served_schedule_runs_the_flow_and_skips_what_overlaps(server: Server, tmp_path: Path) -> None:
    inbox = tmp_path / "daily"
    inbox.mkdir()
    db, metrics = tmp_path / "book.duckdb", tmp_path / "book.prom"
    schedule = ("--cron", IN_PAIRS, "--timezone", "America/Toronto", "--overlap", "skip")
    command = (sys.executable, "-c", "from flows.cli import main; main()", "serve", inbox, "--db", db, *schedule)
    with running(server, tmp_path / "serve.log", *command, "--metrics", metrics):
        deployment = wait_for(lambda: server.ask("deployments/filter", deployments={"name": {"any_": ["scheduled"]}}))
        assert deployment["schedules"][0]["schedule"]["timezone"] == "America/Toronto"
        assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
        run = wait_for(lambda: runs(server, deployment, "COMPLETED"), seconds=240)
        assert run["auto_scheduled"]
        assert run["name"] == "daily: nothing new among 0 files"
        assert db.is_file()
        assert 'pledgebook_run_status{status="completed"} 1.0' in metrics.read_text()
        skipped = wait_for(lambda: runs(server, deployment, "CANCELLED"))
        assert skipped["state"]["message"] == "Deployment concurrency limit reached."
        status = json.loads(pledgebook(server, "status", "--db", db, "--json").stdout)
        assert datetime.fromisoformat(status["next_run"]["at"]) > datetime.fromisoformat(run["expected_start_time"])


@pytest.mark.slow
def test_the_work_pool_of_prefect_yaml_runs_the_flow(server: Server, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    db = tmp_path / "book.duckdb"
    server.environ |= {"PLEDGEBOOK_INBOX": str(tmp_path / "inbox"), "PLEDGEBOOK_DB": str(db)}

    def prefect(*words: str) -> None:
        command = [sys.executable, "-m", "prefect", "--no-prompt", *words]
        subprocess.run(command, env=server.environ, cwd=ROOT, check=True, capture_output=True, timeout=240)

    prefect("work-pool", "create", "pledgebook", "--type", "process")
    prefect("deploy", "--name", "daily", "--cron", IN_PAIRS)  # beside the schedule of the file
    deployment = wait_for(lambda: server.ask("deployments/filter", deployments={"name": {"any_": ["daily"]}}))
    schedules = {(each["schedule"]["cron"], each["schedule"]["timezone"]) for each in deployment["schedules"]}
    assert ("0 6 * * *", "America/Toronto") in schedules
    assert deployment["concurrency_options"]["collision_strategy"] == "ENQUEUE"
    worker = (sys.executable, "-m", "prefect", "worker", "start", "--pool", "pledgebook")
    with running(server, tmp_path / "worker.log", *worker):
        run = wait_for(lambda: runs(server, deployment, "COMPLETED"), seconds=240)
        waiting = runs(server, deployment, "SCHEDULED")
    assert run["auto_scheduled"]
    assert run["name"] == "inbox: nothing new among 0 files"
    assert db.is_file()
    assert "AwaitingConcurrencySlot" in {each["state"]["name"] for each in waiting}  # due a second later, and not lost


@pytest.mark.parametrize(
    ("cron", "timezone"), [("every morning", "UTC"), ("61 * * * *", "UTC"), ("0 6 * * *", "America/Nowhere")]
)
def test_a_schedule_that_means_nothing(
    cron: str, timezone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    answer = CliRunner().invoke(main, ["serve", str(tmp_path), "--cron", cron, "--timezone", timezone])
    assert answer.exit_code == 2
    assert f"The schedule {cron!r} in {timezone!r} means nothing to Prefect" in answer.output
    assert "crontab" in answer.output


def test_a_server_that_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    monkeypatch.setenv("PREFECT_CLIENT_MAX_RETRIES", "0")
    answer = CliRunner().invoke(main, ["serve", str(tmp_path), "--cron", "0 6 * * *"])
    assert answer.exit_code == 2
    assert "The Prefect server at http://127.0.0.1:9/api does not answer" in answer.output


def wait_for(question: Any, *, seconds: float = 90) -> dict[str, Any]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found: list[dict[str, Any]] = question()
        if found:
            return found[0]
        time.sleep(0.5)
    raise TimeoutError
