"""Differences, stored copies, the audit, the keys, the styles and scripts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect

from communique import archive
from communique.flow import whole
from communique.kit import urls
from communique.records import Capture, Trouble
from communique.web import workspace
from communique.web.inbox import access, assets, bar, differences, group, lines, listing, times, words
from communique.web.inbox.access import Visitor, page, secured, told
from communique.web.inbox.differences import Compared, Piece, Row
from communique.web.inbox.keys import KEYS, Key
from communique.web.ledger import models, recorded, stored
from communique.web.ledger.people import Role

ENTRIES = 100
SHOWN_CHARACTERS = 200_000  # of a stored copy; the file has all of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts of one language, compared."""

    name: str
    language: str | None
    direction: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """All that the page of the differences needs."""

    key: str
    title: str
    rows: tuple[Row, ...]
    revisions: tuple[Pair, ...]
    copies: tuple[Pair, ...]


@page(Role.READER)
def compared(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Show where the documents of a statement differ from its original, and how they changed with time."""
    rows = list(listing.documents().filter(statement__key=key).select_related("source", "page", "capture", "revises"))
    if not rows:
        return told(request, "Not here", "There is no such statement at this desk.", status=404)
    ordered = lines.in_order(rows, visitor.workspace.text("wire.language"))
    made = Differences(
        key=key, title=ordered[0].title or "(without a title)",
        rows=differences.rows([_compared(row) for row in ordered[: group.SHEETS]]),
        revisions=tuple(_pair(row.revises, row) for row in ordered if row.revises is not None),
        copies=tuple(_copies(ordered)),
    )  # fmt: skip
    return bar.shown(request, "desk/differences.html", made, visitor=visitor, here="")


def _compared(row: models.Document) -> Compared:
    return Compared(
        name=_name(row), language=row.language, is_original=row.relation == "original",
        text=whole(recorded.document(row)),
        day=row.day, signers=len(lines.signer_names(row)) or None,
        signer_names=tuple(lines.signer_names(row)), bodies=_bodies(row),
    )  # fmt: skip


def _bodies(row: models.Document) -> tuple[tuple[str, str], ...]:
    coding = recorded.coding(row)
    return tuple((one.actor, one.name) for one in coding.mentions if one.actor) if coding else ()


def _copies(ordered: Sequence[models.Document]) -> list[Pair]:
    """Yield documents beside the first of their own language, which is an original where that language has one."""
    first: dict[str | None, models.Document] = {}
    for row in ordered:
        first.setdefault(row.language, row)
    shown = [(first[row.language], row) for row in ordered[: group.SHEETS] if row.language]
    return [_pair(base, row) for base, row in shown if row.digest != base.digest]


def _pair(before: models.Document, after: models.Document) -> Pair:
    texts = [whole(recorded.document(row)) for row in (before, after)]
    return Pair(
        name=_name(after), language=after.language, direction=words.direction(after.language),
        pieces=differences.pieces(*texts),
    )  # fmt: skip


def _name(row: models.Document) -> str:
    address = row.page.url if row.page else row.capture.url
    return f"{row.language or '?'}, {urls.host(address) or row.source.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A stored answer of the web, as it is shown: always as text."""

    record_id: str
    url: str
    final_url: str
    captured_at: datetime
    status: int
    media_type: str | None
    digest: str
    warc: str
    offset: int
    size: str  # in words
    headers: tuple[tuple[str, str], ...]
    text: str | None  # None: not text
    is_cut: bool


def evidence(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Show a stored copy: to signed-in people, or to everybody where `evidence.public` is set."""
    here = workspace.current()
    if here.yes("evidence.public"):
        return secured(_evidence(request, record_id))
    return _evidence_behind_sign_in(request, record_id=record_id)


@page(Role.READER)
def evidence_of(request: HttpRequest, visitor: Visitor, digest: str) -> HttpResponse:
    """Lead from the digest that a dispatch names to the stored copy."""
    row = stored.of_digest(digest)
    if row is None:
        return told(request, "Not here", f"There is no stored copy with the digest {digest}.", status=404)
    return HttpResponseRedirect(f"/desk/evidence/{row.record_id.removeprefix('urn:uuid:')}/")


@page(Role.READER)
def _evidence_behind_sign_in(request: HttpRequest, visitor: Visitor, record_id: uuid.UUID) -> HttpResponse:
    return _evidence(request, record_id)


def _evidence(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    row = models.Capture.objects.filter(record_id=f"urn:uuid:{record_id}").first()
    if row is None:
        return told(request, "Not here", "There is no stored copy of that name.", status=404)
    kept = archive.answer(recorded.evidence(row), folder=workspace.current().evidence)
    if isinstance(kept, Trouble):
        return told(request, "The stored copy can't be read", kept.detail, status=500)
    if request.GET.get("as") == "file":
        return _file(kept, row)
    return access.plain(request, "desk/evidence.html", _copy(kept, row))


def _file(kept: Capture, row: models.Capture) -> HttpResponse:
    """Give the bytes for keeping: never with a type that a browser would open as a page of this desk."""
    name = row.digest.removeprefix("sha256:")[:16]
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.bin"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }  # fmt: skip
    return HttpResponse(kept.body, content_type="application/octet-stream", headers=headers)


def _copy(kept: Capture, row: models.Capture) -> Copy:
    text = _text(kept)
    return Copy(
        record_id=row.record_id.removeprefix("urn:uuid:"), url=kept.url, final_url=kept.final_url,
        captured_at=row.captured_at, status=row.status, media_type=row.media_type, digest=row.digest, warc=row.warc,
        offset=row.offset, size=words.counted(len(kept.body), "byte", "bytes"), headers=kept.headers,
        text=text[:SHOWN_CHARACTERS] if text is not None else None,
        is_cut=text is not None and len(text) > SHOWN_CHARACTERS,
    )  # fmt: skip


def _text(kept: Capture) -> str | None:
    kind = kept.media_type or ""
    if not kind.startswith(("text/", "message/")) and not any(word in kind for word in ("xml", "json", "html")):
        return None
    try:
        return kept.body.decode(kept.charset or "utf-8", errors="replace")
    except LookupError:  # a charset that does not exist
        return kept.body.decode("utf-8", errors="replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the audit."""

    at: datetime
    who: str
    action: str
    about: str
    address: str | None
    is_undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """All that the page of the audit needs."""

    entries: tuple[Entry, ...]
    older: str | None  # address of what was done before; None: this is all


@page(Role.READER)
def audit(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what was done at the desk, newest first."""
    titled = Prefetch(
        "statement__documents", models.Document.objects.only("title", "statement").order_by("pk"), "shown"
    )
    rows = models.Audit.objects.select_related("by", "statement", "dispatch").prefetch_related(titled)
    found = list(_until(rows.order_by("-at", "-id"), request.GET.get("until", ""))[: ENTRIES + 1])
    older = found[ENTRIES].at.isoformat() if len(found) > ENTRIES else None
    made = Entries(
        entries=tuple(map(_entry, found[:ENTRIES])), older=older and f"/desk/audit/?{urlencode({'until': older})}"
    )
    return bar.shown(request, "desk/audit.html", made, visitor=visitor, here="")


def _until(rows: QuerySet[models.Audit], written: str) -> QuerySet[models.Audit]:
    """Yield what was done until an instant, with it: acts of one instant may stand on two pages, none on neither."""
    at = times.written(written)
    return rows.filter(at__lte=at) if at else rows


def _entry(row: models.Audit) -> Entry:
    slug = row.detail.get("source")
    address, about = (f"/desk/sources/{slug}/", f"source {slug}") if slug else (None, "")
    if row.statement is not None:
        address, about = f"/desk/statements/{row.statement.key}/", _titled(row.statement)
    if row.dispatch is not None and row.dispatch.number is not None:
        address, about = f"/desk/dispatches/{row.dispatch.number}/", f"dispatch {row.dispatch.number}"
    reason = row.detail.get("reason")
    return Entry(
        at=row.at, who=row.by.username if row.by else "the program", action=row.action,
        about=f"{about}: {reason}" if reason else about, address=address, is_undone=row.undone_at is not None,
    )  # fmt: skip


def _titled(row: models.Statement) -> str:
    """Yield the title of a statement; one whose documents all went elsewhere is named by its key."""
    titles = (one.title for one in row.shown)  # type: ignore[attr-defined]  # by the Prefetch
    return next(filter(None, titles), f"statement {row.key[:10]}")


@page(Role.READER)
def keys(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what the keys do."""
    made: tuple[Key, ...] = KEYS
    return bar.shown(request, "desk/keys.html", made, visitor=visitor, here="")


def asset(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """Give a style or script. An address holds the digest of all, so what it gives never changes."""
    content = assets.files().get(name)
    if content is None:
        return HttpResponse("There is no such file.", status=404, content_type="text/plain")
    tag = f'"{assets.version()}"'
    kept = "public, max-age=31536000, immutable" if version == assets.version() else "no-cache"
    headers = {"Cache-Control": kept, "ETag": tag}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers=headers)
    kind = assets.TYPES[name[name.rindex(".") :]]
    return HttpResponse(content, content_type=kind, headers=headers)


@page(Role.READER)
def nothing(request: HttpRequest, visitor: Visitor, path: str) -> HttpResponse:
    """Answer for an address under /desk/ that stands for nothing."""
    if path and not path.endswith("/"):
        return HttpResponseRedirect(f"/desk/{path}/")
    return told(request, "Not here", "There is no such page at this desk; the address may be mistyped.", status=404)
