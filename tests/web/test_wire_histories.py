"""Whatever the desk does, in whatever order: the wire written bit by bit is the wire written whole, and is sound."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.web.published import BEGAN, publish, told

from communique import archive
from communique.records import Actor
from communique.registry import save
from communique.web.ledger import models, publication, site
from communique.web.workspace import Workspace

Do = Callable[[publication.Act, models.Dispatch], object]
ACTS: tuple[Do, ...] = (
    lambda act, row: publication.correct(act, f"{row.text} Corrected.", "A word was wrong."),
    lambda act, row: publication.update(act, f"{row.text} Updated.", "It went on."),
    lambda act, _: publication.hold(act, "Two sources differ."),
    lambda act, _: publication.release(act, "They agree now."),
    lambda act, _: publication.withdraw(act, "The source withdrew it."),
    lambda act, row: publication.replace_by(act, _another(row), "There is a fuller one."),
    lambda act, row: publication.pin(act, is_pinned=not row.pinned),
)


def _another(row: models.Dispatch) -> models.Dispatch:
    return models.Dispatch.objects.exclude(pk=row.pk).filter(stage="published").order_by("?").first() or row


@pytest.mark.parametrize("seed", range(2))
def test_bit_by_bit_is_byte_for_byte_the_whole(newsroom: Workspace, tmp_path: Path, seed: int) -> None:
    chance, now = random.Random(seed), BEGAN + timedelta(days=90)  # no secret
    publish(*[told(place) for place in range(chance.choice((3, 51)))])
    mirror, whole = tmp_path / "mirror", tmp_path / "whole"
    for step in range(6):
        now += timedelta(hours=1)
        for _ in range(chance.randint(0, 3)):
            _happens(newsroom, chance, step)
        if chance.random() < 0.5:
            site.write(newsroom, mirror, full=False, now=now)
        site.write(newsroom, newsroom.site, full=False, now=now)

    for folder, full in ((newsroom.site, False), (mirror, False), (whole, True)):
        site.write(newsroom, folder, full=full, now=now)

    assert _files(newsroom.site) == _files(whole)
    assert _files(mirror) == _files(whole)
    assert archive.verify(whole, vkey=None).flaws == ()


def _happens(newsroom: Workspace, chance: random.Random, step: int) -> None:
    at = BEGAN + timedelta(days=90, hours=step + 1, minutes=chance.randint(-90, 0))  # the form was opened earlier
    row = chance.choice(list(models.Dispatch.objects.order_by("pk")))
    match chance.randrange(10):
        case 0:
            actor = Actor(id="xt-hpu", name=f"Harbour Union {step}", kind="union", country="PT")
            save(newsroom.registry, [actor])
        case 1 | 2:
            publication.take_over(told(100 + step), import_key=f"new-{step}-{at}", now=at, is_published=True)
        case _:
            act = publication.Act(dispatch=row.pk, version=row.version, by=None, at=at)
            chance.choice(ACTS)(act, row)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_pin_that_was_begun_before_an_edition_is_in_the_next(newsroom: Workspace) -> None:
    row, *_ = publish(told(0), told(1))
    site.write(newsroom, newsroom.site, full=False, now=BEGAN + timedelta(hours=2))
    publication.pin(publication.Act(dispatch=row.pk, version=row.version, by=None, at=BEGAN), is_pinned=True)

    done = site.write(newsroom, newsroom.site, full=False, now=BEGAN + timedelta(hours=3))

    assert done.is_new
