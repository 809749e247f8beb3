"""What a feed holds, in every format, with the offsets that it gave; broken ones mended, hostile ones ended."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from communique import read
from communique.kit.digest import sha256
from communique.records import Capture, Feed, FeedEntry, Trouble

SEEN = datetime(2024, 6, 30, 12, 0, tzinfo=UTC)


def captured(body: bytes, charset: str | None = None) -> Capture:
    url = "https://press.example/feeds/all"
    return Capture(
        source_id="", url=url, final_url=url, fetched_at=SEEN, status=200, media_type=None, charset=charset,
        request_headers=(), headers=(), body=body, digest=sha256(body), address=None,
    )  # fmt: skip


def fed(text: str | bytes, charset: str | None = None) -> Feed:
    found = read.feed(captured(text if isinstance(text, bytes) else text.encode(), charset))
    assert isinstance(found, Feed)
    return found


def rss_entry(inner: str) -> FeedEntry:
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return fed(f"<rss version='2.0' {spaces}><channel><item>{inner}</item></channel></rss>").items[0]


def atom_entry(inner: str) -> FeedEntry:
    return fed(f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{inner}</entry></feed>").items[0]


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Chamber of Ferry Owners</title><link>https://press.example/</link>
<description>All &amp; everything</description>
<language>en-gb</language><managingEditor>desk@press.example (Ann Bell)</managingEditor><copyright>CFO</copyright>
<pubDate>Tue, 14 May 2024 09:00:00 +0200</pubDate><atom:link rel="hub" href="https://hub.example/"/>
<item><title>Fares &amp;amp; timetables</title><link>/n/2?a=1&amp;b=2</link><guid isPermaLink="false">n-2</guid>
<description><![CDATA[<p>The <b>new</b> fares.</p>]]></description>
<dc:creator>Ann Bell</dc:creator><category>Fares</category>
<pubDate>Tue, 14 May 2024 08:30:00 +0200</pubDate></item></channel></rss>"""


def test_rss_is_read_with_its_offsets() -> None:
    found = fed(RSS)

    assert (found.title, found.link, found.description) == (
        "Chamber of Ferry Owners", "https://press.example/", "All & everything",
    )  # fmt: skip
    assert (found.language, found.authors, found.rights, found.hub) == (
        "en-gb", ("Ann Bell",), "CFO", "https://hub.example/",
    )  # fmt: skip
    assert found.published == "2024-05-14T09:00:00+02:00"
    assert found.items == (
        FeedEntry(
            id="n-2", title="Fares & timetables", summary="<p>The <b>new</b> fares.</p>", content=None,
            link="https://press.example/n/2?a=1&b=2", authors=("Ann Bell",), categories=("Fares",),
            published="2024-05-14T08:30:00+02:00", updated=None,
        ),
    )  # fmt: skip


def test_rdf_is_read_with_entries_beside_the_channel() -> None:
    found = fed(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Synod</title></channel>
        <item rdf:about="https://synod.example/1"><title>A letter</title><link>https://synod.example/1</link>
        <dc:date>2024-05-14T10:00:00-03:00</dc:date></item></rdf:RDF>"""
    )

    assert (found.title, found.items[0].id) == ("Synod", "https://synod.example/1")
    assert found.items[0].published == "2024-05-14T10:00:00-03:00"


def test_atom_is_read_with_links_against_its_base() -> None:
    found = fed(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://bund.example/blog/">
        <title>Bund</title><link rel="self" href="feed"/><link href="."/><entry><id>tag:bund.example,2024:1</id>
        <title type="html">Der &lt;em&gt;neue&lt;/em&gt; Vorstand</title>
        <link rel="edit" href="e"/><link href="1.html"/>
        <author><name>Jo Quist</name><email>jo@bund.example</email></author><category term="w" label="Wahlen"/>
        <published>2024-05-14T10:00:00+02:00</published><updated>2024-05-15T08:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Gewählt.</p></div></content>
        </entry></feed>"""
    )
    entry = found.items[0]

    assert (found.language, found.link) == ("de", "https://bund.example/blog/")
    assert (entry.title, entry.link) == ("Der neue Vorstand", "https://bund.example/blog/1.html")
    assert (entry.authors, entry.categories) == (("Jo Quist",), ("Wahlen",))
    assert (entry.published, entry.updated) == ("2024-05-14T10:00:00+02:00", "2024-05-15T08:00:00+00:00")
    assert entry.content is not None
    assert "Gewählt." in entry.content


