"""The wire in a real browser: narrow, dark, mirrored, and with text that wants to be a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys
from tests.seeing import CONTRAST, in_chromium, seen

from communique import wire
from communique.records import Actor, Correction, Dispatch, DispatchSource

pytestmark = in_chromium

BEGAN = datetime(2019, 1, 1, tzinfo=UTC)
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg onload=alert(1)>",
    "javascript:alert(1)",
    "</title></textarea><script>alert(1)</script>",
    "</h1><iframe src=javascript:alert(1)>",
)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


def _dispatches(text: str, language: str) -> list[Dispatch]:
    long = "https://www.example.org/" + "a-very-long-address-without-any-place-to-break/" * 4
    source = DispatchSource(url=long, publisher="xt-1", language="el", published="2019-01-02",
                            captured="2019-01-02T10:00:00+00:00", digest="sha256:" + "ab" * 32)  # fmt: skip
    change = Correction(operation="correct", at=BEGAN + timedelta(days=1), reason=text, before=text)
    return [
        Dispatch(
            id=id_,
            text=text,
            language=language,
            pinned=id_ == 3,
            published=None if id_ == 2 else BEGAN + timedelta(hours=9 * id_),
            actors=("xt-1", "xt-2"),
            place=text[:60],
            occasion="27th Congress",
            series=text,
            occasion_number=25 + id_,
            story="night-ferry",
            signatories=(text, "Another Body"),
            sources=(source, replace(source, url=text)),
            corrections=(change,) if id_ == 1 else (),
        )
        for id_ in range(1, 4)
    ]


def _built(folder: Path, text: str, *, language: str = "en", said_in: str = "en") -> Path:
    settings = wire.Settings(name="Harbour Wire", base_url="https://wire.example", language=language, began=BEGAN)
    actors = {f"xt-{n}": Actor(id=f"xt-{n}", name=text, kind="union", country="PT") for n in (1, 2)}
    log = wire.LogState(size=3, vkey="wire.example+7a3f10c2+" + "A" * 44, files=("tile/entries/000.p/3",))
    edition = wire.edition(_dispatches(text, said_in), settings, actors=actors, archived=wire.Archived(log=log))
    wire.write_whole((*wire.pages(edition), wire.log_page(edition)), folder)
    return folder


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Three wires side by side: plain, Arabic, hostile. Yields the address of their folder."""
    folder = tmp_path_factory.mktemp("wires")
    _built(
        folder / "plain", "The Harbour and Port Union called on the Ministry of Tides to keep the night ferry running."
    )
    _built(folder / "arabic", "دعا اتحاد الموانئ الوزارة إلى إبقاء العبّارة الليلية.", language="ar", said_in="ar")
    for number, text in enumerate(ATTACKS):
        _built(folder / f"hostile-{number}", text)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _pages(chrome: webdriver.Chrome, root: str) -> list[str]:
    chrome.get(f"{root}/")
    dispatch = chrome.execute_script("return document.querySelector('.said a').href")
    chrome.get(f"{root}/series/")
    series = chrome.execute_script("return document.querySelector('.index a').href")
    return [
        f"{root}/",
        dispatch,
        series,
        *(f"{root}/{name}/" for name in ("page/1", "log", "search", "corrections", "about", "org", "series")),
    ]


@pytest.mark.parametrize("name", ["plain", "arabic"])
def test_no_page_scrolls_sideways_at_320_pixels(chrome: webdriver.Chrome, served: str, name: str) -> None:
    seen(chrome, 320)

    for page in _pages(chrome, f"{served}/{name}"):
        chrome.get(page)
        width = chrome.execute_script("return document.scrollingElement.scrollWidth")
        assert width <= 320, page


# What has the focus: its number among all that can be worked, whether its ring can be seen, whether it is in sight.
FOCUSED = """
const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((one) => one.checkVisibility());
const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
const seen = box.top > -1 && box.left > -1 && box.right < innerWidth + 1 && box.bottom < innerHeight + 1;
return [all.indexOf(one), ringed, seen || box.height > innerHeight, all.length, one.outerHTML.slice(0, 90)];
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["plain", "arabic"])
def test_the_tab_key_alone_reaches_all_in_the_order_of_the_page(
    chrome: webdriver.Chrome, served: str, name: str, scheme: str
) -> None:
    seen(chrome, 1200, scheme)

    for page in _pages(chrome, f"{served}/{name}"):
        chrome.get(page)
        for number in range(chrome.execute_script(FOCUSED)[3]):
            chrome.switch_to.active_element.send_keys(Keys.TAB)
            at, ringed, in_sight, _, what = chrome.execute_script(FOCUSED)
            assert (at, ringed, in_sight) == (number, True, True), (page, what)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read_in_light_and_dark(chrome: webdriver.Chrome, served: str, scheme: str) -> None:
    seen(chrome, 1200, scheme)

    for page in _pages(chrome, f"{served}/plain"):
        chrome.get(page)
        ratio, text = chrome.execute_script(CONTRAST)
        assert ratio >= 7, (page, ratio, text)


def test_the_switch_turns_the_page_dark_and_is_remembered_before_the_next_is_painted(
    chrome: webdriver.Chrome, served: str
) -> None:
    seen(chrome, 1200)
    chrome.get(f"{served}/plain/")
    before = chrome.execute_script("return getComputedStyle(document.body).backgroundColor")

    chrome.find_element("css selector", ".switch").click()
    after = chrome.execute_script("return getComputedStyle(document.body).backgroundColor")
    chrome.get(f"{served}/plain/about/")
    kept = chrome.execute_script(
        "return [document.documentElement.dataset.theme, document.querySelector('.switch').textContent]"
    )
    chrome.execute_script("localStorage.clear()")

    assert before != after
    assert kept == ["dark", "Light"]


@pytest.mark.parametrize("number", range(len(ATTACKS)))
def test_hostile_text_neither_runs_nor_asks_for_anything(chrome: webdriver.Chrome, served: str, number: int) -> None:
    for page in _pages(chrome, f"{served}/hostile-{number}"):
        chrome.get(page)
        assert chrome.execute_script("return window.ran") == [], page
        asked = chrome.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)")
        assert all(one.startswith(served) and "/assets/" in one for one in asked), page
        assert chrome.title.endswith("Harbour Wire"), page


def test_an_arabic_wire_is_the_same_page_mirrored(chrome: webdriver.Chrome, served: str) -> None:
    seen(chrome, 1200)
    chrome.get(f"{served}/arabic/page/1/")

    when, said = chrome.execute_script(
        "return ['.when time', '.said a'].map((name) => document.querySelector(name).getBoundingClientRect().right)"
    )

    assert when > said
