"""A source that names a hub is subscribed to there, told of by it, and left at the end; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from communique import collect
from communique.flow.course import NOTHING, Memory
from communique.testing.builders import source, visited
from communique.testing.hostile import FakeClock
from communique.testing.hub import CHALLENGE, Hub
from communique.testing.web import Answer, Site, Web, serving
from communique.web.ledger import hubs as rows
from communique.web.ledger import models, watchlist
from communique.web.ledger.hubs import State
from communique.web.ledger.store import DatabaseLedger
from communique.web.outgoing import hubs
from communique.web.workspace import Workspace

HOST, DESK = "hub.localhost", "https://desk.example"
TOPIC = "https://rivermen.example/feed.xml"
SETTINGS = collect.Settings(allow_private=True, ports=(), pause_s=0.0, patience_s=1.0)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A newsroom that watches one source, and the hub that the source names."""

    ledger: DatabaseLedger
    hub: Hub
    web: Web
    clock: FakeClock
    client: Client

    def visit(self, memory: Memory | None = None, **given: object) -> None:
        """Enter a visit of the source that found it naming the hub."""
        named = Memory(hub=self.web.url(HOST, "/"), topic=TOPIC) if memory is None else memory
        at = self.clock.now()
        self.ledger.source_visited(source().id, replace(visited(at=at, next_at=at + HOUR), memory=named, **given))  # type: ignore[arg-type]

    def tend(self) -> int:
        """Ask hubs what is due."""
        with collect.client(
            SETTINGS, resolve=lambda name: (self.web.resolve(name),), clock=self.clock.clock()
        ) as client:
            return hubs.tend(client, callback=DESK)

    def confirm(self, **changes: str) -> tuple[int, bytes]:
        """Let the hub call back; yield the status and the body of our answer."""
        answer = self.client.get(self.hub.intent(**changes))
        return answer.status_code, answer.content

    def push(self, body: bytes = b"<rss/>", *, signed: str | None = None) -> int:
        """Let the hub tell of something new; yield the status of our answer."""
        signature = self.hub.signature(body) if signed is None else signed
        path = self.hub.intent().partition("?")[0]
        answer = self.client.post(
            path, body, content_type="application/rss+xml", headers={"X-Hub-Signature": signature}
        )
        return answer.status_code

    def subscribed(self) -> None:
        """Be subscribed and confirmed."""
        self.visit()
        self.tend()
        assert self.confirm() == (200, CHALLENGE.encode())

    @property
    def row(self) -> models.Subscription:
        return models.Subscription.objects.get()

    @property
    def source(self) -> models.Source:
        return models.Source.objects.get()


@pytest.fixture
def place(newsroom_on: Workspace) -> Iterator[Place]:
    hub, clock = Hub(), FakeClock(started=datetime.now(UTC))  # calls of a hub are answered in real time
    ledger = DatabaseLedger()
    ledger.add_source(source(), now=clock.now())
    with serving([Site(host=HOST, pages={"/": hub.page})]) as web:
        yield Place(ledger=ledger, hub=hub, web=web, clock=clock, client=Client(enforce_csrf_checks=True))


def test_a_hub_that_a_source_names_is_asked_to_tell_us(place: Place) -> None:
    place.visit()

    place.tend()

    (asked,) = place.hub.asked
    assert (asked["hub.mode"], asked["hub.topic"], asked["hub.lease_seconds"]) == ("subscribe", TOPIC, "864000")
    assert asked["hub.callback"].startswith("https://desk.example/websub/")
    assert len(asked["hub.callback"]) > 70
    assert len(asked["hub.secret"]) == 64


def test_without_an_address_of_our_own_no_hub_is_asked(place: Place) -> None:
    place.visit()

    with collect.client(SETTINGS, clock=place.clock.clock()) as client:
        assert hubs.tend(client, callback="") == 0


def test_a_hub_is_asked_once_until_it_has_had_time_to_call_back(place: Place) -> None:
    place.visit()

    place.tend()
    place.visit()

    assert place.tend() == 0
    assert (place.row.state, len(place.hub.asked)) == (State.ASKED, 1)


def test_a_confirmed_subscription_tells_until_its_lease_ends(place: Place) -> None:
    place.subscribed()

    left = place.source.told_until - datetime.now(UTC)  # type: ignore[operator]

    assert timedelta(minutes=59) < left <= HOUR
    assert place.row.state == State.RUNNING


