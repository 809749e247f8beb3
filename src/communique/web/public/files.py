"""The wire's plain files, as any web server would serve them."""

from __future__ import annotations

import mimetypes
from email.utils import formatdate
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

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
    ".svg": "image/svg+xml",
}
NAMED = {"feed.json": "application/feed+json; charset=utf-8", "vkey": TYPES[".txt"], "checkpoint": TYPES[".txt"]}
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_NOT_WRITTEN = "The wire has not been written yet. The desk writes it; or run `communique publish`."


@require_safe
def wire_file(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Answer with a file of the wire; a folder answers with its index.html, without its slash it leads there."""
    site = workspace.current().site
    found = _file(site, path)
    if found is None:
        return HttpResponseRedirect(f"{request.path}/") if _file(site, f"{path}/") else _missing(site)
    state = found.stat()
    tag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    response = FileResponse(found.open("rb"), content_type=media_type(found))
    changed = formatdate(state.st_mtime, usegmt=True)
    headers = {"ETag": tag, "Last-Modified": changed, "Cache-Control": "no-cache", "Content-Security-Policy": POLICY}
    for name, value in headers.items():
        response[name] = value
    return response


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


def media_type(file: Path) -> str:
    """Yield what a file of the wire is served as."""
    named = NAMED.get(file.name) or TYPES.get(file.suffix)
    return named or mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def _missing(site: Path) -> HttpResponse:
    page = site / "404.html"
    if page.is_file():
        return HttpResponse(page.read_bytes(), status=404)
    text = "There is no such page on this wire." if (site / "index.html").is_file() else _NOT_WRITTEN
    return HttpResponse(text, status=404, content_type="text/plain; charset=utf-8")
