"""What the program logs goes to stderr, a fault as its plain trace."""

from __future__ import annotations

import contextlib
import io

import structlog
from tests.cli.conftest import Run

from communique.cli._log import to_stderr
from communique.web.workspace import Workspace


def test_a_warning_is_talk_and_not_a_result(newsroom: Workspace, run: Run) -> None:
    half = newsroom.evidence / "2026-03-01.warc.gz"
    half.write_bytes(b"\x1f\x8b half a record")

    done = run("run", "--once", "--json")

    assert "evidence mended" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_a_fault_is_logged_without_what_was_at_hand() -> None:
    told = io.StringIO()
    with contextlib.redirect_stderr(told):
        to_stderr()
        _fail(secret="harbour-password")

    assert "ZeroDivisionError" in told.getvalue()
    assert "harbour-password" not in told.getvalue()
    assert told.getvalue().count("\n") < 15


def _fail(secret: str) -> None:
    try:
        divmod(len(secret), 0)
    except ZeroDivisionError:
        structlog.get_logger().exception("thread ended")
