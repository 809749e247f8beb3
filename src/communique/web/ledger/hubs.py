"""What was asked of hubs (WebSub), and what they told: the rows. When what is asked decides `web.outgoing.hubs`.

A subscription that is confirmed, denied or gone changes by compare-and-set: the hub's own call may come before the
answer to our question does, and several workers ask.
"""

from __future__ import annotations

import secrets
import threading
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from communique.flow.course import Memory
from communique.web.ledger import models

State = models.Subscription.State
changed = threading.Event()  # set by this process's visits: a hub is to be asked
SOON = timedelta(minutes=1)  # after a visit: what a hub tells makes a source due, but not in any rhythm of the hub's


def named(row: models.Source, memory: Memory, *, now: datetime) -> None:
    """Note which hub a source names now; one that it names no more is left."""
    if memory.hub is None or memory.topic is None:
        if row.told_until is not None or row.memory.get("hub"):
            leave(row, now=now)
        return
    known = models.Subscription.objects.filter(source=row).first()
    if known is not None and (known.hub, known.topic) != (memory.hub, memory.topic):
        leave(row, now=now)
        known = None
    if known is None:
        models.Subscription.objects.create(
            source=row, hub=memory.hub, topic=memory.topic, token=secrets.token_urlsafe(32),
            secret=secrets.token_hex(32), next_at=now,
        )  # fmt: skip
        transaction.on_commit(changed.set)


def leave(row: models.Source, *, now: datetime) -> None:
    """Let the hub of a source be asked to tell nothing any more. The caller saves the row."""
    row.told_until = None
    models.Source.objects.filter(pk=row.pk).update(told_until=None)
    of_it = models.Subscription.objects.filter(source=row)
    of_it.filter(callback="").delete()  # never asked
    of_it.update(source=None, state=State.LEAVING, next_at=now, tries=0, said=None)


def due(now: datetime, *, callback: str, limit: int) -> list[models.Subscription]:
    """Yield the subscriptions that a hub is to be asked about, also because our own address has changed."""
    moved = Q(state=State.RUNNING) & ~Q(callback__startswith=f"{callback}/")
    rows = models.Subscription.objects.filter(Q(next_at__lte=now) | moved)
    return list(rows.order_by("next_at", "id")[:limit])


def claimed(row: models.Subscription, *, callback: str, until: datetime) -> bool:
    """Note that a hub is being asked from here; False where another worker was faster."""
    asked = State.ASKED if row.state in (State.OFFERED, State.REFUSED) else row.state
    mine = models.Subscription.objects.filter(pk=row.pk, next_at=row.next_at, state=row.state)
    return bool(mine.update(callback=callback, state=asked, next_at=until, tries=F("tries") + 1))


def said(row: models.Subscription, detail: str | None, *, next_at: datetime) -> None:
    """Note what came of asking a hub, unless its own call has told more meanwhile (then `tries` is 0 again)."""
    models.Subscription.objects.filter(pk=row.pk, tries__gt=0).update(said=detail, next_at=next_at)


def put_off(row: models.Subscription, *, until: datetime) -> None:
    """Note that a hub's site rests and was not asked."""
    models.Subscription.objects.filter(pk=row.pk).update(next_at=until, tries=F("tries") - 1)


def refused(row: models.Subscription, detail: str, *, next_at: datetime) -> None:
    """Note that a hub won't tell us. It is asked again much later."""
    with transaction.atomic():
        models.Subscription.objects.filter(pk=row.pk).update(state=State.REFUSED, said=detail, next_at=next_at)
        _source(row).update(told_until=None)


def running(row: models.Subscription, *, until: datetime, next_at: datetime) -> None:
    """Note that a hub has confirmed, until when it will tell us, and when it is asked to go on."""
    with transaction.atomic():
        models.Subscription.objects.filter(pk=row.pk).update(
            state=State.RUNNING, said=None, tries=0, next_at=next_at
        )  # fmt: skip
        _source(row).update(told_until=until)


def ended(row: models.Subscription) -> None:
    """Forget a subscription that the hub has ended, or will not hear of again."""
    models.Subscription.objects.filter(pk=row.pk).delete()


def told(row: models.Subscription, *, now: datetime) -> None:
    """Let a source be due because its hub says that it has something new."""
    source = _source(row).filter(is_paused=False)
    source.update(told_at=now, is_told_late=False)
    visited = source.values_list("visited_at", flat=True).first()
    at = now if visited is None else max(now, visited + SOON)
    source.filter(next_visit_at__gt=at).update(next_visit_at=at)


def _source(row: models.Subscription) -> QuerySet[models.Source]:
    """Yield the source of a subscription, or nothing where it is being left."""
    return models.Source.objects.filter(subscription=row)


def of_token(token: str) -> models.Subscription | None:
    """Yield the subscription of a callback."""
    return models.Subscription.objects.filter(token=token).exclude(callback="").first()


def found_untold(row: models.Source, before: datetime | None) -> None:
    """Note on a row that a visit found what no hub had told since the visit `before`. The caller saves it."""
    if row.told_until is not None and before is not None and (row.told_at is None or row.told_at < before):
        row.is_told_late = True
