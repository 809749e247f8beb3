"""A running newsroom in one process: desk and wire are served, what is due is collected, what is published is written.

Three kinds of work, each in its own threads: answering requests (waitress), collecting (`flow`), writing the wire.
Reading pages costs processor time and happens in other processes.
"""

from __future__ import annotations

import errno
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from waitress.server import create_server

from communique import archive, flow, wire
from communique.web.ledger import releasing, site
from communique.web.workspace import Workspace, WorkspaceError, held

LONGEST_WAIT = timedelta(seconds=20)  # until a source that the desk adds, or another process's publication, is noticed
SHORTEST_WAIT = timedelta(seconds=0.2)  # so that a clock that lags a little does not make the loop spin
END_S = 1.8  # that all threads together may take to end; the process is to be gone within five seconds
REQUEST_BYTES = 32 * 1024**2  # twice what a hub may push, the largest of all requests; waitress would take a GiB
REQUESTS_S = 1.0  # that requests under way may take from then on; waitress would give them five seconds
log = structlog.get_logger()

written = threading.Event()  # set by the desk's actions: there is something to write


class Newsroom:
    """The threads of one serving process."""

    def __init__(
        self, workspace: Workspace, *, host: str, port: int, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._workspace = workspace
        self._clock = clock or _now
        self._stop = threading.Event()
        self._is_ended = False
        self._threads: list[threading.Thread] = []
        try:
            self._server: Any = create_server(
                WSGIHandler(), host=host, port=port, threads=workspace.number("serve.threads"), ident=None,
                max_request_body_size=REQUEST_BYTES,
            )  # fmt: skip
        except OSError as error:
            raise WorkspaceError(_not_listening(host, port, error)) from error
        except ValueError as error:  # waitress's word for a name that does not resolve
            raise WorkspaceError(f"{host} is no address of this machine; choose another with --host") from error
        requests = self._server.task_dispatcher
        requests.shutdown = self._ending(requests.shutdown)

    def _ending(self, shutdown: Callable[..., bool]) -> Callable[[], bool]:
        """Yield how waitress ends its threads: together with ours, since it answers Ctrl+C before we hear of it."""

        def end() -> bool:
            self._stop.set()
            written.set()
            return shutdown(timeout=REQUESTS_S)

        return end

    @property
    def port(self) -> int:
        """Yield the port that is really listened on."""
        return int(self._server.effective_port)

    def start(self, collect: Callable[[threading.Event], None] | None) -> None:
        """Start writing and, where `collect` is given, collecting: it returns when the event it gets is set."""
        self._begin("write", self._write)
        if collect is not None:
            self._begin("collect", lambda: collect(self._stop))

    def also(self, name: str, work: Callable[[], None]) -> None:
        """Let further work run beside the serving; it is begun anew if it fails, and it returns when it is done."""
        self._begin(name, work)

    def serve(self) -> None:
        """Answer requests until the process is told to end."""
        for name in ("waitress", "django.request"):  # a reader's mistyped address is no event of ours
            logging.getLogger(name).setLevel(logging.ERROR)
        try:
            self._server.run()
        except KeyboardInterrupt:
            pass
        finally:
            self.end()

    def end(self) -> None:
        """End all threads; what they were doing is entered whole or not at all. A second call does nothing."""
        if self._is_ended:
            return
        self._is_ended = True
        self._stop.set()
        written.set()
        self._server.close()
        until = time.monotonic() + END_S
        for thread in filter(threading.Thread.is_alive, self._threads):  # the end may come while one is being started
            thread.join(timeout=max(until - time.monotonic(), 0.1))

    def _begin(self, name: str, work: Callable[[], None]) -> None:
        def loop() -> None:
            while not self._stop.is_set():
                try:
                    work()
                    return
                except WorkspaceError as error:
                    log.warning("not possible now, tried again", work=name, reason=str(error))
                except Exception:  # the one place where a fault of ours is logged and the rest goes on
                    if self._stop.is_set():  # Ctrl+C ends the reading processes too: what then breaks is no fault
                        return
                    log.exception("a fault; begun anew soon", work=name)
                finally:
                    close_old_connections()
                self._stop.wait(LONGEST_WAIT.total_seconds())

        thread = threading.Thread(target=loop, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _write(self) -> None:
        while not self._stop.is_set():
            self._publish_due()
            self._write_once()
            written.wait(self._until_next().total_seconds())
            written.clear()

    def _publish_due(self) -> None:
        """Publish what was scheduled until now. A newsroom that stood still meanwhile does it when it is back."""
        for row in releasing.publish_due(self._workspace, now=self._clock()):
            log.info("scheduled dispatch due", stage=row.stage, number=row.number)

    def _until_next(self) -> timedelta:
        next_at = releasing.next_at()
        wait = min(next_at - self._clock(), LONGEST_WAIT) if next_at else LONGEST_WAIT
        return max(wait, SHORTEST_WAIT)

    def _write_once(self) -> None:
        try:
            done = site.write(self._workspace, self._workspace.site, full=False, now=self._clock())
        except (archive.ArchiveError, wire.WireError, OSError) as error:
            log.warning("wire not written", reason=str(error))
            return
        if done.is_new:
            log.info("wire written", edition=done.edition, files=done.written, removed=done.removed)


def _now() -> datetime:
    return datetime.now(UTC)


def _not_listening(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is in use; end what listens there, or choose another with --port"
    return f"{host} port {port} can't be listened on ({error.strerror}); choose others with --host and --port"


def follow(corridor: flow.Corridor) -> None:
    """Collect what is due, again and again, until the corridor is told to stop."""
    while not corridor.stop.is_set():
        tally = flow.run_until_done(corridor)
        flow.renew(corridor.ledger, reader=corridor.means.reader, evidence=corridor.means.evidence)
        if tally.documents:
            log.info("collected", documents=tally.documents, troubles=tally.troubles)
        next_at = corridor.ledger.next_due_at()
        close_old_connections()
        wait = min(next_at - corridor.means.clock(), LONGEST_WAIT) if next_at else LONGEST_WAIT
        corridor.stop.wait(max(wait.total_seconds(), 0.5))


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Hold a workspace for one serving process. The lock goes with the process, however it ends."""
    refusal = f"{workspace.folder} is being served by another process; end that one first, or use its address"
    with held(workspace.folder / ".serving", refusal=refusal):
        yield
