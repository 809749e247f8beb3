"""Text from outside stays text in every file."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree, html

from communique import wire
from communique.kit.text import printable
from communique.records import Actor, Dispatch, DispatchEvent, DispatchSource

if TYPE_CHECKING:
    from tests.wire.conftest import World

ATTACKS = Path(os.environ.get("COMMUNIQUE_GOLD", "not-set")) / "attacks" / "attacks.jsonl"
OWN = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "]]></content><script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    "javascript:alert(1)",
    "</title><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "\x00\x08\ud800\ufffe\u202e evil",
    "&lt;b&gt; &amp;amp; &#60;",
    "}}, url = {x}, \\input{/etc/passwd}",
    "",
    " ",
    "A" * 20_000,
)  # fmt: skip
TAGS = frozenset(re.findall(r"\S+", """
    html head meta title link script body a header p nav button main footer section h1 h2 ul ol li time span bdi dl div
    dt dd table thead tbody tr th td code del article details summary pre input form label strong
"""))  # fmt: skip
ATTRIBUTES = frozenset(re.findall(r"\S+", """
    lang dir charset name content http-equiv rel type title href src hreflang class id hidden datetime scope
    data-label data-dark data-light aria-label action method for value required role
"""))  # fmt: skip


def _hostile(world: World, id_: int, text: str) -> tuple[Dispatch, Actor]:
    """Put the text into every field that comes from outside."""
    actor = Actor(id=f"xt-{id_}", name=text, kind="union", country=None)
    source = DispatchSource(url=text, publisher=None, language=text, published=text, captured=text, digest=text)
    change = world.correction(reason=text, before=text)
    return world.dispatch(
        id_,
        text=text,
        headline=text,
        dateline=text,
        place=text,
        country=text or None,
        occasion=text,
        language=text or "en",
        publisher=text,
        story=text or None,
        topics=(text,),
        signatories=(text,),
        actors=(actor.id,),
        events=(DispatchEvent(type=text, plover=text),),
        sources=(source, world.dispatch(id_).sources[0]),
        corrections=(change,),
    ), actor


def _files(world: World, texts: Iterator[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a wire of nothing but such texts."""
    made = [_hostile(world, id_, text) for id_, text in enumerate(texts, 1)]
    edition = world.edition((one for one, _ in made), actors={actor.id: actor for _, actor in made})
    for page in (*wire.pages(edition), wire.log_page(edition)):
        if page.body is not None:
            yield page.path, page.body


def _tree(body: bytes) -> Any:
    return html.document_fromstring(body.decode())


def _check(path: str, body: bytes) -> None:
    """Hold one file against what the wire's own templates can make."""
    if path.endswith(".html"):
        _check_html(path, _tree(body))
    elif path.endswith((".xml", ".atom", ".rss")):
        etree.fromstring(body, etree.XMLParser(resolve_entities=False, huge_tree=True))
    elif path.endswith(".json"):
        assert b"<" not in body, path
        json.loads(body)


def _check_html(path: str, tree: Any) -> None:
    elements = [one for one in tree.iter() if isinstance(one.tag, str)]
    assert {one.tag for one in elements} <= TAGS, path
    assert {name for one in elements for name in one.attrib} <= ATTRIBUTES, path
    assert [one.get("src") for one in elements if one.tag == "script"] == [tree.xpath("//script/@src")[0]], path
    for link in tree.xpath("//@href"):
        assert link.split(":")[0] in ("http", "https", "mailto") or ":" not in link, (path, link)


def _given() -> list[str]:
    if not ATTACKS.is_file():
        pytest.skip("no attacks here: set COMMUNIQUE_GOLD to the folder of the gold sets")
    return [json.loads(line)["text"] for line in ATTACKS.read_text("utf-8").splitlines()]


def test_our_own_attacks_stay_text_in_every_file(world: World) -> None:
    for path, body in _files(world, iter(OWN)):
        _check(path, body)


def test_a_sample_of_the_known_attacks_stays_text_in_every_file(world: World) -> None:
    for path, body in _files(world, islice(_given(), 0, None, 25)):
        _check(path, body)


@pytest.mark.long
def test_all_known_attacks_stay_text_in_every_file(world: World) -> None:
    for path, body in _files(world, iter(_given())):
        _check(path, body)


def test_a_text_comes_out_as_it_went_in(world: World) -> None:
    texts = [text for text in OWN if text.strip()]
    edition = world.edition(world.dispatch(id_, text=text) for id_, text in enumerate(texts, 1))

    files = world.files(edition)

    for id_, text in enumerate(texts, 1):
        assert json.loads(files[f"d/{id_}.json"])["bodies"][0]["value"] == printable(text)
        page = next(body for path, body in files.items() if path.startswith(f"d/{id_}/"))
        assert _tree(page).xpath("//h1")[0].text_content() == printable(text)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.org/a?b=c&d=e#f", "https://www.example.org/a?b=c&d=e#f"),
        ("https://ü.example/ä b", "https://xn--tda.example/%C3%A4%20b"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://bank.example@evil.example/", "https://evil.example/"),
        ("https:///nohost", None),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("https://a.example:99999/", None),
        ("file:///etc/passwd", None),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
    ],
)
def test_only_addresses_of_the_web_become_links(world: World, url: str, expected: str | None) -> None:
    source = DispatchSource(url=url, publisher=None, language=None, published=None, captured=None, digest=None)
    files = world.files(world.edition([world.dispatch(1, text="x", sources=(source,))]))

    links = _tree(files["d/1/x/index.html"]).xpath("//table//a/@href")

    assert links == ([expected] if expected else [])
