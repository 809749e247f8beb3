"""Reading a registry folder: one CSV file a kind, one line an actor.

The columns are those of `COLUMNS`. Several acronyms or names in one field are parted by ";"; a name may begin with
its language and a colon ("fr:Parti socialiste"). An empty field says that the fact is not known.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from communique.records import Actor

if TYPE_CHECKING:
    from _csv import Reader

COLUMNS = (
    "id", "country", "name", "acronyms", "names", "parent", "founded", "ended", "successor", "site", "source",
)  # fmt: skip
_KINDS = (
    "party alliance movement youth union employers professional ngo church media university company sport standards "
    "centralbank ministry government parliament court agency publicbody city state igo event-body military police "
    "armed-group opposition people person unnamed-group other"
)
KINDS = tuple(_KINDS.split())  # in the order of the contract
MAX_BYTES = 32 * 1024 * 1024  # a registry file larger than this is taken for a mistake
MAX_FIELD = 100_000  # characters: a field longer than this begins with a quote that never closes
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}|INT")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_SITE = re.compile(r"https?://[^\s/]+(?:/\S*)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NAME = re.compile(r"(?:([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*):)?(.+)", re.DOTALL)


class BadRegistry(Exception):  # noqa: N818 house style: an error is named for what is wrong
    """A registry file can't be used; the message names file, line, what was found and what would be right."""


def actors(folder: Path) -> Iterator[Actor]:
    """Yield the actors of a folder, file by file in order of name. A missing folder holds none."""
    return (actor for actor, _ in placed(folder))


def placed(folder: Path) -> Iterator[tuple[Actor, str]]:
    """Yield the actors of a folder, each with the file and line where it stands ("party.csv:7")."""
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.csv")):
        for actor, where in _actors_of(path):
            if actor.id in seen:
                raise BadRegistry(
                    f"{where}: the id {actor.id!r} stands at {seen[actor.id]} already; give each body one line"
                )
            seen[actor.id] = where
            yield actor, where


def unlinked(found: Iterable[tuple[Actor, str]], known: Mapping[str, Actor]) -> None:
    """Raise BadRegistry where a parent or successor is nobody, or where following them leads back to the start."""
    for actor, where in found:
        for column in ("parent", "successor"):
            _expect_way_out(actor, column, where, known)


def _expect_way_out(actor: Actor, column: str, where: str, known: Mapping[str, Actor]) -> None:
    passed = [actor.id]
    while (following := getattr(known[passed[-1]], column)) is not None:
        if following not in known:
            if len(passed) == 1:
                raise BadRegistry(f"{where}: {column} is {following!r}, which no file has; right would be a known id")
            return  # told where it stands
        passed.append(following)
        if following in passed[:-1]:
            way = " → ".join(passed)
            raise BadRegistry(f"{where}: the {column} of {actor.id!r} leads back ({way}); leave out the wrong one")


def _actors_of(path: Path) -> Iterator[tuple[Actor, str]]:
    if path.stem not in KINDS:
        raise BadRegistry(f"{path.name}: a registry file is named after a kind; use one of {', '.join(sorted(KINDS))}")
    reader = csv.reader(_text(path).splitlines())
    if tuple(next(reader, ())) != COLUMNS:
        raise BadRegistry(f"{path.name}:1: the first line must be {','.join(COLUMNS)}")
    for row, line in _rows(reader, path):
        if row:
            where = f"{path.name}:{line}"
            yield parsed(row, path.stem, where), where


def _rows(reader: Reader, path: Path) -> Iterator[tuple[list[str], int]]:
    try:
        for row in reader:
            yield row, reader.line_num
    except csv.Error as error:
        raise BadRegistry(f"{path.name}:{reader.line_num}: {error}; quote fields that hold commas or quotes") from error


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise BadRegistry(f"{path.name}: not a file, where a table of actors is expected; move it away")
        if path.stat().st_size > MAX_BYTES:
            raise BadRegistry(f"{path.name}: larger than {MAX_BYTES // 1024**2} MiB; split it or check what it is")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRegistry(f"{path.name}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise BadRegistry(f"{path.name}: can't be read ({error.strerror}); check the file and its rights") from error


def parsed(row: list[str], kind: str, where: str) -> Actor:
    """Read one line of a registry file; `where` it stands opens the sentence of a BadRegistry."""
    if len(row) != len(COLUMNS):
        raise BadRegistry(f"{where}: {len(row)} fields, where {len(COLUMNS)} are expected; quote fields with commas")
    longest = max(map(len, row))
    if longest > MAX_FIELD:
        raise BadRegistry(f"{where}: a field of {longest:,} characters; quote fields that hold commas or quotes")
    field = {column: value.strip() for column, value in zip(COLUMNS, row, strict=True)}
    _expect(_SLUG.fullmatch(field["id"]), where, "id", field["id"], "small letters, digits and hyphens, as ps-pcp")
    _expect(field["name"], where, "name", field["name"], "the established English name, or the body's own")
    for column, form, right in (
        ("country", _COUNTRY, "ISO 3166-1 alpha-2, INT or EU"),
        ("founded", _DATE, "a year, month or day, as 1949 or 1949-10-07"),
        ("ended", _DATE, "a year, month or day, as 1949 or 1949-10-07"),
        ("parent", _SLUG, "the id of another actor"),
        ("successor", _SLUG, "the id of another actor"),
        ("site", _SITE, "an address, as https://www.un.org/"),
    ):
        _expect(not field[column] or form.fullmatch(field[column]), where, column, field[column], right)
    _expect(not _CONTROL.search("".join(row)), where, "a field", "", "text without control characters")
    _expect(
        _in_order(field["founded"], field["ended"]), where, "ended", field["ended"], "a day not before the founding"
    )
    return Actor(
        id=field["id"], name=field["name"], kind=kind, country=field["country"] or None,
        names=tuple(_named(part, where) for part in _parts(field["names"])),
        acronyms=_parts(field["acronyms"]), parent=field["parent"] or None, site=field["site"] or None,
        founded=field["founded"] or None, ended=field["ended"] or None, successor=field["successor"] or None,
        source=field["source"],
    )  # fmt: skip


def _in_order(founded: str, ended: str) -> bool:
    shared = min(len(founded), len(ended))
    return founded[:shared] <= ended[:shared]


def _expect(holds: object, where: str, column: str, found: str, right: str) -> None:
    if not holds:
        raise BadRegistry(f"{where}: {column} is {found!r}; right would be {right}")


def _parts(field: str) -> tuple[str, ...]:
    return tuple(part for raw in field.split(";") if (part := raw.strip()))


def _named(part: str, where: str) -> tuple[str, str | None]:
    found = _NAME.fullmatch(part)
    if found is None:
        raise BadRegistry(f"{where}: names holds {part!r}; right would be a name, or a language and a name (fr:Nom)")
    return found[2].strip(), found[1]
