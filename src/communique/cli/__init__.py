"""The program `communique`: one file a command; each room is a filter over JSON Lines.

Room: cli
In: arguments, stdin, the environment
Out: results on stdout, talk on stderr, an exit status
Entry: main()
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from communique import __version__

# Name of the command -> what it does, in the order that help prints. A command lies in cli/<name>.py as `command`;
# it is imported only when it is asked for, so that `communique --help` and the filters start quickly.
COMMANDS = {
    "demo": "Run a complete newsroom on a built-in fictional world.",
    "init": "Make a workspace.",
    "sources": "The watchlist: add, list, test, import, export.",
    "run": "Collect what is due and take it through every room.",
    "serve": "Serve desk, wire and API, and collect.",
    "worker": "Work off what is due, on a PostgreSQL workspace.",
    "import": "Take over an existing wire, feed, listing or registry.",
    "publish": "Write the wire as plain files.",
    "export": "Write out everything that the desk holds.",
    "evidence": "The pages behind a dispatch, as they stood.",
    "verify": "Check a wire or a mirror of one.",
    "backup": "Copy the workspace while it is in use.",
    "restore": "Make a workspace from a backup.",
    "user": "Accounts of the desk.",
    "doctor": "Say what is wrong here, and how to mend it.",
    "read": "Room: a page becomes a document.",
    "listing": "Room: what a page lists.",
    "feed": "Room: what a feed holds.",
    "match": "Room: which documents are the same statement.",
    "code": "Room: who did what.",
    "check": "Room: is a draft covered by its sources.",
    "schema": "Print the JSON Schema of a shape.",
}
_FILES = {"import": "import_"}
INTERRUPTED = 130  # what shells tell of a program that Ctrl+C ended: 128 and the number of the signal


class _Commands(click.Group):
    """A group whose commands are imported when they are named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"communique.cli.{_FILES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the words of the call; `--help` and `--version` write while they are read."""
        for word in args:
            _expect_words(word)
        with _ends_plainly():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        with _ends_plainly():
            _expect_folder()
            found = super().invoke(ctx)
            sys.stdout.flush()
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@contextlib.contextmanager
def _ends_plainly() -> Iterator[None]:
    """Let Ctrl+C, a reader that has gone and a stdout that takes no more end a command without a trace.

    Not named `_ending`: a package's module of that name would take its place as soon as it is imported.
    """
    try:
        yield
    except KeyboardInterrupt as error:
        raise click.exceptions.Exit(INTERRUPTED) from error
    except BrokenPipeError as error:  # `| head`: not an error
        _drop_stdout()
        raise click.exceptions.Exit(0) from error
    except OSError as error:
        _drop_stdout()
        named = f"{error.filename}: " if error.filename else "the output can't be written: "
        raise click.ClickException(f"{named}{(error.strerror or str(error)).lower()}") from error


def _expect_words(word: str) -> None:
    """Refuse bytes that are no text, unless they are the name of a file: they could be stored and shown nowhere."""
    try:
        word.encode()
    except UnicodeEncodeError as error:
        if not os.path.lexists(word):
            shown = word.encode("utf-8", "backslashreplace").decode()
            raise click.UsageError(f"{shown} is not UTF-8; give it in UTF-8, or rename what it names") from error


def _expect_folder() -> None:
    try:
        os.getcwd()  # noqa: PTH109 - a path is not what is wanted
    except FileNotFoundError as error:
        raise click.UsageError("the current folder is not there any more; change to another one") from error


def _drop_stdout() -> None:
    """Let what is still to be written go nowhere: Python would complain again when it closes stdout."""
    with contextlib.suppress(OSError):  # under a test runner stdout has no number
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: communique demo",
)
@click.version_option(__version__, prog_name="communique")
def program() -> None:
    """Communiqué: an open-source press wire for a small desk."""


def main() -> None:
    """Run the program; the exit status is 0 done, 1 troubles, 2 wrong use, 130 interrupted."""
    # A stream that the caller has closed is None. To have nothing to read, or nobody to talk to, is no error.
    sys.stdin = sys.stdin or Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - open until the end
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        print("Error: stdout is closed; send it to a file, or to /dev/null", file=sys.stderr)
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    program(prog_name="communique")
