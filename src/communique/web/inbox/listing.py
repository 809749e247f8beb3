"""A list of statements: the inbox, what is due, what is put off, what was declined; by key, in pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from communique.flow import actors
from communique.web.inbox import bar, lines
from communique.web.inbox.access import Visitor
from communique.web.inbox.lines import ActorName, Line
from communique.web.ledger import models
from communique.web.workspace import Workspace

PAGE = 50
NAMES = {"inbox": "Inbox", "due": "Due", "snoozed": "Snoozed", "declined": "Declined"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which part of which list is wanted."""

    view: str  # one of NAMES
    search: str = ""
    before: str = ""  # key of the last line of the page before; "" for the first page


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page of a list."""

    lines: tuple[Line, ...]
    next_before: str | None  # what to ask for the next page; None: this is the last


def part(visitor: Visitor, asked: Asked) -> Part:
    """Yield a page of a list, newest first. The number of queries does not depend on the number of lines."""
    rows = list(with_documents(_after(wanted(visitor, asked), asked.before))[: PAGE + 1])
    name, language = actor_names(visitor.workspace), visitor.workspace.text("wire.language")
    made = tuple(
        lines.line(row, row.shown, actor_name=name, language=language, now=visitor.local_now)  # type: ignore[attr-defined]  # `shown` is put there by the Prefetch below
        for row in rows[:PAGE]
    )
    return Part(lines=made, next_before=rows[PAGE - 1].key if len(rows) > PAGE else None)


def wanted(visitor: Visitor, asked: Asked) -> QuerySet[models.Statement]:
    """Yield the statements of a list, in its order. One whose documents all went elsewhere is not shown."""
    stage = models.Statement.Stage
    conditions = {
        "inbox": Q(stage=stage.INBOX),
        "due": bar.due(visitor),
        "snoozed": Q(stage=stage.SNOOZED, snoozed_until__gt=visitor.now),
        "declined": Q(stage=stage.DECLINED),
    }
    rows = models.Statement.objects.filter(conditions[asked.view], merged_into__isnull=True)
    return saying(rows, asked.search).order_by("-first_seen_at", "-id")


def saying(rows: QuerySet[models.Statement], search: str) -> QuerySet[models.Statement]:
    """Yield those of the statements that have a current document and, where something is searched, say it."""
    members = models.Document.objects.filter(statement=OuterRef("pk"), is_current=True)
    return rows.filter(Exists(members.filter(_says(search)) if search else members))


def next_key(visitor: Visitor, asked: Asked, key: str) -> str:
    """Yield the key of the line below one (above, where it is the last); "" where it is alone."""
    row = models.Statement.objects.filter(key=key).first()
    if row is None:
        return ""
    rows = wanted(visitor, asked)
    below = rows.filter(_below(row.first_seen_at, row.pk)).values_list("key", flat=True).first()
    return below or rows.exclude(pk=row.pk).reverse().values_list("key", flat=True).first() or ""


def actor_names(workspace: Workspace) -> ActorName:
    """Yield how actors are called, by the registry of the newsroom: in full, and by their shortest name."""
    known = actors.of(workspace.registry)

    def name(id_: str) -> tuple[str, str] | None:
        actor = known.resolve(id_)
        return (actor.name, actor.acronyms[0] if actor.acronyms else actor.name) if actor else None

    return name


def _says(search: str) -> Q:
    return Q(title__icontains=search) | Q(source__name__icontains=search) | Q(content__text__icontains=search)


def _after(rows: QuerySet[models.Statement], before: str) -> QuerySet[models.Statement]:
    if not before:
        return rows
    last = models.Statement.objects.filter(key=before).first()
    return rows.filter(_below(last.first_seen_at, last.pk)) if last else rows


def _below(at: datetime, pk: int) -> Q:
    return Q(first_seen_at__lt=at) | Q(first_seen_at=at, pk__lt=pk)


def with_documents(rows: QuerySet[models.Statement]) -> QuerySet[models.Statement]:
    """Load with each statement its current documents, but not their texts, and its dispatches."""
    shown = documents().defer("content", "reading")
    return rows.prefetch_related(Prefetch("documents", shown, to_attr="shown"), "dispatches")


def documents() -> QuerySet[models.Document]:
    """Yield current documents with their sources, and with the signatories beside the text that they stand in."""
    rows = models.Document.objects.filter(is_current=True).select_related("source", "capture").order_by("pk")
    return rows.annotate(
        signatories=F("content__signatories"),
        stated_count=F("content__signatory_count"),
        said_publisher=F("content__publisher"),
    )
