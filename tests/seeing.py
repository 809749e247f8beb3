"""How tests look at pages: one browser for the whole run, at a width and in light or dark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver

in_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium") or not shutil.which("chromedriver"), reason="no chromium here"),
]
# What a page tries to do that no page of ours may, in `window.ran`.
HOOKS = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.ran.push(name);
document.addEventListener("securitypolicyviolation", (event) => window.ran.push("policy " + event.blockedURI));
"""
# The smallest contrast (WCAG 2) of any visible text with what is painted behind it.
CONTRAST = r"""
const linear = (part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
const light = (colour) => { const [r, g, b] = numbers(colour).map((part) => linear(part / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const behind = (one) => { for (let at = one; at; at = at.parentElement) {
  const colour = getComputedStyle(at).backgroundColor;
  if ((numbers(colour)[3] ?? 1) > 0) return colour; } return "rgb(255, 255, 255)"; };
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let worst = [21, ""];
while (walker.nextNode()) {
  const text = walker.currentNode.textContent.trim(), parent = walker.currentNode.parentElement;
  if (!text || !parent.checkVisibility()) continue;
  const [ink, paper] = [light(getComputedStyle(parent).color), light(behind(parent))];
  const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  if (ratio < worst[0]) worst = [ratio, text];
}
return worst;
"""
_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip


@contextmanager
def opened(profile: Path) -> Iterator[webdriver.Chrome]:
    """Open a browser that asks the network for nothing of its own."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(shutil.which("chromedriver"))))
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": HOOKS})
    try:
        yield driver
    finally:
        driver.quit()


def seen(driver: webdriver.Chrome, width: int, scheme: str = "light") -> None:
    """Look at pages from now on at a width in pixels, in light or dark."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def scripts(driver: webdriver.Chrome, *, on: bool) -> None:
    """Let pages run their scripts, or not."""
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})
