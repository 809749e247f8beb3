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


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """An environment with nothing in it but the pinned libraries, each checked against its digest."""
    made = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(made)], check=True)
    pinned = ["--require-hashes", "-r", str(REPOSITORY / "lock" / "run.txt")]
    done = subprocess.run([*_install(made), *pinned], capture_output=True, text=True, check=False)
    if "Failed to establish a new connection" in done.stderr or "No matching distribution" in done.stderr:
        pytest.skip("no package index can be reached from here, so nothing can be installed")
    assert done.returncode == 0, done.stderr
    return made


def _install(environment: Path) -> list[str]:
    pip = [str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    return [*pip, "install", "--quiet", "--no-deps"]


@pytest.mark.long
def test_the_demo_runs_from_the_installed_wheel(wheel: Path, environment: Path, tmp_path: Path) -> None:
    subprocess.run([*_install(environment), str(wheel)], check=True, capture_output=True)
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("COMMUNIQUE_", "PYTHON"))}

    done = subprocess.run(
        [environment / "bin" / "communique", "demo", "--check"],
        cwd=tmp_path, env=bare, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["findings"] == []
