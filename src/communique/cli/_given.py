"""What an import is given: a file or an address, kept as evidence before anything is made of it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from communique import archive, collect
from communique.cli._workspace import Failed
from communique.kit import digest
from communique.records import Capture, Evidence, Trouble
from communique.web import collecting
from communique.web.workspace import Workspace


class RegularFile(click.Path):
    """A file that is there and ends: of a device or a pipe nobody knows when it will."""

    def __init__(self, *, allow_dash: bool = False) -> None:
        super().__init__(path_type=Path, exists=True, dir_okay=False, allow_dash=allow_dash)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Yield the path, or refuse it in a sentence."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not path.is_file() and not (self.allow_dash and str(path) == "-"):
            self.fail(f"{path} is a device or a pipe; save what it gives in a file, and name that", param, ctx)
        return path


FILE_BYTES = 512 * 1024**2


def file(path: Path, *, media_type: str, url: str | None = None) -> Capture:
    """Read a file as a capture. Its address is the one it was saved from, else a name made from its digest."""
    if path.stat().st_size > FILE_BYTES:
        raise Failed(f"{path} is larger than {FILE_BYTES // 1024**2} MiB; split it")
    body = path.read_bytes()
    name = digest.sha256(body)
    address = url or f"urn:{name}"
    return Capture(
        source_id="", url=address, final_url=address, fetched_at=datetime.now(UTC), status=200, media_type=media_type,
        charset=None, request_headers=(), headers=(), body=body, digest=name, address=None,
    )  # fmt: skip


def file_or_url(workspace: Workspace, given: str, *, url: str | None, media_type: str) -> Capture:
    """Read a file, or fetch an address by all the manners of `collect`."""
    if not given.startswith(("http://", "https://")):
        if not Path(given).is_file():
            raise Failed(f"{given} is neither a file nor an address; addresses begin with https://")
        return file(Path(given), media_type=media_type, url=url)
    with collect.client(collecting.settings(workspace)) as client:
        found = collect.capture(given, client=client)
    if isinstance(found, Trouble):
        raise Failed(found.detail)
    if found.status != 200:
        raise Failed(f"{given}: the site answers {found.status}; check the address in a browser")
    return found


def kept(workspace: Workspace, capture: Capture) -> Evidence:
    """Keep a capture as evidence and enter where."""
    from communique.web.ledger.store import DatabaseLedger

    evidence = archive.keep(capture, folder=workspace.evidence)
    DatabaseLedger().add_capture(capture, evidence)
    return evidence
