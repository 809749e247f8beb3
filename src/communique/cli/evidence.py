"""`communique evidence`: the pages behind a dispatch, as they stood."""

from __future__ import annotations

import mimetypes
from pathlib import Path

import click

from communique import archive
from communique.cli._workspace import Place, Wrong, end, json_option, on_workspace, say, show
from communique.records import Capture, Trouble
from communique.web.workspace import Workspace

_XML = ".xml"  # a program finds it so; `mimetypes` calls XML that is no page ".xsl"


@click.command(name="evidence", epilog="Example: communique evidence 27 --save /tmp/as-it-stood")
@click.argument("name", metavar="ID")
@click.option("--save", "folder", type=Place(path_type=Path, file_okay=False), help="Write the pages into this folder.")
@json_option
@on_workspace
def command(workspace: Workspace, name: str, folder: Path | None, *, as_json: bool) -> None:
    """Show the stored copies behind a dispatch, each checked against its digest.

    ID is the dispatch's number; a statement (s-…), a digest (sha256:…) or a record (urn:uuid:…) do as well.
    """
    from communique.web.ledger import recorded, stored

    try:
        rows = stored.behind(name)
    except stored.NothingStored as error:
        raise Wrong(str(error)) from error
    troubled = False
    for row in rows:
        where = recorded.evidence(row)
        found = archive.answer(where, folder=workspace.evidence)
        if isinstance(found, Trouble):
            say(f"{where.url}: {found.detail}")
            troubled = True
            continue
        file = _saved(found, folder) if folder else None
        fields = {
            "url": where.url, "captured": where.captured_at, "status": found.status, "media_type": found.media_type,
            "size_bytes": len(found.body), "digest": where.digest, "warc": where.warc, "offset": where.offset,
            "record": where.record_id, "file": str(file) if file else None,
        }  # fmt: skip
        plain = f"{where.captured_at:%Y-%m-%d %H:%M:%S}  {file or where.warc + ':' + str(where.offset)}  {where.url}"
        show(fields, as_json=as_json, plain=plain)
    if not as_json:
        say(f"{len(rows)} stored cop{'y' if len(rows) == 1 else 'ies'}{', not all whole' if troubled else ', whole'}")
    end(troubled=troubled)


def _saved(found: Capture, folder: Path) -> Path:
    """Write a page as it came; named by its digest, so that twice the same is one file."""
    folder.mkdir(parents=True, exist_ok=True)
    ending = _XML if (found.media_type or "").endswith("xml") else mimetypes.guess_extension(found.media_type or "")
    path = folder / f"{found.digest.removeprefix('sha256:')[:16]}{ending or '.bin'}"
    path.write_bytes(found.body)
    return path
