"""What is found at an address that a person gives: the best that is there, and what else there was."""

from __future__ import annotations

import pytest
from tests.read import samples

from communique import collect
from communique.flow import discovery
from communique.flow.discovery import Discovery
from communique.flow.reading import Here
from communique.records import Trouble
from communique.testing.web import Answer, Page

from .conftest import SETTINGS, World, article, feed

ROWS = "".join(
    f"<li><a href='/s/{number}'>River pilots speak about lock number {number} at length</a> "
    f"<time datetime='2026-02-{number:02}'>{number} February 2026</time></li>"
    for number in range(1, 9)
)
XML = "application/xml"


def page(head: str = "", rows: str = ROWS, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    return Answer(
        body=f"<html><head>{head}</head><body><main><ul>{rows}</ul></main></body></html>".encode(), headers=headers
    )


def looked(world: World, pages: dict[str, Page], path: str = "/press/") -> Discovery | Trouble:
    world.show(pages)
    with collect.client(SETTINGS, resolve=lambda name: (world.web.resolve(name),), clock=world.clock.clock()) as client:
        return discovery.discover(world.url(path), client=client, reader=Here())


def found(world: World, pages: dict[str, Page], path: str = "/press/") -> Discovery:
    made = looked(world, pages, path)
    assert isinstance(made, Discovery), made
    return made


def test_the_feed_that_a_page_names_is_chosen_and_one_of_comments_is_not(world: World) -> None:
    links = "".join(
        f"<link rel='alternate' type='application/rss+xml' href='{path}'>" for path in ("/comments/feed", "/all.xml")
    )

    made = found(world, {"/press/": page(links), "/all.xml": feed("/s/1"), "/comments/feed": feed("/s/2")})

    assert (made.kind, made.url, made.others) == ("feed", world.url("/all.xml"), (world.url("/comments/feed"),))


def test_a_feed_in_which_all_entries_answer_others_is_one_of_comments(world: World) -> None:
    answer = "<entry><title>Yes</title><link href='/1#c1'/><thr:in-reply-to ref='x'/></entry>"
    talk = (
        f"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'>{answer}</feed>"
    )
    named = "<link rel=alternate type=application/atom+xml href=/talk>"
    talks = Answer(body=talk.encode(), media_type="application/atom+xml")

    assert found(world, {"/press/": page(named), "/talk": talks}).kind == "listing"


def test_a_feed_in_a_link_header_is_found(world: World) -> None:
    header = '</style.css>; rel=preload, </all.xml>; rel="alternate"; type="application/atom+xml"'

    made = found(world, {"/press/": page(headers=(("Link", header),)), "/all.xml": feed("/s/1")})

    assert (made.kind, made.url) == ("feed", world.url("/all.xml"))


def test_a_feed_in_a_common_place_counts_where_it_names_what_the_page_lists(world: World) -> None:
    made = found(world, {"/press/": page(), "/press/feed/": feed(world.url("/s/3"))})

    assert (made.kind, made.url) == ("feed", world.url("/press/feed/"))


def test_a_feed_of_something_else_is_only_told(world: World) -> None:
    made = found(world, {"/press/": page(), "/rss.xml": feed(world.url("/recipes/1"))})

    assert (made.kind, made.url, made.entries) == ("listing", world.url("/press/"), 8)
    assert made.others == (world.url("/rss.xml"),)


def test_what_robots_txt_names_as_sitemaps_is_told_beside_a_list(world: World) -> None:
    robots = Answer(body=b"User-agent: *\nDisallow:\nSitemap: /maps/news.xml\n", media_type="text/plain")

    made = found(world, {"/press/": page(), "/robots.txt": robots})

    assert (made.kind, made.others) == ("listing", (world.url("/maps/news.xml"),))


def test_a_site_without_feed_and_list_is_followed_by_its_map(world: World) -> None:
    xml = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>/s/1</loc></url></urlset>"
    made = found(
        world, {"/press/": article("About", "We pilot."), "/sitemap.xml": Answer(body=xml.encode(), media_type=XML)}
    )

    assert (made.kind, made.url, made.titles) == ("sitemap", world.url("/sitemap.xml"), (world.url("/s/1"),))
    assert "map" in made.explanation


def test_an_address_that_is_a_sitemap_is_taken_as_one(world: World) -> None:
    xml = b"<?xml version='1.0'?><sitemapindex><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>"

    made = found(world, {"/map.xml": Answer(body=xml, media_type=XML)}, path="/map.xml")

    assert (made.kind, made.entries) == ("sitemap", 1)
    assert "1 further map;" in made.explanation


def test_an_account_is_followed_by_the_feed_that_its_platform_documents(world: World) -> None:
    made = found(
        world, {"/@pilots": article("A page with a script", "Run it."), "/@pilots.rss": feed("/1")}, "/@pilots"
    )

    assert (made.kind, made.url) == ("feed", world.url("/@pilots.rss"))
    assert "account" in made.explanation


def test_an_account_that_is_not_mastodons_may_be_peertubes(world: World) -> None:
    made = found(world, {"/feeds/videos.xml?accountName=pilots": feed("/w/1")}, "/@pilots")

    assert made.url == world.url("/feeds/videos.xml?accountName=pilots")


def test_what_only_looks_like_an_account_is_looked_at_as_a_page(world: World) -> None:
    assert found(world, {"/@pilots": page()}, path="/@pilots").kind == "listing"


def test_a_single_page_and_a_pdf_are_watched_themselves(world: World) -> None:
    text = "The Union of River Pilots calls on the Ministry of Waterways to reopen the four locks at Aldermouth."
    pdf = Answer(body=samples.pdf([text]), media_type="application/pdf")

    assert found(world, {"/press/": article("Our position", text, text[::-1])}).kind == "page"
    assert found(world, {"/position.pdf": pdf}, path="/position.pdf").kind == "page"


def said(made: Discovery | Trouble) -> str:
    return made.detail if isinstance(made, Trouble) else made.explanation


LOGIN = Answer(body=b"<title>Members</title><form><input type='password'><button>Log in</button></form>")
BROKEN = Answer(body=b"<rss><channel", media_type=XML)
HTML = Answer(body=b"<!doctype html><title>Oops</title>")
NAMED = "<link rel='alternate' type='application/rss+xml' href='/all.xml'>"


@pytest.mark.parametrize(
    "pages",
    [
        {"/press/": LOGIN},
        {"/press/": Answer(status=401, body=b"Members only")},
        {"/press/": Answer(status=302, headers=(("Location", "/login?to=/press/"),)), "/login?to=/press/": LOGIN},
    ],
    ids=["a form", "status 401", "a redirect"],
)
def test_a_login_is_called_a_login(world: World, pages: dict[str, Page]) -> None:
    made = looked(world, pages)

    assert isinstance(made, Trouble)
    assert (made.kind, "login" in made.detail, "script" in made.detail) == ("login-wall", True, False)
    assert "earlier" not in made.detail


def test_a_list_beside_the_form_of_a_login_is_a_list(world: World) -> None:
    assert found(world, {"/press/": page(head="<title>Log in</title><input type='password'>")}).kind == "listing"


@pytest.mark.parametrize("kind", ["soft-404", "parked"])
def test_what_is_no_page_is_called_so(world: World, kind: str) -> None:
    notice = "Page not found" if kind == "soft-404" else "This domain is for sale"

    made = looked(world, {"/press/": article(notice, "Sorry for that.")})

    assert isinstance(made, Trouble)
    assert made.kind == kind


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(status=410), "/all.xml answers 410"),
        (HTML, "/all.xml is"),
        (BROKEN, "/all.xml is"),
        (feed(), "/all.xml is empty"),
    ],
    ids=["gone", "a page", "broken", "empty"],
)
@pytest.mark.parametrize("rows", [ROWS, ""], ids=["with a list", "without"])
def test_a_named_feed_that_can_t_be_used_is_named_with_what_is_wrong(
    world: World, answer: Answer, why: str, rows: str
) -> None:
    told = said(looked(world, {"/press/": page(NAMED, rows), "/all.xml": answer}))

    assert "a feed that the page names can't be used" in told
    assert why in told


def test_an_address_that_does_not_answer_is_a_trouble(world: World) -> None:
    made = looked(world, {})

    assert isinstance(made, Trouble)
    assert "404" in made.detail