def test_atom_of_2003_may_hold_its_texts_in_base64() -> None:
    packed = base64.b64encode(b"Die Wahl").decode()

    found = fed(f'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title mode="base64">{packed}</title>'
                "<issued>2004-01-01T19:48:21+01:00</issued></entry></feed>").items[0]  # fmt: skip

    assert (found.title, found.published) == ("Die Wahl", "2004-01-01T19:48:21+01:00")


def test_a_feed_says_what_a_hub_knows_it_as() -> None:
    links = '<link rel="hub" href="https://hub.example/"/><link rel="self" href="/feed"/>'
    atom = fed(f'<feed xmlns="http://www.w3.org/2005/Atom">{links}</feed>')
    rss = fed(RSS.replace("<atom:link", '<atom:link rel="self" href="https://press.example/rss"/><atom:link'))
    cloud = '"hubs": [{"type": "rssCloud", "url": "https://c.example/"}, {"url": "https://hub.example/"}]'
    json = fed(f'{{"items": [], "feed_url": "https://press.example/json", {cloud}}}')

    assert (atom.hub, atom.topic) == ("https://hub.example/", "https://press.example/feed")
    assert (rss.hub, rss.topic) == ("https://hub.example/", "https://press.example/rss")
    assert (json.hub, json.topic) == ("https://hub.example/", "https://press.example/json")


THREADS = 'xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:media="http://search.yahoo.com/mrss/"'


def threaded(inner: str) -> FeedEntry:
    return fed(f'<feed xmlns="http://www.w3.org/2005/Atom" {THREADS}><entry>{inner}</entry></feed>').items[0]


def test_an_entry_says_what_it_answers_and_how_often_it_is_answered() -> None:
    answer = threaded(
        '<link href="/2"/><thr:in-reply-to ref="tag:a,1" href="/1"/><link rel="replies" href="/r" thr:count="7"/>'
    )
    by_id = threaded('<thr:in-reply-to ref="tag:a,1"/><thr:total>12</thr:total>')
    plain = threaded('<link href="/1"/><link rel="replies" href="/r" thr:count="many"/><title>a</title>')

    assert (answer.in_reply_to, answer.replies, answer.link) == (
        "https://press.example/1", 7, "https://press.example/2",
    )  # fmt: skip
    assert (by_id.in_reply_to, by_id.replies) == ("tag:a,1", 12)
    assert (plain.in_reply_to, plain.replies) == (None, None)


def test_rss_counts_its_answers_by_another_name() -> None:
    spaces = "xmlns:slash='http://purl.org/rss/1.0/modules/slash/'"

    found = fed(f"<rss version='2.0' {spaces}><channel><item><slash:comments>3</slash:comments></item></channel></rss>")

    assert found.items[0].replies == 3


@pytest.mark.parametrize("holder", ["group", "content"])
def test_what_is_said_of_a_film_is_read_where_media_rss_holds_it(holder: str) -> None:
    held = (
        f"<media:{holder}><media:title>Locks</media:title><media:description>Four.</media:description></media:{holder}>"
    )

    found = fed(f"<rss version='2.0' {THREADS}><channel><item>{held}</item></channel></rss>").items[0]

    assert (found.title, found.summary) == ("Locks", "Four.")


@pytest.mark.parametrize(
    ("inner", "link"),
    [
        ("<enclosure url='/a.pdf' type='application/pdf' length='9'/>", "https://press.example/a.pdf"),
        ("<enclosure url='/a.mp3' type='audio/mpeg'/><enclosure url='/a.pdf' type='application/pdf'/>",
         "https://press.example/a.pdf"),
        ("<enclosure url='/a.mp3' type='audio/mpeg'/>", None),
        ("<link>/1</link><enclosure url='/a.pdf' type='application/pdf'/>", "https://press.example/1"),
    ],
)  # fmt: skip
def test_an_entry_that_only_encloses_a_pdf_is_that(inner: str, link: str | None) -> None:
    assert rss_entry(inner).link == link


def test_a_feed_that_is_complete_has_nothing_before_it() -> None:
    complete = '<complete xmlns="http://purl.org/syndication/history/1.0"/>'
    paged = '<link rel="next" href="/2"/>'
    spaced = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'

    assert fed(spaced.format(paged)).older == "https://press.example/2"
    assert fed(spaced.format(complete + paged)).older is None


