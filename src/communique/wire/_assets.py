"""What pages need beside their text: one stylesheet of component files, one small script, one mark."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from communique.wire._press import Page


def assets() -> Iterator[Page]:
    """Yield the files under assets/. Their names stay, so that a new look reaches old pages without rewriting them."""
    folder = files("communique.wire") / "assets"
    sheets = sorted((one for one in folder.iterdir() if one.name.endswith(".css")), key=lambda one: one.name)
    yield Page(path="assets/wire.css", body=b"\n".join(sheet.read_bytes() for sheet in sheets))
    for name in ("theme.js", "mark.svg"):
        yield Page(path=f"assets/{name}", body=(folder / name).read_bytes())
