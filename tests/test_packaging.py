"""The wheel, outside the repository: everything it needs is in it, and the command works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import schemas
import warehouse

ROOT = Path(__file__).parents[1]
PACKAGES = ("extract", "flows", "schemas", "warehouse")
RELEASE = "Canada and Norway today signed the Canada–Norway Ocean Research Agreement.\n"


def test_our_package_names_are_ours_alone() -> None:
    """An editable install reports none of them, a wheel only itself: never somebody else's distribution."""
    owners = packages_distributions()
    assert {name: owners[name] for name in PACKAGES if set(owners.get(name, ())) - {"pledgebook"}} == {}


def test_packages_that_import_late_give_every_name_and_no_other() -> None:
    for package in (schemas, warehouse):
        assert [name for name in package.__all__ if not hasattr(package, name)] == []
        assert set(package.__all__) <= set(dir(package))
        with pytest.raises(AttributeError, match="no attribute 'nothing'"):
            package.nothing  # noqa: B018


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare environment with the wheel in it.

    Its dependencies are those of this environment, by way of a path file: a gigabyte need not be installed again. Path
    files within a folder that a path file names are not read, so the editable install of this repository stays out.
    """
    folder = tmp_path_factory.mktemp("bare")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    python = folder / "venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = folder / "venv" / "lib" / version / "site-packages"
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def run(installed: Path, *command: str) -> str:
    environ = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environ["PREFECT_API_URL"] = ""
    program = [str(installed / "venv" / "bin" / command[0]), *command[1:]]
    done = subprocess.run(program, cwd=installed, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_every_module_and_data_file_is_in_the_wheel(installed: Path) -> None:
    code = (
        "import json; from importlib import import_module; from pathlib import Path\n"
        f"print(json.dumps([str(Path(import_module(n).__file__).parent) for n in {PACKAGES}]))"
    )
    homes = [Path(home) for home in json.loads(run(installed, "python", "-c", code))]
    for home, source in zip(homes, ("src/extract", "flows", "schemas", "warehouse"), strict=True):
        assert home.is_relative_to(installed)
        ours = {path.relative_to(ROOT / source) for path in (ROOT / source).rglob("*") if path.is_file()}
        wanted = {path for path in ours if "__pycache__" not in path.parts}
        assert {path for path in wanted if not (home / path).is_file()} == set()


@pytest.mark.slow
def test_the_command_works_outside_the_repository(installed: Path) -> None:
    (installed / "inbox").mkdir()
    (installed / "inbox" / "ocean.txt").write_text(RELEASE, "utf-8")
    assert "pledgebook, version" in run(installed, "pledgebook", "--version")
    told = json.loads(run(installed, "pledgebook", "run", "--json"))
    assert (told["documents_loaded"], told["records_quarantined"]) == (1, 0)
    assert run(installed, "pledgebook", "sql", "select name from documents", "--csv") == "name\nocean.txt\n"
