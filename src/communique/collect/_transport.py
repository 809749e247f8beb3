"""A transport for httpx that connects only where it is told, and counts what comes back.

One connection serves one request: the address was judged for this request alone, so nothing is kept that a later
request to another name could inherit. TLS is verified for the name, and SNI and Host carry the name.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from threading import Lock
from typing import Any

import httpcore
import httpx

from communique.collect._settings import Settings
from communique.collect._trouble import Exceeded

PIN = "communique.pin"  # key of the Pin among a request's extensions
_TRIES = 3  # addresses of one name that are tried before it counts as not answering


class Pin:
    """Where one request goes, and what it may still take. One thread uses it, for one request."""

    def __init__(self, addresses: tuple[str, ...], settings: Settings, tick: Callable[[], float]) -> None:
        self.addresses = addresses  # judged; connected to exactly as they are
        self.address = addresses[0]  # the one that answered, once one has
        self._settings = settings
        self._tick = tick
        self._deadline = tick() + settings.total_s
        self._received = 0

    def left_s(self, wished: float | None) -> float:
        """Yield the seconds that one step may take; raise when the whole request has had its time."""
        left = self._deadline - self._tick()
        if left <= 0:
            detail = f"took longer than {self._settings.total_s:g} s (collect.total_s)"
            raise Exceeded("too-slow", detail, passing=True)
        return left if wished is None else min(left, wished)

    def count(self, size: int) -> None:
        """Count bytes off the line, head and body and framing together."""
        self._received += size
        # Chunked framing may double a body sent in tiny chunks, hence the factor: this is the outer wall, for what
        # never becomes a body (endless heads, trailers, interim answers); the body's own limit is exact.
        if self._received > self._settings.header_bytes + 8 * self._settings.compressed_bytes:
            detail = f"sent more than {self._received} bytes around its body (collect.compressed_bytes)"
            raise Exceeded("too-large", detail, passing=False)


class Lines:
    """The connections that are open now, so that all can be ended at once from another thread."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._open: set[httpcore.NetworkStream] = set()
        self._is_shut = False

    def add(self, stream: httpcore.NetworkStream) -> None:
        """Note an open connection; one that comes after the end is ended too."""
        with self._guard:
            self._open.add(stream)
            if self._is_shut:
                _end(stream)

    def discard(self, stream: httpcore.NetworkStream) -> None:
        """Forget a connection that is closed or has become another."""
        with self._guard:
            self._open.discard(stream)

    def shut(self) -> None:
        """End all connections; whoever reads from one sees its end at once."""
        with self._guard:
            self._is_shut = True
            for stream in self._open:
                _end(stream)


def _end(stream: httpcore.NetworkStream) -> None:
    with suppress(OSError):  # it may have ended by itself
        # The plain socket's shutdown: that of a TLS socket also takes the session away from under its reader.
        socket.socket.shutdown(stream.get_extra_info("socket"), socket.SHUT_RDWR)


class _CountedStream(httpcore.NetworkStream):
    """A connection whose every read is held to the request's time and size."""

    def __init__(self, stream: httpcore.NetworkStream, pin: Pin, lines: Lines) -> None:
        self._stream = stream
        self._pin = pin
        self._lines = lines
        lines.add(stream)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            part = self._stream.read(max_bytes, self._pin.left_s(timeout))
        except httpcore.ReadTimeout:
            self._pin.left_s(None)  # where the whole request is out of time, that is what is told
            raise
        self._pin.count(len(part))
        return part

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._pin.left_s(timeout))

    def close(self) -> None:
        self._lines.discard(self._stream)
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            secured = self._stream.start_tls(ssl_context, server_hostname, self._pin.left_s(timeout))
        finally:
            self._lines.discard(self._stream)  # closed, or wrapped in the new one
        return _CountedStream(secured, self._pin, self._lines)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _PinnedBackend(httpcore.NetworkBackend):
    """Opens connections to the pinned addresses, whatever name is asked for."""

    def __init__(self, pin: Pin, lines: Lines) -> None:
        self._pin = pin
        self._lines = lines

    def connect_tcp(
        self,
        host: str,  # a name that was resolved and judged already
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        *others, last = self._pin.addresses[:_TRIES]
        for address in others:
            try:
                return self._opened(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._opened(last, port, timeout, local_address, socket_options)

    def _opened(self, address: str, port: int, timeout: float | None, *rest: Any) -> httpcore.NetworkStream:
        stream = httpcore.SyncBackend().connect_tcp(address, port, self._pin.left_s(timeout), *rest)
        self._pin.address = address
        return _CountedStream(stream, self._pin, self._lines)


class _Body(httpx.SyncByteStream):
    """The body as it comes, and the end of the connection with it."""

    def __init__(self, parts: Iterable[bytes], connection: httpcore.HTTPConnection) -> None:
        self._parts = parts
        self._connection = connection

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts

    def close(self) -> None:
        self._connection.close()


class PinningTransport(httpx.BaseTransport):
    """Sends each request over a connection of its own to the addresses of its Pin. Threads may share one."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        self._tls = tls
        self._lines = Lines()

    def close(self) -> None:
        """End all that is under way."""
        self._lines.shut()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        pin: Pin = request.extensions[PIN]
        target = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        connection = httpcore.HTTPConnection(
            target.origin, ssl_context=self._tls, network_backend=_PinnedBackend(pin, self._lines)
        )
        try:
            answer = connection.handle_request(
                httpcore.Request(
                    request.method,
                    target,
                    headers=request.headers.raw,
                    content=request.content,
                    extensions={"timeout": request.extensions["timeout"]},
                )
            )
        except BaseException:
            connection.close()
            raise
        assert isinstance(answer.stream, Iterable)  # noqa: S101 - the synchronous half of httpcore
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream, connection))
