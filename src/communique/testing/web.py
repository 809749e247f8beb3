"""A small web on loopback: many hosts, each on an address of its own, all on one port.

A site is a plain value. Every site is reached in two ways: at its own address 127.77.0.N (for a collector whose
resolver is `Web.resolve`), and at 127.0.0.1 by its name (for a person: browsers send every `….localhost` there).
Where the system has no addresses but 127.0.0.1 (macOS), all names resolve to that one.
"""

from __future__ import annotations

import contextlib
import email.utils
import hashlib
import ipaddress
import selectors
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import cast
from urllib.parse import urlsplit

ADDRESSES = 64  # hosts that one web can hold, unless more are asked for
IDLE_S = 10.0  # a connection that says nothing for so long is closed
PATIENCE_S = 2.0  # for conversations under way when the web ends
POSTED_BYTES = 1024**2  # read of a POST
TRIES = 20  # ports looked at until one is free on every address
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a page answers. An `ETag` is made from the body of a 200 unless `headers` hold one."""

    body: bytes = b""
    status: int = 200
    media_type: str | None = HTML  # the whole header with its charset; None: no such header
    modified: datetime | None = None  # aware; None: no Last-Modified
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it came."""

    at: datetime  # aware, UTC
    method: str
    host: str  # lower case, without the port; "" where the request names none
    path: str  # with the query
    headers: tuple[tuple[str, str], ...]
    address: str  # the address that was spoken to
    body: bytes = b""  # of a POST

    def header(self, name: str) -> str | None:
        """Yield the first header of that name, or None."""
        return next((value for key, value in self.headers if key.casefold() == name.casefold()), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request and the status of its answer."""

    request: Request
    status: int


Page = Answer | Callable[[Request], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One host and its pages; a page that is a function makes a new answer for each request."""

    host: str  # "harbour.localhost"
    pages: Mapping[str, Page]  # path -> page; a path with its query goes before one without
    missing: Answer = field(default_factory=lambda: Answer(status=404, body=b"<h1>Not found</h1>"))


class PortTakenError(OSError):
    """A port that was asked for is in use on one of the loopback addresses; choose another, or 0 for any."""


class Web:
    """What is served, and what was asked. Made by `serving`."""

    def __init__(self, listeners: tuple[socket.socket, ...]) -> None:
        self._listeners = listeners
        self._sites: dict[str, Site] = {}
        self._numbers: dict[str, int] = {}  # host -> which listener is its own; never changes once given
        self._visits: list[Visit] = []
        self._lock = threading.Lock()

    @property
    def port(self) -> int:
        """Yield the port that all hosts share."""
        return int(self._listeners[0].getsockname()[1])

    @property
    def log(self) -> tuple[Visit, ...]:
        """Yield all visits so far, oldest first."""
        with self._lock:
            return tuple(self._visits)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Yield the hosts served now."""
        return tuple(self._sites)

    def show(self, sites: Iterable[Site]) -> None:
        """Serve these sites from now on, instead of those before. A host keeps the address that it had."""
        shown = {site.host: site for site in sites}
        with self._lock:
            for host in shown:
                self._numbers.setdefault(host, len(self._numbers) + 1)
            self._sites = shown
        if len(self._listeners) > 1 and len(self._numbers) >= len(self._listeners):
            raise ValueError(f"{len(self._numbers)} hosts on {len(self._listeners) - 1} addresses: ask for more")

    def url(self, host: str, path: str = "/") -> str:
        """Yield the address of a page."""
        return f"http://{host}:{self.port}{path}"

    def resolve(self, name: str) -> str:
        """Yield the IP address of a host, as a resolver does; an unknown one raises as a resolver does."""
        number = self._numbers.get(name.casefold().rstrip("."))
        if number is None:
            raise socket.gaierror(socket.EAI_NONAME, f"{name} is not a host of this web")
        listener = self._listeners[number] if number < len(self._listeners) else self._listeners[0]
        return str(listener.getsockname()[0])

    def answer(self, request: Request) -> Answer:
        """Yield the answer to one request, with 304 for what the asker has already, and write it down."""
        site = self._sites.get(request.host) or self._site_at(request.host)
        given = _misdirected(request) if site is None else _page(site, request)
        given = _unchanged(given) if _has_it(request, given) else given
        with self._lock:
            self._visits.append(Visit(request=request, status=given.status))
        return given

    def _site_at(self, host: str) -> Site | None:
        """Find the site whose own address stands where a name is expected."""
        return next((site for name, site in self._sites.items() if host and self.resolve(name) == host), None)


def _misdirected(request: Request) -> Answer:
    text = f"No site of this web is called {request.host!r}.\n"
    return Answer(status=HTTPStatus.MISDIRECTED_REQUEST, media_type="text/plain; charset=utf-8", body=text.encode())


def _page(site: Site, request: Request) -> Answer:
    bare = urlsplit(request.path).path
    page = site.pages.get(request.path) or site.pages.get(bare) or site.missing
    made = page if isinstance(page, Answer) else page(request)
    return _with_validators(made)


def _with_validators(answer: Answer) -> Answer:
    headers = list(answer.headers)
    named = {name.casefold() for name, _ in headers}
    if answer.status == HTTPStatus.OK and "etag" not in named:
        headers.append(("ETag", f'"{hashlib.sha256(answer.body).hexdigest()[:20]}"'))
    if answer.modified is not None and "last-modified" not in named:
        headers.append(("Last-Modified", email.utils.format_datetime(answer.modified.astimezone(UTC), usegmt=True)))
    return _replaced(answer, headers=tuple(headers))


def _has_it(request: Request, answer: Answer) -> bool:
    """Tell whether the asker has this answer already (RFC 9110, 13.2.2: the ETag goes before the date)."""
    if answer.status != HTTPStatus.OK:
        return False
    asked = request.header("If-None-Match")
    if asked is not None:
        tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
        return bool(tags & {"*", *(value for name, value in answer.headers if name == "ETag")})
    since = request.header("If-Modified-Since")
    return since is not None and answer.modified is not None and not _is_newer(answer.modified, since)


def _is_newer(modified: datetime, since: str) -> bool:
    try:
        return modified.replace(microsecond=0) > email.utils.parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return True  # a date that can't be read asks for nothing (RFC 9110, 13.1.3)


def _unchanged(answer: Answer) -> Answer:
    return _replaced(answer, headers=answer.headers, status=HTTPStatus.NOT_MODIFIED, body=b"")


def _replaced(
    answer: Answer, *, headers: tuple[tuple[str, str], ...], status: int | None = None, body: bytes | None = None
) -> Answer:
    return Answer(
        body=answer.body if body is None else body,
        status=int(status or answer.status),
        media_type=answer.media_type,
        modified=answer.modified,
        headers=headers,
    )


class _Conversation(BaseHTTPRequestHandler):
    """One connection; many requests may come over it."""

    protocol_version = "HTTP/1.1"
    server_version = "LoopbackWeb"
    timeout = IDLE_S

    def do_GET(self) -> None:
        web = cast("_Server", self.server).web
        answer = web.answer(self._request())
        self.send_response(answer.status)
        if answer.media_type is not None and answer.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", answer.media_type)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_HEAD = do_POST = do_GET  # noqa: N815 - as above

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: `Web.log` is the log."""

    def _request(self) -> Request:
        named = urlsplit("//" + self.headers.get("Host", "")).hostname or ""
        return Request(
            at=datetime.now(UTC),
            method=self.command,
            host=named.rstrip("."),
            path=self.path,
            headers=tuple(self.headers.items()),
            address=str(self.connection.getsockname()[0]),
            body=self.rfile.read(min(int(self.headers.get("Content-Length") or 0), POSTED_BYTES)),
        )


class _Server:
    """Accepts on all addresses in one thread, and holds each conversation in a thread of its own."""

    def __init__(self, listeners: tuple[socket.socket, ...], web: Web) -> None:
        self.web = web
        self._listeners = listeners
        self._ending, self._end = socket.socketpair()
        self._open: dict[socket.socket, threading.Thread] = {}
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._accept, name="loopback-web", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._end.send(b"x")
        self._thread.join()
        with self._lock:
            under_way = tuple(self._open.items())
        for connection, _ in under_way:
            _hang_up(connection)
        for _, thread in under_way:
            thread.join(PATIENCE_S)
        for each in (*self._listeners, self._ending, self._end):
            each.close()

    def _accept(self) -> None:
        with selectors.DefaultSelector() as selector:
            for each in (*self._listeners, self._ending):
                selector.register(each, selectors.EVENT_READ)
            while True:
                ready = [cast("socket.socket", key.fileobj) for key, _ in selector.select()]
                if self._ending in ready:
                    return
                for listener in ready:
                    self._welcome(listener)

    def _welcome(self, listener: socket.socket) -> None:
        try:
            connection, peer = listener.accept()
        except OSError:
            return  # the caller hung up before it was heard
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        thread = threading.Thread(target=self._converse, args=(connection, peer), daemon=True)
        with self._lock:
            self._open[connection] = thread
        thread.start()

    def _converse(self, connection: socket.socket, peer: object) -> None:
        try:
            _Conversation(connection, peer, self)  # type: ignore[arg-type]  # it needs `web`, which BaseServer lacks
        except OSError:
            pass  # the caller hung up, or the web ends: nothing that a double should report
        finally:
            with self._lock:
                self._open.pop(connection, None)
            connection.close()


def _hang_up(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # closed already: what is wanted; its own thread closes it otherwise
        connection.shutdown(socket.SHUT_RDWR)


def _listen(address: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(128)
        listener.setblocking(True)
    except OSError:
        listener.close()
        raise
    return listener


def _own_addresses(count: int) -> tuple[str, ...]:
    """Yield 127.77.0.1 and so on, or nothing where this system has only 127.0.0.1."""
    first = ipaddress.IPv4Address("127.77.0.1")
    try:
        _listen(str(first), 0).close()
    except OSError:
        return ()
    return tuple(str(first + number) for number in range(count))


def _listeners(port: int, addresses: tuple[str, ...]) -> tuple[socket.socket, ...]:
    opened: list[socket.socket] = []
    try:
        for address in ("127.0.0.1", *addresses):
            opened.append(_listen(address, opened[0].getsockname()[1] if opened else port))
    except OSError:
        for each in opened:
            each.close()
        raise
    return tuple(opened)


def _opened(port: int, addresses: tuple[str, ...]) -> tuple[socket.socket, ...]:
    """Listen on one port at every address; with port 0, on the first that is free on all."""
    problem: OSError | None = None
    for _ in range(1 if port else TRIES):
        try:
            return _listeners(port, addresses)
        except OSError as error:
            problem = error
    raise PortTakenError(f"port {port or '(any)'} can't be had on 127.0.0.1 and 127.77.0.0/16: {problem}") from problem


@contextlib.contextmanager
def serving(sites: Iterable[Site] = (), *, port: int = 0, addresses: int = ADDRESSES) -> Iterator[Web]:
    """Serve the sites while the block runs; port 0 takes any free one. Ends at once, open connections or not."""
    listeners = _opened(port, _own_addresses(addresses))
    web = Web(listeners)
    server = _Server(listeners, web)
    server.start()
    try:
        web.show(sites)
        yield web
    finally:
        server.stop()
