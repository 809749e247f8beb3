"""One answer of a server, read within its limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import httpx

from communique.collect import _coding
from communique.collect._settings import Settings
from communique.collect._trouble import Exceeded
from communique.records import Redirect

REDIRECTS = frozenset({301, 302, 303, 307, 308})
FOR_GOOD = frozenset({301, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one request brought."""

    url: str  # as asked at this hop
    began_at: datetime  # aware, UTC
    status: int
    request_headers: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    body: bytes  # decoded; b"" where it is a redirect
    address: str
    redirects: tuple[Redirect, ...] = ()  # that led here
    moved: bool = False  # every redirect that led here was for good; False without any

    def header(self, name: str) -> str | None:
        """Yield a header's value, several joined by commas (RFC 9110, section 5.3); None: not there."""
        found = [value for key, value in self.headers if key.lower() == name]
        return ", ".join(found) if found else None

    @property
    def as_redirect(self) -> Redirect:
        """Yield what is kept of an answer on the way."""
        return Redirect(url=self.url, at=self.began_at, status=self.status, headers=self.headers, address=self.address)

    @property
    def location(self) -> str | None:
        """Yield where a redirect leads, absolute; None: it is not a redirect, or leads nowhere readable."""
        target = self.header("location") if self.status in REDIRECTS else None
        if not target:
            return None
        try:
            return str(httpx.URL(self.url).join(_as_utf8(target)))
        except (httpx.InvalidURL, ValueError):
            return target


def _as_utf8(latin: str) -> str:
    """Read a header again as UTF-8, which is how servers write addresses that they should have encoded."""
    try:
        return latin.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return latin


def received(
    request: httpx.Request, response: httpx.Response, *, began_at: datetime, settings: Settings, cut_at: int | None
) -> Answer:
    """Read an answer to its end, or up to `cut_at` bytes of its body. Raises Exceeded or BadCoding."""
    size = sum(len(name) + len(value) + 4 for name, value in response.headers.raw)
    if size > settings.header_bytes:
        detail = f"sent {size} bytes of headers, more than {settings.header_bytes} (collect.header_bytes)"
        raise Exceeded("too-large", detail, passing=False)
    answer = Answer(
        url=str(request.url),
        began_at=began_at,
        status=response.status_code,
        request_headers=_pairs(request.headers.raw),
        headers=tuple(pair for pair in _pairs(response.headers.raw) if pair[0].lower() != "transfer-encoding"),
        body=b"",
        address=request.extensions["communique.pin"].address,
    )
    return answer if answer.location else _with_body(answer, response, settings, cut_at)


def _pairs(raw: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in raw)


def _with_body(answer: Answer, response: httpx.Response, settings: Settings, cut_at: int | None) -> Answer:
    announced = answer.header("content-length") or ""
    if cut_at is None and announced.isdigit() and int(announced[:20]) > settings.compressed_bytes:
        detail = f"announces {announced[:20]} bytes, more than {settings.compressed_bytes} (collect.compressed_bytes)"
        raise Exceeded("too-large", detail, passing=False)
    codings = _coding.codings(answer.header("content-encoding") or "")
    body = _gathered(response.iter_raw(), settings.compressed_bytes, "compressed_bytes", cut_at)
    for coding in codings if body else ():
        parts = _coding.decoded(body, coding)
        body = _gathered(_to_the_cut(parts) if cut_at else parts, settings.body_bytes, "body_bytes", cut_at)
    return replace(answer, body=body)


def _gathered(parts: Iterable[bytes], limit: int, setting: str, cut_at: int | None) -> bytes:
    """Join parts up to the limit: raise where there is more, or cut where that was asked for."""
    kept = bytearray()
    for part in parts:
        kept += part
        if cut_at is not None and len(kept) >= cut_at:
            return bytes(kept[:cut_at])
        if len(kept) > limit:
            raise Exceeded("too-large", f"sent more than {limit} bytes (collect.{setting})", passing=False)
    return bytes(kept)


def _to_the_cut(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what can be decoded of a body that was cut by us."""
    try:
        yield from parts
    except _coding.CutShort:
        return
