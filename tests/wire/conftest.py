"""A small invented world for the wire's tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from communique import wire
from communique.records import Actor, Correction, Dispatch, DispatchEvent, DispatchSource

ACTORS = {
    one.id: one
    for one in (
        Actor(
            id="xt-hpu",
            name="Harbour and Port Union",
            kind="union",
            country="PT",
            names=(("Sindicato de Puertos", "es"),),
        ),
        Actor(id="xt-mot", name="Ministry of Tides", kind="ministry", country="NO"),
        Actor(id="xt-cdp", name="Christian Democratic People's Party", kind="party", country="DE"),
        Actor(id="xt-wlp", name="Workers' and Ladders' Party", kind="party", country="GR"),
        Actor(id="xt-bank", name="Central Bank of the Isles", kind="centralbank", country="NO"),
        Actor(id="xt-synod", name="Synod of the Old Church", kind="church", country=None),
    )
}
SENTENCES = (
    "The Harbour and Port Union called on the Ministry of Tides to keep the night ferry running.",
    "The Central Bank of the Isles left its key rate unchanged at four per cent.",
    "The Christian Democratic People's Party elected a new executive at its conference in Leipzig.",
    "The Workers' and Ladders' Party denounces the planned closure of the shipyard in Perama.",
    "The Synod of the Old Church thanked the volunteers of the flood relief.",
)
BEGAN = datetime(2019, 1, 1, tzinfo=UTC)
SETTINGS = wire.Settings(
    name="Harbour Wire",
    base_url="https://wire.example",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    contact="desk@wire.example",
    began=BEGAN,
)


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Builders; everything that a test does not say is filled in plausibly."""

    actors: Mapping[str, Actor]
    settings: wire.Settings

    def dispatch(self, id_: int, **given: Any) -> Dispatch:
        actor = tuple(self.actors)[id_ % len(self.actors)]
        day = BEGAN + timedelta(hours=7 * id_, minutes=11)
        source = DispatchSource(
            url=f"https://www.example.org/news/{id_}",
            publisher=actor,
            language="en",
            published=day.date().isoformat(),
            captured=day.isoformat(),
            digest="sha256:" + f"{id_:064x}",
        )
        plain = Dispatch(
            id=id_,
            text=SENTENCES[id_ % len(SENTENCES)],
            published=day,
            released=day,
            actors=(actor,),
            events=(DispatchEvent(type="STATE", plover="NONE"),),
            sources=(source,),
            log_index=id_ - 1,
        )
        return replace(plain, **given)

    def correction(self, **given: Any) -> Correction:
        plain = Correction(operation="correct", at=BEGAN + timedelta(days=60), reason="A wrong number.", before=None)
        return replace(plain, **given)

    def edition(self, dispatches: Iterable[Dispatch], **given: Any) -> wire.MemoryEdition:
        settings = given.pop("settings", self.settings)
        return wire.edition(dispatches, settings, **{"actors": self.actors, **given})

    def files(self, edition: wire.Edition) -> dict[str, bytes]:
        """Yield a full build: path to bytes."""
        made = (*wire.pages(edition), wire.log_page(edition))
        return {page.path: page.body for page in made if page.body is not None}


@pytest.fixture(scope="session")
def world() -> World:
    return World(ACTORS, SETTINGS)
