"""What is wrong with some of the world's sites, on purpose."""

from __future__ import annotations

import zlib
from functools import cache

from communique.demo._publication import Publication
from communique.demo._script import Script
from communique.testing.web import Answer, Page, Site

BOMB_BYTES = 80 * 1024 * 1024  # what the bomb unpacks to; it travels as about 80 KB
DEEP = 3_000  # elements in each other


def changed(script: Script, site: Site) -> Site:
    """Yield the site as its feature makes it; most have none."""
    if script.feature != "gone":
        return site
    words = f"<h1>410</h1><p>{script.about}</p>".encode()
    kept = {path: page for path, page in site.pages.items() if path in ("/robots.txt", "/style.css")}
    return Site(host=site.host, pages=kept, missing=Answer(status=410, body=words))


def statement(one: Publication, page: Answer) -> Page:
    """Yield a statement's page as its feature makes it; most have none."""
    if one.piece.feature == "hostile":
        return Answer(body=_hostile(page.body))
    if one.piece.feature == "bomb":
        return lambda _: Answer(body=_bomb(), headers=(("Content-Encoding", "gzip"),))  # packed when asked for
    return page


def _hostile(page: bytes) -> bytes:
    """Break a page in the ways of a site that was taken over: scripts, handlers, frames, depth, stray bytes."""
    opened = b"<div><b><table><p onmouseover='alert(1)'>" * (DEEP // 4)
    poison = (
        b"<script>document.write('<h1>YOU HAVE WON</h1>'); while (true) {}</script>\x00\xff\xfe"
        b"<iframe src='file:///etc/passwd'></iframe><svg onload=alert(2)><a href='javascript:alert(3)'>Claim</a>"
        b"<form action='http://127.0.0.1:1/'><input name=password></form><!-- <p> never closed "
    )
    return page.replace(b"</body>", opened + poison, 1)


@cache
def _bomb() -> bytes:
    packer = zlib.compressobj(level=6, wbits=zlib.MAX_WBITS | 16)  # 16: with the frame of gzip
    zeros = bytes(1024 * 1024)
    return b"".join([*(packer.compress(zeros) for _ in range(BOMB_BYTES // len(zeros))), packer.flush()])
