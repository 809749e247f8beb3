"""Feeds, ninjs, NewsML-G2 and sitemaps are what their own judges accept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from lxml import etree
from referencing import Registry, Resource

from communique import wire

if TYPE_CHECKING:
    from tests.wire.conftest import World

SCHEMAS = Path(os.environ.get("COMMUNIQUE_GOLD", "not-set")) / "schemas"
JUDGES = Path(os.environ.get("COMMUNIQUE_JUDGES", "not-set"))
BEGAN = datetime(2019, 1, 1, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"

needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="no schemas here: set COMMUNIQUE_GOLD to their folder")
needs_judges = pytest.mark.skipif(not JUDGES.is_dir(), reason="no judges here: set COMMUNIQUE_JUDGES to their folder")


@pytest.fixture(scope="module")
def files(world: World) -> dict[str, bytes]:
    """A wire with everything that a dispatch can have."""
    change = world.correction(before="The rate is five per cent.")
    source = world.dispatch(3).sources[0]
    rich = world.dispatch(
        3,
        headline="A rate, unchanged",
        dateline="Isles, 2 January 2019",
        place="Oslo",
        country="NO",
        occasion="27th Congress",
        topics=("20000593", "medtop:11000000"),
        story="rates",
        signatories=("One Body", "Another, of the Isles"),
        translations=(4,),
        publisher="Old Wire",
        corrections=(change,),
        sources=(source, *(source.__class__(url=url, publisher=None, language="el", published=None, captured=None,
                                            digest=None) for url in ("file:///tmp/x", "https://ü.example/ä b?c=d&e"))),
    )  # fmt: skip
    dispatches = [
        world.dispatch(1, published=None, released=None),
        world.dispatch(2, published=None, released=None),
        rich,
        world.dispatch(
            4, language="ar", text="أعلن البنك المركزي تثبيت سعر الفائدة.", translations=(3,), story="rates"
        ),
        world.dispatch(5, stage="withdrawn", corrections=(world.correction(operation="withdraw"),)),
        world.dispatch(6, stage="held", corrections=(world.correction(operation="hold"),)),
        world.dispatch(7, stage="replaced", replaced_by=8, corrections=(world.correction(operation="replace"),)),
        world.dispatch(8, pinned=True, actors=()),
    ]
    proofs, digests = dict.fromkeys(range(1, 9), b"proof"), dict.fromkeys(range(1, 9), "sha256:" + "0" * 64)
    return world.files(world.edition(dispatches, archived=wire.Archived(digests=digests, proofs=proofs)))


def _validator(name: str) -> Any:
    schema = json.loads((SCHEMAS / name).read_bytes())
    local = Resource.from_contents({"$schema": "https://json-schema.org/draft/2020-12/schema"})
    registry: Any = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", local)
    return jsonschema.validators.validator_for(schema)(
        schema, registry=registry, format_checker=jsonschema.FormatChecker()
    )


@needs_schemas
@pytest.mark.parametrize(
    ("version", "ending"), [("3.1", ".json"), ("2.2", ".ninjs-2.2.json"), ("1.6", ".ninjs-1.6.json")]
)
def test_every_dispatch_is_valid_ninjs(files: dict[str, bytes], version: str, ending: str) -> None:
    validator = _validator(f"ninjs/specification/ninjs-schema_{version}.json")

    for id_ in range(1, 9):
        validator.validate(json.loads(files[f"d/{id_}{ending}"]))


@needs_schemas
def test_every_dispatch_is_valid_newsml_g2(files: dict[str, bytes]) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "newsml-g2/NewsML-G2_2.35-spec-All-Power.xsd"))

    for id_ in range(1, 9):
        schema.assertValid(etree.fromstring(files[f"d/{id_}.xml"]))


@needs_schemas
def test_every_json_feed_is_valid(files: dict[str, bytes]) -> None:
    validator = _validator("jsonfeed/schema-v1.1.json")

    for path, body in files.items():
        if path.endswith("feed.json"):
            validator.validate(json.loads(body))


@needs_schemas
def test_sitemaps_are_valid(files: dict[str, bytes]) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap/sitemap.xsd"))

    for path in ("sitemap.xml", "sitemap-1.xml"):
        schema.assertValid(etree.fromstring(files[path]))


@needs_judges
def test_the_feed_validator_has_nothing_to_say_of_any_feed(files: dict[str, bytes], tmp_path: Path) -> None:
    judge = os.environ.get("COMMUNIQUE_JUDGES_PYTHON", sys.executable)
    asked = subprocess.run([judge, "-c", "import html5lib, lxml, rdflib"], check=False, capture_output=True)
    if asked.returncode:
        pytest.skip(
            "the feed validator needs html5lib and rdflib: set COMMUNIQUE_JUDGES_PYTHON to a Python that has them"
        )
    feeds = {path: body for path, body in files.items() if path.endswith((".atom", ".rss"))}
    for path, body in feeds.items():
        (tmp_path / path.replace("/", "_")).write_bytes(body)

    told = subprocess.run(
        [judge, str(JUDGES / "validate-feeds"), "--strict", *map(str, sorted(tmp_path.iterdir()))],
        check=False,
        capture_output=True,
        text=True,
    )

    assert told.returncode == 0, told.stdout + told.stderr


def test_an_undated_dispatch_gets_no_date_of_its_original_anywhere(files: dict[str, bytes]) -> None:
    ninjs = json.loads(files["d/1.json"])
    entry = etree.fromstring(files["feed.atom"]).findall(f"{ATOM}entry")[-1]
    item = etree.fromstring(files["feed.rss"]).findall("channel/item")[-1]

    assert "contentCreated" not in ninjs
    assert "firstCreated" not in ninjs
    assert entry.find(f"{ATOM}published") is None
    assert item.find("pubDate") is None
    assert "date_published" not in json.loads(files["feed.json"])["items"][-1]


def test_a_day_without_a_time_is_given_as_a_day_where_the_format_can(world: World) -> None:
    edition = world.edition([world.dispatch(1, published=BEGAN, published_precision="day")])

    files = world.files(edition)

    item = etree.fromstring(files["d/1.xml"])
    assert [one.text for one in item.iter("{*}contentCreated")] == ["2019-01-01"]
    assert b"<news:publication_date>2019-01-01<" in files["sitemap-news.xml"]


@pytest.mark.parametrize("at", ["2026-03-01T09:30:00+00:00", "2026-03-01T09:30:00.094313+00:00"])
def test_dispatches_of_one_import_have_instants_of_their_own_in_their_order(world: World, at: str) -> None:
    now = datetime.fromisoformat(at)
    imported = [world.dispatch(id_, published=None, released=now) for id_ in range(1, 21)]

    feed = etree.fromstring(world.files(world.edition(imported))["feed.atom"])

    told = [one.text or "" for one in feed.iterfind(f"{ATOM}entry/{ATOM}updated")]
    assert told == sorted(set(told), reverse=True)


def test_a_withdrawn_text_stands_in_no_file(world: World) -> None:
    text = "A sentence that should never have been told."
    change = world.correction(operation="withdraw", before=text)
    edition = world.edition([world.dispatch(1, text=text, stage="withdrawn", corrections=(change,))])

    files = world.files(edition)

    assert [path for path, body in files.items() if b"should never have" in body] == []
    assert json.loads(files["d/1.json"])["pubStatus"] == "canceled"


def test_the_digest_and_the_log_entry_are_alternative_ids(files: dict[str, bytes]) -> None:
    ids = {one["role"]: one["value"] for one in json.loads(files["d/3.json"])["altIds"]}

    assert ids == {"number": "3", "digest": "sha256:" + "0" * 64, "log-index": "2"}


def test_json_files_hold_no_sign_that_a_browser_could_take_for_markup(files: dict[str, bytes]) -> None:
    assert [path for path, body in files.items() if path.endswith(".json") and b"<" in body] == []


def test_the_news_sitemap_holds_two_days(world: World) -> None:
    edition = world.edition(world.dispatch(id_) for id_ in range(1, 31))

    news = world.files(edition)["sitemap-news.xml"].decode()

    assert news.count("<news:news>") == 7


def test_robots_are_told_every_sitemap(world: World) -> None:
    edition = world.edition(world.dispatch(id_) for id_ in range(1, 502))

    files = world.files(edition)

    told = [
        line.split("https://wire.example/")[1]
        for line in files["robots.txt"].decode().splitlines()
        if "Sitemap" in line
    ]
    assert told == ["sitemap.xml", "sitemap-news.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert set(told) < files.keys()
