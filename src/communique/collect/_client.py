"""The one door to the network: asks politely, follows redirects, and never goes where it must not."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Event
from types import TracebackType
from urllib.parse import urlencode

import httpx

from communique.collect import _address, _answer, _coding
from communique.collect._address import Hop
from communique.collect._answer import Answer
from communique.collect._failure import FAILURES, failure
from communique.collect._notes import Notes
from communique.collect._robots import LIMIT_BYTES, Robots
from communique.collect._schedule import retry_after_s
from communique.collect._settings import BadSettings, Clock, Resolve, Settings
from communique.collect._site import site
from communique.collect._slots import NotYet, Slots
from communique.collect._transport import PIN, Pin, PinningTransport
from communique.collect._trouble import Stopped, shown, trouble
from communique.records import Redirect, Trouble

ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,application/pdf,"
    "application/xml;q=0.9,application/json;q=0.9,text/plain;q=0.8,*/*;q=0.1"
)
_BUSY_S = 300.0  # how long a site that says 429 without a time is left alone

Headers = tuple[tuple[str, str], ...]
_FORM: Headers = (("Content-Type", "application/x-www-form-urlencoded"),)
_FOLLOWED_POSTS = frozenset({307, 308})  # of what was posted; after other redirects a GET would follow
_REPLY_BYTES = 4096  # of what is answered to a form: a sentence at most
Permit = Callable[[Hop], float | Trouble]  # the pause in seconds that an address asks for, or why it may not be asked


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What is sent to an address, and to those that it leads to."""

    extra: Headers = ()
    form: bytes | None = None  # None: it is a GET
    cut_at: int | None = None  # bytes of the answer that are read; None: all, or it is a trouble

    def follows(self, answer: Answer) -> bool:
        """Tell whether a redirect is followed."""
        return answer.location is not None and (self.form is None or answer.status in _FOLLOWED_POSTS)


