"""The desk's styles and scripts, as they lie in this folder; their address holds their digest, so it can be kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from communique.kit import digest

FOLDER = Path(__file__).parent
STYLE = "desk.css"  # all style sheets of the folder as one, in order of their names
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@cache
def files() -> dict[str, bytes]:
    """Yield what is served, by name. Read once a process: the files are part of the program."""
    found = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in TYPES}
    styles = [content for name, content in found.items() if name.endswith(".css")]
    return found | {STYLE: b"\n".join(styles)}


@cache
def version() -> str:
    """Yield the digest of all of them, short."""
    whole = b"".join(name.encode() + b"\0" + content for name, content in sorted(files().items()))
    return digest.sha256(whole).removeprefix("sha256:")[:12]


def folder() -> str:
    """Yield the address that they stand under."""
    return f"/desk/assets/{version()}/"
