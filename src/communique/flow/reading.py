"""The rooms that cost processor time or memory, behind one seam: called here in this process, or in a pool of others.

The serving process stays small because it never imports these rooms: the pool's processes do.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from communique import collect
from communique.kit import forking
from communique.records import (
    NO_HISTORY,
    Capture,
    Coding,
    Context,
    DayOrder,
    Document,
    Draft,
    Explanation,
    Feed,
    Finding,
    Hints,
    ListHistory,
    Listing,
    Sitemap,
    SourceText,
    Trouble,
)

MOTHER = "communique.flow.reading_process"  # what the mother of the reading processes imports


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a sentence is to be made from; see `desk.proposal`."""

    lead: SourceText
    actor_names: Mapping[str, str]  # actor id -> name as the house writes it
    publishers: tuple[str, ...]  # actor ids or names, the original's first
    signers: int | None  # None: no joint statement
    language: str  # of the sentence, BCP 47


class Reader(Protocol):
    """What flow asks of the rooms `read` and `code`."""

    def document(self, capture: Capture, hints: Hints) -> Document | Trouble:
        """Read a page."""

    def listing(
        self, capture: Capture, history: ListHistory = NO_HISTORY, day_order: DayOrder | None = None
    ) -> Listing | Trouble:  # fmt: skip
        """Read a page that lists others; `history` and `day_order` are what earlier captures have shown."""

    def feed(self, capture: Capture) -> Feed | Trouble:
        """Read a feed."""

    def sitemap(self, capture: Capture) -> Sitemap | Trouble:
        """Read a sitemap."""

    def coding(self, text: str, context: Context) -> Coding | Trouble:
        """Code a text."""

    def stop(self) -> None:
        """End the calls under way, where that can be done: each raises collect.Stopped."""


class Proofreader(Protocol):
    """What the desk asks of the rooms `read`, `code` and `desk`."""

    def findings(self, text: str, context: Context, sources: Sequence[SourceText]) -> tuple[Finding, ...] | Trouble:
        """Code a draft and hold it against its sources."""

    def proposal(self, wish: Wish) -> Draft | Trouble:
        """Make a sentence for a statement."""

    def coding(self, text: str, context: Context) -> Coding | Trouble:
        """Code a text."""

    def explained(self, capture: Capture, hints: Hints) -> tuple[Document, Explanation] | Trouble:
        """Read a page and say how."""


class Here:
    """The rooms in this process: for tests and for commands that read a few pages."""

    def __init__(self, registry_folder: Path | None = None) -> None:
        self._registry_folder = registry_folder

    def document(self, capture: Capture, hints: Hints) -> Document | Trouble:
        """Read a page."""
        return document(capture, hints)

    def listing(
        self, capture: Capture, history: ListHistory = NO_HISTORY, day_order: DayOrder | None = None
    ) -> Listing | Trouble:  # fmt: skip
        """Read a page that lists others."""
        return listing(capture, history, day_order)

    def feed(self, capture: Capture) -> Feed | Trouble:
        """Read a feed."""
        return feed(capture)

    def sitemap(self, capture: Capture) -> Sitemap | Trouble:
        """Read a sitemap."""
        return sitemap(capture)

    def coding(self, text: str, context: Context) -> Coding | Trouble:
        """Code a text."""
        return coding(text, context, self._registry_folder)

    def findings(self, text: str, context: Context, sources: Sequence[SourceText]) -> tuple[Finding, ...] | Trouble:
        """Code a draft and hold it against its sources."""
        return findings(text, context, sources, self._registry_folder)

    def proposal(self, wish: Wish) -> Draft | Trouble:
        """Make a sentence for a statement."""
        return proposal(wish)

    def explained(self, capture: Capture, hints: Hints) -> tuple[Document, Explanation] | Trouble:
        """Read a page and say how."""
        return explained(capture, hints)

    def stop(self) -> None:
        """Do nothing: a call in this process ends when it is done."""


