"""Through which hub a source announces itself, and as what (WebSub, section 4: headers first, then the document)."""

from __future__ import annotations

from communique.flow import _offers
from communique.kit import urls
from communique.records import Capture, Feed, Listing

LONGEST = 2000  # characters of an address; longer ones are no hub's


def named(capture: Capture, made: Feed | Listing | None) -> tuple[str, str] | None:
    """Yield the hub and the topic that an answer names; without a name for itself it is the address that answered."""
    hub, topic = _offers.related(capture, "hub"), _offers.related(capture, "self")
    if hub is None and made is not None:
        hub, topic = made.hub, topic or made.topic
    if hub is None or not _is_usable(hub):
        return None
    return hub, topic if topic and _is_usable(topic) else capture.final_url


def _is_usable(url: str) -> bool:
    return len(url) <= LONGEST and url.startswith(("http://", "https://")) and bool(urls.host(url))
