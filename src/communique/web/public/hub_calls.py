"""What hubs call (WebSub, sections 5.2, 5.3 and 7): to have a subscription confirmed, to deny it, to tell of news.

What is pushed is never read as the feed: a push whose signature holds lets its source be visited, and the visit brings
the evidence.
"""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from communique.web.ledger import hubs, models
from communique.web.outgoing import websub
from communique.web.outgoing.hubs import REFUSED

PUSH_BYTES = 16 * 1024**2  # as much as a feed may have
_PART = 64 * 1024
_REASON = 200  # characters of why a hub denies
log = structlog.get_logger()


@csrf_exempt  # the address is the secret, and a push is signed
def called(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a hub."""
    row = hubs.of_token(token)
    if request.method == "POST":
        return _plain("no such subscription", 410) if row is None else _push(request, row)
    if request.method not in ("GET", "HEAD"):
        refusal = _plain("hubs ask by GET and tell by POST", 405)
        refusal["Allow"] = "GET, HEAD, POST"
        return refusal
    if row is None or request.GET.get("hub.topic") != row.topic:
        return _plain("no such subscription", 404)
    return _intent(request, row, datetime.now(UTC))


def _intent(request: HttpRequest, row: models.Subscription, now: datetime) -> HttpResponse:
    """Confirm what we asked for, and nothing else."""
    mode, challenge = request.GET.get("hub.mode"), request.GET.get("hub.challenge", "")
    is_leaving = row.state == hubs.State.LEAVING
    if mode == "denied" and not is_leaving:
        reason = " ".join(request.GET.get("hub.reason", "").split())[:_REASON]
        said = f": {reason}" if reason and reason.isprintable() else ""
        hubs.refused(row, f"the hub denies the subscription{said}", next_at=now + REFUSED)
        return _plain("", 200)
    if not websub.is_plain(challenge) or mode != ("unsubscribe" if is_leaving else "subscribe"):
        return _plain("that was not asked for", 404)
    if is_leaving:
        hubs.ended(row)
    elif row.state == hubs.State.REFUSED:
        return _plain("that is not asked for any more", 404)
    else:
        promised = websub.lease(request.GET.get("hub.lease_seconds", ""))
        hubs.running(row, until=now + promised, next_at=websub.renewal(now, promised))
    return _plain(challenge, 200)


def _push(request: HttpRequest, row: models.Subscription) -> HttpResponse:
    """Take a push: the answer says that it came, never whether it was believed."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > PUSH_BYTES:
        return _plain(f"more than {PUSH_BYTES} bytes are not taken", 413)
    signature = websub.Signature(request.headers.get("X-Hub-Signature", ""), row.secret)
    left = PUSH_BYTES
    while left and (part := request.read(min(_PART, left))):
        signature.add(part)
        left -= len(part)
    if not signature.holds:
        log.warning("a push without a true signature is not heeded", room="collect", hub=row.hub, topic=row.topic)
    elif row.state == hubs.State.RUNNING:
        hubs.told(row, now=datetime.now(UTC))
    return _plain("", 202)


def _plain(said: str, status: int) -> HttpResponse:
    """Yield a sentence that no browser takes for anything but text (section 8.2)."""
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return HttpResponse(said, status=status, content_type="text/plain; charset=utf-8", headers=headers)
