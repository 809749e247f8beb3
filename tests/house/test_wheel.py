"""What is installed is whole: every data file is in the wheel, and the program works from it alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .test_house import REPOSITORY, tracked


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    subprocess.run([*command, str(REPOSITORY)], check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    source = REPOSITORY / "src"

    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())

    ours = {str(path.relative_to(source)) for path in tracked() if path.is_relative_to(source)}
    assert ours - names == set()
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "docs/", "bench/"))]


LOCK = ["--no-deps", "--require-hashes", "-r", str(REPOSITORY / "lock" / "run.txt")]


@pytest.mark.long
@pytest.mark.parametrize("libraries", [LOCK, []], ids=["pinned", "as pip resolves them"])
def test_the_demo_runs_from_the_installed_wheel(wheel: Path, libraries: list[str], tmp_path: Path) -> None:
    """In an environment with nothing in it, by the pip that came with Python: what Debian 12 has."""
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    if libraries:
        _install(environment, *libraries)
        _install(environment, "--no-deps", str(wheel))
    else:
        _install(environment, str(wheel))
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("COMMUNIQUE_", "PYTHON"))}

    done = subprocess.run(
        [environment / "bin" / "communique", "demo", "--check"],
        cwd=tmp_path, env=bare, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["findings"] == []


def _install(environment: Path, *what: str) -> None:
    pip = [str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    done = subprocess.run([*pip, *what], capture_output=True, text=True, check=False)
    if "Failed to establish a new connection" in done.stderr or "No matching distribution" in done.stderr:
        pytest.skip("no package index can be reached from here, so nothing can be installed")
    assert done.returncode == 0, done.stderr
