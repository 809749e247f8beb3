"""The reference says what the program is, and every command that the docs name exists."""

from __future__ import annotations

import importlib.util
import re
import shlex
import tomllib
from pathlib import Path
from types import ModuleType

import click
import pytest

from communique import cli

ROOT = Path(__file__).parents[2]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
COMMAND = re.compile(
    r"(?m)^ *(?:\$ )?(communique [a-z][^\n|>#`]*)|`(communique [a-z][^`]*)`|\| (communique [a-z][^\n|>#`]*)"
)


def _generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


generate = _generate()


@pytest.mark.parametrize(
    "name", [f"reference/{one}.md" for one in ("commands", "settings", "shapes", "events", "organisations")]
)
def test_a_generated_page_is_what_the_program_says(name: str) -> None:
    stands = (ROOT / "docs" / name).read_text(encoding="utf-8")

    assert stands == generate.PAGES[name](), f"{name} is older than the program; run `python docs/generate.py`"


def test_every_dependency_stands_in_the_docs_with_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["parquet"]]
    named += (ROOT / "lock" / "test.in").read_text(encoding="utf-8").splitlines()
    packages = {re.split(r"[\[<>=~ ]", line)[0].lower() for line in named if line and line[0] not in "-#"}

    told = set(re.findall(r"(?m)^\| ([a-z0-9-]+) \|", (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")))

    assert told - {"package", "---"} == packages, "amend docs/dependencies.toml, then run `python docs/generate.py`"


def _commands() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8").replace("\\\n", " ")
        for match in COMMAND.finditer(text):
            written = next(filter(None, match.groups())).strip().rstrip(".;:)")
            found.append((str(page.relative_to(ROOT)), written))
    return sorted(set(found))


@pytest.mark.parametrize(("page", "written"), _commands())
def test_a_command_in_the_docs_exists_with_its_options(page: str, written: str) -> None:
    words = shlex.split(written.replace("…", "").split(" · ")[0])[1:]
    context = click.Context(cli.program, info_name="communique")
    command: click.Command = cli.program

    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        below = command.get_command(context, words[0])
        assert below is not None, f"{page}: there is no command `{written}`"
        command, words = below, words[1:]

    known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    asked = {word.split("=")[0] for word in words if word.startswith("-") and word != "-"}
    assert asked <= known | {"-h", "--help", "--version"}, f"{page}: `{written}` has options that do not exist"


def test_links_between_pages_outside_of_the_built_docs_lead_somewhere() -> None:
    for page in ROOT.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target} is not there"