def test_the_challenge_goes_back_as_text_that_no_browser_runs(place: Place) -> None:
    place.visit()
    place.tend()

    answer = place.client.get(place.hub.intent(challenge="<script>alert(1)</script>"))

    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "changes",
    [
        {"topic": "https://elsewhere.example/"}, {"mode": "unsubscribe"}, {"mode": "publish"}, {"challenge": ""},
        {"challenge": "a\x00b"}, {"challenge": "x" * 3000},
    ],
)  # fmt: skip
def test_what_was_not_asked_for_is_not_confirmed(place: Place, changes: dict[str, str]) -> None:
    place.visit()
    place.tend()

    assert place.confirm(**changes)[0] == 404
    assert place.source.told_until is None


def test_nobody_finds_a_callback_by_guessing(place: Place) -> None:
    place.subscribed()

    assert place.client.get("/websub/guess/?hub.mode=subscribe&hub.challenge=x").status_code == 404
    assert place.client.post("/websub/guess/", b"", content_type="text/xml").status_code == 410
    assert place.client.put("/websub/guess/").status_code == 405


def test_a_true_push_makes_the_source_due_politely(place: Place) -> None:
    place.subscribed()

    assert place.push() == 202

    assert place.source.next_visit_at == place.source.visited_at + timedelta(minutes=1)  # type: ignore[operator]
    assert place.source.told_at is not None


@pytest.mark.parametrize("signed", ["", "sha256=" + "0" * 64, "md5=x"])
def test_a_push_that_is_not_the_hubs_changes_nothing(place: Place, signed: str) -> None:
    place.subscribed()
    before = place.source.next_visit_at

    assert place.push(signed=signed) == 202  # whoever guesses learns nothing

    assert (place.source.next_visit_at, place.source.told_at) == (before, None)


def test_a_push_before_the_confirmation_changes_nothing(place: Place) -> None:
    place.visit()
    place.tend()

    place.push()

    assert place.source.told_at is None


def test_a_push_that_is_too_large_is_not_read(place: Place) -> None:
    place.subscribed()

    assert place.push(bytes(16 * 1024**2 + 1)) == 413
    assert place.source.told_at is None


def test_a_source_that_is_told_of_is_visited_more_rarely(place: Place) -> None:
    place.subscribed()
    with place.ledger.due(place.clock.now() + 2 * HOUR, limit=9) as due:
        before = due.sources[0].told_until
    place.push()

    with place.ledger.due(place.clock.now() + 2 * HOUR, limit=9) as due:
        assert (before, due.sources[0].told_until) == (None, place.source.told_until)


def test_a_hub_that_missed_something_is_not_relied_on_until_it_tells_again(place: Place) -> None:
    place.subscribed()
    place.push()
    place.clock.sleep(60)
    place.visit(found_new=True)
    assert not place.source.is_told_late  # it had told

    place.clock.sleep(60)
    place.visit(found_new=True)
    assert place.source.is_told_late
    place.push()

    assert not place.source.is_told_late


def test_a_lease_is_renewed_before_it_ends_at_the_same_callback(place: Place) -> None:
    place.subscribed()
    place.clock.sleep(0.81 * 3600)

    place.tend()

    first, second = place.hub.asked
    assert first == second
    assert place.row.state == State.RUNNING
    assert place.confirm()[0] == 200


def test_a_hub_that_never_calls_back_is_asked_ever_more_rarely(place: Place) -> None:
    place.visit()
    pauses = []
    for _ in range(8):
        place.tend()
        pauses.append((place.row.next_at - place.clock.now()) / HOUR)
        place.clock.sleep(3600 * pauses[-1])

    assert pauses == [0.5, 1, 2, 4, 8, 16, 24, 24]
    assert place.row.said == "the hub has not called back yet"


def test_a_hub_that_denies_is_left_alone_for_a_month(place: Place) -> None:
    place.subscribed()

    assert place.confirm(mode="denied", reason="not your topic")[0] == 200

    assert place.source.told_until is None
    assert (place.row.state, place.row.said) == (State.REFUSED, "the hub denies the subscription: not your topic")
    assert place.row.next_at - datetime.now(UTC) > timedelta(days=29)


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [(404, b"", "the hub answers 404"), (410, b"<h1>Gone</h1>", "the hub answers 410"),
     (400, b"no such\n topic", "the hub answers 400: no such topic")],
)  # fmt: skip
def test_a_hub_that_refuses_or_is_gone_says_so(place: Place, status: int, body: bytes, said: str) -> None:
    place.hub.reply = Answer(status=status, body=body)
    place.visit()

    place.tend()

    assert (place.row.state, place.row.said) == (State.REFUSED, said)
    assert place.row.next_at - place.clock.now() == timedelta(days=30)


