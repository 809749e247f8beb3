"""The house keeps its own rules: readmes of rooms, sizes of functions and modules, nothing of anybody's machine."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from communique import cli

REPOSITORY = Path(__file__).parents[2]
PACKAGE = REPOSITORY / "src" / "communique"
ROOMS = (
    "records", "kit", "registry", "collect", "read", "match", "code", "desk", "wire", "archive",
    "flow", "web", "cli", "testing", "demo",
)  # fmt: skip
LONGEST_FUNCTION, LONGEST_MODULE = 50, 400  # lines
README = ("Room", "In", "Out", "Entry")


@cache
def tracked() -> tuple[Path, ...]:
    """Yield the files of the repository; where it is no clone (a source archive), those of src and tests."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode:
        return tuple(path for top in ("src", "tests") for path in (REPOSITORY / top).rglob("*") if path.is_file())
    return tuple(REPOSITORY / name for name in done.stdout.split("\0") if name and (REPOSITORY / name).is_file())


def modules() -> list[Path]:
    """Yield the modules that people read; what Django wrote is not among them."""
    return [path for path in tracked() if path.suffix == ".py" and "migrations" not in path.parts]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_goes_in_and_comes_out(room: str) -> None:
    said = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))) or ""

    lines = [line for line in said.splitlines() if re.match(r"(Room|In|Out|Entry): \S", line)]
    assert [line.split(":")[0] for line in lines] == list(README)
    assert lines[0] == f"Room: {room}"


def test_every_package_is_a_room() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

    assert packages == set(ROOMS)


def test_no_function_is_too_long() -> None:
    long = [
        f"{path.relative_to(REPOSITORY)}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def test_no_module_is_too_long() -> None:
    long = {
        str(path.relative_to(REPOSITORY)): lines
        for path in modules()
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_MODULE
    }

    assert long == {}


# Commands without --json, and why they need none.
TEXT_ONLY = {
    "export": "JSON Lines unless --format says otherwise",
    "schema": "a schema is JSON",
    "sources export": "OPML; `export sources` writes JSON Lines",
}


def commands(command: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield all commands that do something, by the words that call them."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    for word in command.list_commands(click.Context(command)):
        if (below := command.get_command(click.Context(command), word)) is not None:
            yield from commands(below, f"{name} {word}".strip())


def test_every_command_but_the_rooms_prints_json_lines_when_asked() -> None:
    spoken = {name: {word for option in one.params for word in option.opts} for name, one in commands(cli.program)}
    rooms = {name for name, words in spoken.items() if "--jobs" in words}

    assert rooms == {"read", "listing", "feed", "match", "code", "check"}
    assert {name for name, words in spoken.items() if "--json" not in words} - rooms == set(TEXT_ONLY)


FORBIDDEN = {
    "a folder of somebody's machine": r"(?<![\w.~/:])/(?:home/(?!user\b)|Users/|root/|work/|mnt/)[\w.-]",
    "the host of a package registry": r"https?://(?!pypi\.org|files\.pythonhosted\.org|registry\.npmjs\.org)"
    r"[\w.-]*(?:artifactory|nexus|devpi|jfrog|pypi|npm)[\w.-]*[:/]",
    "an index of packages": r"--(?:extra-)?index-url\b|^\s*index-url\s*=",
}


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_no_file_names_what_is_of_one_machine(kind: str) -> None:
    pattern = re.compile(FORBIDDEN[kind], re.MULTILINE)

    found = [
        f"{path.relative_to(REPOSITORY)}: {match.group()}"
        for path in tracked()
        if path != Path(__file__) and (match := pattern.search(path.read_bytes().decode("utf-8", "replace")))
    ]

    assert found == []


def test_no_module_takes_the_name_of_something_that_its_package_defines() -> None:
    for package in sorted(PACKAGE.rglob("__init__.py")):
        defined = {
            node.name
            for node in ast.parse(package.read_text(encoding="utf-8")).body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }

        assert not defined & {path.stem for path in package.parent.glob("*.py")}, f"{package}: give it another name"
