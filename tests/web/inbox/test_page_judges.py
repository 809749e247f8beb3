"""What outside judges say of every kind of page, of the wire and of the desk: axe-core and vnu (see tests/pages)."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from selenium import webdriver
from tests.seeing import in_chromium, seen
from tests.web.inbox.test_browser import ARABIC
from tests.web.published import BEGAN, told

from communique.web.ledger import models, publication, site

JUDGES = Path(__file__).parents[2] / "pages" / "node_modules"
AXE, VNU = JUDGES / "axe-core" / "axe.min.js", JUDGES / "vnu-jar" / "build" / "dist" / "vnu.jar"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
const done = arguments[1];
axe.run(document, {runOnly: arguments[0]}).then(
  (found) => done(found.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 200))])),
  (error) => done([["failed", [String(error)]]]));
"""
# vnu reads the pages as files, so that 'self' in a page's policy is not the address that it stands at.
NOT_OURS = ".*violates Content Security Policy.*"
WIRE = ("/", "/page/1/", "/page/2/", "/d/1/", "/d/2/", "/d/3/", "/d/4/", "/d/5/", "/d/6/", "/d/7/", "/org/",
        "/org/xt-hpu/", "/country/", "/country/PT/", "/topic/", "/story/", "/story/ferries/", "/story/ferries/page/1/",
        "/lang/", "/lang/el/", "/corrections/", "/about/", "/search/", "/search/?q=ferry", "/search/?q=zeppelin",
        "/log/", "/no/such/page/")  # fmt: skip
DESK = ("/desk/", "/desk/?view=due", "/desk/?view=snoozed", "/desk/?q=weir",
        "/desk/stories/", "/desk/sources/", "/desk/published/", "/desk/keys/", "/desk/organisations/",
        "/desk/organisations/?q=socialist", "/desk/organisations/int-un/", "/desk/organisations/no-body/",
        "/desk/audit/", "/desk/sign-in/", "/desk/no-such-page/")  # fmt: skip

pytestmark = [
    *in_chromium,
    pytest.mark.skipif(not AXE.is_file() or not VNU.is_file(), reason="no judges of pages: run tests/system.sh"),
]


def _act(number: int) -> publication.Act:
    row = models.Dispatch.objects.get(number=number)
    return publication.Act(dispatch=row.pk, version=row.version, by=None, at=BEGAN + timedelta(days=80))


def _wire(newsroom: Any) -> None:
    """Publish one of each kind, and enough for a second page."""
    kinds = [replace(told(place), signatories=("One Body", "Σωματείο", "هيئة"), place="Oslo", topics=("20000593",),
                     occasion="27th Congress") for place in range(6)]  # fmt: skip
    kinds.append(replace(told(6, published=None), text=ARABIC, language="ar", headline="A heading", sources=()))
    kinds += [told(place) for place in range(7, 54)]
    for number, one in enumerate(kinds):
        publication.take_over(one, import_key=f"kind-{number}", now=BEGAN, is_published=True)
    publication.correct(_act(1), "The Harbour and Port Union called for the night ferry.", "It named no ministry.")
    publication.hold(_act(2), "Two sources differ.")
    publication.withdraw(_act(3), "The source withdrew it.")
    publication.replace_by(_act(4), models.Dispatch.objects.get(number=5), "There is a fuller one.")
    publication.pin(_act(6), is_pinned=True)
    site.write(newsroom, newsroom.site, full=True, now=BEGAN + timedelta(days=90))


@pytest.fixture
def paths(desk: Any) -> tuple[str, ...]:
    """Every kind of page there is, of a newsroom that has something of everything."""
    _wire(desk.workspace)
    first = desk.statement(undecided=True)
    desk.statement(ARABIC, of=first, language="ar")
    models.Statement.objects.update(needs_review="numbers: 4 became 5")
    drafted = desk.statement("The Water Wardens say that the weir at Aldermouth holds.", minutes=9)
    desk.signed_in("admin").post(f"/desk/statements/{drafted.key}/draft/")
    kept = models.Capture.objects.filter(document__isnull=False).values_list("record_id", flat=True)[0]
    own = (f"/desk/statements/{first.key}/", f"/desk/statements/{first.key}/differences/",
           f"/desk/statements/{first.key}/merge/?q=weir&why={drafted.key}", f"/desk/stories/{first.story}/",
           "/desk/sources/source-1/", f"/desk/statements/{drafted.key}/", "/desk/dispatches/1/", "/desk/dispatches/3/",
           f"/desk/evidence/{kept.rpartition(':')[2]}/", *_readings(first))  # fmt: skip
    return (*WIRE, *DESK, *own)


def _readings(statement: models.Statement) -> list[str]:
    """Yield the pages of how a statement's documents were read."""
    records = statement.documents.values_list("capture__record_id", flat=True)
    return [f"/desk/statements/{statement.key}/reading/{one.rpartition(':')[2]}/" for one in records]


def _judged(chrome: webdriver.Chrome, page: str, width: int, scheme: str) -> list[Any]:
    seen(chrome, width, scheme)
    chrome.get(page)
    chrome.execute_script(AXE.read_text("utf-8"))
    found: list[Any] = chrome.execute_async_script(RUN, RULES)
    if chrome.execute_script("return document.scrollingElement.scrollWidth") > width:
        found.append(["scrolls-sideways", [str(width)]])
    return found


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_on_any_page(
    desk: Any, chrome: webdriver.Chrome, address: str, paths: tuple[str, ...], width: int, scheme: str
) -> None:
    chrome.get(f"{address}/desk/sign-in/")
    chrome.add_cookie({"name": "communique-desk", "value": desk.signed_in("admin").cookies["communique-desk"].value})

    found = {path: _judged(chrome, address + path, width, scheme) for path in paths}

    assert {path: flaws for path, flaws in found.items() if flaws} == {}


def test_vnu_finds_nothing_on_any_page(desk: Any, paths: tuple[str, ...], tmp_path: Path) -> None:
    client: Client = desk.signed_in("admin")
    names = {tmp_path / f"{number:02}.html": path for number, path in enumerate(paths)}
    for file, path in names.items():
        file.write_bytes(client.get(path, follow=True).content)

    told_ = ["java", "-jar", str(VNU), "--format", "json", "--filterpattern", NOT_OURS, *map(str, names)]
    done = subprocess.run(told_, capture_output=True, check=False, timeout=300)

    flaws = json.loads(done.stderr)["messages"]
    assert [(names[Path(one["url"].removeprefix("file:"))], one["lastLine"], one["message"]) for one in flaws] == []
