"""A few published dispatches of an invented harbour region, for tests of what the world may ask."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from communique.records import Dispatch, DispatchEvent, DispatchSource
from communique.web.ledger import models, publication

BEGAN = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SENTENCES = (
    ("xt-hpu", "PT", "en", "The Harbour and Port Union called on the Ministry of Tides to keep the night ferry."),
    ("xt-mot", "NO", "en", "The Ministry of Tides denied that it would close the night ferry."),
    ("xt-cdp", "DE", "de", "Die Christdemokraten fordern eine Fähre für alle Inseln."),
    ("xt-wlp", "GR", "el", "Το Κόμμα Εργατών καταδικάζει το κλείσιμο του ναυπηγείου."),
    ("xt-lib", "AR", "es", "Los Liberales apoyan la apertura del mercado de la Isla."),
    ("xt-synod", "TR", "tr", "İstanbul Sinodu gönüllülere teşekkür etti."),
)  # fmt: skip


def told(
    place: int, *, story: str | None = "ferries", modality: str = "asserted", published: datetime | None = BEGAN
) -> Dispatch:
    """One sentence with its event and source; `place` picks the sentence and moves the day."""
    actor, country, language, text = SENTENCES[place % len(SENTENCES)]
    event = DispatchEvent(type="STATE", plover="NONE", source=(actor,), modality=modality, confirmed=True)
    source = DispatchSource(
        url=f"https://{actor}.example/{place}", publisher=actor, language=language, published="2026-03-01",
        captured="2026-03-01T08:00:00+00:00", digest="sha256:" + "ab" * 32,
    )  # fmt: skip
    return Dispatch(
        id=0, text=text, language=language, country=country, actors=(actor,), events=(event,), sources=(source,),
        story=story, published=published + timedelta(days=place) if published else None,
    )  # fmt: skip


def publish(*dispatches: Dispatch, is_published: bool = True) -> list[models.Dispatch]:
    """Enter dispatches, oldest first."""
    return [
        publication.take_over(one, import_key=f"key-{number}-{is_published}", now=BEGAN, is_published=is_published)
        for number, one in enumerate(dispatches)
    ]


def act(row: models.Dispatch, at: datetime = BEGAN + timedelta(days=30)) -> publication.Act:
    """What an editor does to a dispatch as it stands."""
    row.refresh_from_db()
    return publication.Act(dispatch=row.pk, version=row.version, by=None, at=at)