class Client:
    """Asks the web for a desk. Threads share one; each site sees one of them at a time."""

    def __init__(self, settings: Settings, resolve: Resolve, clock: Clock, notes: Notes) -> None:
        self.settings = settings
        self.clock = clock
        self._resolve = resolve
        self._stopping = Event()
        self._ends: list[Callable[[], None]] = []
        hold_s = settings.connect_s + settings.total_s
        self._slots = Slots(clock, self.wait, patience_s=settings.patience_s, hold_s=hold_s, notes=notes)
        self._robots = Robots(self._robots_txt, settings, clock, notes)
        self._places: dict[str, str] = {}  # host -> the address that it was last found at
        self._transport = PinningTransport(_tls(settings.authorities))

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End all visits under way, from any thread: each raises Stopped, asleep or reading at once.

        One that looks up a name or opens a connection is noticed when that is done (`connect_s` at most).
        """
        self._stopping.set()
        self._transport.close()
        for end in tuple(self._ends):
            end()

    @contextmanager
    def ending(self, end: Callable[[], None]) -> Iterator[None]:
        """Call `end` if the client is stopped meanwhile: for conversations that are not this client's own."""
        self._ends.append(end)
        try:
            self._go_on()
            yield
        except Exception:
            self._go_on()  # an end that we made ourselves is no trouble of the source
            raise
        finally:
            self._ends.remove(end)

    def addresses(self, host: str) -> tuple[str, ...] | Trouble:
        """Yield the addresses of a host that may be connected to, or why it may not."""
        return _address.addresses(host, resolve=self._resolve, allow_private=self.settings.allow_private)

    def tls(self) -> ssl.SSLContext:
        """Yield what a server's name is verified with."""
        return _tls(self.settings.authorities)

    def wait(self, seconds: float) -> None:
        """Let the time pass; raises Stopped where the client is stopped meanwhile."""
        (self.clock.sleep or self._stopping.wait)(seconds)
        self._go_on()

    def _go_on(self) -> None:
        if self._stopping.is_set():
            raise Stopped("the client was stopped")

    def not_before(self, host: str) -> datetime | None:
        """Yield the instant from which on a host's site may be asked again; None: at once.

        It follows from the pause after the last request, from Crawl-delay and from Retry-After.
        """
        wait_s = self._slots.rest_s((_site_key(host),))
        return self.clock.now() + timedelta(seconds=wait_s) if wait_s > 0 else None

    def wait_s(self, url: str) -> float:
        """Yield the seconds until it is worth asking for an address; 0: now, and nothing would be slept for.

        It is a forecast for whoever has other sites to ask meanwhile: the manners are kept by `answer` itself.
        """
        hop = _address.hop(url, self.settings)
        if isinstance(hop, Trouble):
            return 0.0  # it is not asked at all
        keys = (_site_key(hop.host), *(f"address {place}" for place in (self._places.get(hop.host),) if place))
        return self._slots.wait_s(keys)

    def learn_rules(self, url: str) -> bool:
        """Ask a site for its robots.txt where that is not known yet; tell whether it was asked, and rests now."""
        hop = _address.hop(url, self.settings)
        if isinstance(hop, Trouble) or self._robots.are_known(hop):
            return False
        self._robots.pause_s(hop)
        return True

    def answer(self, url: str, extra: Headers = ()) -> Answer | Trouble:
        """Ask for one address as robots.txt and pauses permit, and follow where it leads."""
        return self._followed(url, _Question(extra=extra), self._robots.pause_s)

    def posted(self, url: str, form: Mapping[str, str]) -> Answer | Trouble:
        """Send a form to an address that is made to take it, and yield what it answers, cut short.

        Its pauses and limits are those of all visits. robots.txt is not asked: it speaks of what robots may read.
        """
        content = urlencode(form).encode()
        return self._followed(url, _Question(extra=_FORM, form=content, cut_at=_REPLY_BYTES), lambda _hop: 0.0)

    def _robots_txt(self, url: str) -> Answer | Trouble:
        return self._followed(url, _Question(cut_at=LIMIT_BYTES), lambda _hop: 0.0)

    def _followed(self, url: str, question: _Question, permit: Permit) -> Answer | Trouble:
        seen: list[str] = []
        hops: list[Redirect] = []
        for_good = True
        while True:
            hop = _address.hop(url, self.settings)
            if isinstance(hop, Trouble):
                return _after(seen, hop)
            answer = _wrong_turn(hop, seen, self.settings) or self._permitted(hop, question, permit)
            if isinstance(answer, Trouble):
                return _after(seen, answer)
            if answer.location is None or not question.follows(answer):
                return replace(answer, redirects=tuple(hops), moved=bool(seen) and for_good)
            seen.append(answer.url)
            hops.append(answer.as_redirect)
            for_good = for_good and answer.status in _answer.FOR_GOOD
            url = answer.location

    def _permitted(self, hop: Hop, question: _Question, permit: Permit) -> Answer | Trouble:
        pause_s = permit(hop)
        if isinstance(pause_s, Trouble):
            return pause_s
        found = _address.addresses(hop.host, resolve=self._resolve, allow_private=self.settings.allow_private)
        if isinstance(found, Trouble):
            return found
        self._places[hop.host] = found[0]
        keys = (_site_key(hop.host), f"address {found[0]}")
        try:
            with self._slots.taken(keys, max(pause_s, self.settings.pause_s)):
                answer = self._sent(hop, question, found)
                return answer if isinstance(answer, Trouble) else self._heeded(answer, hop)
        except NotYet as wait:
            detail = f"{shown(hop.host)} wants to be left alone for {wait.wait_s:.0f} s more; it is visited after that"
            return trouble("not-yet", detail, passing=True)

    def _sent(self, hop: Hop, question: _Question, found: tuple[str, ...]) -> Answer | Trouble:
        self._go_on()
        pin = Pin(found, self.settings, self.clock.tick)
        request = httpx.Request(
            "GET" if question.form is None else "POST", hop.url, content=question.form,
            headers=self._headers(question.extra), extensions=self._extensions(pin),
        )  # fmt: skip
        try:
            response = self._transport.handle_request(request)
            began_at, cut_at = self.clock.now(), question.cut_at
            try:
                return _answer.received(request, response, began_at=began_at, settings=self.settings, cut_at=cut_at)
            finally:
                response.close()
        except FAILURES as error:
            self._go_on()  # an end that we made ourselves is no trouble of the source
            return failure(error, hop.url, self.settings)

    def _headers(self, extra: Headers) -> list[tuple[str, str]]:
        return [
            ("User-Agent", self.settings.identification),
            ("Accept", ACCEPT),
            ("Accept-Encoding", _coding.ACCEPTED),
            ("Connection", "close"),
            *extra,
        ]

    def _extensions(self, pin: Pin) -> dict[str, object]:
        connect_s, silence_s = self.settings.connect_s, self.settings.silence_s
        return {PIN: pin, "timeout": {"connect": connect_s, "read": silence_s, "write": silence_s, "pool": connect_s}}

    def _heeded(self, answer: Answer, hop: Hop) -> Answer | Trouble:
        """Leave a site alone as long as it asks for: 429 always, 503 where it says how long."""
        wished = answer.header("retry-after")
        wait_s = retry_after_s(wished, self.clock.now()) if wished else None
        if answer.status == 429 and wait_s is None:
            wait_s = _BUSY_S
        if answer.status not in (429, 503) or wait_s is None:
            return answer
        self._slots.rest((_site_key(hop.host),), wait_s)
        detail = f"{shown(hop.url)} is busy ({answer.status}) and asks for a pause of {wait_s:.0f} s; it gets that"
        return trouble("asked-to-wait", detail, passing=True)


def _site_key(host: str) -> str:
    return f"site {site(host.lower().rstrip('.'))}"


@cache  # reading the authorities takes 20 ms, and clients may be many
def _tls(authorities: Path | None) -> ssl.SSLContext:
    """Yield a verifying context. Variables like SSL_CERT_FILE are left out: what is trusted stands in the settings."""
    context = httpx.create_ssl_context(verify=True, trust_env=False)
    if authorities is not None:
        try:
            context.load_verify_locations(authorities)
        except OSError as error:
            detail = f"collect.authorities: {authorities} is not a readable PEM file of certificates ({error.strerror})"
            raise BadSettings(detail) from error
    return context


def _wrong_turn(hop: Hop, seen: list[str], settings: Settings) -> Trouble | None:
    if hop.url in seen:
        return trouble("redirects", f"{shown(hop.url)} redirects in a circle; open it in a browser", passing=True)
    if len(seen) > settings.redirects:
        detail = f"more than {settings.redirects} redirects (collect.redirects), the last to {shown(hop.url)}"
        return trouble("redirects", detail, passing=True)
    return None


def _after(seen: list[str], found: Trouble) -> Trouble:
    return replace(found, detail=f"redirected from {shown(seen[0])}: {found.detail}") if seen else found
