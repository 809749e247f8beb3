"""A seeded year of news from an invented world: forty bodies in four languages, and what truly belongs together.

Most of it is routine that shares towns, subjects, spokespeople, footers and templates with other routine. Among it run
matters: a case in court over months, a strike of a month, a congress, a bill, a wreck; each with several bodies of one
country, and comments from abroad in other languages. Yearly statements and numbered notices are alike and no matter.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

WORDS: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("year.toml").read_text("utf-8"))
LANGUAGES = ("en", "es", "de", "ru")
DAYS = 396  # a year and a month: yearly statements come twice
FIRST = date(2024, 1, 8)
ROUTINE_EVERY = 9  # days between two routine statements of one body, on average
# Days from one stage of a matter to the next, and how many matters of the kind a year brings to a country.
PACE = {"court": (12, 34), "strike": (2, 6), "congress": (8, 20), "bill": (10, 24), "wreck": (2, 8)}
MATTERS = {"court": 3, "strike": 4, "congress": 1, "bill": 2, "wreck": 2}
ABROAD = 2  # comments from other countries on each matter
_NTH = {"en": "{}th", "es": "{}.º", "de": "{}.", "ru": "{}-й"}
_CYRILLIC = str.maketrans(
    dict(zip("abvgdeziklmnoprstufhcyxwq", "абвгдезиклмнопрстуфхкикву", strict=False)) | {"j": "й", "ö": "ё", "ü": "ю"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One statement of the year, and what it truly belongs to."""

    fields: dict[str, Any]  # as `communique match` reads them
    matter: str | None  # None: nothing else of the year is on its matter
    series: str | None  # None: it comes once


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Who says it."""

    language: str
    kind: str
    name: str
    short: str
    seat: str
    speaker: str
    house: int
    members: int


def statements(seed: int, *, days: int = DAYS) -> list[Told]:
    """Yield the year's statements in order of their days; a seed gives the same year for ever."""
    drawn = random.Random(seed)
    bodies = [_body(language, kind, drawn) for language in LANGUAGES for kind in WORDS["kinds"]]
    made = [*_routine(bodies, drawn), *_matters(bodies, drawn), *_series(bodies, drawn)]
    last = (FIRST + timedelta(days=days)).isoformat()
    made = sorted((one for one in made if one.fields["published"] < last), key=lambda one: _order(one.fields))
    return [
        Told(fields={"id": str(n), **one.fields}, matter=one.matter, series=one.series) for n, one in enumerate(made)
    ]


def _order(fields: dict[str, Any]) -> tuple[str, str]:
    return fields["published"], fields["title"]


def _body(language: str, kind: str, drawn: random.Random) -> Body:
    words = WORDS[language]
    name, short = (form.format(land=words["land"]) for form in words["kind"][kind])
    return Body(
        language=language, kind=kind, name=name, short=short, seat=drawn.choice(words["towns"][:4]),
        speaker=_written(_person(drawn), language), house=drawn.randrange(2, 80), members=drawn.randrange(300, 90_000),
    )  # fmt: skip


def _person(drawn: random.Random) -> str:
    return f"{drawn.choice(WORDS['people']['first'])} {drawn.choice(WORDS['people']['last'])}"


def _written(name: str, language: str) -> str:
    """Yield an invented name as a language writes it: by the sounds of its letters in Russian."""
    if language != "ru":
        return name
    return " ".join(word.lower().translate(_CYRILLIC).capitalize() for word in name.split())


def _day(drawn: random.Random, last: int = DAYS) -> date:
    return FIRST + timedelta(days=drawn.randrange(last))


def _slots(body: Body, day: date, drawn: random.Random) -> dict[str, Any]:
    words = WORDS[body.language]
    others = [form.format(land=words["land"]) for kind, (form, _) in words["kind"].items() if kind != body.kind]
    return {
        "body": body.name, "short": body.short, "land": words["land"], "seat": body.seat, "speaker": body.speaker,
        "house": body.house, "members": body.members, "place": drawn.choice(words["towns"]),
        "person": _written(_person(drawn), body.language), "other": drawn.choice(others),
        "subject": drawn.choice(words["subjects"]), "remark": drawn.choice(words["remarks"]),
        "n": int(drawn.paretovariate(0.5) * 20) % 9000 + 12, "m": drawn.randrange(3, 60), "k": drawn.randrange(2, 12),
        "year": day.year,
        "date": words["date"].format(day=day.day, month=words["months"][day.month - 1], year=day.year),
    }  # fmt: skip


def _told(body: Body, day: date, title: str, row: list[str], slots: dict[str, Any], **truth: str | None) -> Told:
    words = WORDS[body.language]
    text = "\n\n".join(part.format(**slots) for part in (*row, words["footer"]))
    fields = {
        "title": title.format(**slots), "text": text, "language": body.language, "publisher": body.name,
        "published": day.isoformat(),
    }  # fmt: skip
    return Told(fields=fields, matter=truth.get("matter"), series=truth.get("series"))


