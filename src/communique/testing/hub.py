"""A WebSub hub on the loopback web: a page that takes subscriptions, and the calls that it makes to their callbacks."""

from __future__ import annotations

import hmac
from http.client import HTTPConnection
from urllib.parse import parse_qsl, urlencode, urlsplit

from communique.testing.web import Answer, Request

ACCEPTED = Answer(status=202, media_type=None)
CHALLENGE = "say-this-back"


class Hub:
    """Give `page` to a site. What was asked stands in `asked`, newest last; `reply` is what it is answered."""

    def __init__(self, reply: Answer = ACCEPTED) -> None:
        self.reply = reply
        self.asked: list[dict[str, str]] = []
        self.confirmed: list[int] = []  # statuses of the callback, where `calls_back` is set
        self.calls_back = False  # True: each question is confirmed at once, before it is answered

    def page(self, request: Request) -> Answer:
        """Take a question."""
        self.asked.append(dict(parse_qsl(request.body.decode())))
        if self.calls_back:
            self.confirmed.append(_status("GET", self.callback, self.intent()))
        return self.reply

    @property
    def callback(self) -> str:
        """Yield the address of the newest subscription."""
        return self.asked[-1]["hub.callback"]

    def intent(self, **changes: str) -> str:
        """Yield the address that verifies the newest question; `mode="denied"` and the like say it otherwise."""
        asked = self.asked[-1]
        said = {"mode": asked["hub.mode"], "topic": asked["hub.topic"], "challenge": CHALLENGE, "lease_seconds": "3600"}
        query = urlencode({f"hub.{name}": value for name, value in (said | changes).items()})
        return f"{urlsplit(self.callback).path}?{query}"

    def signature(self, body: bytes, method: str = "sha256") -> str:
        """Yield what a push of this body is signed with."""
        secret = next(one["hub.secret"] for one in reversed(self.asked) if "hub.secret" in one)
        return f"{method}={hmac.new(secret.encode(), body, method).hexdigest()}"

    def push(self, body: bytes) -> int:
        """Tell the newest subscriber, and yield the status that it answers."""
        return _status("POST", self.callback, urlsplit(self.callback).path, body, self.signature(body))


def _status(method: str, callback: str, path: str, body: bytes = b"", signature: str = "") -> int:
    connection = HTTPConnection(urlsplit(callback).netloc, timeout=10)
    try:
        connection.request(method, path, body or None, {"X-Hub-Signature": signature} if signature else {})
        return connection.getresponse().status
    finally:
        connection.close()
