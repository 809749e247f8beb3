"""Hubs are asked to tell us when a source has something new (WebSub), and to stop when nobody watches it any more.

Questions go through the client of the visits: its pauses, limits and refusals are theirs too. Without a public address
of our own (`collect.callback`) nothing is asked.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from django.db import close_old_connections, connection

from communique import collect
from communique.kit import urls
from communique.records import Trouble
from communique.web.ledger import hubs, models
from communique.web.outgoing import websub

AT_ONCE = 20  # questions between two looks at the clock
LOOK = timedelta(seconds=20)  # how soon a subscription that became due is noticed
CONFIRMATION = timedelta(minutes=30)  # for a hub to call back, before it is asked again; doubled by each try
LONGEST_RETRY = timedelta(days=1)
REFUSED = timedelta(days=30)  # before a hub that said no is asked again
TRIES = 4  # to leave a hub; then the subscription ends with its lease
PATH = "/websub/"
log = structlog.get_logger()


def tend(client: collect.Client, *, callback: str) -> int:
    """Ask hubs what is due to be asked, and yield how many subscriptions that were. Raises collect.Stopped."""
    base = callback.rstrip("/")
    rows = hubs.due(client.clock.now(), callback=base, limit=AT_ONCE) if base else []
    for row in rows:
        here = row.callback if row.state == hubs.State.LEAVING else f"{base}{PATH}{row.token}/"
        if hubs.claimed(row, callback=here, until=client.clock.now() + CONFIRMATION):
            _ask(row, here, client)
    return len(rows)


def _ask(row: models.Subscription, callback: str, client: collect.Client) -> None:
    is_leaving = row.state == hubs.State.LEAVING
    if is_leaving and row.tries >= TRIES:
        hubs.ended(row)
        return
    mode = "unsubscribe" if is_leaving else "subscribe"
    asked = websub.form(mode, topic=row.topic, callback=callback, secret=row.secret)
    _heed(row, _reply(row.hub, asked, client), client, retry_at=_retry(row, client.clock.now()))


def _reply(hub: str, asked: dict[str, str], client: collect.Client) -> Trouble | None:
    """Put a question to a hub; None: it was taken, and the hub will call back."""
    first, *others = websub.addresses(hub)
    answer = client.posted(first, asked)
    if isinstance(answer, Trouble) and answer.kind in ("no-connection", "bad-tls", "port") and others:
        answer = client.posted(others[0], asked)
    if isinstance(answer, Trouble):
        return answer
    if 200 <= answer.status < 300:
        return None
    why = " ".join(answer.body.decode("utf-8", "replace").split())[:200]
    plain = f": {why}" if why.isprintable() and why and "<" not in why else ""
    is_passing = answer.status >= 500 or answer.status in (408, 429)
    return Trouble(room="collect", kind="hub", detail=f"the hub answers {answer.status}{plain}", passing=is_passing)


def _heed(row: models.Subscription, trouble: Trouble | None, client: collect.Client, *, retry_at: datetime) -> None:
    if trouble is None:
        hubs.said(row, "the hub has not called back yet", next_at=retry_at)
    elif trouble.kind in ("not-yet", "asked-to-wait"):
        wished = client.not_before(urls.host(row.hub))
        hubs.put_off(row, until=wished or retry_at)
    elif trouble.passing:
        hubs.said(row, trouble.detail, next_at=retry_at)
    elif row.state == hubs.State.LEAVING:
        hubs.ended(row)
    else:
        hubs.refused(row, trouble.detail, next_at=client.clock.now() + REFUSED)


def _retry(row: models.Subscription, now: datetime) -> datetime:
    return now + min(CONFIRMATION * (1 << min(row.tries, 10)), LONGEST_RETRY)


@contextmanager
def tended(client: collect.Client, *, callback: str) -> Iterator[None]:
    """Ask hubs in a thread of its own while the block runs; the client's end ends it."""
    if not callback:
        yield
        return
    ending = threading.Event()
    thread = threading.Thread(target=_tend_on, args=(client, callback, ending), name="hubs", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        hubs.changed.set()
        thread.join(timeout=1.0)  # a question under way ends with the client


def _tend_on(client: collect.Client, callback: str, ending: threading.Event) -> None:
    while not ending.is_set():
        try:
            asked = tend(client, callback=callback)
        except collect.Stopped:
            break
        except Exception:  # hubs are a convenience: a fault of ours here must not end the visits
            log.exception("a fault; hubs are asked again soon", work="hubs")
            asked = 0
        close_old_connections()
        if asked < AT_ONCE:
            hubs.changed.wait(LOOK.total_seconds())
            hubs.changed.clear()
    connection.close()
