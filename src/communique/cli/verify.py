"""`communique verify DIR`: a wire or a mirror of one, checked for people or for programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from communique import archive
from communique.cli._progress import Progress
from communique.kit import jsonable


@click.command(name="verify", epilog="Example: communique verify site --key wire.example/log+1f0a9c3e+AQ…")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--key", metavar="VKEY", help="The verifier key, known from elsewhere than the wire; else its log/vkey.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines: each flaw, then the report.")
@click.option("--quiet", "-q", is_flag=True, help="Print flaws only.")
def command(folder: Path, key: str | None, *, as_json: bool, quiet: bool) -> None:
    """Check a wire or a mirror of one: every file, every entry of the log, every signature, every proof.

    Exit status: 0 everything fits, 1 something does not, 2 wrong use.
    """
    try:
        report = archive.verify(folder, vkey=key, progress=Progress("verify", quiet=quiet).at)
    except archive.BadKey as error:
        raise click.BadParameter(str(error), param_hint="--key") from error
    except archive.ArchiveError as error:
        raise click.UsageError(str(error)) from error
    lines = _json_lines(report) if as_json else _lines(report, quiet=quiet)
    for line in lines:
        print(line)
    sys.exit(0 if report.is_sound else 1)


def _json_lines(report: archive.Report) -> list[str]:
    flaws = [jsonable.line({"flaw": jsonable.of_record(flaw)}) for flaw in report.flaws]
    summary = jsonable.of_record(report) | {"flaws": len(report.flaws) + report.more_flaws, "sound": report.is_sound}
    del summary["more_flaws"]
    return [*flaws, jsonable.line({"report": summary})]


def _lines(report: archive.Report, *, quiet: bool) -> list[str]:
    kind_width = max((len(flaw.kind) for flaw in report.flaws), default=0)
    path_width = min(40, max((len(flaw.path) for flaw in report.flaws), default=0))
    lines = [f"{one.kind:<{kind_width}}  {one.path:<{path_width}}  {one.detail}" for one in report.flaws]
    if report.more_flaws:
        lines.append(f"… and {report.more_flaws} more")
    if quiet:
        return lines
    return [*_heading(report), *lines, _sum(report)]


def _heading(report: archive.Report) -> list[str]:
    whose = "given" if report.key_given else "the wire's own, believed as it stands; give --key to be sure"
    edition = "none" if report.edition is None else f"{report.edition} of {report.edition_at}"
    return [
        f"key       {report.key or 'none'} ({whose})",
        f"log       {report.origin or 'not trusted'}, {_count(report.size or 0, 'entry', 'entries')}",
        f"root      {report.root or 'none'}",
        f"edition   {edition}",
    ]


def _sum(report: archive.Report) -> str:
    parts = [
        _count(report.files, "file", "files"),
        _count(report.size or 0, "entry", "entries"),
        _count(report.dispatches, "dispatch", "dispatches"),
        _count(report.proofs, "proof", "proofs"),
    ]
    flaws = len(report.flaws) + report.more_flaws
    end = "all fits" if report.is_sound else _count(flaws, "flaw", "flaws")
    return "verify    " + "   ".join([*parts, end])


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
