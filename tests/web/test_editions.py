"""The wire as files, while others publish."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import connections

from communique import archive
from communique.records import Dispatch
from communique.web.ledger import models, publication, site
from communique.web.workspace import Workspace

MORNING = datetime(2026, 3, 8, 9, tzinfo=UTC)


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
