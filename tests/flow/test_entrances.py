"""What a source may be beside a feed with links: notes, sitemaps, archives, films, a channel's preview."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import timedelta

from tests.read import samples

from communique.flow.ledger import Renewed, Versions
from communique.flow.reading import Here
from communique.flow.renewal import renew
from communique.testing.web import Answer, Request

from .conftest import HOST, World, article

LOCKS = "The Union of River Pilots calls on the Ministry of Waterways to reopen the four locks at Aldermouth."
BARGES = "Since 14 January 37 barges have waited below the weir, and 212 members have had no work."
TIDE = "Members in all eleven harbours will vote on a strike between 9 and 13 March, the union's council decided."


def rss(*entries: str, links: str = "") -> Answer:
    head = f"<title>River Pilots</title><link>http://{HOST}/</link>{links}"
    inner = "".join(f"<item>{entry}</item>" for entry in entries)
    space = "xmlns:atom='http://www.w3.org/2005/Atom'"
    body = f"<?xml version='1.0'?><rss version='2.0' {space}><channel>{head}{inner}</channel></rss>"
    return Answer(body=body.encode(), media_type="application/rss+xml")


def note(number: int, *said: str) -> str:
    text = "".join(f"&lt;p&gt;{part}&lt;/p&gt;" for part in said)
    return f"<guid isPermaLink='false'>note-{number}</guid><description>{text}</description>"


def texts(world: World) -> list[str]:
    return [entry.document.text for entry in world.ledger.entries()]


def test_an_entry_without_link_is_a_statement_and_the_feed_is_its_evidence(world: World) -> None:
    world.show({"/feed.xml": rss(note(1, LOCKS, BARGES), note(2, TIDE))})
    world.watch()

    tally, _ = world.collect()

    assert (tally.visits, tally.captures, tally.found, tally.documents, tally.troubles) == (3, 1, 2, 2, 0)
    assert texts(world) == [f"{LOCKS}\n\n{BARGES}", TIDE]
    first = world.ledger.entries()[0]
    assert first.url == world.url("/feed.xml") + "#/entry/note-1"
    assert first.document.capture_digest == world.ledger.entries()[1].document.capture_digest


def test_a_note_comes_once_and_is_revised_when_its_text_changes(world: World) -> None:
    world.show({"/feed.xml": rss(note(1, LOCKS, BARGES))})
    world.watch()
    world.collect()
    world.show({"/feed.xml": rss(note(2, TIDE), note(1, LOCKS))})
    world.later(hours=2)

    tally, _ = world.collect()

    assert (tally.found, tally.documents, tally.revisions) == (1, 2, 1)


def test_a_note_that_cannot_be_read_is_told_once(world: World) -> None:
    told = []
    for number in (1, 2, 3):
        world.show(
            {
                "/feed.xml": rss(
                    note(number, LOCKS, f"Lock {number}."), "<guid>empty</guid><description>&lt;br&gt;</description>"
                )
            }
        )
        world.watch()
        told.append(world.collect()[0].troubles)
        world.later(hours=2)

    assert told == [1, 0, 0]


def test_an_entry_without_title_is_its_own_page_and_one_that_is_cut_is_not(world: World) -> None:
    whole = f"<link>{world.url('/@pilots/1')}</link><description>{LOCKS}</description>"
    cut = f"<link>{world.url('/locks')}</link><description>{LOCKS} …</description>"
    world.show({"/feed.xml": rss(whole, cut), "/locks": article("Reopen the locks", LOCKS, BARGES)})
    world.watch()

    world.collect()

    assert (world.asked("/@pilots/1"), world.asked("/locks")) == ([], [200])
    assert len(texts(world)) == 2


def test_a_note_is_read_anew_out_of_the_feed_that_was_kept(world: World) -> None:
    world.show({"/feed.xml": rss(note(1, LOCKS, BARGES))})
    world.watch()
    world.collect()
    made = world.ledger.entries()[0]
    old = Renewed(
        document=replace(made.document, text="?"), keys=made.keys, fingerprint=made.fingerprint,
        coding=None, trouble=None, versions=Versions(read=0, match=0, code=0),
    )  # fmt: skip
    world.ledger.renew("1", old)

    done = renew(world.ledger, reader=Here(), evidence=world.evidence)

    assert done == 1
    assert world.ledger.entries()[0].document == made.document


def test_a_feed_seen_for_the_first_time_is_followed_into_its_archive(world: World) -> None:
    before = "<atom:link rel='prev-archive' href='/2025.xml'/>"
    world.show({"/feed.xml": rss(note(2, TIDE), links=before), "/2025.xml": rss(note(1, LOCKS, BARGES))})
    world.watch()

    first, _ = world.collect()
    world.later(hours=2)
    world.collect()

    assert first.documents == 2
    assert world.asked("/2025.xml") == [200]


def sitemap(*paths: tuple[str, str], world: World, name: str = "url") -> Answer:
    rows = "".join(
        f"<{name}><loc>{world.url(path)}</loc>" + (f"<lastmod>{day}</lastmod>" if day else "") + f"</{name}>"
        for path, day in paths
    )
    root = "urlset" if name == "url" else "sitemapindex"
    space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    return Answer(body=f"<{root} {space}>{rows}</{root}>".encode(), media_type="application/xml")


def test_an_archive_without_end_is_followed_as_far_as_the_desk_wishes(world: World) -> None:
    def endless(request: Request) -> Answer:
        return rss(note(1, LOCKS), links=f"<atom:link rel='prev-archive' href='{request.path}x'/>")

    world.show({"/feed.xml": endless, **{f"/feed.xml{'x' * count}": endless for count in range(1, 40)}})
    world.watch()

    world.collect()

    assert len({visit.request.path for visit in world.web.log if "feed.xml" in visit.request.path}) == 5


def test_a_sitemap_that_names_itself_without_end_is_left_in_the_end(world: World) -> None:
    def circle(request: Request) -> Answer:
        named = [(f"{request.path.partition('?')[0]}?{len(request.path)}-{number}", "") for number in range(50)]
        return sitemap(*named, world=world, name="sitemap")

    world.show({"/map.xml": circle})
    world.watch(id="map", url=world.url("/map.xml"), kind="sitemap")

    _, visits = world.collect()

    assert 4 <= len(world.web.log) <= 1 + 3 + 9 + 1  # the map, three of its parts, three of each; and robots.txt
    assert all(visit.trouble is None for visit in visits)


def later(world: World, *, hours: float) -> str:
    """Yield an instant before or after that of the world, as a sitemap writes it."""
    return f"{world.clock.now() + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"


def test_of_a_sitemap_only_what_is_new_is_visited_and_all_of_it_is_known(world: World) -> None:
    today = f"{world.clock.now():%Y-%m-%d}"
    pages = [("/locks", today), ("/old", "2011-05-01"), ("/undated", "")]
    world.show({"/map.xml": sitemap(*pages, world=world), "/locks": article("Reopen the locks", LOCKS, BARGES)})
    world.watch(url=world.url("/map.xml"), kind="sitemap")

    tally, _ = world.collect()

    assert (tally.found, tally.documents, tally.troubles) == (3, 1, 0)
    assert all(world.ledger.is_known(world.url(path)) for path, _ in pages)
    assert (world.asked("/old"), world.asked("/undated")) == ([], [])


def test_what_a_sitemap_names_later_is_visited_even_without_a_day(world: World) -> None:
    world.show({"/map.xml": sitemap(("/old", ""), world=world)})
    world.watch(url=world.url("/map.xml"), kind="sitemap")
    world.collect()
    pages = (("/old", ""), ("/locks", ""))
    world.show({"/map.xml": sitemap(*pages, world=world), "/locks": article("Reopen the locks", LOCKS, BARGES)})
    world.later(hours=2)

    tally, _ = world.collect()

    assert (tally.found, tally.documents, world.asked("/old")) == (1, 1, [])


def test_a_known_page_is_visited_when_a_sitemap_says_that_it_has_changed(world: World) -> None:
    page = article("Reopen the locks", LOCKS, BARGES)
    world.show({"/map.xml": sitemap(("/locks", "2011-05-01"), world=world), "/locks": page})
    world.watch(url=world.url("/map.xml"), kind="sitemap")
    world.collect()
    world.later(hours=2)
    before = world.asked("/locks")
    world.show({"/map.xml": sitemap(("/locks", later(world, hours=-1)), world=world), "/locks": page})

    for _ in range(3):
        world.collect()
        world.later(minutes=20)

    assert (before, world.asked("/locks")) == ([], [200])


def test_a_day_on_which_a_whole_sitemap_was_written_anew_is_no_change(world: World) -> None:
    paths = [f"/old/{number}" for number in range(30)]
    world.show({"/map.xml": sitemap(*((path, "2011-05-01") for path in paths), world=world)})
    world.watch(url=world.url("/map.xml"), kind="sitemap")
    world.collect()
    world.later(hours=2)
    world.show({"/map.xml": sitemap(*((path, later(world, hours=-1)) for path in paths), world=world)})

    tally, _ = world.collect()

    assert (tally.visits, world.asked(paths[0])) == (1, [])


def test_of_an_index_only_the_parts_that_changed_are_asked(world: World) -> None:
    today = f"{world.clock.now():%Y-%m-%d}"
    parts = sitemap(("/new.xml.gz", today), ("/old.xml", "2015-01-01"), world=world, name="sitemap")
    new = Answer(body=gzip.compress(sitemap(("/locks", today), world=world).body), media_type="application/gzip")
    world.show({"/map.xml": parts, "/new.xml.gz": new, "/locks": article("Reopen the locks", LOCKS, BARGES)})
    world.watch(url=world.url("/map.xml"), kind="sitemap")

    tally, _ = world.collect()
    for _ in range(3):
        world.later(days=5)
        world.collect()

    assert (tally.documents, tally.troubles) == (1, 0)
    assert (world.asked("/old.xml"), world.asked("/new.xml.gz")) == ([], [200, 200])  # a day is not an instant
    assert world.asked("/map.xml") == [200, 200, 200, 200]


def test_the_same_page_in_feed_list_and_sitemap_is_one(world: World) -> None:
    today = f"{world.clock.now():%Y-%m-%d}"
    link = "<a href='/locks/?utm_source=list'>River pilots: reopen the four locks at once</a>"
    row = f"<li>{link} <time>{today}</time></li>"
    more = "".join(
        f"<li><a href='/s/{n}'>River pilots speak of lock {n} again</a> <time>{today}</time></li>" for n in "123"
    )
    world.show(
        {
            "/feed.xml": rss(f"<title>Locks</title><link>{world.url('/locks?utm_source=feed')}</link>"),
            "/map.xml": sitemap(("/locks/index.html", today), world=world),
            "/list": Answer(body=f"<html><body><main><ul>{row}{more}</ul></main></body></html>".encode()),
            "/locks": article("Reopen the locks", LOCKS, BARGES),
            "/locks/": article("Reopen the locks", LOCKS, BARGES),
            "/locks/index.html": article("Reopen the locks", LOCKS, BARGES),
        }
    )
    world.watch()
    world.watch(id="map", url=world.url("/map.xml"), kind="sitemap")
    world.watch(id="list", url=world.url("/list"), kind="listing")

    world.collect()

    assert world.ledger.counts()["documents"] == 1
    assert world.ledger.counts()["pages"] == 4


def test_a_films_description_is_read_from_the_feed_and_its_player_is_not_asked(world: World) -> None:
    entry = (
        f"<entry><id>yt:video:1</id><title>Council of the pilots</title><link href='{world.url('/watch?v=1')}'/>"
        f"<media:group><media:description>{LOCKS}\n\n{BARGES}</media:description></media:group></entry>"
    )
    spaces = "xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'"
    body = f"<feed {spaces}><title>River Pilots</title>{entry}</feed>".encode()
    world.show({"/feeds/videos.xml": Answer(body=body, media_type="text/xml")})
    world.watch(url=world.url("/feeds/videos.xml?channel_id=UC1"))

    tally, _ = world.collect()

    assert (tally.documents, tally.troubles, world.asked("/watch?v=1")) == (1, 0, [])
    assert BARGES in texts(world)[0]


def test_a_pdf_behind_a_link_is_read_like_a_page(world: World) -> None:
    pdf = samples.pdf(["Reopen the locks", LOCKS, BARGES])
    world.show(
        {
            "/feed.xml": rss(f"<title>Locks</title><link>{world.url('/locks.pdf')}</link>"),
            "/locks.pdf": Answer(body=pdf, media_type="application/pdf"),
        }
    )
    world.watch()

    tally, _ = world.collect()

    assert (tally.documents, tally.troubles) == (1, 0)
