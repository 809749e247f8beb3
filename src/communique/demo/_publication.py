"""What each organisation has published by now: the script with days, addresses and finished texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import quote

from communique.demo import _calendar, _script
from communique.demo._script import Piece, Script

FIRST_NUMBER = 101  # of a site's oldest statement, where addresses have numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One statement at its address."""

    ref: str  # "dockers/ferry-crews"
    script: Script
    piece: Piece
    at: datetime  # aware, in the organisation's zone
    url: str  # "mid:…" for a mail
    path: str  # of url, with its query; "" for a mail
    title: str
    text: str  # markup, with dates in the place of marks

    @property
    def day(self) -> date:
        """Yield the day that the page shows."""
        return self.at.date()


def publications(now: datetime, *, visit: int, port: int) -> tuple[Publication, ...]:
    """Yield all that can be found at this visit (1 or 2), by site, newest first. `now` is aware."""
    return tuple(
        _publication(script, piece, number, now=now, visit=visit, port=port)
        for script in _script.scripts()
        for number, piece in _numbered(script)
        if piece.visit <= visit
    )


def host(script: Script) -> str:
    """Yield the name under which the organisation is reached on loopback."""
    return f"{script.host}.localhost"


def _numbered(script: Script) -> list[tuple[int, Piece]]:
    """Number from the oldest on, so that a new statement moves no address."""
    last = FIRST_NUMBER + len(script.pieces) - 1
    return [(last - place, piece) for place, piece in enumerate(script.pieces)]


def _publication(script: Script, piece: Piece, number: int, *, now: datetime, visit: int, port: int) -> Publication:
    at = _calendar.instant(now, ago=piece.ago, at=piece.time, zone=script.zone)
    today = now.astimezone(UTC).date()  # not the day of each organisation's zone: a joint statement names one day
    digits = script.digits if piece.language == script.language else "latn"

    def dated(text: str) -> str:
        return _calendar.dated(text, now=today, day=at.date(), language=piece.language, digits=digits)

    title = dated(piece.title)
    path = "" if piece.form == "mail" else _path(script, piece, number=number, day=at.date(), title=title)
    mail = f"mid:{piece.slug}@{host(script)}"
    return Publication(
        ref=f"{script.host}/{piece.slug}",
        script=script,
        piece=piece,
        at=at,
        url=f"http://{host(script)}:{port}{path}" if path else mail,
        path=path,
        title=title,
        text=dated(_text(piece, visit)),
    )


def _text(piece: Piece, visit: int) -> str:
    text = piece.text
    for old, new in piece.later if visit > 1 else ():
        if old not in text:
            raise ValueError(f"{piece.slug}: {old!r} is to be changed later, but does not stand in the text")
        text = text.replace(old, new)
    return text


def _path(script: Script, piece: Piece, *, number: int, day: date, title: str) -> str:
    if piece.form == "pdf":
        return f"/documents/{piece.slug}.pdf"
    native = quote("-".join(title.split()).strip(".?!。"), safe="")
    return script.path.format(
        slug=piece.slug, native=native, number=number, year=day.year, month=f"{day.month:02}", day=f"{day.day:02}"
    )
