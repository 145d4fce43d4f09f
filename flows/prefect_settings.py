"""Where Prefect's API is, found out without importing Prefect (two seconds), and the settings for its own server.

The places are those in which Prefect 3 looks, in its order: the environment, ``prefect.toml`` and ``pyproject.toml``
in the current folder, the active profile.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

QUIET = {
    "DO_NOT_TRACK": "1",
    "SCARF_NO_ANALYTICS": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING",
}
"""Nothing phones home, and the console belongs to the progress bar; the API still gets every log line."""

EPHEMERAL = {
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "240",  # 13-21 s when idle; the default limit is 20
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
}


def api_url(environ: Mapping[str, str] = os.environ, folder: Path | None = None) -> str | None:
    """Give the URL of the configured Prefect API, None when no server is configured."""
    if "PREFECT_API_URL" in environ:
        return environ["PREFECT_API_URL"] or None
    folder = folder or Path.cwd()
    return (
        _at(_toml(folder / "prefect.toml"), "api", "url")
        or _at(_toml(folder / "pyproject.toml"), "tool", "prefect", "api", "url")
        or _profile_url(environ)
    )


def quiet(environ: dict[str, str] | os._Environ[str] = os.environ) -> None:
    """Switch telemetry off for this process; what the user has set stays. Call before importing a library."""
    for name, value in QUIET.items():
        environ.setdefault(name, value)


def own_server(home: Path, environ: dict[str, str] | os._Environ[str] = os.environ) -> None:
    """Make Prefect start its ephemeral server, with its database in ``home`` unless PREFECT_HOME says otherwise."""
    quiet(environ)
    environ.pop("PREFECT_API_URL", None)  # an empty one would be taken for an address
    environ.setdefault("PREFECT_HOME", str(home))
    for name, value in EPHEMERAL.items():
        environ.setdefault(name, value)


def _profile_url(environ: Mapping[str, str]) -> str | None:
    home = Path(environ.get("PREFECT_HOME") or Path.home() / ".prefect")
    profiles = _toml(Path(environ.get("PREFECT_PROFILES_PATH") or home / "profiles.toml"))
    active = environ.get("PREFECT_PROFILE") or profiles.get("active")
    return _at(profiles, "profiles", str(active), "PREFECT_API_URL")


def _toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError:  # Prefect itself will say what is wrong with it
        return {}


def _at(table: Any, *names: str) -> str | None:
    for name in names:
        table = table.get(name) if isinstance(table, dict) else None
    return table if isinstance(table, str) and table else None