def test_a_hub_that_fails_is_asked_again_soon(place: Place) -> None:
    place.hub.reply = Answer(status=500, body=b"oh")
    place.visit()

    place.tend()

    assert (place.row.state, place.row.said) == (State.ASKED, "the hub answers 500: oh")
    assert place.row.next_at - place.clock.now() == timedelta(minutes=30)


def test_a_busy_hub_gets_the_pause_that_it_asks_for(place: Place) -> None:
    place.hub.reply = Answer(status=503, headers=(("Retry-After", "7200"),))
    place.visit()

    place.tend()

    assert abs(place.row.next_at - place.clock.now() - 2 * HOUR) < timedelta(seconds=5)
    assert place.row.tries == 0


def test_a_hub_in_a_private_network_is_never_asked(place: Place) -> None:
    place.visit(Memory(hub="http://169.254.169.254/hub", topic=TOPIC))

    place.tend()

    assert place.row.state == State.REFUSED
    assert "such addresses are not asked" in (place.row.said or "")


def test_a_hub_that_calls_back_before_it_answers_is_heard(place: Place) -> None:
    place.visit()
    mine = models.Subscription.objects.get()
    assert rows.claimed(mine, callback=f"{DESK}/websub/{mine.token}/", until=place.clock.now() + HOUR)
    place.client.get(f"/websub/{mine.token}/", {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "x"})

    rows.said(mine, "the hub has not called back yet", next_at=place.clock.now())

    assert (place.row.state, place.row.said) == (State.RUNNING, None)


def test_two_workers_ask_a_hub_once(place: Place) -> None:
    place.visit()
    first, second = models.Subscription.objects.get(), models.Subscription.objects.get()
    until = place.clock.now() + HOUR

    won = [rows.claimed(one, callback=DESK, until=until) for one in (first, second)]

    assert won == [True, False]


@pytest.mark.parametrize("how", ["pause", "remove"])
def test_a_source_that_is_watched_no_more_is_left_at_its_hub(place: Place, how: str) -> None:
    place.subscribed()
    watchlist.change(how, source().id, now=place.clock.now())

    place.tend()

    assert place.hub.asked[-1]["hub.mode"] == "unsubscribe"
    assert place.confirm() == (200, CHALLENGE.encode())
    assert not models.Subscription.objects.exists()


def test_a_hub_that_was_never_asked_is_not_left(place: Place) -> None:
    place.visit()

    watchlist.change("remove", source().id, now=place.clock.now())

    assert place.tend() == 0
    assert not models.Subscription.objects.exists()


def test_a_source_that_names_another_hub_changes_over(place: Place) -> None:
    place.subscribed()

    place.visit(Memory(hub=place.web.url(HOST, "/"), topic="https://rivermen.example/new.xml"))
    place.tend()

    assert [one["hub.mode"] for one in place.hub.asked] == ["subscribe", "unsubscribe", "subscribe"]
    assert place.hub.asked[-1]["hub.topic"] == "https://rivermen.example/new.xml"


def test_a_source_that_names_no_hub_any_more_is_left(place: Place) -> None:
    place.subscribed()

    place.visit(NOTHING)
    place.tend()

    assert place.hub.asked[-1]["hub.mode"] == "unsubscribe"
    assert place.source.told_until is None


def test_a_hub_that_lets_nobody_go_is_forgotten_in_the_end(place: Place) -> None:
    place.subscribed()
    place.hub.reply = Answer(status=500)
    watchlist.change("pause", source().id, now=place.clock.now())

    for _ in range(hubs.TRIES + 1):
        place.tend()
        place.clock.sleep(24 * 3600)

    assert not models.Subscription.objects.exists()


def test_a_new_address_of_ours_is_told_to_the_hubs(place: Place) -> None:
    place.subscribed()

    with collect.client(SETTINGS, resolve=lambda name: (place.web.resolve(name),), clock=place.clock.clock()) as client:
        asked = [hubs.tend(client, callback="https://new.example/desk/") for _ in range(2)]

    assert asked == [1, 0]
    assert place.hub.callback.startswith("https://new.example/desk/websub/")


def test_the_sources_sentence_names_the_hub_and_when_it_told(place: Place) -> None:
    place.subscribed()
    place.push()
    today = f"{datetime.now(UTC):%-d %B %Y}"

    (row,) = watchlist.rows(place.clock.now())

    assert f"; announces itself through hub.localhost, last told on {today}; next visit" in str(row["state"])
