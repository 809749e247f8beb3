"""How tests of the command line call it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from communique.cli import program

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run the program in this process; stdout and stderr are kept apart."""

    def call(*arguments: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(program, arguments, input=stdin, catch_exceptions=False)

    return call
