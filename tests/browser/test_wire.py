"""The wire in a real browser: narrow, dark, mirrored, and with text that wants to be a script."""

from __future__ import annotations

import shutil
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

from communique import wire
from communique.records import Actor, Correction, Dispatch, DispatchSource

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium") or not shutil.which("chromedriver"), reason="no chromium here"),
]

BEGAN = datetime(2019, 1, 1, tzinfo=UTC)
HOOKS = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.ran.push(name);
document.addEventListener("securitypolicyviolation", (event) => window.ran.push("policy " + event.blockedURI));
"""
# The smallest contrast (WCAG 2) of any visible text with what is painted behind it.
CONTRAST = """
const linear = (part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
const channel = (value) => linear(value / 255);
const light = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(channel);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const paper = light(getComputedStyle(document.body).backgroundColor);
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let worst = [21, ""];
while (walker.nextNode()) {
  const text = walker.currentNode.textContent.trim(), parent = walker.currentNode.parentElement;
  if (!text || !parent.checkVisibility()) continue;
  const ink = light(getComputedStyle(parent).color);
  const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  if (ratio < worst[0]) worst = [ratio, text];
}
return worst;
"""
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


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for told in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
                 "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
                 f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):  # fmt: skip
        options.add_argument(told)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(shutil.which("chromedriver"))))
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": HOOKS})
    yield driver
    driver.quit()


def _sized(browser: webdriver.Chrome, width: int) -> None:
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def _scheme(browser: webdriver.Chrome, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def _pages(browser: webdriver.Chrome, root: str) -> list[str]:
    browser.get(f"{root}/")
    dispatch = browser.execute_script("return document.querySelector('.said a').href")
    return [
        f"{root}/",
        dispatch,
        *(f"{root}/{name}/" for name in ("page/1", "log", "search", "corrections", "about", "org")),
    ]


@pytest.mark.parametrize("name", ["plain", "arabic"])
def test_no_page_scrolls_sideways_at_320_pixels(browser: webdriver.Chrome, served: str, name: str) -> None:
    _sized(browser, 320)

    for page in _pages(browser, f"{served}/{name}"):
        browser.get(page)
        width = browser.execute_script("return document.scrollingElement.scrollWidth")
        assert width <= 320, page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read_in_light_and_dark(browser: webdriver.Chrome, served: str, scheme: str) -> None:
    _sized(browser, 1200)
    _scheme(browser, scheme)

    for page in _pages(browser, f"{served}/plain"):
        browser.get(page)
        ratio, text = browser.execute_script(CONTRAST)
        assert ratio >= 7, (page, ratio, text)


def test_the_switch_turns_the_page_dark_and_is_remembered_before_the_next_is_painted(
    browser: webdriver.Chrome, served: str
) -> None:
    _sized(browser, 1200)
    _scheme(browser, "light")
    browser.get(f"{served}/plain/")
    before = browser.execute_script("return getComputedStyle(document.body).backgroundColor")

    browser.find_element("css selector", ".switch").click()
    after = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    browser.get(f"{served}/plain/about/")
    kept = browser.execute_script(
        "return [document.documentElement.dataset.theme, document.querySelector('.switch').textContent]"
    )
    browser.execute_script("localStorage.clear()")

    assert before != after
    assert kept == ["dark", "Light"]


@pytest.mark.parametrize("number", range(len(ATTACKS)))
def test_hostile_text_neither_runs_nor_asks_for_anything(browser: webdriver.Chrome, served: str, number: int) -> None:
    for page in _pages(browser, f"{served}/hostile-{number}"):
        browser.get(page)
        assert browser.execute_script("return window.ran") == [], page
        asked = browser.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)")
        assert all(one.startswith(served) and "/assets/" in one for one in asked), page
        assert browser.title.endswith("Harbour Wire"), page


def test_an_arabic_wire_is_the_same_page_mirrored(browser: webdriver.Chrome, served: str) -> None:
    _sized(browser, 1200)
    browser.get(f"{served}/arabic/page/1/")

    when, said = browser.execute_script(
        "return ['.when time', '.said a'].map((name) => document.querySelector(name).getBoundingClientRect().right)"
    )

    assert when > said
