"""The world as it stands at one moment, and the same served on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from communique.demo import _mail, _markup, _publication, _script, _site
from communique.demo._answers import AnswerKey, Expected, answer_key
from communique.demo._publication import Publication
from communique.demo._script import Script
from communique.records import Actor, Source
from communique.testing import web
from communique.testing.web import Site, Web

MAIL_SOURCE = "press-mail"  # id of the source that all mails come from
PAUSE_S = 5  # between two visits: the demo is to show something soon


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that can be found at one visit."""

    now: datetime  # aware
    visit: int  # 1, or 2 for what came and was changed later
    port: int
    sites: tuple[Site, ...]
    sources: tuple[Source, ...]  # on the web; the source of the mails is made by `write_mail`
    actors: tuple[Actor, ...]  # the world's own registry
    mails: tuple[Publication, ...]
    key: AnswerKey


@dataclass(slots=True, kw_only=True)
class Served:
    """The world on loopback; `advance` shows its later state."""

    web: Web
    world: World

    def advance(self) -> World:
        """Serve what the second visit finds: new statements, a silent edit, later signers. Addresses stay."""
        self.world = world(self.world.now, port=self.web.port, visit=2)
        self.web.show(self.world.sites)
        return self.world


def world(now: datetime, *, port: int, visit: int = 1) -> World:
    """Yield the world at `now` (aware), with addresses at `port`. Days in it are counted back from `now`."""
    told = _publication.publications(now, visit=visit, port=port)
    addresses = {one.ref: one.url for one in told}
    on_web = tuple(script for script in _script.scripts() if script.outlet != "mail")
    return World(
        now=now,
        visit=visit,
        port=port,
        sites=tuple(_site.site(each, _of(each, told), addresses.__getitem__, now=now, port=port) for each in on_web),
        sources=tuple(_source(script, port) for script in on_web),
        actors=_script.actors(),
        mails=tuple(one for one in told if one.piece.form == "mail"),
        key=answer_key(tuple(_expected(one) for one in told), visit=visit, web_sources=len(on_web)),
    )


@contextmanager
def serving(now: datetime, *, port: int = 0) -> Iterator[Served]:
    """Serve the world's first state on loopback while the block runs; port 0 takes any free one."""
    with web.serving(port=port) as loopback:
        first = world(now, port=loopback.port)
        loopback.show(first.sites)
        yield Served(web=loopback, world=first)


def write_mail(this: World, folder: Path) -> Source:
    """Write the world's mails into a Maildir and yield the source that they are."""
    _mail.write(folder, this.mails)
    languages = tuple(dict.fromkeys(one.piece.language for one in this.mails))
    url = folder.resolve().as_uri()
    return Source(id=MAIL_SOURCE, url=url, kind="mail", name="Press mail", languages=languages, pause_s=PAUSE_S)


def _of(script: Script, told: tuple[Publication, ...]) -> tuple[Publication, ...]:
    return tuple(one for one in told if one.script is script)


def _source(script: Script, port: int) -> Source:
    has_feed = script.outlet in _site.FEED_PATHS
    path = _site.FEED_PATHS[script.outlet] if has_feed else script.list_path
    others = dict.fromkeys(piece.language for piece in script.pieces)
    return Source(
        id=script.host,
        url=f"http://{_publication.host(script)}:{port}{path}",
        kind="feed" if has_feed else "listing",
        name=script.name,
        publisher=script.actor,
        languages=tuple(dict.fromkeys((script.language, *others))),
        pause_s=PAUSE_S,
    )


def _expected(one: Publication) -> Expected:
    silent = one.script.feature in ("gone", "refused")
    return Expected(
        ref=one.ref,
        url=one.url,
        source=MAIL_SOURCE if one.piece.form == "mail" else one.script.host,
        title=one.title,
        language=one.piece.language,
        published=one.day.isoformat(),
        text=_markup.plain(one.text),
        is_readable=not silent and one.piece.feature not in ("hostile", "bomb"),
    )
