"""The published state of the ledger, as the wire asks for it: each question is one range of a key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Min, QuerySet

from communique import archive, registry, wire
from communique.flow import actors
from communique.records import Actor, Correction, Dispatch
from communique.web.ledger import dossiers, models, publication
from communique.web.workspace import Workspace


def wire_settings(workspace: Workspace) -> wire.Settings:
    """Yield what the desk says of its wire."""
    return wire.Settings(
        name=workspace.text("wire.name"),
        base_url=workspace.text("wire.url"),
        language=workspace.text("wire.language"),
        timezone=workspace.text("wire.timezone"),
        description=workspace.text("wire.description"),
        about=workspace.text("wire.about"),
        contact=workspace.text("wire.contact"),
        licence=workspace.text("wire.licence"),
        licence_url=workspace.text("wire.licence_url"),
        countries=tuple(_countries(workspace.text("wire.countries"))),
    )


def _countries(names: str) -> Iterator[tuple[str, str]]:
    """Yield code and name of each country that the wire has a name of its own for."""
    for written in filter(None, map(str.strip, names.split(";"))):
        code, _, name = written.partition(" ")
        yield code, name.strip()


@dataclass
class DatabaseEdition:
    """One state of the wire. Keeps to `wire.Edition`.

    It asks for what is public and for nothing else: that its questions are answered from one moment is decided once,
    by the `snapshot` that it is read in.
    """

    workspace: Workspace
    number: int
    at: datetime
    log_size: int  # entries, with that of this edition, which is the last one
    tiles: archive.Log  # that proofs are made from
    signer: archive.Signer

    @cached_property
    def settings(self) -> wire.Settings:
        """Yield the wire's settings."""
        return wire_settings(self.workspace)

    @cached_property
    def _registry(self) -> registry.Registry:
        return actors.of(self.workspace.registry)

    def _public(self) -> QuerySet[models.Dispatch]:
        rows = models.Dispatch.objects.filter(stage__in=publication.PUBLIC)
        return publication.whole(rows.order_by("-number"))

    def _members(self, section: wire.Section) -> QuerySet[models.DispatchSection]:
        return models.DispatchSection.objects.filter(kind=section.kind, key=section.key)

    def last_id(self) -> int:
        """Yield the highest number."""
        return self._last_id

    @cached_property
    def _last_id(self) -> int:
        return self._public().values_list("number", flat=True).first() or 0

    def dispatch(self, id_: int) -> Dispatch | None:
        """Yield one dispatch."""
        row = self._public().filter(number=id_).first()
        return publication.record(row) if row else None

    def dispatches(self, first: int, last: int) -> tuple[Dispatch, ...]:
        """Yield a range of numbers, newest first."""
        return _records(self._public().filter(number__gte=first, number__lte=last))

    def newest(self, count: int) -> tuple[Dispatch, ...]:
        """Yield the newest without the pinned ones."""
        return _records(self._public().filter(pinned=False)[:count])

    def pinned(self) -> tuple[Dispatch, ...]:
        """Yield the pinned ones, newest first."""
        return _records(self._public().filter(pinned=True))

    def corrected(self, count: int) -> tuple[tuple[Dispatch, Correction], ...]:
        """Yield the latest corrections."""
        rows = models.Correction.objects.filter(dispatch__stage__in=publication.PUBLIC)
        rows = rows.select_related("dispatch__replaced_by").prefetch_related("dispatch__corrections")
        latest = rows.order_by("-at", "-dispatch__number", "-id")[:count]
        return tuple((publication.record(row.dispatch), publication.correction_record(row)) for row in latest)

    def published_since(self, moment: datetime, count: int) -> tuple[Dispatch, ...]:
        """Yield what was published at or after a moment, newest number first."""
        return _records(self._public().filter(published_at__gte=moment)[:count])

    def sections(self, kind: wire.Kind) -> tuple[str, ...]:
        """Yield the keys in use."""
        rows = models.DispatchSection.objects.filter(kind=kind).order_by("key").values_list("key", flat=True)
        return tuple(sorted(set(rows)))

    def section_count(self, kind: wire.Kind) -> int:
        """Yield how many keys are in use."""
        return models.DispatchSection.objects.filter(kind=kind).values("key").distinct().count()

    def section_size(self, section: wire.Section) -> int:
        """Yield how many dispatches a section has."""
        return self._members(section).count()

    def section_place(self, section: wire.Section, id_: int) -> int:
        """Yield how many dispatches of the section have a lower number."""
        return self._members(section).filter(number__lt=id_).count()

    def section_range(self, section: wire.Section, first: int, last: int) -> tuple[Dispatch, ...]:
        """Yield the first-th to last-th of a section, counted from its oldest, newest first."""
        numbers = list(
            self._members(section).order_by("number").values_list("number", flat=True)[max(first - 1, 0) : last]
        )
        return _records(self._public().filter(number__in=numbers))

    def occasions(self, series: str) -> tuple[tuple[int, int], ...]:
        """Yield the numbers of a series' occasions, each with its first dispatch."""
        rows = self._members(wire.Section("series", series)).filter(occasion__isnull=False)
        return tuple(rows.values_list("occasion").annotate(first=Min("number")).order_by("occasion"))

    def occasion(self, series: str, number: int) -> tuple[int, ...]:
        """Yield the dispatches of one occasion."""
        rows = self._members(wire.Section("series", series)).filter(occasion=number)
        return tuple(rows.order_by("number").values_list("number", flat=True))

    def moved(self, id_: int) -> frozenset[wire.Section]:
        """Yield the sections that an operation moved a dispatch into or out of: sections are given at publication."""
        return frozenset()

    def actor(self, id_: str) -> Actor | None:
        """Yield an actor of the registry."""
        return self._registry.actor(id_)

    def story_name(self, slug: str) -> str | None:
        """Yield what the desk calls a story."""
        return self._dossiers.get(slug)

    @cached_property
    def _dossiers(self) -> dict[str, str]:
        return dossiers.names()

    def slug(self, id_: int) -> str:
        """Yield the last part of a dispatch's address."""
        return self._public().filter(number=id_).values_list("slug", flat=True).first() or ""

    def content_digest(self, id_: int) -> str | None:
        """Yield the digest that the log holds of a dispatch."""
        found = self.dispatch(id_)
        return archive.content_digest(found) if found and found.log_index is not None else None

    def proof(self, id_: int) -> bytes | None:
        """Yield the proof file of a dispatch's publication."""
        found = self.dispatch(id_)
        if found is None or found.log_index is None or found.log_size is None:
            return None
        return archive.proof(self.tiles, found.log_index, size=found.log_size, signer=self.signer)

    def log(self) -> wire.LogState:
        """Yield the log as it will stand with this edition's own entry."""
        own = ("checkpoint", archive.FILE_LIST.removeprefix("log/"), "vkey", *archive.tile_paths(self.log_size))
        return wire.LogState(size=self.log_size, vkey=self.signer.verifier.vkey, files=tuple(sorted(own)))


def _records(rows: QuerySet[models.Dispatch]) -> tuple[Dispatch, ...]:
    return tuple(publication.record(row) for row in rows)
