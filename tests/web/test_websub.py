"""What a subscriber says to a hub, and what it believes of one (WebSub, W3C Recommendation 2018)."""

from __future__ import annotations

import hmac
from datetime import timedelta

import pytest

from communique.testing.builders import MORNING
from communique.web.outgoing import websub

BODY = b"<feed/>" * 1000


def holds(header: str) -> bool:
    signature = websub.Signature(header, "s")
    for first in range(0, len(BODY), 999):
        signature.add(BODY[first : first + 999])
    return signature.holds


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512", "SHA256"])
def test_a_push_signed_with_our_secret_is_true(method: str) -> None:
    made = hmac.new(b"s", BODY, method.lower()).hexdigest()

    assert holds(f"{method}={made}")
    assert holds(f"{method}={made.upper()}")


@pytest.mark.parametrize(
    "header",
    [
        "", "sha256", "sha256=", "=", "md5=" + hmac.new(b"s", BODY, "md5").hexdigest(),
        "sha256=" + hmac.new(b"another", BODY, "sha256").hexdigest(),
        "sha256=" + hmac.new(b"s", BODY, "sha256").hexdigest()[:-1],
        "sha1=" + hmac.new(b"s", BODY, "sha256").hexdigest(), "sha256=ä€", "none=" + "0" * 64,
    ],
)  # fmt: skip
def test_any_other_push_is_not(header: str) -> None:
    assert not holds(header)


def test_only_a_subscription_carries_lease_and_secret() -> None:
    given = {"topic": "https://pilots.example/feed", "callback": "https://desk.example/websub/x/", "secret": "s"}

    assert websub.form("subscribe", **given)["hub.lease_seconds"] == "864000"
    assert set(websub.form("unsubscribe", **given)) == {"hub.mode", "hub.topic", "hub.callback"}


@pytest.mark.parametrize(
    ("said", "believed"),
    [
        ("3600", timedelta(hours=1)), ("", websub.LEASE), ("soon", websub.LEASE), ("-1", websub.LEASE),
        ("0", websub.SHORTEST_LEASE), ("9" * 30, websub.LONGEST_LEASE), ("٣٦٠٠", websub.LEASE),
    ],
)  # fmt: skip
def test_a_lease_is_believed_within_reason(said: str, believed: timedelta) -> None:
    assert websub.lease(said) == believed


def test_a_lease_is_renewed_before_it_ends() -> None:
    assert MORNING < websub.renewal(MORNING, timedelta(days=10)) == MORNING + timedelta(days=8)


def test_a_hub_is_asked_over_tls_first() -> None:
    assert websub.addresses("http://hub.example/a?b") == ("https://hub.example/a?b", "http://hub.example/a?b")
    assert websub.addresses("https://hub.example/") == ("https://hub.example/",)
    assert websub.addresses("http://hub.example:8080/") == ("http://hub.example:8080/",)


@pytest.mark.parametrize(("challenge", "plain"), [("a1-_~", True), ("", False), ("a\x00b", False), ("x" * 2001, False)])
def test_only_a_plain_challenge_is_given_back(challenge: str, *, plain: bool) -> None:
    assert websub.is_plain(challenge) is plain