def _filled(body: Body, day: date, drawn: random.Random, count: int) -> str:
    """Yield sentences that stand in any statement, each with names and numbers of its own."""
    chosen = drawn.sample(WORDS[body.language]["fillers"], count)
    return " ".join(one.format(**_slots(body, day, drawn)) for one in chosen)


def _routine(bodies: list[Body], drawn: random.Random) -> Iterator[Told]:
    for body in bodies:
        words = WORDS[body.language]
        for _ in range(DAYS // ROUTINE_EVERY):
            day = _day(drawn)
            slots = _slots(body, day, drawn)
            act = drawn.choice(words["routine"])
            row = [f"{{body}} {act}. ({{date}})", _filled(body, day, drawn, 3), drawn.choice(words["quote"])]
            yield _told(body, day, f"{{short}} {act}", row, slots)


def _matters(bodies: list[Body], drawn: random.Random) -> Iterator[Told]:
    names = {slot: drawn.sample(WORDS["people"][slot], len(WORDS["people"][slot])) for slot in ("firm", "ship", "act")}
    for language in LANGUAGES:
        for kind, times in MATTERS.items():
            for nth in range(times if kind in WORDS[language] else 0):
                own = {slot: row[-1] for slot, row in names.items()} | {"person": _person(drawn)}
                matter = list(_matter(language, kind, f"{language}-{kind}-{nth}", own, bodies, drawn))
                for slot, used in (("firm", ("court", "strike")), ("ship", ("wreck",)), ("act", ("bill",))):
                    if kind in used:
                        names[slot].pop()
                yield from matter


def _matter(
    language: str, kind: str, name: str, own: dict[str, str], bodies: list[Body], drawn: random.Random
) -> Iterator[Told]:
    home = WORDS[language]
    town, number = drawn.choice(home["towns"]), drawn.randrange(5, 40)
    figure, day = drawn.randrange(40, 900), _day(drawn, DAYS - 60)
    stages = home[kind]["stages"]

    def slots(body: Body, on: date) -> dict[str, Any]:
        written = {slot: _written(value, body.language) for slot, value in own.items()}
        host = next(one.name for one in bodies if (one.language, one.kind) == (language, "left"))
        nth = _NTH[body.language].format(number)
        fixed = {"town": town, "n": figure, "nth": nth, "land": home["land"], "other": host}
        return _slots(body, on, drawn) | written | fixed

    for at, (speaks, title, sentence) in enumerate(stages):
        body = next(one for one in bodies if (one.language, one.kind) == (language, speaks))
        row = [f"{sentence} ({{date}})", f"{home[kind]['recap']} {_filled(body, day, drawn, 2)}"]
        row.append(drawn.choice(home["quote"]))
        yield _told(body, day, title, row, slots(body, day), matter=name)
        if at and at <= ABROAD:
            yield _comment(
                kind, name, slots, day, drawn.choice([one for one in bodies if one.language != language]), drawn
            )
        day += timedelta(days=drawn.randrange(*PACE[kind]))


def _comment(kind: str, name: str, slots: Any, day: date, body: Body, drawn: random.Random) -> Told:
    day += timedelta(days=drawn.randrange(1, 4))
    title, sentence = WORDS[body.language]["abroad"][kind]
    row = [f"{sentence} ({{date}})", _filled(body, day, drawn, 2), drawn.choice(WORDS[body.language]["quote"])]
    return _told(body, day, title, row, slots(body, day) | {"short": body.name}, matter=name)


def _series(bodies: list[Body], drawn: random.Random) -> Iterator[Told]:
    """Yield what comes again: once a year by three bodies of each country, and numbered notices of one."""
    for body in bodies:
        words = WORDS[body.language]
        if body.kind in ("union", "church", "left"):
            for years in (0, 1):
                day = date(FIRST.year + years, 1, 19)
                slots = _slots(body, day, drawn)
                text = [words["yearly"]["text"]]
                # Three bodies of one country on one day: that is one matter each year.
                matter = f"{body.language}-day-{day.year}"
                title = words["yearly"]["title"]
                yield _told(body, day, title, text, slots, matter=matter, series=f"{body.name} yearly")
        if body.kind == "institute":
            for number in range(1, 25):
                at = LANGUAGES.index(body.language)
                day = FIRST + timedelta(days=number * 15 + 3 * at)
                slots = _slots(body, day, drawn) | {"n": number + 37 * at}
                yield _told(
                    body, day, words["notice"]["title"], [words["notice"]["text"]], slots, series=f"{body.name} notice"
                )