class Pool:
    """The rooms in processes of their own, each call under a deadline. Safe to call from several threads."""

    def __init__(
        self, *, processes: int, deadline_s: float, memory_mb: int, registry_folder: Path | None = None
    ) -> None:
        from pebble import ProcessPool

        self._deadline_s, self._registry_folder = deadline_s, registry_folder
        self._is_stopped = False
        self._lock = threading.Lock()
        self._calls: set[Any] = set()  # under way; the pool itself would leave who waits for them waiting
        self._pool: Any = ProcessPool(
            max_workers=processes,
            max_tasks=1000,  # a process that has read so many is replaced: what a library leaks is given back
            context=forking.context(MOTHER),
            initializer=limit_memory,
            initargs=(memory_mb,),
        )

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        self.stop()
        self._pool.join()

    def stop(self) -> None:
        """Tell the processes to end; calls under way raise collect.Stopped."""
        with self._lock:
            self._is_stopped = True
            under_way = tuple(self._calls)
        for call in under_way:
            call.cancel()
        self._pool.stop()

    def document(self, capture: Capture, hints: Hints) -> Document | Trouble:
        """Read a page."""
        done: Document | Trouble = self._call("read", capture.url, document, capture, hints)
        return done

    def listing(
        self, capture: Capture, history: ListHistory = NO_HISTORY, day_order: DayOrder | None = None
    ) -> Listing | Trouble:  # fmt: skip
        """Read a page that lists others."""
        done: Listing | Trouble = self._call("read", capture.url, listing, capture, history, day_order)
        return done

    def feed(self, capture: Capture) -> Feed | Trouble:
        """Read a feed."""
        done: Feed | Trouble = self._call("read", capture.url, feed, capture)
        return done

    def sitemap(self, capture: Capture) -> Sitemap | Trouble:
        """Read a sitemap."""
        done: Sitemap | Trouble = self._call("read", capture.url, sitemap, capture)
        return done

    def coding(self, text: str, context: Context) -> Coding | Trouble:
        """Code a text."""
        done: Coding | Trouble = self._call("code", text[:60], coding, text, context, self._registry_folder)
        return done

    def findings(self, text: str, context: Context, sources: Sequence[SourceText]) -> tuple[Finding, ...] | Trouble:
        """Code a draft and hold it against its sources."""
        given = (text, context, tuple(sources), self._registry_folder)
        done: tuple[Finding, ...] | Trouble = self._call("desk", text[:60], findings, *given)
        return done

    def proposal(self, wish: Wish) -> Draft | Trouble:
        """Make a sentence for a statement."""
        done: Draft | Trouble = self._call("desk", wish.lead.text[:60], proposal, wish)
        return done

    def explained(self, capture: Capture, hints: Hints) -> tuple[Document, Explanation] | Trouble:
        """Read a page and say how."""
        done: tuple[Document, Explanation] | Trouble = self._call("read", capture.url, explained, capture, hints)
        return done

    def _call(self, room: str, what: str, function: Any, *given: Any) -> Any:
        from concurrent.futures import CancelledError
        from concurrent.futures import TimeoutError as Overdue

        from pebble import ProcessExpired

        with self._lock:  # so that none begins after the stop
            if self._is_stopped:
                raise collect.Stopped("the reading processes were stopped")
            call = self._pool.schedule(function, args=list(given), timeout=self._deadline_s)
            self._calls.add(call)
        try:
            return call.result()
        except Overdue:
            detail = f"{what}: took longer than {self._deadline_s:g} s and was given up; look at the page by hand"
            return Trouble(room=room, kind="deadline", detail=detail, passing=False)
        except CancelledError as error:
            raise collect.Stopped("the reading processes were stopped") from error
        except (ProcessExpired, MemoryError):
            detail = (
                f"{what}: the process that worked on it ended (memory, or a fault in a library); it was passed over"
            )
            return Trouble(room=room, kind="crash", detail=detail, passing=False)
        finally:
            self._calls.discard(call)


def limit_memory(memory_mb: int) -> None:
    """Bound the memory of this process, so that one page can't take the machine's."""
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * 1024**2, memory_mb * 1024**2))


def document(capture: Capture, hints: Hints) -> Document | Trouble:
    """Read a page; importable by name, for the pool."""
    from communique import read

    return read.document(capture, hints=hints)


def explained(capture: Capture, hints: Hints) -> tuple[Document, Explanation] | Trouble:
    """Read a page and say how."""
    from communique import read

    return read.explained(capture, hints=hints)


def listing(capture: Capture, history: ListHistory, day_order: DayOrder | None) -> Listing | Trouble:
    """Read a page that lists others."""
    from communique import read

    return read.listing(capture, history=history, day_order=day_order)


def feed(capture: Capture) -> Feed | Trouble:
    """Read a feed."""
    from communique import read

    return read.feed(capture)


def sitemap(capture: Capture) -> Sitemap | Trouble:
    """Read a sitemap."""
    from communique import read

    return read.sitemap(capture)


def coding(text: str, context: Context, registry_folder: Path | None) -> Coding | Trouble:
    """Code a text by the built-in registry and the desk's own."""
    from communique import code, registry
    from communique.flow import actors

    try:
        return code.coding(text, registry=actors.of(registry_folder), context=context)
    except registry.BadRegistry as error:
        return Trouble(room="code", kind="bad-registry", detail=str(error), passing=False)


def findings(
    text: str, context: Context, sources: Sequence[SourceText], registry_folder: Path | None
) -> tuple[Finding, ...] | Trouble:
    """Code a draft and hold it against its sources."""
    from communique import desk

    coded = coding(text, context, registry_folder)
    if isinstance(coded, Trouble):
        return coded
    return desk.findings(text, sources, language=context.language, published=context.published, coding=coded)


def proposal(wish: Wish) -> Draft:
    """Make a sentence for a statement."""
    from communique import desk

    return desk.proposal(
        wish.lead,
        actor_names=wish.actor_names,
        publishers=wish.publishers,
        signers=wish.signers,
        language=wish.language,
    )
