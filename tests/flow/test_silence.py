"""A silence is looked into: the site that moves on without its feed, the feed that has moved, the site that rests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from communique.testing.web import Answer

from .conftest import World, article, feed, memory

PAY = "The Union of River Pilots rejects the offer of 2.1 per cent that the Port Authority made on 27 February."


def front(world: World, *paths: str) -> Answer:
    """Yield a site's own page, which lists these statements."""
    rows = "".join(
        f'<li><a href="{world.url(path)}">The river pilots speak about {path[1:]} at some length</a></li>'
        for path in paths
    )
    return Answer(body=f"<html><body><main><h2>Statements</h2><ul>{rows}</ul></main></body></html>".encode())


def silent_feed(world: World, *at_home: str) -> None:
    """Collect a feed, and let it fall silent for a month while its site has these statements."""
    paths = [f"/s{number}" for number in range(1, 7)]
    old = {path: article(f"On {path}", PAY) for path in paths}
    answer = feed(*[world.url(path) for path in paths])
    home = world.url("/").encode()
    answer = Answer(body=answer.body.replace(b"http://rivermen.localhost/", home, 1), media_type=answer.media_type)
    world.show({"/feed.xml": answer, "/": front(world, *at_home, *paths), **old})
    world.watch()
    world.collect()
    world.later(days=30)
    world.collect()


def test_a_site_that_moves_on_without_its_feed_is_noticed(world: World) -> None:
    silent_feed(world, "/new-1", "/new-2", "/new-3")

    assert memory(world).ahead == 3
    assert world.asked("/new-1") == []  # which list is watched is a person's choice


def test_a_site_that_is_as_silent_as_its_feed_is_not_suspected(world: World) -> None:
    silent_feed(world)

    assert memory(world).ahead == 0


def test_the_site_of_a_silent_feed_is_looked_at_once_a_week(world: World) -> None:
    silent_feed(world, "/new-1")
    for _ in range(14):
        world.later(days=1)
        world.collect()

    assert len(world.asked("/")) == 3


def test_a_feed_that_has_moved_for_good_is_remembered_day_by_day(world: World) -> None:
    moved = Answer(status=301, headers=(("Location", world.url("/press/feed.xml")),))
    world.show({"/feed.xml": moved, "/press/feed.xml": feed(world.url("/pay")), "/pay": article("No", PAY)})
    world.watch()
    days = []
    for _ in range(3):
        world.collect()
        days.append(memory(world).moved_days)
        world.later(days=1, hours=1)

    assert days == [1, 2, 3]
    assert memory(world).moved_to == world.url("/press/feed.xml")


def test_a_site_that_asks_for_a_pause_gets_it_from_all_its_sources(world: World) -> None:
    busy = Answer(status=429, headers=(("Retry-After", "7200"),))
    world.show({"/feed.xml": busy, "/other.xml": feed(world.url("/pay")), "/pay": article("No", PAY)})
    world.watch()
    world.watch(id="other", url=world.url("/other.xml"))

    tally, visits = world.collect()

    assert (len(world.asked("/feed.xml")), world.asked("/other.xml")) == (1, [])
    assert [visit.trouble.kind for visit in visits if visit.trouble] == ["asked-to-wait", "not-yet"]
    assert tally.troubles == 1  # the other one did nothing wrong
    next_at = world.ledger.next_due_at()
    assert next_at is not None
    assert next_at - world.clock.now() == pytest.approx(timedelta(hours=2), abs=timedelta(seconds=9))


INSTEAD = {
    "parked": "<title>rivermen.example</title><h1>This domain is for sale</h1><p>Buy this domain now.</p>",
    "login-wall": "<title>Log in</title><h1>Log in</h1><form><input name=u><input type=password name=p></form>",
    "soft-404": "<title>Page not found</title><h1>Page not found</h1><p>Sorry.</p>",
}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        *INSTEAD.items(),  # a page with little text has none that could be a statement: its headings tell
        ("parked", "<title>rivermen.example</title><h1 class=a>Esta p\u00e1gina: este dominio est\u00e1 en venta</h1>"),
        ("soft-404", "<h1>404 \u2013 Seite nicht gefunden</h1>"),
        ("login-wall", "<title>Anmelden</title><form><input type=password></form>"),
    ],
)
@pytest.mark.parametrize(
    ("path", "what"), [("/s/", "listing"), ("/feed.xml", "feed"), ("/map.xml", "sitemap"), ("/p", "page")]
)
def test_what_stands_in_the_place_of_a_list_is_told_and_not_taken_for_another_layout(
    world: World, path: str, what: str, kind: str, body: str
) -> None:
    world.show({path: Answer(body=f"<html><body>{body}</body></html>".encode())})
    world.watch(url=world.url(path), kind=what)

    _, visits = world.collect()

    assert [visit.trouble.kind for visit in visits if visit.trouble] == [kind]


def test_a_list_that_leads_to_a_login_is_behind_it(world: World) -> None:
    login = Answer(body=b"<html><body><h1>Members</h1><p>This area is for members of the union.</p></body></html>")
    leads = Answer(status=302, headers=(("Location", world.url("/login/")),))
    world.show({"/statements/": leads, "/login/": login})
    world.watch(url=world.url("/statements/"), kind="listing")

    _, visits = world.collect()

    assert [visit.trouble.kind for visit in visits if visit.trouble] == ["login-wall"]


def test_a_list_that_is_only_empty_is_in_no_trouble(world: World) -> None:
    world.show({"/statements/": Answer(body=b"<html><body><main><h1>Statements</h1><p>None yet.</p></main></body>")})
    world.watch(url=world.url("/statements/"), kind="listing")

    tally, _ = world.collect()

    assert (tally.visits, tally.troubles) == (1, 0)
