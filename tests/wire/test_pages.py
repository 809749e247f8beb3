"""What stands on the pages, and how they hang together."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from posixpath import normpath
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from communique import wire
from communique.records import Dispatch

if TYPE_CHECKING:
    from tests.wire.conftest import World


def _tree(files: dict[str, bytes], path: str) -> Any:
    return html.document_fromstring(files[path].decode())


def _of(tree: Any, name: str) -> list[str]:
    found = tree.xpath(f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")
    return [" ".join(one.text_content().split()) for one in found]


def _numbers(tree: Any) -> list[int]:
    return [int(one.removeprefix("d")) for one in tree.xpath("//li[contains(@class, 'dispatch')]/@id")]


@pytest.fixture(scope="module")
def grown(world: World) -> dict[str, bytes]:
    """A wire of 112 dispatches, two of them pinned."""
    dispatches = [
        world.dispatch(id_, pinned=id_ in (40, 110), story="ferry" if id_ % 9 == 0 else None) for id_ in range(1, 113)
    ]
    log = wire.LogState(size=112, vkey="wire.example+1+x", files=("checkpoint",))
    return world.files(world.edition(dispatches, archived=wire.Archived(log=log)))


def test_the_front_page_shows_pins_first_and_then_the_newest_without_them(grown: dict[str, bytes]) -> None:
    numbers = _numbers(_tree(grown, "index.html"))

    assert numbers == [110, 40, *(id_ for id_ in range(112, 60, -1) if id_ not in (110, 40))][:52]
    assert len(numbers) == 52


def test_numbered_pages_count_from_the_oldest_with_pins_at_their_number(grown: dict[str, bytes]) -> None:
    assert _numbers(_tree(grown, "page/1/index.html")) == list(range(50, 0, -1))
    assert _numbers(_tree(grown, "page/3/index.html")) == list(range(112, 100, -1))
    assert "page/4/index.html" not in grown


def test_every_link_within_the_wire_leads_to_a_file_of_it(grown: dict[str, bytes]) -> None:
    missing = set()
    for path in grown:
        if not path.endswith(".html"):
            continue
        for link in _tree(grown, path).xpath("//@href | //@src"):
            target = re.split(r"[#?]", link)[0]
            if not target or ":" in target:
                continue
            reached = normpath(f"{path.rpartition('/')[0] or '.'}/{target}")
            file = "index.html" if reached == "." else f"{reached}/index.html" if target.endswith("/") else reached
            if file not in grown and file != "log/checkpoint":
                missing.add((path, link))

    assert missing == set()


def test_fragments_lead_to_something_on_their_page(grown: dict[str, bytes]) -> None:
    for path in ("index.html", "page/2/index.html", "d/40/" + _folder(grown, 40) + "/index.html"):
        for link in _tree(grown, path).xpath("//a[contains(@href, '#')]/@href"):
            target, fragment = link.split("#")
            reached = normpath(f"{path.rpartition('/')[0] or '.'}/{target}") + "/index.html" if target else path
            assert _tree(grown, reached).xpath("//*[@id=$name]", name=fragment), (path, link)


def _folder(files: dict[str, bytes], id_: int) -> str:
    return next(path.split("/")[2] for path in files if path.startswith(f"d/{id_}/"))


def test_every_page_has_one_first_heading_and_headings_in_order(grown: dict[str, bytes]) -> None:
    for path in grown:
        if path.endswith(".html"):
            levels = [int(one.tag[1]) for one in _tree(grown, path).xpath("//h1|//h2|//h3")]
            assert levels[:1] == [1], path
            assert levels.count(1) == 1, path


def test_no_page_holds_script_or_style_of_its_own(grown: dict[str, bytes]) -> None:
    for path in grown:
        if path.endswith(".html"):
            tree = _tree(grown, path)
            assert tree.xpath("//style | //@style | //@*[starts-with(name(), 'on')] | //script[not(@src)]") == [], path


def test_numbers_that_grow_stand_on_no_numbered_and_no_dispatch_page(world: World) -> None:
    few = world.files(world.edition(world.dispatch(id_, story="ferry") for id_ in range(1, 61)))
    many = world.files(world.edition(world.dispatch(id_, story="ferry") for id_ in range(1, 81)))

    old = [path for path in few if re.match(r"page/1/|d/(?:[1-9]|[1-4]\d)/", path)]

    assert old
    assert [path for path in old if few[path] != many[path]] == []


def test_the_front_page_counts_organisations_and_log_entries(grown: dict[str, bytes]) -> None:
    page = grown["index.html"].decode()

    assert "The public word of 6 organisations" in page
    assert "Log: 112 entries, verify" in page


def test_days_group_and_undated_dispatches_get_only_the_bracket_that_their_neighbours_give(world: World) -> None:
    days = (None, datetime(2019, 1, 10, 9, tzinfo=UTC), None, None, datetime(2019, 1, 24, 9, tzinfo=UTC), None)
    dispatches = [world.dispatch(id_, published=day, released=None) for id_, day in enumerate(days, 1)]

    tree = _tree(world.files(world.edition(dispatches)), "page/1/index.html")

    assert [" ".join(one.text_content().split()) for one in tree.xpath("//h2")] == [
        "Undated",
        "Thursday, 24 January 2019",
        "Undated, between 10 and 24 January 2019",
        "Thursday, 10 January 2019",
        "Undated",
    ]


def test_undated_dispatches_show_the_order_that_is_known_of_them(world: World) -> None:
    dispatches = [world.dispatch(id_, published=None, pinned=id_ == 3) for id_ in (1, 2, 3)]

    front = _tree(world.files(world.edition(dispatches)), "index.html")

    assert _of(front, "when") == ["No. 2", "No. 1"]


def test_a_day_without_a_time_shows_no_time_and_stays_that_day_in_every_zone(world: World) -> None:
    from dataclasses import replace

    settings = replace(world.settings, timezone="America/Bogota")
    edition = world.edition(
        [world.dispatch(1, published=datetime(2019, 1, 10, tzinfo=UTC), published_precision="day")], settings=settings
    )

    tree = _tree(world.files(edition), "page/1/index.html")

    assert tree.xpath("//section[@class='day']/h2/time/@datetime") == ["2019-01-10"]
    assert tree.xpath("//p[@class='when']/time") == []


@pytest.mark.parametrize(
    ("address", "name"), [("urn:sha256:" + "ab" * 32, "A kept file"), ("mid:7@x.example", "A mail")]
)
def test_a_source_whose_address_leads_nowhere_says_what_it_is(world: World, address: str, name: str) -> None:
    source = replace(world.dispatch(1).sources[0], url=address, publisher=None)
    path = "d/1/ten-ships-sailed/index.html"

    tree = _tree(world.files(world.edition([world.dispatch(1, text="Ten ships sailed.", sources=(source,))])), path)

    assert tree.xpath("string(//table[@class='sources']//bdi)") == name
    assert address not in tree.text_content()


def test_a_correction_is_a_word_with_its_time_that_leads_to_the_old_wording(world: World) -> None:
    dispatch = world.dispatch(1)
    assert dispatch.published is not None
    change = world.correction(at=dispatch.published.replace(hour=18, minute=10), before="The old wording.")
    files = world.files(world.edition([world.dispatch(1, corrections=(change,))]))

    path = f"d/1/{wire.slug('The old wording.', 'en')}/index.html"

    assert _of(_tree(files, "index.html"), "signal") == ["Corrected 18:10"]
    assert _of(_tree(files, path), "before") == ["Before The old wording."]
    assert "The old wording." in files["corrections/index.html"].decode()


def test_an_address_outlives_a_correction_of_the_text(world: World) -> None:
    before = world.dispatch(1, text="Ten ships sailed.")
    after = world.dispatch(1, text="Twelve ships sailed.", corrections=(world.correction(before="Ten ships sailed."),))

    first, second = (world.files(world.edition([one])) for one in (before, after))

    assert {path for path in first if path.startswith("d/")} == {path for path in second if path.startswith("d/")}
    assert "d/1/ten-ships-sailed/index.html" in second


def test_a_held_dispatch_keeps_its_place_but_not_its_text(world: World) -> None:
    change = world.correction(operation="hold", reason="A source has taken it back.")
    files = world.files(world.edition([world.dispatch(1), world.dispatch(2, stage="held", corrections=(change,))]))

    front = _tree(files, "index.html")

    assert _numbers(front) == [2, 1]
    assert _of(front, "said")[0] == "This dispatch is held while the desk looks at it again."


def test_translations_name_each_other(world: World) -> None:
    pair = [world.dispatch(1, translations=(2,)), world.dispatch(2, language="es", text="La Unión.", translations=(1,))]
    files = world.files(world.edition(pair))

    alternates = _tree(files, "d/2/la-union/index.html").xpath("//link[@hreflang]/@hreflang")

    assert alternates == ["es", "en"]


def test_quotations_in_another_language_say_so(world: World) -> None:
    files = world.files(world.edition([world.dispatch(1, language="ar", text="أعلنت النقابة الإضراب.")]))

    said = _tree(files, "index.html").xpath("//p[@class='said']")[0]

    assert (said.get("lang"), said.get("dir")) == ("ar", "rtl")


@pytest.mark.parametrize(
    ("language", "direction", "word"), [("ar", "rtl", "بحث"), ("es", "ltr", "Buscar"), ("fi", "ltr", "Search")]
)
def test_the_wire_speaks_its_language_or_else_english(world: World, language: str, direction: str, word: str) -> None:
    from dataclasses import replace

    files = world.files(world.edition([world.dispatch(1)], settings=replace(world.settings, language=language)))

    tree = _tree(files, "index.html")

    assert tree.get("dir") == direction
    assert word in _of(tree, "masthead")[0]


def test_catalogues_have_the_same_phrases() -> None:
    import json
    from importlib.resources import files

    catalogues = [json.loads(one.read_text("utf-8")) for one in (files("communique.wire") / "words").iterdir()]

    assert len(catalogues) == 3
    assert len({frozenset(one) for one in catalogues}) == 1


def test_a_list_of_topics_without_one_does_not_say_that_nothing_was_published(world: World) -> None:
    files = world.files(world.edition([world.dispatch(1)]))

    assert _of(_tree(files, "topic/index.html"), "empty") == ["Nothing stands in this list yet."]


def test_codes_of_languages_stand_from_right_to_left_on_a_wire_that_does(world: World) -> None:
    source = world.dispatch(1).sources[0]
    sources = tuple(replace(source, url=f"https://{tag}.example/", language=tag) for tag in ("en", "el"))
    arabic = world.edition([world.dispatch(1, sources=sources)], settings=replace(world.settings, language="ar"))

    assert "(en\u200f، el\u200f)" in world.files(arabic)["page/1/index.html"].decode()


def test_an_empty_wire_says_so(world: World) -> None:
    files = world.files(world.edition([]))

    assert _of(_tree(files, "index.html"), "empty") == ["No dispatch has been published yet."]
    assert {"page/1/index.html", "feed.atom", "search/index.html", "log/index.html"} <= files.keys()


def test_the_search_page_shows_what_a_live_wire_found(world: World) -> None:
    edition = world.edition([world.dispatch(1), world.dispatch(2)])

    page = wire.found(edition, 'ferry "night"', [world.dispatch(2)]).decode()

    assert "1 dispatch found" in page
    assert html.document_fromstring(page).xpath("//input/@value") == ['ferry "night"']


def test_the_same_edition_gives_the_same_bytes(world: World) -> None:
    dispatches = [world.dispatch(id_) for id_ in range(1, 8)]

    assert world.files(world.edition(dispatches)) == world.files(world.edition(reversed(dispatches)))


def test_an_unknown_time_zone_is_named(world: World) -> None:
    from dataclasses import replace

    edition = world.edition([world.dispatch(1)], settings=replace(world.settings, timezone="Mars/Olympus"))

    with pytest.raises(wire.WireError, match="Mars/Olympus"):
        list(wire.pages(edition))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The 27th Congress of the Workers’ Party", "the-27th-congress-of-the-workers-party"),
        ("İzmir’de görüşme", "izmirde-gorusme"),
        ("Ανακοίνωση για τη Σύνοδο", "anakoinosi-gia-ti-synodo"),
        ("Щука и съезд", "shchuka-i-sezd"),
        ("أعلنت النقابة", "ar"),
        ("Straße nach Łódź", "strasse-nach-lodz"),
        ("../../etc/passwd", "etc-passwd"),
        ("word " * 60, "-".join(["word"] * 13)),
    ],
)
def test_a_slug_is_plain_ascii(text: str, expected: str) -> None:
    assert wire.slug(text, "ar") == expected


def test_keys_from_outside_never_leave_their_folder(world: World) -> None:
    strange = world.dispatch(1, story="../../up", actors=("..",), language="x/../y", topics=("../t",), country="../c")

    paths = [page.path for page in wire.pages(world.edition([strange]))]

    assert [path for path in paths if ".." in path] == []


def test_a_section_pages_only_when_its_own_page_is_full(world: World) -> None:
    def built(size: int) -> set[str]:
        dispatches: list[Dispatch] = [world.dispatch(id_, language="el") for id_ in range(1, size + 1)]
        return {path for path in world.files(world.edition(dispatches)) if path.startswith("lang/el/page")}

    assert built(50) == set()
    assert built(51) == {"lang/el/page/1/index.html", "lang/el/page/2/index.html"}


def test_a_country_goes_by_the_name_that_the_wire_gives_it(world: World) -> None:
    settings = replace(world.settings, countries=(("QM", "Marevia"), ("PT", "The Portuguese Republic")))
    dispatches = [world.dispatch(1, country="QM"), world.dispatch(2, country="PT"), world.dispatch(3, country="NO")]

    files = world.files(world.edition(dispatches, settings=settings))

    names = [_tree(files, f"country/{code}/index.html").xpath("//h1")[0].text_content() for code in ("QM", "PT", "NO")]
    assert names == ["Marevia", "The Portuguese Republic", "Norway"]
