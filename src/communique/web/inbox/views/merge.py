"""Which statements one could be merged into: those that are most like it first, each with how alike and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from communique import match
from communique.records import Document
from communique.web.inbox import bar, group, listing, placing, words
from communique.web.inbox.access import Visitor, page, told
from communique.web.inbox.group import Member
from communique.web.ledger import models, recorded, store
from communique.web.ledger.people import Role

CANDIDATES = 12
OWN = 3  # documents of the statement whose keys are looked up


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A statement that another could be merged into."""

    key: str
    member: Member
    who: str
    score: float  # 0..1
    alike: str  # the score in words
    why: str  # one paragraph: what speaks for and against it


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """All that the page of a merge needs."""

    key: str
    version: int
    title: str
    language: str | None
    search: str
    targets: tuple[Target, ...]


@page(Role.EDITOR)
def choice(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Show which statements this one could be merged into: the likest first, of those that a search finds too."""
    row = models.Statement.objects.filter(key=key, merged_into__isnull=True).first()
    if row is None:
        return told(request, "Not here", "There is no such statement at this desk.", status=404)
    search = " ".join(request.GET.get("q", "").split())[:100]
    own = list(row.documents.filter(is_current=True).order_by("pk"))
    first = placing.original(own)
    made = Choice(
        key=row.key, version=row.version, title=(first.title if first else None) or "(without a title)",
        language=first.language if first else None, search=search,
        targets=_targets(own, _found(row, own, search)) if own else (),
    )  # fmt: skip
    return bar.shown(request, "desk/merge.html", made, visitor=visitor, here="")


def _found(row: models.Statement, own: Sequence[models.Document], search: str) -> list[models.Statement]:
    """Yield the statements that share keys with this one or its story; or those that a search finds."""
    standing = models.Statement.objects.filter(merged_into__isnull=True).exclude(pk=row.pk)
    newest = listing.with_documents(standing).order_by("-first_seen_at", "-id")
    if search:
        return list(listing.saying(newest, search)[:CANDIDATES])
    kin = list(newest.filter(key__in=_kin(own)))
    same_story = newest.filter(story=row.story).exclude(pk__in=[one.pk for one in kin])
    return [*kin, *same_story[:CANDIDATES]]


def _kin(own: Sequence[models.Document]) -> list[str]:
    keys = frozenset().union(*(match.keys(recorded.document(one)) for one in own[:OWN]))
    found = store.DatabaseLedger().candidates(keys, limit=60)
    return list(dict.fromkeys(one.statement for one in found))[: 2 * CANDIDATES]


def _targets(own: Sequence[models.Document], found: Sequence[models.Statement]) -> tuple[Target, ...]:
    """Yield what was found, the likest first: of all pairs of documents the likest pair tells."""
    shown = {one.pk: one.shown[:OWN] for one in found if one.shown}  # type: ignore[attr-defined]  # by the Prefetch
    rows = models.Document.objects.in_bulk([row.pk for rows in shown.values() for row in rows])
    mine = [recorded.document(row) for row in own[:OWN]]
    texts = {pk: [recorded.document(rows[row.pk]) for row in documents] for pk, documents in shown.items()}
    everything = [*mine, *(text for documents in texts.values() for text in documents)]
    known = match.background([match.fingerprint(one) for one in everything])
    made = [_target(one, mine, texts[one.pk], known) for one in found if one.pk in texts]
    return tuple(sorted(made, key=lambda one: -one.score)[:CANDIDATES])


def _target(
    statement: models.Statement, mine: Sequence[Document], theirs: Sequence[Document], known: match.Background
) -> Target:  # fmt: skip
    pairs = [(score, one, at) for one in mine for at, score in enumerate(match.likeness(one, theirs, known))]
    score, one, at = max(pairs, key=lambda pair: pair[0])
    return Target(
        key=statement.key, member=group.member(statement), score=score, alike=words.alike(score),
        why=match.explanation(one, theirs[at], known),
        who=", ".join(dict.fromkeys(row.source.name for row in statement.shown[:4])),  # type: ignore[attr-defined]  # by the Prefetch
    )  # fmt: skip
