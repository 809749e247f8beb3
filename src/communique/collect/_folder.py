"""A folder that people drop files into: pages, PDFs, texts, single mails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from communique.collect import _files
from communique.collect._client import Client
from communique.collect._local import capture_of
from communique.collect._trouble import shown, trouble
from communique.records import Capture, Source, Trouble

MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".eml": "message/rfc822",
}
_UNFINISHED = (".part", ".partial", ".crdownload", ".tmp", "~")  # what programs call a file while they write it


def captures(
    source: Source, place: Path, *, client: Client, is_known: Callable[[str], bool]
) -> Iterator[Capture | Trouble]:
    """Yield one Capture for each file whose content is not known by its digest; a changed file comes again."""
    if not place.is_dir():
        detail = f"{shown(place.name)} is not a folder; give the folder that files are dropped into"
        yield trouble("not-a-folder", detail, passing=False)
        return
    for path in _files.names(place, client.settings.files):
        found = path if isinstance(path, Trouble) else _dropped(path, source, client)
        if isinstance(found, Trouble) or (found is not None and not is_known(found.digest)):
            yield found


def _dropped(path: Path, source: Source, client: Client) -> Capture | Trouble | None:
    if path.name.lower().endswith(_UNFINISHED) or (path.is_dir() and not path.is_symlink()):
        return None
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        detail = f"{shown(path.name)} is none of {', '.join(MEDIA_TYPES)}; it is left alone"
        return trouble("unknown-kind", detail, passing=False)
    body = _files.content(path, client.settings.body_bytes)
    if isinstance(body, Trouble):
        return body
    return capture_of(body, path.as_uri(), media_type, source_id=source.id, now=client.clock.now())