def test_a_json_feed_is_read() -> None:
    found = fed(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Chess Union",'
        '"home_page_url": "https://chess.example/",'
        '"hubs": [{"type": "WebSub", "url": "https://hub.example/"}],'
        '"authors": [{"name": "Femke Tolsma"}],'
        '"items": [{"id": 7, "url": "/7", "content_html": "<p>Open.</p>",'
        '"date_published": "2024-05-14T10:00:00+05:30",'
        '"tags": ["cup", 3]}, "not an entry"]}'
    )

    assert (found.title, found.authors, found.hub) == ("Chess Union", ("Femke Tolsma",), "https://hub.example/")
    assert len(found.items) == 1
    assert (found.items[0].id, found.items[0].link) == ("7", "https://press.example/7")
    assert found.items[0].published == "2024-05-14T10:00:00+05:30"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Tue, 14 May 2024 08:30:00 EDT", "2024-05-14T08:30:00-04:00"),
        ("14 May 24 08:30 GMT", "2024-05-14T08:30:00+00:00"),
        ("Tue, 14 May 2024 08:30:00 +0530", "2024-05-14T08:30:00+05:30"),
        ("Tue, 14 May 2024 08:30", "2024-05-14T08:30:00"),
        ("2024-05-14", "2024-05-14"),
        ("2024-05-14 08:30:00 -0300", "2024-05-14T08:30:00-03:00"),
        ("May 14, 2024 8:30 PM", "2024-05-14T20:30:00"),
        ("Tue, 14 May 2024 24:00:00 GMT", "2024-05-15T00:00:00+00:00"),
        ("2024-05", "2024-05"),
        ("yesterday", None),
        ("31 February 2024", None),
        ("9" * 5000, None),
    ],
)
def test_instants_are_read_as_written_or_not_at_all(written: str, expected: str | None) -> None:
    assert rss_entry(f"<pubDate>{written}</pubDate>").published == expected


def test_an_author_is_a_name_and_never_an_address() -> None:
    assert rss_entry("<author>ann@press.example (Ann Bell)</author>").authors == ("Ann Bell",)
    assert rss_entry("<author>ann@press.example</author>").authors == ()
    assert atom_entry("<author><email>ann@press.example</email></author>").authors == ()


def test_a_guid_that_is_an_address_is_the_link_unless_the_feed_denies_it() -> None:
    assert rss_entry("<guid>https://press.example/1</guid>").link == "https://press.example/1"
    assert rss_entry("<guid isPermaLink='false'>https://press.example/1</guid>").link is None


def test_bare_ampersands_and_the_entities_of_html_are_mended() -> None:
    found = rss_entry(
        "<title>Bridge & Tunnel caf&eacute; &nosuch; R&D</title><link><![CDATA[https://x.example/?a=1&b=2]]></link>"
    )

    assert found.title == "Bridge & Tunnel café &nosuch; R&D"
    assert found.link == "https://x.example/?a=1&b=2"


def test_what_came_before_the_cut_of_a_torn_file_is_kept() -> None:
    found = fed(RSS.replace("</channel></rss>", "<item><title>Second</title><link>https://x.exam"))

    assert [one.title for one in found.items] == ["Fares & timetables", "Second"]


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("<rss><channel><title>Fête</title></channel></rss>".encode("windows-1252"), None),
        (
            "<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><title>Fête</title></channel></rss>".encode(
                "latin-1"
            ),
            None,
        ),
        ("<?xml version='1.0' encoding='us-ascii'?><rss><channel><title>Fête</title></channel></rss>".encode(), None),
        ("<rss><channel><title>Fête</title></channel></rss>".encode("utf-16"), None),
        ("<rss><channel><title>Fête</title></channel></rss>".encode("iso-8859-15"), "iso-8859-15"),
        (b"\n\n junk \xef\xbb\xbf<rss><channel><title>F\xc3\xaate</title></channel></rss>", None),
    ],
)
def test_encodings_are_found_also_where_they_are_stated_wrongly(body: bytes, charset: str | None) -> None:
    assert fed(body, charset).title == "Fête"


BOMB = (
    "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>"
    "<rss><channel><title>x&b;y&c;z</title></channel></rss>"
)


def test_entities_of_the_file_are_never_expanded() -> None:
    assert fed(BOMB).title == "x&b;y&c;z"


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel>" + b"<item>" * 50_000,
        b"<feed>" + b"<x>" * 100_000,
        b"<rss><channel>" + b"<item/>" * 100_000 + b"</channel></rss>",
        b"<rss><channel><title>" + b"<![CDATA[" * 50_000,
        b"<rss><channel><item><pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate></item></channel></rss>",
        b"<rss>\x00\x01\xff\xfe</rss>",
        b"<!DOCTYPE " * 20_000,
        b"[" * 100_000,
        b'{"items": [' + b"{}," * 1000 + b"{}]}",
        b'{"items": [{"url": {"a": 1}, "tags": 5, "authors": "x", "date_published": 20240514}]}',
    ],
)
def test_hostile_feeds_end_quietly(body: bytes) -> None:
    assert isinstance(read.feed(captured(body)), Feed | Trouble)


