"""The demo's world is complete, well made, current, and odd only where it means to be."""

from __future__ import annotations

import email
import email.policy
import gzip
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import feedparser
import httpx
import lxml.html
import pypdfium2
import pytest

from communique import demo
from communique.kit import text
from communique.testing.web import Answer, Request

NOW = datetime(2031, 5, 14, 9, 30, tzinfo=UTC)

Get = Callable[[str], httpx.Response]

LANGUAGES = {"en", "es", "de", "fr", "el", "ru", "ar", "ja"}


def request(path: str, at: datetime = NOW) -> Request:
    return Request(at=at, method="GET", host="", path=path, headers=(), address="")


def body(page: object, at: datetime = NOW) -> bytes:
    """Yield what a page of a site answers."""
    answer = page if isinstance(page, Answer) else page(request("/", at))  # type: ignore[operator]
    return bytes(answer.body)


def pages(world: demo.World, at: datetime = NOW) -> dict[str, bytes]:
    """Yield every page of the world by its address."""
    return {
        f"http://{site.host}:{world.port}{path}": body(page, at)
        for site in world.sites
        for path, page in site.pages.items()
    }


def html_pages(world: demo.World) -> dict[str, bytes]:
    hostile = set(world.key.hostile)
    return {url: raw for url, raw in pages(world).items() if url not in hostile and b"<html" in raw[:300]}


def parsed(raw: bytes) -> Any:
    """Yield the tree of a page; `Any`, since lxml's stubs know less of its HTML elements than it does."""
    return lxml.html.fromstring(raw.decode())


def links(base: str, raw: bytes) -> set[str]:
    tree = parsed(raw)
    hrefs = (urldefrag(urljoin(base, str(href))).url for href in tree.xpath("//a/@href | //link/@href"))
    return {href for href in hrefs if href.startswith("http")}


def test_thirty_organisations_of_every_kind_speak_eight_languages(served: demo.Served) -> None:
    world = served.world
    kinds = {actor.kind for actor in world.actors}

    assert len(world.sites) == 40
    assert {one.language for one in world.key.documents} == LANGUAGES
    assert min(Counter(one.language for one in world.key.documents).values()) >= 9
    assert kinds >= {"party", "union", "employers", "ministry", "church", "ngo", "centralbank", "standards", "sport"}
    assert kinds >= {"court", "igo", "professional", "publicbody"}


def test_the_key_counts_what_was_written(served: demo.Served) -> None:
    key = served.world.key

    assert (key.sources, len(key.documents), key.statements) == (41, 129, 116)


def test_every_source_has_a_publisher_of_the_registry_and_its_languages(served: demo.Served) -> None:
    ids = {actor.id for actor in served.world.actors}

    assert all(source.publisher in ids and source.languages for source in served.world.sources)
    assert {source.kind for source in served.world.sources} == {"feed", "listing"}


def test_no_actor_of_the_world_stands_in_a_country_that_exists(served: demo.Served) -> None:
    # ISO 3166-1 leaves QM to QZ and XA to XZ to its users.
    assert {actor.country for actor in served.world.actors} <= {"INT", *(f"Q{letter}" for letter in "MNOPQRSTUVWXYZ")}


def test_one_acronym_belongs_to_two_bodies_of_one_country(served: demo.Served) -> None:
    (mention,) = served.world.key.ambiguous
    bodies = [actor for actor in served.world.actors if mention.text in actor.acronyms]

    assert {actor.id for actor in bodies} == set(mention.candidates)
    assert len({actor.country for actor in bodies}) == 1


def test_every_host_answers_for_its_robots(served: demo.Served, get: Get) -> None:
    answers = [get(f"http://{host}:{served.web.port}/robots.txt") for host in served.web.hosts]

    assert {answer.status_code for answer in answers} == {200}
    assert all(b"User-agent" in answer.content for answer in answers)


def test_every_link_within_the_world_leads_to_a_page(served: demo.Served) -> None:
    there = pages(served.world)
    gone = {site.host for site in served.world.sites if site.missing.status == 410}

    for url, raw in html_pages(served.world).items():
        for link in links(url, raw):
            assert link in there or httpx.URL(link).host in gone, (url, link)


def test_every_statement_on_the_web_can_be_reached_from_its_source(served: demo.Served, get: Get) -> None:
    by_id = {source.id: source for source in served.world.sources}
    for one in served.world.key.documents:
        if one.source != demo.MAIL_SOURCE:
            source = by_id[one.source]
            assert one.url in reachable(get, source.url), one.ref


