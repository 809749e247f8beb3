"""What an import is given: a file or an address, kept as evidence before anything is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from communique import archive, collect
from communique.cli._workspace import Failed
from communique.kit import digest
from communique.records import Capture, Evidence, Trouble
from communique.web import collecting
from communique.web.workspace import Workspace

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


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file."""
    from communique.web.ledger.returning import ReturnError

    with path.open("rb") as stream:
        for number, raw in enumerate(stream, 1):
            if not raw.strip():
                continue
            try:
                row = json.loads(raw.decode("utf-8-sig"))
            except (ValueError, RecursionError) as error:
                raise ReturnError(f"line {number} is not JSON in UTF-8 ({error})") from error
            if not isinstance(row, dict):
                raise ReturnError(f"line {number} is a JSON {type(row).__name__}, where an object is expected")
            yield row
