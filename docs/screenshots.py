"""Take README's picture: inbox and wire, light and dark, from a demo that this script starts and ends.

Run it as `python docs/screenshots.py`; it needs Debian's `chromium` and `chromium-driver`, and writes
`_static/inbox-and-wire.png`. With `--at URL` it looks at a demo that is running already.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By

OUT = Path(__file__).parent / "_static" / "inbox-and-wire.png"
PATIENCE, STEP_S = 60, 10  # times, and seconds between them
WIDTH, HEIGHT, SCALE = 1400, 900, 1.0  # of each picture, CSS pixels; device pixels for one of those
_FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
          "--disable-background-networking", "--disable-component-update", "--disable-sync",
          f"--force-device-scale-factor={SCALE}")  # fmt: skip
_LINK = re.compile(r"(http://\S+?)(/desk/sign-in/\S+)")


@contextlib.contextmanager
def demo() -> Iterator[str]:
    """Run a demo and yield its sign-in link."""
    command = [sys.executable, "-m", "communique", "demo"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            found = next(filter(None, (_LINK.search(line) for line in process.stdout or ())), None)
            if found is None:
                sys.exit("the demo ended without a sign-in link; see what it says above")
            yield found.group(0)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)


@contextlib.contextmanager
def browser() -> Iterator[webdriver.Chrome]:
    """Open a headless browser of its own."""
    with tempfile.TemporaryDirectory() as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        for flag in (*_FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
        try:
            yield driver
        finally:
            driver.quit()


def picture(driver: webdriver.Chrome, url: str, *, is_dark: bool) -> str:
    """Yield one page as a data address of a PNG."""
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": SCALE, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.get(url)
    return "data:image/png;base64," + driver.get_screenshot_as_base64()


def composed(driver: webdriver.Chrome, pictures: list[str]) -> bytes:
    """Yield four pictures as one, two by two."""
    cells = "".join(f'<img src="{one}" width="{WIDTH}" height="{HEIGHT}" alt="">' for one in pictures)
    style = "body{margin:0;background:#8c8c8c;display:grid;grid-template-columns:auto auto;gap:2px;width:max-content}"
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as page:
        page.write(f"<!doctype html><meta charset=utf-8><style>{style} img{{display:block}}</style>{cells}")
        page.flush()
        size = {"width": 2 * WIDTH + 2, "height": 2 * HEIGHT + 2, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        driver.get(f"file://{page.name}")
        return base64.b64decode(driver.get_screenshot_as_base64())


def come_in(driver: webdriver.Chrome, base: str) -> None:
    """Wait until the wire has dispatches and the inbox has stopped growing: a demo goes on collecting when it opens."""
    before = ""
    for _ in range(PATIENCE):
        driver.get(f"{base}/")
        published = driver.find_elements(By.CSS_SELECTOR, "li.dispatch")
        driver.get(f"{base}/desk/")
        counts = driver.find_element(By.CSS_SELECTOR, ".bar nav").text
        if published and counts == before:
            return
        before = counts
        time.sleep(STEP_S)
    sys.exit("the demo has not come to rest; is the machine busy? try again")


def opened(driver: webdriver.Chrome) -> str:
    """Yield the address of the inbox with a statement opened: one of several sites where there is one."""
    lines = driver.find_elements(By.CSS_SELECTOR, "a.line")
    of_several = [one for one in lines if one.find_element(By.CSS_SELECTOR, ".line-sites").get_attribute("textContent")]
    return str((of_several or lines)[0].get_attribute("href")) if lines else driver.current_url


def take(link: str) -> None:
    """Take the picture of the demo that a sign-in link belongs to."""
    base = link.split("/desk/", 1)[0]
    with browser() as driver:
        driver.get(link)
        for button in driver.find_elements(By.CSS_SELECTOR, "main form[method=post] button")[:1]:
            button.click()  # a link that asks before it is used up
        come_in(driver, base)
        inbox = opened(driver)
        pictures = [picture(driver, url, is_dark=is_dark) for is_dark in (False, True) for url in (inbox, f"{base}/")]
        OUT.parent.mkdir(exist_ok=True)
        OUT.write_bytes(composed(driver, pictures))


def main() -> None:
    """Start a demo unless one is given, and take the picture."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--at", metavar="URL", help="the sign-in link of a running demo")
    given = parser.parse_args().at
    with contextlib.nullcontext(given) if given else demo() as link:
        take(link)
    sys.stdout.write(f"{OUT}\n")


if __name__ == "__main__":
    main()
