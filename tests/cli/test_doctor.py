"""`communique doctor` names what is broken and the way to mend it, whatever is broken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.web.published import publish, told

from communique.web.ledger import models
from communique.web.workspace import Workspace


def _as_a_file(path: Path) -> None:
    shutil.rmtree(path)
    path.touch()


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "the settings": (lambda here: (here / "communique.toml").write_text("[x"), "mend that file"),
    "no keys": (lambda here: shutil.rmtree(here / "keys"), "restore keys from a backup"),
    "open keys": (lambda here: (here / "keys").chmod(0o755), "chmod"),
    "no registry": (lambda here: shutil.rmtree(here / "registry"), "mkdir registry"),
    "a registry": (lambda here: (here / "registry" / "party.csv").write_text("id,x"), "party.csv:1"),
    "evidence as a file": (lambda here: _as_a_file(here / "evidence"), "restore evidence from a backup"),
    "no wire": (lambda here: shutil.rmtree(here / "site"), "mkdir site"),
    "a checkpoint": (lambda here: (here / "site" / "log" / "checkpoint").write_text("x"), "mend what it names"),
    "no such folder": (shutil.rmtree, "communique init"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_named_with_its_remedy(newsroom: Workspace, run: Run, what: str) -> None:
    publish(told(1))
    assert run("publish", "--quiet").exit_code == 0
    harm, remedy = BROKEN[what]
    harm(newsroom.folder)

    done = run("doctor", "--workspace", str(newsroom.folder))

    assert (done.exit_code, "WRONG" in done.stdout) == (1, True), done.output
    assert remedy in done.stdout


def test_a_ledger_older_than_its_wire_is_not_told_to_publish(newsroom: Workspace, run: Run) -> None:
    publish(told(1))
    assert run("publish", "--quiet").exit_code == 0
    models.LogEntry.objects.all().delete()

    done = run("doctor")

    assert (done.exit_code, "don't publish; restore the newest backup" in done.stdout) == (1, True)
    assert "→ communique publish" not in done.stdout
