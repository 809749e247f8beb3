"""A plain recursive copy of the wire, made by following its links, is all of it."""

from __future__ import annotations

import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler
from lxml import html
from tests.web.published import BEGAN, publish, told
from waitress.server import create_server

from communique import archive
from communique.web.ledger import publication, site
from communique.web.workspace import Workspace


@pytest.fixture
def address(newsroom: Workspace) -> Iterator[str]:
    """A wire that has more than a page of dispatches, and changed since it was first written, as it is served."""
    publish(*[told(place, story=f"story {place % 3}/ü") for place in range(52)])
    site.write(newsroom, newsroom.site, full=True, now=BEGAN + timedelta(days=90))
    publication.take_over(told(60, story=None), import_key="late", now=BEGAN, is_published=True)
    site.write(newsroom, newsroom.site, full=False, now=BEGAN + timedelta(days=91))
    server = create_server(WSGIHandler(), host="127.0.0.1", port=0, threads=2)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    for channel in list(server.active_channels.values()):
        channel.will_close = True
    server.close()
    thread.join(timeout=3)


def _links(page: bytes, address: str) -> Iterator[str]:
    tree: Any = html.document_fromstring(page)
    for _, _, link, _ in tree.iterlinks():
        absolute = urldefrag(urljoin(address, link)).url
        if absolute.startswith(address[: address.index("/", 8) + 1]) and not urlsplit(absolute).query:
            yield absolute


def _crawled(address: str, folder: Path) -> None:
    """Copy what can be reached from an address as a simple program would: links of HTML pages, one pass."""
    waiting, seen = [address], {address}
    while waiting:
        one = waiting.pop()
        with urllib.request.urlopen(one) as answer:
            body, kind, where = answer.read(), answer.headers["Content-Type"], urlsplit(answer.url).path
        target = folder / unquote(where).lstrip("/") / ("index.html" if where.endswith("/") else "")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        found = set(_links(body, answer.url)) - seen if kind.startswith("text/html") else set()
        seen |= found
        waiting += sorted(found)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_copy_made_by_following_links_in_one_pass_is_sound(newsroom: Workspace, address: str, tmp_path: Path) -> None:
    _crawled(address, tmp_path / "copy")

    assert archive.verify(tmp_path / "copy").flaws == ()
    assert _files(tmp_path / "copy") == _files(newsroom.site)


@pytest.mark.skipif(not shutil.which("wget"), reason="no wget here")
def test_a_copy_by_wget_is_sound(newsroom: Workspace, address: str, tmp_path: Path) -> None:
    told_ = ("wget", "--quiet", "--mirror", "--no-host-directories", "--directory-prefix", str(tmp_path / "copy"))

    subprocess.run([*told_, address], check=False, timeout=120)  # 8: robots.txt may be asked for first, and so on

    assert archive.verify(tmp_path / "copy").flaws == ()
    assert _files(tmp_path / "copy") == _files(newsroom.site)