@pytest.mark.parametrize(
    ("body", "kind", "word"),
    [
        (b"", "empty", "empty"),
        (b"not a feed", "not-a-feed", "neither XML nor JSON"),
        (b"<html><body><p>404</p></body></html>", "not-a-feed", "web page"),
        (b"<opml version='2.0'><body/></opml>", "not-a-feed", "<opml>"),
        (b'{"a": 1}', "not-a-feed", "JSON"),
        (b" " * (17 * 1024 * 1024), "too-large", "16 MiB"),
    ],
)
def test_what_is_no_feed_is_a_trouble_in_one_sentence(body: bytes, kind: str, word: str) -> None:
    found = read.feed(captured(body))

    assert isinstance(found, Trouble)
    assert (found.room, found.kind, found.passing) == ("read", kind, False)
    assert word in found.detail


def test_of_several_links_which_rss_does_not_allow_the_last_counts() -> None:
    found = rss_entry("<link>https://press.example/old</link><link>https://press.example/n</link><link/>")

    assert found.link == "https://press.example/n"


def test_who_keeps_the_site_is_named_only_where_nobody_else_is() -> None:
    def authors(inner: str) -> tuple[str, ...]:
        return fed(f"<rss version='2.0'><channel>{inner}</channel></rss>").authors

    keeper = "<webMaster>web@press.example (Cem Dal)</webMaster>"

    assert authors(keeper) == ("Cem Dal",)
    assert authors(keeper + "<managingEditor>desk@press.example (Ann Bell)</managingEditor>") == ("Ann Bell",)


@pytest.mark.parametrize(
    "doctype", ["<!DOCTYPE rss [<!ENTITY who 'x'>]>", "<!doctype rss>", "<!-- <b> --><!DocType rss>"]
)
def test_a_document_type_goes_before_the_feed_and_stays_within_its_texts(doctype: str) -> None:
    page = "<![CDATA[<!DOCTYPE html><p>The harbour opens.</p>]]>"

    found = fed(
        f"<?xml version='1.0'?>{doctype}<rss><channel><item><description>{page}</description></item></channel></rss>"
    )

    assert found.items[0].summary == "<!DOCTYPE html><p>The harbour opens.</p>"


def test_items_of_a_prefix_that_was_never_declared_are_found() -> None:
    found = fed("<rss version='2.0'><channel><rss:item><title>Dues</title></rss:item></channel></rss>")

    assert [entry.title for entry in found.items] == ["Dues"]


PREVIEW = """<!DOCTYPE html><html><head><meta property="og:title" content="River Pilots">
<link rel="prev" href="/s/river_pilots?before=7"></head><body>
<div class="tgme_widget_message js-widget_message" data-post="river_pilots/7">
<div class="tgme_widget_message_text js-message_text">The locks <b>stay</b> shut.<br>Ask the ministry.</div>
<a class="tgme_widget_message_date" href="x"><time datetime="2026-03-01T09:00:00+00:00">9:00</time></a></div>
<div class="tgme_widget_message js-widget_message" data-post="river_pilots/8">
<a class="tgme_widget_message_reply"><div class="tgme_widget_message_text">The locks stay shut.</div></a>
<div class="tgme_widget_message_text js-message_text">They open on Monday.</div></div>
<div class="tgme_widget_message" data-post="river_pilots/9">a picture</div></body></html>"""


def test_a_channels_public_preview_is_read_as_the_feed_that_it_is() -> None:
    found = fed(PREVIEW)

    assert (found.title, found.older) == ("River Pilots", "https://press.example/s/river_pilots?before=7")
    assert [(one.link, one.content, one.published) for one in found.items] == [
        ("https://t.me/river_pilots/8", "They open on Monday.", None),
        (
            "https://t.me/river_pilots/7", "The locks <b>stay</b> shut.<br>Ask the ministry.",
            "2026-03-01T09:00:00+00:00",
        ),
    ]  # fmt: skip


def test_what_is_said_about_a_film_is_its_summary() -> None:
    group = "<m:group xmlns:m='http://search.yahoo.com/mrss/'><m:description>The council met.</m:description></m:group>"

    assert atom_entry(group).summary == "The council met."


def test_a_feed_says_where_its_older_entries_stand() -> None:
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='{}' href='/2025'/></feed>"

    assert fed(atom.format("prev-archive")).older == "https://press.example/2025"
    assert fed(atom.format("next")).older == "https://press.example/2025"
    assert fed('{"version": "https://jsonfeed.org/version/1.1", "items": [], "next_url": "/2"}').older == (
        "https://press.example/2"
    )
