"""The pages agree with the program, and the lock files with what may stand in them."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"_{name}", ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_commands_help_and_links() -> None:
    assert script("check_docs").faults() == []


def test_lock_files_name_no_host() -> None:
    locks = sorted(ROOT.glob("requirements*.lock"))
    assert len(locks) == 3
    assert [fault for lock in locks for fault in script("check_locks").faults(lock)] == []


def test_a_host_in_a_lock_file_is_seen(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("--index-url https://mirror.example/simple\nclick==8.5.1 \\\n    --hash=sha256:00\nrich==15.0.0\n")
    assert len(script("check_locks").faults(lock)) == 3


def test_the_lock_holds_every_dependency() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.M))
    wanted = {re.split(r"[\[<>=~! ]", line)[0].lower() for line in project["dependencies"]}
    assert wanted - locked == set()
    developers = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements-dev.lock").read_text("utf-8"), re.M))
    assert locked - developers == set()


def test_the_questions_in_the_readme_are_answered(tmp_path: Path) -> None:
    import warehouse

    asked = re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    assert len(asked) >= 3
    db = tmp_path / "empty.duckdb"
    with warehouse.open(db):
        pass
    for question in asked:
        warehouse.query(db, question)
