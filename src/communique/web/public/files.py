"""The wire's plain files, as any web server would serve them."""

from __future__ import annotations

import gzip
import mimetypes
import re
from email.utils import formatdate
from functools import lru_cache
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from communique import archive
from communique.web import workspace

TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".tlog-proof": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
}
NAMED = {
    "feed.json": "application/feed+json; charset=utf-8",
    "opensearch.xml": "application/opensearchdescription+xml; charset=utf-8",
}
_TILES, _LISTS = "log/tile/", ("log/checkpoint", "log/vkey", "log/files")  # c2sp.org/tlog-tiles; our lists of digests
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_NOT_WRITTEN = "The wire has not been written yet. The desk writes it; or run `communique publish`."
_OF_DISPATCH = re.compile(r"(d/[0-9]{1,9})(?:/[^/]*)?/?", re.ASCII)
_PACKED_BYTES = range(600, 2_000_000)  # smaller ones gain nothing; larger ones (images, bundles) are sent as they are


@csrf_exempt  # nothing is changed here: another method than GET and HEAD is answered with 405, as everywhere
@require_safe
def wire_file(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Answer with a file of the wire; a folder answers with its index.html, without its slash it leads there.

    The address of a dispatch without its words, or with others, leads to the right one.
    """
    site = workspace.current().site
    if (right := _right_address(site, path)) is not None:
        return HttpResponsePermanentRedirect(f"/{right}")
    found = _file(site, path)
    if found is None and _file(site, f"{path}/"):
        return HttpResponsePermanentRedirect(f"{request.path}/")
    if found is None:
        return _earlier_tile(site, path) or _missing(site)
    return _answer(request, found, found.relative_to(site.resolve()).as_posix())


def _answer(request: HttpRequest, file: Path, path: str) -> HttpResponseBase:
    """Answer with a file as it stands: whole, packed, or "it is the one that you have"."""
    state, kind = file.stat(), media_type(path)
    packs = state.st_size in _PACKED_BYTES and _is_text(kind)
    packed = _packed(file, state.st_mtime_ns) if packs and _takes_gzip(request) else None
    tag = f'"{state.st_mtime_ns:x}-{state.st_size:x}{"" if packed is None else "-gzip"}"'
    headers = {"ETag": tag, "Last-Modified": formatdate(state.st_mtime, usegmt=True), "Cache-Control": "no-cache",
               "Content-Security-Policy": POLICY}  # fmt: skip
    headers |= {"Vary": "Accept-Encoding"} if packs else {}
    plain = HttpResponse(content_type=kind, headers=headers)
    told = get_conditional_response(request, etag=tag, last_modified=int(state.st_mtime), response=plain)
    if told is not plain and told is not None:
        return told
    answer: HttpResponseBase = plain
    if packed is not None:
        plain["Content-Encoding"], plain.content = "gzip", packed
    elif request.method == "GET" and state.st_size < _PACKED_BYTES.stop:
        plain.content = file.read_bytes()
    elif request.method == "GET":
        answer = FileResponse(file.open("rb"), content_type=kind, headers=headers)
        del answer["Content-Disposition"]
    answer["Content-Length"] = str(state.st_size if packed is None else len(packed))
    return answer


def _earlier_tile(site: Path, path: str) -> HttpResponse | None:
    """Answer with a tile of an earlier, smaller log, for who holds a checkpoint of that size; None: it is none."""
    is_asked = path.startswith(_TILES) and ".." not in path
    tile = archive.earlier_tile(site / "log", path.removeprefix("log/")) if is_asked else None
    return None if tile is None else HttpResponse(tile, content_type=media_type(path))


def _is_text(kind: str) -> bool:
    return kind.startswith("text/") or kind.partition(";")[0].endswith(("json", "xml"))


def _takes_gzip(request: HttpRequest) -> bool:
    """Tell whether gzip is named as welcome (RFC 9110, 12.5.3)."""
    for one in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _, weight = one.replace(" ", "").partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" if weight else True
    return False


@lru_cache(maxsize=128)  # some 10 kB each: what is asked for most is packed once for each edition
def _packed(file: Path, _changed_ns: int) -> bytes:
    return gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)


def _right_address(site: Path, path: str) -> str | None:
    """Yield the address of a dispatch whose number is right and the rest is missing or another; None: it is no such."""
    asked = _OF_DISPATCH.fullmatch(path)
    if asked is None or (site / path).is_file() or (path.count("/") == 3 and (site / path / "index.html").is_file()):
        return None
    folder = site / asked[1]
    slugs = sorted(one.name for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []
    return f"{asked[1]}/{slugs[0]}/" if slugs else None


def _file(site: Path, path: str) -> Path | None:
    """Yield the file within the site that a path names; nothing outside it, whatever the path says."""
    asked = site / path
    found = asked / "index.html" if path == "" or path.endswith("/") else asked
    root = site.resolve()
    try:
        resolved = found.resolve(strict=True)
    except (OSError, ValueError):  # ValueError: a null byte
        return None
    return resolved if resolved.is_relative_to(root) and resolved.is_file() else None


def media_type(path: str) -> str:
    """Yield what a file of the wire is served as."""
    if path.startswith(_TILES):
        return "application/octet-stream"
    if path.startswith(_LISTS):
        return TYPES[".txt"]
    named = NAMED.get(path.rpartition("/")[2]) or TYPES.get(Path(path).suffix)
    return named or mimetypes.guess_type(path)[0] or "application/octet-stream"


def _missing(site: Path) -> HttpResponse:
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    page = site / "404.html"
    if page.is_file():
        return HttpResponse(page.read_bytes(), status=404, content_type=TYPES[".html"], headers=headers)
    text = "There is no such page on this wire." if (site / "index.html").is_file() else _NOT_WRITTEN
    return HttpResponse(text, status=404, content_type=TYPES[".txt"], headers=headers)
