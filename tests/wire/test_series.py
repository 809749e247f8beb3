"""Occasions that recur by number: the series' own page and feeds, and the way from one occasion to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from communique import wire

if TYPE_CHECKING:
    from tests.wire.conftest import World

Files = dict[str, bytes]
NAME = "Congress of the Harbour and Port Union"
SERIES = "series/congress-of-the-harbour-and-port-union/"


def _told(world: World, numbers: tuple[int | None, ...]) -> Files:
    """Yield a wire whose first dispatch tells of the first number, and so on."""
    made = [
        world.dispatch(id_, occasion=f"{number}. Congress", series=number and NAME, occasion_number=number)
        for id_, number in enumerate(numbers, 1)
    ]
    return world.files(world.edition(made))


@pytest.fixture(scope="module")
def files(world: World) -> Files:
    return _told(world, (20, 21, 20, 25, None))


def test_a_series_lists_its_occasions_by_number(files: Files) -> None:
    page = files[f"{SERIES}index.html"].decode()

    assert page.index("<h2>No. 25") < page.index("<h2>No. 21") < page.index("<h2>No. 20")
    assert page.index("<h2>No. 20") < page.index('id="d3"') < page.index('id="d1"')


def test_a_series_leads_to_the_first_dispatch_of_each_occasion(files: Files) -> None:
    named = files[f"{SERIES}index.html"].decode().partition('class="occasions"')[2].partition("</p>")[0]

    assert [part.partition("/")[0] for part in named.split("/d/")[1:]] == ["4", "2", "1"]


def test_a_dispatch_names_its_series_and_the_occasions_beside_it(world: World, files: Files) -> None:
    page = files[f"d/2/{world.edition([world.dispatch(2)]).slug(2)}/index.html"].decode()

    assert f'href="../../../{SERIES}"' in page
    assert "The one before</dt><dd><a" in page
    assert "No. 20" in page
    assert "No. 25" in page


def test_the_last_occasion_has_none_after_it(world: World, files: Files) -> None:
    page = files[f"d/4/{world.edition([world.dispatch(4)]).slug(4)}/index.html"].decode()

    assert "The one before" in page
    assert "The one after" not in page


def test_an_occasion_without_a_number_stands_in_no_series(world: World) -> None:
    one = world.dispatch(1, occasion="the yearly congress", series=NAME, occasion_number=None)

    assert not [path for path in world.files(world.edition([one])) if path.startswith(SERIES)]


@pytest.mark.parametrize("ending", ["atom", "rss", "json"])
def test_a_series_has_feeds(files: Files, ending: str) -> None:
    assert NAME in files[f"{SERIES}feed.{ending}"].decode()


def test_all_series_stand_in_one_list(files: Files) -> None:
    page = files["series/index.html"].decode()

    assert f'href="../{SERIES}"' in page


def test_two_spellings_of_a_name_are_one_series() -> None:
    assert wire.series_slug("Congress of the People\u2019s Party") == wire.series_slug("Congress of the Peoples Party")


def test_a_name_without_latin_letters_has_an_address_of_its_own() -> None:
    one, other = wire.series_slug("مؤتمر الصيادين"), wire.series_slug("مؤتمر المزارعين")

    assert one.isascii()
    assert one != other


def test_a_new_occasion_changes_the_pages_of_those_beside_it_alone(world: World) -> None:
    before = _told(world, (20, 21, 30))
    after = _told(world, (20, 21, 30, 25))

    changed = {path.split("/")[1] for path, body in after.items() if path.startswith("d/") and body != before.get(path)}
    assert {one for one in changed if one.isdigit()} == {"2", "3", "4"}
