"""The wire as files, while others publish."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections

from communique import archive, wire
from communique.records import Dispatch
from communique.web.ledger import models, publication, site
from communique.web.workspace import Workspace

MORNING = datetime(2026, 3, 8, 9, tzinfo=UTC)
NOON = datetime(2026, 3, 8, 12, tzinfo=UTC)


def published(name: str, number: int) -> models.Dispatch:
    told = Dispatch(id=0, text=f"The {name} of Port Sorrow published its note number {number}.")
    return publication.take_over(told, import_key=f"{name}-{number}", now=MORNING, is_published=True)


def side_by_side(*works: Callable[[], object]) -> list[BaseException]:
    """Run works in threads of their own and yield what they raised."""
    raised: list[BaseException] = []

    def guarded(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - it is what the test asks for
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guarded, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_an_edition_holds_what_its_log_says_while_others_publish(newsroom_on: Workspace) -> None:
    def publishing(name: str) -> Callable[[], object]:
        return lambda: [published(name, number) for number in range(8)]

    def writing() -> None:
        for _ in range(3):
            site.write(newsroom_on, newsroom_on.site, full=False, now=MORNING)

    assert side_by_side(publishing("Guild"), publishing("Chamber"), writing, writing) == []

    site.write(newsroom_on, newsroom_on.site, full=False, now=MORNING)
    report = archive.verify(newsroom_on.site)
    assert report.flaws == ()
    assert report.dispatches == 16
    numbers = models.Dispatch.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 17))


def interrupted(*happens: Callable[[], object]) -> site.Pages:
    """Make pages as the wire does; after the third of each try, the next of `happens` does something of its own."""
    waiting = iter(happens)

    def pages(edition: wire.Edition, *, touched: frozenset[int] | None = None) -> Iterator[wire.Page]:
        for number, page in enumerate(wire.pages(edition, touched=touched), 1):
            yield page
            if number == 3 and (work := next(waiting, None)):
                assert side_by_side(work) == []

    return pages


def corrected() -> object:
    row = models.Dispatch.objects.get(number=1)
    act = publication.Act(dispatch=row.pk, version=row.version, by=None, at=MORNING)
    return publication.correct(act, "The Guild of Port Sorrow published two notes.", "They were two.")


def written(newsroom: Workspace, folder: Path) -> dict[str, bytes]:
    site.write(newsroom, folder, full=True, now=NOON)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("is_standing", [False, True])
def test_what_is_published_while_an_edition_is_written_comes_whole_with_the_next_try(
    newsroom_on: Workspace, tmp_path: Path, is_standing: bool
) -> None:
    published("Guild", 1)
    if is_standing:
        site.write(newsroom_on, newsroom_on.site, full=False, now=MORNING)
        published("Guild", 2)
    pages = interrupted(lambda: published("Chamber", 1), corrected, lambda: published("Chamber", 2))

    site.write(newsroom_on, newsroom_on.site, full=False, now=NOON, pages=pages)

    assert archive.verify(newsroom_on.site).flaws == ()
    assert written(newsroom_on, newsroom_on.site) == written(newsroom_on, tmp_path / "whole")


def test_no_page_of_an_edition_knows_what_was_published_after_its_plan(newsroom_on: Workspace, tmp_path: Path) -> None:
    published("Guild", 1)
    seen: list[tuple[int, int, int, int]] = []

    def pages(edition: wire.Edition, *, touched: frozenset[int] | None = None) -> Iterator[wire.Page]:
        if not seen:
            edition.last_id()
            assert side_by_side(lambda: published("Chamber", 1), corrected) == []
        seen.append((edition.last_id(), edition.section_count("lang"), len(edition.sections("lang")),
                     len(edition.corrected(9))))  # fmt: skip
        return wire.pages(edition, touched=touched)

    site.write(newsroom_on, tmp_path / "out", full=False, now=MORNING, pages=pages)

    assert seen == [(1, 1, 1, 0), (2, 1, 1, 1)]


def test_an_edition_that_stands_is_the_one_that_its_log_commits_to_after_a_full_build(newsroom: Workspace) -> None:
    published("Guild", 1)
    site.write(newsroom, newsroom.site, full=False, now=NOON)
    (newsroom.site / "assets/wire.css").write_text("changed by somebody", encoding="utf-8")

    done = site.write(newsroom, newsroom.site, full=True, now=NOON)

    assert done.written == 1
    assert archive.verify(newsroom.site).flaws == ()
