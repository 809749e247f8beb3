"""The world as it is written down: one TOML file for each organisation, read into plain records."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from communique.records import Actor

DATA = files("communique.demo") / "data"

Outlet = Literal["rss", "atom", "json", "list", "mail"]
Form = Literal["html", "pdf", "mail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One statement of an organisation, before it has a day and an address."""

    slug: str  # with its host the reference: "dockers/ferry-crews"
    ago: int  # days before now; 0: just now
    time: str  # "09:30", in the organisation's zone
    title: str
    text: str  # markup, see _markup; dates in braces, see _calendar
    language: str  # BCP 47
    form: Form
    visit: int  # first visit that finds it: 1, or 2
    later: tuple[tuple[str, str], ...]  # (words, words in their place) from the second visit on
    feature: str  # "" or the name of something odd about its page, see _oddities


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One organisation: its site and what it says there."""

    host: str  # without ".localhost"
    actor: str  # actor id
    name: str
    tagline: str
    about: str
    language: str
    layout: str
    outlet: Outlet
    per_page: int  # statements on one page of its list
    list_path: str
    path: str  # address of a statement, with {slug}, {native}, {number}, {year}, {month}, {day}
    date_form: str  # CLDR pattern
    digits: str  # "latn", "arab"
    zone: str  # "+02:00"
    robots: str
    feature: str  # "" or the name of something odd about the site, see _oddities
    pieces: tuple[Piece, ...]  # newest first


@cache
def scripts() -> tuple[Script, ...]:
    """Yield all organisations, in the order of their hosts."""
    folder = DATA / "sites"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(
        _script(name.removesuffix(".toml"), tomllib.loads((folder / name).read_text("utf-8"))) for name in names
    )


@cache
def labels() -> Mapping[str, Mapping[str, str]]:
    """Yield what stands on menus and buttons, by language."""
    return tomllib.loads((DATA / "labels.toml").read_text("utf-8"))


@cache
def answers() -> Mapping[str, Any]:
    """Yield the answer key as it is written down."""
    return tomllib.loads((DATA / "answer_key.toml").read_text("utf-8"))


@cache
def actors() -> tuple[Actor, ...]:
    """Yield the world's own registry."""
    found = tomllib.loads((DATA / "actors.toml").read_text("utf-8"))
    return tuple(_actor(id_, given) for id_, given in found.items())


def _actor(id_: str, given: Mapping[str, Any]) -> Actor:
    names = tuple((name, language) for language, several in given["names"].items() for name in several)
    return Actor(
        id=id_,
        name=given["names"]["en"][0],
        kind=given["kind"],
        country=given["country"],
        names=names,
        acronyms=tuple(given.get("acronyms", ())),
        parent=given.get("parent"),
        source="the built-in fictional world",
    )


def _script(host: str, given: Mapping[str, Any]) -> Script:
    outlet: Outlet = given["outlet"]
    pieces = (_piece(piece, given["language"], "mail" if outlet == "mail" else "html") for piece in given["statement"])
    return Script(
        host=host,
        actor=given["actor"],
        name=given["name"],
        tagline=given["tagline"],
        about=given["about"],
        language=given["language"],
        layout=given.get("layout", ""),
        outlet=outlet,
        per_page=given.get("per_page", 10),
        list_path=given.get("list_path", "/news/"),
        path=given.get("path", "/news/{slug}/"),
        date_form=given.get("date_form", "d MMMM y"),
        digits=given.get("digits", "latn"),
        zone=given.get("zone", "+02:00"),
        robots=given.get("robots", "User-agent: *\nDisallow: /search\n"),
        feature=given.get("feature", ""),
        pieces=tuple(sorted(pieces, key=lambda piece: (piece.ago, piece.slug))),
    )


def _piece(given: Mapping[str, Any], language: str, form: Form) -> Piece:
    return Piece(
        slug=given["slug"],
        ago=given["ago"],
        time=given.get("time", "10:00"),
        title=given["title"],
        text=given["text"].strip(),
        language=given.get("language", language),
        form=given.get("form", form),
        visit=given.get("visit", 1),
        later=tuple((old, new) for old, new in given.get("later", ())),
        feature=given.get("feature", ""),
    )