def reachable(get: Get, url: str) -> str:
    """Yield a feed or a list with all its older pages, as text with absolute addresses."""
    answer = get(url)
    if "html" not in answer.headers["Content-Type"]:
        return json.dumps(answer.json()) if "json" in answer.headers["Content-Type"] else answer.text
    found = links(url, answer.content)
    older = sorted(link for link in found if "page=" in link and link != url)
    return "\n".join([*found, *(reachable(get, link) for link in older if "page=" not in url)])


def test_every_page_shows_title_text_and_language_of_its_statement(served: demo.Served) -> None:
    there = pages(served.world)
    for one in served.world.key.documents:
        if one.url not in there or one.url.endswith(".pdf"):
            continue
        tree = parsed(there[one.url])
        shown = text.collapsed(str(tree.text_content()))
        assert text.collapsed(one.title) in shown, one.ref
        assert len(shown) > 150, one.ref
        assert one.language in tree.xpath("//@lang"), one.ref


def test_no_mark_of_a_template_is_left_on_any_page(served: demo.Served) -> None:
    for url, raw in html_pages(served.world).items():
        visible = re.sub(r"(?s)<script.*?</script>", "", raw.decode())
        assert not re.search(r"\{(now|day|year)|\$[a-z_]+|%% |\]\(|\*\*", visible), url


def test_feeds_of_three_kinds_parse_and_hold_dates_and_links(served: demo.Served, get: Get) -> None:
    feeds = [get(source.url) for source in served.world.sources if source.kind == "feed" and source.id != "mayaki"]
    kinds = Counter(feed.headers["Content-Type"].split(";")[0] for feed in feeds)
    assert min(kinds[f"application/{kind}"] for kind in ("rss+xml", "atom+xml", "feed+json")) >= 3

    for feed in feeds:
        if "json" in feed.headers["Content-Type"]:
            assert all(datetime.fromisoformat(entry["date_published"]).tzinfo for entry in feed.json()["items"])
            continue
        told = feedparser.parse(feed.content)
        assert not told.bozo
        assert told.entries
        assert all(entry.link and entry.title and entry.published_parsed for entry in told.entries)


def test_pdfs_open_and_carry_their_text_title_and_day(served: demo.Served) -> None:
    there = pages(served.world)
    found = [one for one in served.world.key.documents if one.url.endswith(".pdf")]
    assert len(found) >= 3

    for one in found:
        pdf = pypdfium2.PdfDocument(there[one.url])
        shown = "\n".join(page.get_textpage().get_text_range() for page in pdf)
        particulars = pdf.get_metadata_dict()
        pdf.close()
        assert text.collapsed(one.title) in text.collapsed(shown)
        assert particulars["Title"] == one.title
        assert particulars["CreationDate"].startswith("D:" + one.published.replace("-", ""))


def test_mails_lie_in_a_maildir_with_their_language_s_charset(tmp_path: Path, served: demo.Served) -> None:
    source = demo.write_mail(served.world, tmp_path / "mail")
    demo.write_mail(served.world, tmp_path / "mail")

    mails = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted((tmp_path / "mail" / "new").iterdir())
    ]
    told = {one.url: one for one in served.world.key.documents if one.source == source.id}
    assert (source.kind, source.url) == ("mail", (tmp_path / "mail").as_uri())
    assert {f"mid:{mail['Message-ID'].strip('<>')}" for mail in mails} == set(told)
    assert {mail.get_content_charset() for mail in mails} == {"utf-8", "iso-2022-jp"}
    assert {str(mail["Subject"]) for mail in mails} == {one.title for one in told.values()}
    assert any("電力会社6社" in mail.get_content() for mail in mails)


def test_the_world_is_as_old_as_the_moment_it_is_asked_for() -> None:
    for now in (datetime(2028, 2, 29, 23, 59, tzinfo=UTC), datetime(2027, 1, 1, 0, 5, tzinfo=UTC)):
        days = [date.fromisoformat(one.published) for one in demo.world(now, port=8000).key.documents]

        assert max(days) <= now.date() + timedelta(days=1)  # it is tomorrow already in the east
        assert sum(now.date() - day < timedelta(days=31) for day in days) > 90


def test_the_same_moment_gives_the_same_world() -> None:
    assert pages(demo.world(NOW, port=8000)) == pages(demo.world(NOW, port=8000))


