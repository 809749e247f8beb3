"""`communique publish`: write the wire as plain files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from communique.cli._workspace import Place, Wrong, json_option, on_workspace, quiet_option, show
from communique.cli.run import publish_due
from communique.web.workspace import Workspace


@click.command(name="publish", epilog="Example: communique publish --out /srv/www/wire")
@click.option("--out", type=Place(path_type=Path, file_okay=False), help="The folder; else site/ of the workspace.")
@click.option("--full", is_flag=True, help="Write everything anew, not only what changed; the result is the same.")
@json_option
@quiet_option
@on_workspace
def command(workspace: Workspace, *, out: Path | None, full: bool, as_json: bool, quiet: bool) -> None:
    """Write the wire as plain files, beside and renamed, with its transparency log; any folder is a whole mirror."""
    from communique.web.ledger import site

    where = _apart((out or workspace.site).absolute(), workspace)
    publish_due(workspace, now=datetime.now(UTC), quiet=quiet)
    done = site.write(workspace, where, full=full, now=datetime.now(UTC))
    state = f"edition {done.edition}{'' if done.is_new else ' stands already'}"
    plain = f"{state}: {done.written} files written, {done.removed} removed, log {done.log_size} entries"
    if as_json or not quiet:
        show(done, as_json=as_json, plain=plain)


def _apart(out: Path, workspace: Workspace) -> Path:
    """Yield the folder, unless it holds or is part of what must not be public: keys, evidence, the ledger."""
    place, home = out.resolve(), workspace.folder.resolve()
    private = (workspace.keys, workspace.evidence, workspace.registry)
    if home.is_relative_to(place) or any(place.is_relative_to(one.resolve()) for one in private):
        raise Wrong(f"--out {out} is where the newsroom keeps its keys and books; name a folder for the wire alone")
    return out
