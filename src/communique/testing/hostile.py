"""A loopback server that answers with exact bytes, good or bad, and notes who asked; and a clock that never waits."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread
from types import TracebackType

from communique.collect import Clock

_HEAD_BYTES = 256 * 1024
_STUCK_S = 20.0  # a connection that nobody ends is ended by the server


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as the server saw it."""

    host: str  # the Host header, without port
    path: str
    headers: dict[str, str]  # names in lower case
    at: float  # the fake clock's tick, where one was given


class Line:
    """The server's end of one connection, for an answer that misbehaves."""

    def __init__(self, connection: socket.socket, closing: Event, begin: Callable[[], None]) -> None:
        self._connection = connection
        self._closing = closing
        self._begin = begin  # called before the first byte
        self._has_begun = False

    def wait(self, seconds: float) -> None:
        """Take time before the answer."""
        self._closing.wait(seconds)

    def send(self, content: bytes) -> bool:
        """Send; False when the other side has gone or the server closes, which ends any endless answer."""
        if not self._has_begun:
            self._has_begun = True
            self._begin()
        try:
            self._connection.sendall(content)
        except OSError:
            return False
        return not self._closing.is_set()

    def drip(self, content: bytes, every_s: float = 0.02) -> None:
        """Send one byte after another, slowly, until the other side has had enough."""
        for byte in content:
            if not self.send(bytes((byte,))) or self._closing.wait(every_s):
                return

    def hang(self) -> None:
        """Say nothing until the other side gives up."""
        try:
            self._connection.recv(1)
        except OSError:
            return


Answer = bytes | Callable[[Asked, Line], None]


def response(body: bytes = b"", *, status: str = "200 OK", headers: tuple[str, ...] = ()) -> bytes:
    """Yield a well-formed answer; headers as "Name: value"."""
    lines = (f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "Connection: close", "", "")
    return "\r\n".join(lines).encode("latin-1") + body


NO_ROBOTS = response(status="404 Not Found")


@dataclass(kw_only=True)
class FakeClock:
    """Time that moves only when somebody sleeps."""

    seconds: float = 1000.0
    started: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """Let the time pass at once, and remember for how long."""
        self.slept.append(seconds)
        self.seconds += seconds

    def now(self) -> datetime:
        """Yield the instant that this clock shows."""
        return self.started + timedelta(seconds=self.seconds - 1000.0)

    def clock(self) -> Clock:
        """Yield this as what a client takes."""
        return Clock(now=self.now, tick=lambda: self.seconds, sleep=self.sleep)


class HostileServer:
    """Answers by path; `answers` may be changed between requests. Starts on entry, on a free loopback port."""

    def __init__(self, address: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.most_at_once: dict[str, int] = {}  # host -> requests that waited for an answer at one time
        self.tick: Callable[[], float] = lambda: 0.0
        self._open: dict[str, int] = {}
        self._guard = Lock()
        self._closing = Event()
        self._tls = tls
        self._listener = socket.create_server((address, 0))
        self._threads = [Thread(target=self._listen, daemon=True)]
        self.port: int = self._listener.getsockname()[1]

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Yield the address of a path here, under any name that a resolver leads here."""
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def paths(self, *, robots: bool = False) -> list[str]:
        """Yield the paths asked for so far, in order, robots.txt only where wished."""
        return [one.path for one in self.asked if robots or one.path != "/robots.txt"]

    def forget(self) -> None:
        """Begin a new log and new answers."""
        self.answers, self.asked, self.most_at_once = {}, [], {}
        self.tick = lambda: 0.0

    def __enter__(self) -> HostileServer:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(_STUCK_S)

    def _listen(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(_STUCK_S)
        try:
            secured = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
        except OSError:
            connection.close()
            return
        with secured:
            try:
                self._answer(secured)
                secured.shutdown(socket.SHUT_WR)
            except OSError:
                return

    def _answer(self, connection: socket.socket) -> None:
        asked = self._read(connection)
        if asked is None:
            return
        with self._guard:
            self.asked.append(asked)
            self._open[asked.host] = self._open.get(asked.host, 0) + 1
            self.most_at_once[asked.host] = max(self.most_at_once.get(asked.host, 0), self._open[asked.host])
        answer = self.answers.get(asked.path, NO_ROBOTS)
        line = Line(connection, self._closing, lambda: self._leave(asked.host))
        if isinstance(answer, bytes):
            line.send(answer)
        else:
            answer(asked, line)

    def _leave(self, host: str) -> None:
        # Counted until the answer begins, not until it ends: the asker may know the end of it before we do.
        with self._guard:
            self._open[host] -= 1

    def _read(self, connection: socket.socket) -> Asked | None:
        head = b""
        while b"\r\n\r\n" not in head and len(head) < _HEAD_BYTES:
            part = connection.recv(65536)
            if not part:
                return None
            head += part
        first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        host = headers.get("host", "").rsplit(":", 1)[0]
        return Asked(host=host, path=first.split(" ")[1], headers=headers, at=self.tick())