def test_the_second_visit_finds_new_statements_and_two_changed_ones() -> None:
    first, second = demo.world(NOW, port=8000), demo.world(NOW, port=8000, visit=2)
    before, after = ({one.ref: one for one in world.key.documents} for world in (first, second))

    told, later = statements(first), statements(second)

    new = {ref for ref in after if ref not in before}
    edited = {ref for ref in before if told.get(before[ref].url) != later.get(after[ref].url)}

    assert new == {"workersparty/ferry-inquiry", "commission/lifeboats", "harbours/notice-to-mariners-43"}
    assert all(before[ref].url == after[ref].url for ref in before)
    assert {after[ref].url for ref in edited} == set(second.key.revisions)
    assert not first.key.revisions


def statements(world: demo.World) -> dict[str, str]:
    """Yield the paragraphs and lists of each statement's page, without what stands around them."""
    there, urls = html_pages(world), {one.url for one in world.key.documents}
    return {url: alone(raw) for url, raw in there.items() if url in urls}


def alone(raw: bytes) -> str:
    tree = parsed(raw)
    around = "//aside | //nav | //*[contains(@class, 'side') or contains(@class, 'further')] | //ul[li/a]"
    for part in tree.xpath(around):
        if part.getparent() is not None:
            part.drop_tree()
    return text.collapsed(str(tree.text_content()))


def test_the_page_with_the_clock_is_another_at_every_look_and_says_the_same() -> None:
    world = demo.world(NOW, port=8000)
    url = next(one.url for one in world.key.documents if one.ref == "observatory/comet")

    early, late = pages(world, NOW)[url], pages(world, NOW + timedelta(seconds=61))[url]

    assert early != late
    assert re.sub(rb"(?s)<div class=.clock.*?</div>", b"", early) == re.sub(
        rb"(?s)<div class=.clock.*?</div>", b"", late
    )


def test_the_hostile_pages_are_hostile() -> None:
    there = pages(demo.world(NOW, port=8000))
    prize = next(raw for url, raw in there.items() if url.endswith("/grand-prize"))
    bomb = next(raw for url, raw in there.items() if url.endswith("/catalogue"))

    assert all(word in prize for word in (b"<script>", b"onload=", b"\x00", b"file:///"))
    assert prize.count(b"<div>") > 700
    assert len(bomb) < 100_000
    assert len(gzip.decompress(bomb)) == 80 * 1024 * 1024


def test_two_sources_are_silent_for_a_reason_that_they_give(served: demo.Served, get: Get) -> None:
    by_id = {source.id: source for source in served.world.sources}

    assert set(served.world.key.silent) == {"mayaki", "clockmakers"}
    assert get(by_id["mayaki"].url).status_code == 410
    assert "Disallow: /\n" in get(f"http://clockmakers.localhost:{served.web.port}/robots.txt").text


def test_the_served_world_advances(visit: Callable[[demo.Served, str], httpx.Response]) -> None:
    with demo.serving(NOW) as served:
        url = next(one.url for one in served.world.key.documents if one.ref == "harbours/fish-markets")
        before = visit(served, url)

        served.advance()

        after = visit(served, url)
        assert "will close 3 of its 11" in before.text
        assert "is reviewing 3 of its 11" in after.text
        assert before.headers["ETag"] != after.headers["ETag"]


def test_a_right_to_left_page_says_so(served: demo.Served, get: Get) -> None:
    url = next(one.url for one in served.world.key.documents if one.language == "ar")

    assert 'dir="rtl"' in get(url).text


@pytest.mark.parametrize("visit", [1, 2])
def test_the_answer_key_names_only_addresses_that_exist(visit: int) -> None:
    world = demo.world(NOW, port=8000, visit=visit)
    there = {*pages(world), *(one.url for one in world.mails)}
    key = world.key

    named = [url for group in (*key.groups, *key.apart) for url in group.urls]
    named += [*key.revisions, *key.hostile, *(act.url for act in key.modal), *(one.url for one in key.ambiguous)]
    assert set(named) <= there
    assert set(key.silent) <= {source.id for source in world.sources}
    assert [len(group.urls) for group in key.groups] == [9, 3, 2, 2, 2, 3][: 4 + visit]


def test_every_signer_of_the_key_stands_on_the_page_and_in_the_registry() -> None:
    for visit, count in ((1, 11), (2, 13)):
        world = demo.world(NOW, port=8000, visit=visit)
        joint = world.key.groups[0]
        page = pages(world)[joint.urls[0]].decode()
        names = {name for actor in world.actors for name, _ in actor.names}

        assert len(joint.signers) == count
        assert all(f"<li>{name}" in page and name in names for name in joint.signers)
