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

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; Ctrl+C, a reader that has gone and a stdout that takes no more end it without a trace."""
        try:
            found = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:  # `| head`: not an error
            _drop_stdout()
            ctx.exit(0)
        except OSError as error:
            _drop_stdout()
            named = f"{error.filename}: " if error.filename else "the output can't be written: "
            raise click.ClickException(f"{named}{(error.strerror or str(error)).lower()}") from error
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


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
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    program(prog_name="communique")
